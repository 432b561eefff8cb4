/** How a column is stored: whole numbers of 32 bits, doubles, or text. */
export interface ColumnType {
	kind: "integer" | "double" | "text";
	/** Whether some row has no value. */
	nullable: boolean;
	/** Digits after the point that all values have, where they end in zeros; undefined otherwise. */
	decimals: number | undefined;
}

const WHOLE = /^(?:0|-?[1-9]\d{0,15})$/;
/** What a double can be beside a number. */
const BEYOND = /^(?:NaN|-?Infinity)$/;
const FRACTION = /^-?(?:0|[1-9]\d*)\.(\d{1,100})$/;
/** With so few letters a number has at most 15 digits, which every double gives back. */
const SURE_LENGTH = 16;

/**
 * Finds the type that gives every text of a column back. A column is numbers only where all of its texts
 * are numbers as they are usually written and a double holds each to its last digit; `007`, `1,5`, whole
 * numbers beyond 2^53 and fractions of more digits than a double has make it text. `1.50` beside `1.5` does
 * too, as they may be two codes; where all values have two digits, the digits are kept as `decimals`.
 */
export class ColumnTypeFinder {
	private text = false;
	private fraction = false;
	private wide = false;
	private met = false;
	private empty = false;
	private padded = false;
	private least = Number.POSITIVE_INFINITY;
	private most = 0;

	/** Takes a text in; once is enough for each. */
	observe(text: string): void {
		if (text === "") this.empty = true;
		if (this.text || text === "") return;
		this.met = true;
		if (WHOLE.test(text)) this.whole(Number(text));
		else if (BEYOND.test(text)) this.fraction = true;
		else this.other(text);
	}

	type(): ColumnType {
		const nullable = this.empty;
		const ragged = this.padded && this.least !== this.most;
		if (this.text || ragged || !this.met) return { kind: "text", nullable, decimals: undefined };
		const decimals = this.padded ? this.most : undefined;
		return { kind: this.fraction || this.wide ? "double" : "integer", nullable, decimals };
	}

	private whole(value: number): void {
		if (!Number.isSafeInteger(value)) this.text = true;
		if (value !== (value | 0)) this.wide = true;
		this.least = 0;
	}

	private other(text: string): void {
		const digits = FRACTION.exec(text)?.[1];
		if (digits === undefined || !isHeld(text, digits.length)) {
			this.text = true;
			return;
		}
		this.fraction = true;
		// Digits beyond those that tell a double from all others come back only where their number is kept.
		this.padded ||= digits.endsWith("0") || (text.length > SURE_LENGTH && String(Number(text)) !== text);
		this.least = Math.min(this.least, digits.length);
		this.most = Math.max(this.most, digits.length);
	}
}

/** Whether the double nearest to a decimal fraction gives all its digits back. */
function isHeld(text: string, decimals: number): boolean {
	const value = Number(text);
	if (value === 0) return !text.startsWith("-");
	return text.length <= SURE_LENGTH || String(value) === text || value.toFixed(decimals) === text;
}
