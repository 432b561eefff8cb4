import type { TableField, TableSource } from "./table.js";
import { readTable } from "./table-rows.js";

/** Rows of a table that are alike in some columns, each once; only these columns are there. */
export interface AlikeRows {
	source: TableSource;
	/** How many rows of the table each stands for, in the order in which they are read; to be asked for once they have been. */
	counts: readonly number[];
}

/**
 * Asks a table which rows there are, as some columns see them. They are counted there: what comes back is as many rows as
 * there are different ones.
 * @param fields The columns.
 * @param most More of them than this are not handed over.
 * @param only A condition on the first column, by its name in the query.
 * @returns Null where there are more, or none.
 */
export async function alikeRows(
	source: TableSource,
	fields: readonly TableField[],
	most = Number.POSITIVE_INFINITY,
	only?: (cell: string) => string,
): Promise<AlikeRows | null> {
	const { table, name } = source;
	const names = fields.map((_, place) => `c${place}`);
	const cells = fields.map((field, place) => `${table.cell(field)} AS ${names[place]}`);
	const where = only === undefined ? "" : ` WHERE ${only(names[0] as string)}`;
	const limit = Number.isFinite(most) ? ` LIMIT ${most + 1}` : "";
	const found = await table.ask(
		`SELECT ${names.join(", ")}, count(*) FROM (SELECT ${cells.join(", ")} FROM ${table.relation}) AS t${where} GROUP BY ${names.join(", ")}${limit}`,
	);
	if (found.length === 0 || found.length > most) return null;
	const columns = fields.map((field) => field.name.trim());
	const own = {
		...{ ...table, fields },
		async *rows(wanted: readonly TableField[]) {
			const places = wanted.map((field) => fields.indexOf(field));
			yield found.map((row) => places.map((place) => row[place]));
		},
	};
	return {
		source: { ...source, columns, table: own, read: (wanted) => readTable(own, { name, columns }, wanted) },
		counts: found.map((row) => Number(row[fields.length])),
	};
}
