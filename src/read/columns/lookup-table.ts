import { UserError } from "../../base/errors.js";
import { type Block, Dictionary, type Header, NOTHING_SAID, type Source } from "../block.js";
import { columnPlaces, samePlace } from "./column-names.js";
import { commonHeader } from "./common-header.js";

/** A small file that is joined to a large one by key columns. */
export class LookupTable {
	/** What is looked up: columns that the large file does not have. */
	readonly header: Header;
	/** Rows that were looked up, how many were not found, and their keys. */
	asked = 0;
	lost = 0;
	readonly lostKeys = new Set<string>();
	private readonly all: readonly string[];
	private readonly places: readonly number[];
	private readonly rows = new Map<string, { number: number; where: string }>();
	private readonly values = new Map<number, { dictionary: Dictionary; codes: number[] }>();

	/**
	 * @param sources Files that together are the table.
	 * @param taken Columns of the large file.
	 * @param keys Columns of both that together name a row.
	 * @param what A row is, for messages.
	 * @param spell Brings keys into one spelling.
	 */
	constructor(
		private readonly sources: readonly Source[],
		taken: readonly string[],
		readonly keys: readonly string[],
		private readonly what: string,
		private readonly spell: (text: string) => string,
	) {
		const { columns, variables } = commonHeader(sources);
		this.all = columns;
		this.places = columns.flatMap((name, place) => (columnPlaces(taken, name).length > 0 ? [] : [place]));
		this.header = {
			columns: this.places.map((place) => columns[place] as string),
			...(variables && { variables: this.places.map((place) => variables[place] ?? NOTHING_SAID) }),
		};
	}

	/**
	 * Reads the files; only columns named here can be looked up afterwards. Call once.
	 * @param wanted Places in the header.
	 * @returns Rows of each file.
	 * @throws UserError where a file lacks such a column, or two rows have one name.
	 */
	async load(wanted: readonly number[]): Promise<number[]> {
		for (const place of wanted) {
			const dictionary = new Dictionary();
			dictionary.index("");
			this.values.set(place, { dictionary, codes: [] });
		}
		const rows: number[] = [];
		for (const source of this.sources) rows.push(await this.loadFile(source, wanted));
		return rows;
	}

	private async loadFile(source: Source, wanted: readonly number[]): Promise<number> {
		const keys = this.keys.map((name) => columnPlaces(source.columns, name)[0] as number);
		const coded = [...keys, ...wanted.map((place) => this.placeIn(source, this.places[place] as number))];
		const { blocks, dictionaries } = source.read({ coded, weights: [] });
		let rows = 0;
		for await (const block of blocks) {
			const text = (slot: number, row: number) =>
				dictionaries[slot]?.texts[(block.codes[slot] as Int32Array)[row] as number] ?? "";
			for (let row = 0; row < block.rows; row++) {
				this.addRow(
					keys.map((_, slot) => this.spell(text(slot, row))),
					source.name,
					block,
					row,
				);
				for (const [index, place] of wanted.entries()) {
					const { dictionary, codes } = this.column(place);
					codes.push(dictionary.index(text(keys.length + index, row)));
				}
			}
			rows += block.rows;
		}
		return rows;
	}

	private addRow(parts: readonly string[], file: string, block: Block, row: number): void {
		const place = block.place(row);
		const nameless = parts.indexOf("");
		if (nameless >= 0) {
			throw new UserError(
				`the row has no ${this.keys[nameless]}, so it is not known which ${this.what} it is of`,
				{
					where: { file, ...place },
					hint: "correct it, or leave the row out",
				},
			);
		}
		const key = parts.join(" ");
		const first = this.rows.get(key);
		if (first !== undefined) {
			throw new UserError(`the ${this.what} ${key} is a duplicate, first in ${first.where}`, {
				where: { file, ...place },
				hint: `keep one row a ${this.what}`,
			});
		}
		const where = "line" in place ? `${file}, line ${place.line}` : `${file}, row ${place.row}`;
		this.rows.set(key, { number: this.rows.size, where });
	}

	private placeIn(source: Source, column: number): number {
		const place = samePlace(source.columns, this.all, column);
		if (place !== undefined) return place;
		throw new UserError(`has no column ${this.all[column]}, which another file of ${this.what}s has`, {
			where: { file: source.name },
			hint: "give files with the same columns",
		});
	}

	/** Texts of a column, and the text of each row. */
	column(place: number): { dictionary: Dictionary; codes: number[] } {
		const column = this.values.get(place);
		if (column === undefined) throw new Error(`column ${place} of the ${this.what}s was not loaded`);
		return column;
	}

	/** Takes what was counted elsewhere: rows that were looked up, and by key those that found nothing. */
	count(asked: number, lost: ReadonlyMap<string, number>): void {
		this.asked += asked;
		for (const [key, rows] of lost) {
			this.lost += rows;
			this.lostKeys.add(key);
		}
	}

	/** Number of the row that keys name; −1 where there is none, which is counted. */
	find(texts: readonly string[]): number {
		const key = texts.map(this.spell).join(" ");
		const number = this.rows.get(key)?.number ?? -1;
		this.asked += 1;
		if (number < 0) {
			this.lost += 1;
			this.lostKeys.add(key);
		}
		return number;
	}
}

/** The source with the columns of a table behind its own; rows that find nothing there have empty cells. */
export function withLookup(source: Source, table: LookupTable): Source {
	const own = source.columns.length;
	const { columns, variables } = table.header;
	const described = source.variables ?? (variables && source.columns.map(() => NOTHING_SAID));
	return {
		...source,
		columns: [...source.columns, ...columns],
		...(described && { variables: [...described, ...(variables ?? columns.map(() => NOTHING_SAID))] }),
		read(wanted) {
			const joined = wanted.coded.filter((place) => place >= own);
			if (joined.length === 0) return source.read(wanted);
			const keys = table.keys.map((name) => columnPlaces(source.columns, name)[0] as number);
			const coded = [...new Set([...wanted.coded.filter((place) => place < own), ...keys])];
			const { blocks, dictionaries } = source.read({ ...wanted, coded });
			const slots = keys.map((place) => coded.indexOf(place));
			const arranged = <T>(theirs: readonly T[], ours: (place: number) => T): T[] =>
				wanted.coded.map((place) => (place < own ? (theirs[coded.indexOf(place)] as T) : ours(place - own)));
			return {
				blocks: lookedUp(blocks, table, { dictionaries, slots }, arranged),
				dictionaries: arranged(dictionaries, (place) => table.column(place).dictionary),
			};
		},
	};
}

async function* lookedUp(
	blocks: AsyncIterable<Block>,
	table: LookupTable,
	{ dictionaries, slots }: { dictionaries: readonly Dictionary[]; slots: readonly number[] },
	arranged: (codes: Block["codes"], ours: (place: number) => Int32Array) => Int32Array[],
): AsyncGenerator<Block> {
	for await (const block of blocks) {
		const text = (slot: number, row: number) =>
			dictionaries[slot]?.texts[(block.codes[slot] as Int32Array)[row] as number] ?? "";
		const found = Int32Array.from({ length: block.rows }, (_, row) =>
			table.find(slots.map((slot) => text(slot, row))),
		);
		const codes = arranged(block.codes, (place) => {
			const { codes: values } = table.column(place);
			return found.map((number) => (number < 0 ? 0 : (values[number] as number)));
		});
		yield { ...block, codes };
	}
}
