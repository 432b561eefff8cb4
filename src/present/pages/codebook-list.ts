import type { ListedCodebook } from "../../results/about-files.js";
import { drawTexts } from "../terminal/draw-table.js";
import type { View } from "../view.js";

/** The shipped codebooks, a line each. */
export function renderCodebookList(list: readonly ListedCodebook[], { locale }: View): string {
	const rows = list.map(({ id, cycle, items, title }) => [
		id,
		String(cycle),
		locale.text("check.items", { items }),
		title,
	]);
	return `${drawTexts(rows, 4)}\n`;
}
