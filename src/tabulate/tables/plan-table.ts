import type { Codebook } from "../../codebook/definition/schema.js";
import type {
	Category,
	Codes,
	Expression,
	NumberColumn,
	PossibleForms,
} from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Dialect } from "../../emit/sql/dialect.js";
import type { SqlColumn, SqlTable } from "../../emit/sql/table.js";
import { columnIndex, samePlace } from "../../read/columns/column-names.js";
import type { TableSource } from "../../read/database/table.js";
import { type ColumnCensus, type CountedColumn, censusOf } from "./census.js";

/** A table with the facts about the columns that some plans use. */
export interface PlannedTable extends SqlTable {
	readonly dialect: Dialect;
	census(column: string): ColumnCensus;
}

/**
 * Collects the facts about a table that the SQL of the plans depends on.
 * @param columns Header of all sources together, for which the plans were made.
 */
export async function planTable(
	source: TableSource,
	columns: readonly string[],
	plans: readonly Plan[],
	codebook: Codebook,
	dialect: Dialect,
): Promise<PlannedTable> {
	const { table } = source;
	const column = (name: string): SqlColumn => {
		const place = samePlace(source.columns, columns, columnIndex(columns, name) as number) as number;
		return columnAt(source, place, dialect);
	};
	const counted = columnsCounted(plans, column);
	const census = await censusOf(source, counted, codebook, dialect);
	const of = (name: string): ColumnCensus => census.get(name) ?? { texts: [], rows: [], empty: 0 };
	return {
		dialect,
		relation: table.relation,
		fields: [...table.fields.map(({ name }) => name), ...Object.keys(source.lookups ?? {})],
		column,
		texts: (name) => of(name).texts,
		census: of,
	};
}

/** A table column by its position in the header. */
export function columnAt(
	{ table, columns, constants = {}, lookups = {} }: TableSource,
	place: number,
	dialect: Dialect,
): SqlColumn {
	const field = table.fields[place] ?? lookups[columns[place] as string];
	if (field === undefined) {
		return { sql: dialect.text(constants[columns[place] as string] as string), kind: "text" };
	}
	const sql = dialect.identifier(field.name);
	return field.kind === "other" ? { sql: dialect.asText(sql), kind: "text" } : { sql, kind: field.kind };
}

/** The columns whose texts must be known. */
function columnsCounted(plans: readonly Plan[], column: (name: string) => SqlColumn): CountedColumn[] {
	const [codes, numbers] = [new Set<string>(), new Set<string>()];
	for (const plan of plans) {
		for (const name of plan.undeclared) codes.add(name);
		for (const one of columnExpressions([plan.expressions, plan.groups, plan.conditions])) {
			if (one.is === "possible-forms") for (const { column: own } of one.evidence) codes.add(own);
			else (one.is === "number" ? numbers : codes).add(one.column);
		}
	}
	const words = [...numbers].filter((name) => !codes.has(name) && column(name).kind === "text");
	return [
		...[...codes].map((name) => ({ name, column: column(name), wordsOnly: false })),
		...words.map((name) => ({ name, column: column(name), wordsOnly: true })),
	];
}

/** All column expressions anywhere in a plan. */
function columnExpressions(value: unknown): (Codes | Category | NumberColumn | PossibleForms)[] {
	if (typeof value !== "object" || value === null) return [];
	if (Array.isArray(value)) return value.flatMap(columnExpressions);
	const own = value as Partial<Expression>;
	const isColumn = own.is === "codes" || own.is === "category" || own.is === "number";
	const here = isColumn || own.is === "possible-forms" ? [value as Codes] : [];
	return [...here, ...Object.values(value).flatMap(columnExpressions)];
}
