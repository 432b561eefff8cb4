import type { Dictionary, Wanted } from "./block.js";
import { type BlockBuilder, notANumber, parseNumber, plainText, type Rows } from "./block-builder.js";
import { isUnusual, plainNumber } from "./csv/unusual-cells.js";

/** A cell as a format has it: a number, or a text, which is empty where there is nothing; `NaN` is a text. */
export type RawCell = number | string;

/** A wanted column of the rows at hand. */
export interface CellColumn {
	cell(row: number): RawCell;
	/** Whether its cells are texts, in which damage is looked for. */
	isText: boolean;
}

/** A cell as a text file would have it. @param exact As it stands, with outer blanks. */
export function rawText(cell: RawCell, exact = false): string {
	if (typeof cell === "number") return String(cell);
	return exact ? cell : plainText(cell);
}

/** Whole numbers below this find their place in a table instead of a map. */
const SMALL = 1024;

/** Puts cells into blocks: codes as places in dictionaries, weights as numbers, texts as they are. */
export class CellRows {
	private readonly coded: ((row: number) => number)[];
	private readonly weights: CellColumn[];
	private readonly texts: CellColumn[];
	private readonly watched: { place: number; column: CellColumn }[];

	/**
	 * @param columns The wanted columns by their place in the header.
	 * @param names Names of all columns.
	 * @param dictionaries One per coded column, filled on the way.
	 */
	constructor(
		columns: ReadonlyMap<number, CellColumn>,
		private readonly names: readonly string[],
		private readonly wanted: Wanted,
		dictionaries: readonly Dictionary[],
		private readonly file: string,
	) {
		const at = (place: number) => columns.get(place) as CellColumn;
		this.coded = wanted.coded.map((place, slot) =>
			placeIn(dictionaries[slot] as Dictionary, at(place), wanted.exact),
		);
		this.weights = wanted.weights.map(at);
		this.texts = (wanted.texts ?? []).map(at);
		this.watched = watchedPlaces(columns, wanted).map((place) => ({ place, column: at(place) }));
	}

	/**
	 * @param number Number of each of the rows at hand.
	 * @throws UserError while they are put, where a weight is not a number.
	 */
	rows(count: number, number: (row: number) => number): Rows {
		return {
			count,
			put: (row, builder) => {
				this.put(row, builder, number(row));
				builder.end(number(row));
			},
		};
	}

	private put(row: number, builder: BlockBuilder, number: number): void {
		const { codes, weights, texts, rows, free, unusual } = builder;
		for (let slot = 0; slot < this.coded.length; slot++) {
			(codes[slot] as Int32Array)[rows] = (this.coded[slot] as (row: number) => number)(row);
		}
		for (let slot = 0; slot < this.weights.length; slot++) {
			const cell = (this.weights[slot] as CellColumn).cell(row);
			weights[free + slot] = typeof cell === "number" ? cell : parseNumber(cell);
			if (unusual !== undefined) this.watchWeight(slot, cell, builder);
			else if (Number.isNaN(weights[free + slot])) throw this.noWeight(slot, cell, number);
		}
		for (const [slot, column] of this.texts.entries()) {
			(texts[slot] as string[]).push(rawText(column.cell(row), this.wanted.exact));
		}
		for (const { place, column } of this.watched) {
			const text = rawText(column.cell(row));
			if (isUnusual(text)) unusual?.add(place, rows, text);
		}
	}

	/**
	 * When weights are checked for damage, anything that is not a plain number is passed on unchanged instead of
	 * being refused.
	 */
	private watchWeight(slot: number, cell: RawCell, { weights, free, rows, unusual }: BlockBuilder): void {
		const value = typeof cell === "number" ? cell : plainNumber(cell.trim());
		const isPlain = value >= 0 && value < Number.POSITIVE_INFINITY;
		weights[free + slot] = isPlain ? value : Number.NaN;
		if (!isPlain) unusual?.add(this.wanted.weights[slot] as number, rows, rawText(cell));
	}

	private noWeight(slot: number, cell: RawCell, row: number): Error {
		const column = (this.names[this.wanted.weights[slot] as number] as string).toUpperCase();
		return notANumber(rawText(cell), { file: this.file, row, column });
	}
}

/** Places of the columns that have to be read, each once. */
export function placesRead(wanted: Wanted, textPlaces: readonly number[]): number[] {
	const { coded, weights, texts = [], unusual } = wanted;
	return [...new Set([...coded, ...weights, ...texts, ...(unusual ? textPlaces : [])])].sort((a, b) => a - b);
}

/** Text columns to check for damage; weights are checked by themselves. */
function watchedPlaces(columns: ReadonlyMap<number, CellColumn>, { unusual, weights }: Wanted): number[] {
	if (!unusual) return [];
	return [...columns].flatMap(([place, { isText }]) => (isText && !weights.includes(place) ? [place] : []));
}

/** Where a column's cells stand in its dictionary; each distinct cell is written as a text once. */
function placeIn(dictionary: Dictionary, column: CellColumn, exact?: true): (row: number) => number {
	const small = new Int32Array(SMALL).fill(-1);
	const others = new Map<RawCell, number>();
	let { generation } = dictionary;
	return (row) => {
		if (dictionary.generation !== generation) {
			small.fill(-1);
			others.clear();
			generation = dictionary.generation;
		}
		const cell = column.cell(row);
		const known = typeof cell === "number" ? small[cell] : undefined;
		if (known !== undefined && known >= 0) return known;
		const met = known === undefined ? others.get(cell) : undefined;
		if (met !== undefined) return met;
		const place = dictionary.index(rawText(cell, exact));
		if (known === undefined) others.set(cell, place);
		else small[cell as number] = place;
		return place;
	};
}
