import type { Cursor } from "../cursor.js";
import { Fields } from "../fields.js";
import { type Extensions, readExtension } from "./extensions.js";

/** A variable as the file stores it: numeric where width is 0, else text of that many bytes. */
export interface RawVariable {
	name: Buffer;
	width: number;
	/** Code of the format in which SPSS shows it, such as 20 of DATE. */
	format: number;
	label: Buffer;
	/** Its place among the row's elements of 8 bytes, and how many it has. */
	element: number;
	elements: number;
	missing: Buffer[];
	/** Whether the first two of `missing` are the ends of a range. */
	range: boolean;
	labels: RawLabels | null;
}

/** Labels of values, shared by all variables that were given them together. */
export interface RawLabels {
	pairs: { value: Buffer; label: Buffer }[];
}

export interface RawDictionary {
	variables: RawVariable[];
	/** Elements of 8 bytes a row has. */
	elements: number;
	extensions: Extensions;
}

/** Bytes the dictionary may have; beyond it what the tool keeps of it could fill the memory. */
const MOST_BYTES = 1 << 26;
const MOST_LABEL_BYTES = 1 << 16;
const LINE_BYTES = 80;

const [VARIABLE, VALUE_LABELS, LABELLED, DOCUMENT, EXTENSION, END] = [2, 3, 4, 6, 7, 999];

/**
 * Every record between the file header and the rows.
 * @throws UserError where a record is none, or contradicts another.
 */
export async function readDictionary(cursor: Cursor, littleEndian: boolean): Promise<RawDictionary> {
	const reader = new DictionaryReader(cursor, littleEndian);
	while (await reader.next()) {
		if (reader.kept > MOST_BYTES) throw cursor.damaged("its dictionary goes on for more than 64 MB");
	}
	return reader.dictionary();
}

class DictionaryReader {
	/** Bytes of records that stay in memory. */
	kept = 0;
	private readonly variables: RawVariable[] = [];
	private readonly byElement = new Map<number, RawVariable>();
	private elements = 0;
	private readonly extensions: Extensions = {
		rows: null,
		codePage: null,
		encoding: null,
		longNames: null,
		veryLong: null,
		longLabels: [],
		longMissing: [],
	};

	constructor(
		private readonly cursor: Cursor,
		private readonly littleEndian: boolean,
	) {}

	dictionary(): RawDictionary {
		const { variables, elements, extensions } = this;
		this.rejectIncomplete(this.cursor.offset);
		if (elements === 0) throw this.cursor.damaged("it has no variables");
		return { variables, elements, extensions };
	}

	/** Reads one record; false after the last. */
	async next(): Promise<boolean> {
		const type = await this.int("the dictionary");
		if (type === VARIABLE) await this.variable();
		else if (type === VALUE_LABELS) await this.valueLabels();
		else if (type === DOCUMENT) {
			const lines = await this.count("the document lines");
			await this.cursor.skip(lines * LINE_BYTES, "the document lines");
		} else if (type === EXTENSION) await this.extension();
		else if (type === END) await this.int("the dictionary's end");
		else
			throw this.cursor.damaged(`a record of type ${type} stands in the dictionary`, this.cursor.offset - 4);
		return type !== END;
	}

