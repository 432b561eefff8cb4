import type { Dictionary, Wanted } from "../block.js";
import { type BlockBuilder, notANumber, parseNumber, type Rows } from "../block-builder.js";
import { isUnusual, mayBeUnusual, plainNumber } from "../csv/unusual-cells.js";
import { type SavColumn, SYSTEM_MISSING } from "./columns.js";
import type { Slab } from "./slab.js";
import { type DecodeText, filledLength } from "./text.js";

/** Whole numbers below this find their place in a table instead of a map. */
const SMALL = 1024;

/** Puts a slab's cells into blocks: texts and codes as places in dictionaries, weights as numbers. */
export class SlabCells {
	private readonly coded: ((row: number) => number)[];
	private readonly weights: ((row: number) => number)[];
	private readonly texts: ((row: number) => string)[];
	private readonly watched: ((row: number, builder: BlockBuilder) => void)[];
	/** Where a weight that is not a number stops nothing. */
	private readonly weightTexts: ((row: number) => string)[] | undefined;

	/** @param dictionaries One per coded column, filled on the way. */
	constructor(
		private readonly columns: readonly SavColumn[],
		private readonly wanted: Wanted,
		dictionaries: readonly Dictionary[],
		private readonly slab: Slab,
		private readonly decode: DecodeText,
		private readonly name: string,
	) {
		this.coded = wanted.coded.map((column, index) =>
			this.indexOf(columns[column] as SavColumn, dictionaries[index] as Dictionary),
		);
		this.weights = wanted.weights.map((column) => this.numberOf(columns[column] as SavColumn));
		this.texts = (wanted.texts ?? []).map((column) => this.textOf(columns[column] as SavColumn));
		const watched = watchedColumns(columns, wanted);
		this.watched = watched.map((column) => this.unusualOf(columns[column] as SavColumn, column));
		this.weightTexts = wanted.unusual
			? wanted.weights.map((column) => this.textOf(columns[column] as SavColumn))
			: undefined;
	}

	/** @param first Number of the slab's first row. */
	rows(count: number, first: number): Rows {
		return {
			count,
			put: (row, builder) => {
				this.put(row, builder, first + row);
				builder.end(first + row);
			},
		};
	}

	private put(row: number, builder: BlockBuilder, number: number): void {
		const { codes, weights, texts, rows, free } = builder;
		for (let index = 0; index < this.coded.length; index++) {
			(codes[index] as Int32Array)[rows] = (this.coded[index] as (row: number) => number)(row);
		}
		for (let index = 0; index < this.weights.length; index++) {
			const value = (this.weights[index] as (row: number) => number)(row);
			if (this.weightTexts === undefined && (value === SYSTEM_MISSING || Number.isNaN(value))) {
				throw this.noWeight(row, index, number);
			}
			weights[free + index] = value;
			const text = this.weightTexts?.[index];
			if (text === undefined || (value >= 0 && value < Number.POSITIVE_INFINITY)) continue;
			weights[free + index] = Number.NaN;
			builder.unusual?.add(this.wanted.weights[index] as number, rows, text(row));
		}
		for (const [index, text] of this.texts.entries()) (texts[index] as string[]).push(text(row));
		for (const watch of this.watched) watch(row, builder);
	}

	private textOf(column: SavColumn): (row: number) => string {
		const { write } = column;
		if (write !== undefined) {
			const number = this.storedNumber(column);
			return (row) => write(number(row));
		}
		const bytes = this.bytesOf(column);
		return (row) => this.decode(bytes(row));
	}

	private indexOf(column: SavColumn, dictionary: Dictionary): (row: number) => number {
		return column.write === undefined
			? this.indexOfText(column, dictionary)
			: this.indexOfNumber(column, dictionary, column.write);
	}

	private indexOfNumber(
		column: SavColumn,
		dictionary: Dictionary,
		write: (value: number) => string,
	): (row: number) => number {
		const number = this.storedNumber(column);
		const small = new Int32Array(SMALL).fill(-1);
		const others = new Map<number, number>();
		const add = (value: number) => dictionary.index(write(value));
		let { generation } = dictionary;
		return (row) => {
			if (dictionary.generation !== generation) {
				small.fill(-1);
				others.clear();
				generation = dictionary.generation;
			}
			const value = number(row);
			if (value >= 0 && value < SMALL && Number.isInteger(value)) {
				const known = small[value] as number;
				if (known >= 0) return known;
				small[value] = add(value);
				return small[value] as number;
			}
			let index = others.get(value);
			if (index === undefined) {
				index = add(value);
				others.set(value, index);
			}
			return index;
		};
	}

	/** Texts are distinguished by their bytes and decoded once each. */
	private indexOfText(column: SavColumn, dictionary: Dictionary): (row: number) => number {
		const bytes = this.bytesOf(column);
		const known = new Map<string, number>();
		let { generation } = dictionary;
		return (row) => {
			if (dictionary.generation !== generation) {
				known.clear();
				generation = dictionary.generation;
			}
			const text = bytes(row);
			const key = text.toString("latin1", 0, filledLength(text));
			let index = known.get(key);
			if (index === undefined) {
				index = dictionary.index(this.decode(text));
				known.set(key, index);
			}
			return index;
		};
	}

	/** A day is no number, as in all other files. */
	private numberOf(column: SavColumn): (row: number) => number {
		if (column.variable.type === "number") return this.storedNumber(column);
		const text = this.textOf(column);
		const parse = this.wanted.unusual ? plainNumber : parseNumber;
		return (row) => parse(text(row));
	}

	private storedNumber(column: SavColumn): (row: number) => number {
		const { numbers, numberWidth } = this.slab;
		const place = this.slab.place(column);
		return (row) => numbers[row * numberWidth + place] as number;
	}

	private unusualOf(column: SavColumn, place: number): (row: number, builder: BlockBuilder) => void {
		const bytes = this.bytesOf(column);
		return (row, { unusual, rows }) => {
			const cell = bytes(row);
			if (!mayBeUnusual(cell)) return;
			const text = this.decode(cell);
			if (isUnusual(text)) unusual?.add(place, rows, text);
		};
	}

	private bytesOf(column: SavColumn): (row: number) => Buffer {
		const { texts, textWidth } = this.slab;
		const parts: { start: number; bytes: number }[] = [];
		let start = this.slab.place(column);
		for (const { bytes } of column.parts) {
			parts.push({ start, bytes });
			start += 8 * Math.ceil(bytes / 8);
		}
		const part = (row: number, { start, bytes }: { start: number; bytes: number }) =>
			texts.subarray(row * textWidth + start, row * textWidth + start + bytes);
		const [first, second] = parts;
		if (first !== undefined && second === undefined) return (row) => part(row, first);
		return (row) => Buffer.concat(parts.map((one) => part(row, one)));
	}

	private noWeight(row: number, index: number, number: number): Error {
		const column = this.columns[this.wanted.weights[index] as number] as SavColumn;
		const text = this.textOf(column)(row);
		return notANumber(text, { file: this.name, row: number, column: column.name.toUpperCase() });
	}
}

/** Text columns to check for damage; weights are checked by themselves. */
export function watchedColumns(columns: readonly SavColumn[], { unusual, weights }: Wanted): number[] {
	return columns.flatMap(({ write }, column) =>
		unusual && write === undefined && !weights.includes(column) ? [column] : [],
	);
}
