import type { DataValue } from "./comparison-rows.js";

/** Line breaks and tabs are text in a quoted cell; others, such as ESC, can steer what shows them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]+/g;

/** Text in which control characters are blanks: enough where a cell says by itself that it is a text. */
export function withoutControls(text: string): string {
	return text.replace(CONTROLS, " ");
}

/**
 * A cell that no spreadsheet runs as a formula and no terminal as a command: a text that begins with = + - @, a tab or a
 * carriage return gets an apostrophe before it, and control characters are blanks. Numbers are none of our texts and
 * stay numbers.
 */
export function inert(value: DataValue): DataValue {
	if (typeof value !== "string") return value;
	const text = withoutControls(value);
	return /^[=+\-@\t\r]/.test(value.replace(CONTROLS, "")) ? `'${text}` : text;
}