	private async variable(): Promise<void> {
		const start = this.cursor.offset;
		const fields = await this.fields(28, "a variable");
		const [width, hasLabel, missing] = [fields.int(), fields.int(), fields.int()];
		// Decimals, width and the format's code are a byte each, from the lowest; how it is written is another such number.
		const format = (fields.int() >>> 16) & 0xff;
		fields.at += 4;
		const name = fields.raw(8);
		if (hasLabel !== 0 && hasLabel !== 1) throw this.cursor.damaged("a variable record is wrong", start);
		const label = hasLabel === 1 ? await this.paddedText("a variable's label") : Buffer.alloc(0);
		if (missing < -3 || missing > 3 || missing === -1 || (missing < 0 && width !== 0)) {
			throw this.cursor.damaged(`a variable has ${missing} missing values`, start);
		}
		const values = await this.fields(8 * Math.abs(missing), "a variable's missing values");
		if (width === -1) return this.continuation(start);
		if (width < 0 || width > 255) throw this.cursor.damaged(`a variable is ${width} bytes wide`, start);
		this.rejectIncomplete(start);
		const variable: RawVariable = {
			name,
			width,
			format,
			label,
			element: this.elements,
			elements: Math.max(1, Math.ceil(width / 8)),
			missing: Array.from({ length: Math.abs(missing) }, () => values.raw(8)),
			range: missing < 0,
			labels: null,
		};
		this.byElement.set(this.elements, variable);
		this.variables.push(variable);
		this.elements += 1;
	}

	/** A long string has a record more for every 8 bytes after its first. */
	private continuation(start: number): void {
		const last = this.variables.at(-1);
		if (last === undefined || this.elements >= last.element + last.elements) {
			throw this.cursor.damaged("a string goes on that has not begun", start);
		}
		this.elements += 1;
	}

	private rejectIncomplete(start: number): void {
		const last = this.variables.at(-1);
		if (last !== undefined && this.elements !== last.element + last.elements) {
			throw this.cursor.damaged("a string is shorter than its width", start);
		}
	}

	private async valueLabels(): Promise<void> {
		const count = await this.count("value labels");
		const labels: RawLabels = { pairs: [] };
		for (let index = 0; index < count && this.kept <= MOST_BYTES; index++) {
			const fields = await this.fields(9, "value labels");
			const value = fields.raw(8);
			const length = fields.byte();
			// The length and the label together fill whole elements of 8 bytes.
			const text = await this.bytes(Math.ceil((length + 1) / 8) * 8 - 1, "value labels");
			labels.pairs.push({ value, label: text.subarray(0, length) });
		}
		if ((await this.int("value labels")) !== LABELLED) {
			throw this.cursor.damaged("value labels stand there without their variables", this.cursor.offset - 4);
		}
		const variables = await this.count("variables with value labels");
		for (let index = 0; index < variables; index++) {
			const element = await this.int("variables with value labels");
			const variable = this.byElement.get(element - 1);
			if (variable === undefined) {
				throw this.cursor.damaged(
					`value labels are for variable ${element}, which is none`,
					this.cursor.offset - 4,
				);
			}
			variable.labels = labels;
		}
	}

	private async extension(): Promise<void> {
		const fields = await this.fields(12, "an extension record");
		const [subtype, size, count] = [fields.int(), fields.int(), fields.int()];
		if (size < 0 || count < 0) throw this.cursor.damaged("an extension record has a negative length");
		const read = readExtension(subtype);
		if (read === undefined) return this.cursor.skip(size * count, "an extension record");
		read(await this.fields(size * count, "an extension record"), this.extensions, size * count);
	}

	/** Text after its length, filled up to whole groups of four bytes. */
	private async paddedText(what: string): Promise<Buffer> {
		const length = await this.count(what);
		if (length > MOST_LABEL_BYTES) throw this.cursor.damaged(`${what} claims ${length} bytes`);
		return (await this.bytes(Math.ceil(length / 4) * 4, what)).subarray(0, length);
	}

	private async count(what: string): Promise<number> {
		const count = await this.int(what);
		if (count < 0) throw this.cursor.damaged(`the number of ${what} is ${count}`, this.cursor.offset - 4);
		return count;
	}

	private async int(what: string): Promise<number> {
		return (await this.fields(4, what)).int();
	}

	private async fields(count: number, what: string): Promise<Fields> {
		const start = this.cursor.offset;
		return new Fields(await this.bytes(count, what), this.littleEndian, this.cursor, start);
	}

	private async bytes(count: number, what: string): Promise<Buffer> {
		this.kept += count;
		return this.cursor.take(count, what);
	}
}
