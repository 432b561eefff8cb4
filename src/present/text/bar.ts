import { pad } from "./text-width.js";

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A percentage as a bar, drawn to an eighth of a character. */
export function barText(percent: number | null, width: number): string {
	if (percent === null) return " ".repeat(width);
	const eighths = Math.round((percent / 100) * width * 8);
	return pad("█".repeat(Math.floor(eighths / 8)) + (EIGHTHS[eighths % 8] ?? ""), width);
}
