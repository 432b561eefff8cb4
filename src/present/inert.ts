import type { DataValue } from "./comparison-rows.js";

/**
 * A cell that no spreadsheet runs as a formula: a text that begins with = + - @, a tab or a carriage return gets an
 * apostrophe before it. Numbers are none of our texts and stay numbers.
 */
export function inert(value: DataValue): DataValue {
	return typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
}
