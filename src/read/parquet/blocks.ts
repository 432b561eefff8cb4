import type { Compressors } from "hyparquet";
import { snappyUncompressor } from "hysnappy";
import { UserError } from "../../base/errors.js";
import { BLOCK_ROWS, type Block, type Dictionary, type Wanted } from "../block.js";
import { BlockBuilder, notANumber } from "../block-builder.js";
import { isUnusual, plainNumber } from "../csv/unusual-cells.js";
import type { Input } from "../input.js";
import type { RandomAccess } from "../stored.js";
import type { CellForm } from "./cell.js";
import { ColumnReader } from "./column.js";
import { refusingDamage } from "./damage.js";
import type { Footer } from "./footer.js";
import { readPages } from "./pages.js";
import { layVectors, Runs } from "./runs.js";
import { Window } from "./window.js";

export interface ParquetLayout {
	name: string;
	footer: Footer;
	columns: readonly string[];
	forms: readonly (CellForm | null)[];
	wanted: Wanted;
}

/** The wanted columns of a file, block by block; its hash is made on the way. */
export async function* readBlocks(
	input: Input,
	layout: ParquetLayout,
	dictionaries: readonly Dictionary[],
): AsyncGenerator<Block> {
	const { footer, wanted } = layout;
	const compressors = await compressorsOf(footer);
	const file = await input.random();
	const runs = wanted.weights.map(() => new Runs());
	const builder = new BlockBuilder(wanted, "row");
	let seen = 0;
	try {
		for (const group of footer.groups) {
			const readers = openGroup(file, group, layout, compressors);
			for (let left = group.rows; left > 0; ) {
				const rows = Math.min(left, BLOCK_ROWS - builder.rows);
				fill(builder, rows, readers, dictionaries, { ...layout, seen, runs });
				builder.close(rows, seen);
				seen += rows;
				left -= rows;
				if (builder.rows < BLOCK_ROWS) continue;
				yield builder.block();
				await input.advance((seen / footer.rows) * (input.size ?? 0));
			}
		}
	} finally {
		file.close();
	}
	if (builder.rows > 0) yield builder.block();
	await input.advance(Number.POSITIVE_INFINITY);
}

const snappy = snappyUncompressor();

/** Most files have one codec; the others take long to load. */
async function compressorsOf({ groups }: Footer): Promise<Compressors> {
	const others = groups.some(({ chunks }) =>
		chunks.some(({ codec }) => codec !== "SNAPPY" && codec !== "UNCOMPRESSED"),
	);
	return others ? (await import("hyparquet-compressors")).compressors : { SNAPPY: snappy };
}

type Group = Footer["groups"][number];

interface Readers {
	coded: readonly ColumnReader[];
	weights: readonly ColumnReader[];
	texts: readonly ColumnReader[];
	watched: readonly ColumnReader[];
}

/** Each wanted column at the beginning of a row group. */
function openGroup(
	file: RandomAccess,
	{ rows, chunks }: Group,
	layout: ParquetLayout,
	compressors: Compressors,
): Readers {
	const { footer, columns, forms, wanted, name } = layout;
	const open = (column: number, spell: (form: CellForm) => CellForm = (form) => form) => {
		const { element, leaf } = footer.columns[column] as Footer["columns"][number];
		const form = forms[column];
		if (!form || leaf === null) throw notATable(name, columns[column] as string);
		const { codec, start, end } = chunks[leaf] as Group["chunks"][number];
		return new ColumnReader(
			readPages(new Window(file, start, end), { element, codec, rows, compressors }),
			spell(form),
			wanted.exact,
		);
	};
	return {
		coded: wanted.coded.map((column) => open(column)),
		weights: wanted.weights.map((column) => open(column, isText(layout, column) ? plainForm : undefined)),
		texts: (wanted.texts ?? []).map((column) => open(column)),
		watched: watchedColumns(layout).map((column) => open(column)),
	};
}

/** Whether damage is looked for in a column that holds texts. */
function isText({ footer, forms, wanted }: ParquetLayout, column: number): boolean {
	const type = footer.columns[column]?.element.type;
	return wanted.unusual === true && type === "BYTE_ARRAY" && forms[column] !== null;
}

/** Text columns to check for damage; weights are checked by themselves. */
function watchedColumns(layout: ParquetLayout): number[] {
	const { columns, wanted } = layout;
	return [...columns.keys()].filter((column) => isText(layout, column) && !wanted.weights.includes(column));
}

/** A form that takes plain digits alone for numbers. */
function plainForm({ text }: CellForm): CellForm {
	return { text, number: (raw) => plainNumber(text(raw)) };
}

function notATable(file: string, column: string): UserError {
	return new UserError("holds lists, structures or bytes, which a table cannot hold", {
		where: { file, column: column.toUpperCase() },
		hint: "write the file again without this column, or with one value a row",
	});
}

/** The next rows of every wanted column. */
function fill(
	builder: BlockBuilder,
	rows: number,
	{ coded, weights, texts, watched }: Readers,
	dictionaries: readonly Dictionary[],
	{ seen, runs, ...layout }: ParquetLayout & { seen: number; runs: readonly Runs[] },
): void {
	const { name, columns, wanted } = layout;
	const watchedPlaces = watchedColumns(layout);
	const { unusual, rows: start } = builder;
	const each = (
		readers: readonly ColumnReader[],
		places: readonly number[],
		take: (reader: ColumnReader, index: number, column: string) => void,
	) => {
		for (const [index, reader] of readers.entries()) {
			const column = (columns[places[index] as number] as string).toUpperCase();
			refusingDamage(name, () => take(reader, index, column), column);
		}
	};
	each(coded, wanted.coded, (reader, index) =>
		reader.codes(builder.codes[index] as Int32Array, builder.rows, rows, dictionaries[index] as Dictionary),
	);
	if (start === 0) builder.unsigned = true;
	each(weights, wanted.weights, (reader, index, column) => {
		const plain = reader.numbers(runs[index] as Runs, rows, (number, text, row) => {
			if (unusual !== undefined) unusual.add(wanted.weights[index] as number, start + row, text);
			else if (Number.isNaN(number)) throw notANumber(text, { file: name, row: seen + row + 1, column });
			return unusual === undefined ? number : Number.NaN;
		});
		if (!plain) builder.unsigned = false;
	});
	layVectors(runs, rows, builder);
	each(texts, wanted.texts ?? [], (reader, index) => reader.texts(builder.texts[index] as string[], rows));
	each(watched, watchedPlaces, (reader, index) => {
		const cells: string[] = [];
		reader.texts(cells, rows);
		for (const [row, text] of cells.entries()) {
			if (isUnusual(text)) unusual?.add(watchedPlaces[index] as number, start + row, text);
		}
	});
}
