import type { DataValue } from "./comparison-rows.js";

/** Line breaks and tabs are text in a quoted cell; others, such as ESC, can steer what shows them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]+/g;

/** Replaces control characters with spaces, which is enough for cells typed as text. */
export function withoutControls(text: string): string {
	return text.replace(CONTROLS, " ");
}

/**
 * Makes a cell safe: no spreadsheet runs it as a formula and no terminal as a command. Text that begins with = + - @, a
 * tab or a carriage return gets a leading apostrophe, and control characters become spaces. Numbers stay numbers.
 */
export function inert(value: DataValue): DataValue {
	if (typeof value !== "string") return value;
	const text = withoutControls(value);
	return /^[=+\-@\t\r]/.test(value.replace(CONTROLS, "")) ? `'${text}` : text;
}
