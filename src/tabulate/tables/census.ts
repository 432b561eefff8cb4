import type { Codebook } from "../../codebook/definition/schema.js";
import { withCodes } from "../../codebook/meaning/labelled-columns.js";
import { canonicalCode } from "../../codebook/meaning/states.js";
import type { Dialect } from "../../emit/sql/dialect.js";
import type { Spelt, SqlColumn } from "../../emit/sql/table.js";
import type { Source } from "../../read/block.js";
import { readInBlocks } from "../../read/block-builder.js";
import { CellRows } from "../../read/cell-rows.js";
import type { TableSource } from "../../read/database/table.js";

/** The distinct texts of a column with their row counts. */
export interface ColumnCensus {
	texts: readonly Spelt[];
	/** In the order of the texts. */
	rows: readonly number[];
	/** Rows with an empty cell. */
	empty: number;
}

/** A column to be counted by its texts. */
export interface CountedColumn {
	name: string;
	column: SqlColumn;
	/** Whether only texts that are not numbers matter. */
	wordsOnly: boolean;
}

/**
 * Counts the texts of table columns. The readers used for files then interpret them here, so that queries need no
 * spelling rules of their own.
 */
export async function censusOf(
	source: TableSource,
	counted: readonly CountedColumn[],
	codebook: Codebook,
	dialect: Dialect,
): Promise<Map<string, ColumnCensus>> {
	const found = new Map<string, ColumnCensus>();
	for (const { name, column, wordsOnly } of counted) {
		const own = column.kind === "number" ? dialect.orNull(dialect.double(column.sql)) : column.sql;
		const only = wordsOnly ? ` WHERE ${dialect.numberIn("t")} IS NULL` : "";
		const sql = `SELECT t, count(*) FROM (SELECT ${own} AS t FROM ${source.table.relation}) AS c${only} GROUP BY t`;
		const rows = await source.table.ask(sql);
		const met = rows.filter(([text]) => text !== null);
		const raws = met.map(([text]) => String(text));
		const codes = await readAsCodes(source, name, raws, codebook);
		found.set(name, {
			texts: raws.map((raw, place) => ({ raw, code: codes[place] as string })),
			rows: met.map(([, count]) => Number(count)),
			empty: rows.reduce((sum, [text, count]) => (text === null ? sum + Number(count) : sum), 0),
		});
	}
	return found;
}

/** Rows by the codes of a column. */
export function rowsByCode({ texts, rows, empty }: ColumnCensus): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (code: string, count: number) => counts.set(code, (counts.get(code) ?? 0) + count);
	for (const [place, { code }] of texts.entries()) add(canonicalCode(code), rows[place] as number);
	if (empty > 0) add("", empty);
	return counts;
}

/** Reads texts as codes: answer labels stand for their codes. */
async function readAsCodes(
	{ name: file }: TableSource,
	column: string,
	texts: readonly string[],
	codebook: Codebook,
): Promise<string[]> {
	if (texts.length === 0) return [];
	const source: Source = {
		...{ name: file, format: "texts", columns: [column], sha256: async () => "" },
		read(wanted) {
			const cells = { isText: true, cell: (row: number) => texts[row] as string };
			return readInBlocks(wanted, file, async function* (dictionaries) {
				const rows = new CellRows(new Map([[0, cells]]), [column], wanted, dictionaries, file);
				yield rows.rows(texts.length, (row) => row + 1);
			});
		},
	};
	const { blocks, dictionaries } = withCodes(source, codebook).read({ coded: [0], weights: [] });
	const codes: string[] = [];
	for await (const { rows, codes: places } of blocks) {
		for (let row = 0; row < rows; row++) {
			codes.push(dictionaries[0]?.texts[places[0]?.[row] as number] as string);
		}
	}
	return codes;
}
