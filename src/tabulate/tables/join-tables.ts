import { canonicalCode } from "../../codebook/meaning/states.js";
import { type Dialect, dialectOf } from "../../emit/sql/dialect.js";
import type { SqlColumn } from "../../emit/sql/table.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { AnswerRow, TableSource } from "../../read/database/table.js";
import { columnAt } from "./plan-table.js";

/** Name of a column that is 1 if the teacher's school was found. */
const FOUND = "talis_pd_found";

/** Teachers joined with the columns of their schools. */
export interface JoinedTables {
	/** The table of teachers, with the school columns after its own. */
	teachers: TableSource;
	/** Rows of the table of schools. */
	schools: number;
	/** Number of teacher rows, and the rows without a match by school name. */
	asked: number;
	lost: ReadonlyMap<string, number>;
}

/** Called for duplicate schools or schools without a name. */
export type OnFaultySchool = (key: readonly string[], rows: number) => never;

/**
 * Joins a table of schools to a table of teachers inside their common database.
 * @param keys Columns of both that together name a school.
 * @param wanted School columns to look up.
 * @param onFault Called for a duplicate school or one without a name.
 */
export async function joinTables(
	teachers: TableSource,
	schools: TableSource,
	{ keys, wanted }: { keys: readonly string[]; wanted: readonly string[] },
	onFault: OnFaultySchool,
): Promise<JoinedTables> {
	const dialect = dialectOf(teachers.table.engine);
	const { ask } = teachers.table;
	const names = keys.map((_, place) => `talis_pd_key${place}`);
	const spelt = (source: TableSource) =>
		keys.map((key, place) => `${spelling(columnOf(source, key, dialect), dialect)} AS ${names[place]}`);
	const textsOf = (row: AnswerRow) =>
		row.slice(0, keys.length).map((text) => canonicalCode(String(text ?? "")).toUpperCase());

	const lacking = names.map((name) => `${name} IS NULL OR ${name} = ${dialect.text("")}`);
	const [faulty] = await ask(
		`SELECT ${[...names, "count(*)"].join(", ")} FROM (SELECT ${spelt(schools).join(", ")} FROM ${schools.table.relation}) AS s GROUP BY ${names.join(", ")} HAVING count(*) > 1 OR ${lacking.join(" OR ")} ORDER BY ${names.join(", ")} LIMIT 1`,
	);
	if (faulty !== undefined) onFault(textsOf(faulty), Number(faulty[keys.length]));

	const columns = wanted.map((name) => {
		const { sql, kind } = columnOf(schools, name, dialect);
		return { name, sql, kind, as: dialect.identifier(name) };
	});
	const described = [
		...spelt(schools),
		...columns.map(({ sql, as }) => `${sql} AS ${as}`),
		`1 AS ${FOUND}`,
	].join(", ");
	const relation = dialect.leftJoin({
		left: `SELECT *, ${spelt(teachers).join(", ")} FROM ${teachers.table.relation}`,
		right: `SELECT ${described} FROM ${schools.table.relation}`,
		by: names,
		taken: [...columns.map(({ as }) => as), FOUND],
	});
	const [[count] = []] = await ask(`SELECT count(*) FROM ${schools.table.relation}`);
	const [[asked] = []] = await ask(`SELECT count(*) FROM ${teachers.table.relation}`);
	const lost = await ask(
		`SELECT ${[...names, "count(*)"].join(", ")} FROM ${relation} WHERE ${FOUND} IS NULL GROUP BY ${names.join(", ")}`,
	);
	const lookups = Object.fromEntries(
		columns.map(({ name, kind }) => [name, { name, kind, isDouble: false }]),
	);
	return {
		teachers: { ...teachers, lookups, table: { ...teachers.table, relation } },
		schools: Number(count),
		asked: Number(asked),
		lost: new Map(lost.map((row) => [textsOf(row).join(" "), Number(row[keys.length])])),
	};
}

function columnOf(source: TableSource, name: string, dialect: Dialect): SqlColumn {
	return columnAt(source, columnIndex(source.columns, name) as number, dialect);
}

/** Normalises a school name: numbers by value, text trimmed and in upper case, as for files of schools. */
function spelling({ sql, kind }: SqlColumn, dialect: Dialect): string {
	if (kind === "number") return dialect.asText(dialect.orNull(dialect.double(sql)));
	const text = dialect.trimmed(sql);
	// A value with letters is never a number here: 12E5 is a name.
	const number = `CASE WHEN upper(${text}) = lower(${text}) THEN ${dialect.asText(dialect.numberIn(text))} END`;
	return `coalesce(${number}, upper(${text}))`;
}
