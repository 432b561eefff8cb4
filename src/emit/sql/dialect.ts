/** How to read a table column: as a number or as a text. */
export type ColumnKind = "number" | "text";

export const DIALECTS = ["duckdb", "postgresql", "clickhouse", "spark"] as const;

export type DialectName = (typeof DIALECTS)[number];

/** SQL that differs between database engines. All other SQL works in every one of them. */
export interface Dialect {
	/** A name of a table or column, whatever is in it. */
	identifier(name: string): string;
	/** A text as a literal, whatever is in it. */
	text(value: string): string;
	/** A column as text. */
	asText(sql: string): string;
	/** A column of numbers in double precision. */
	double(sql: string): string;
	/** A number in double precision, NULL where it is none (NaN). */
	orNull(double: string): string;
	/** The number a text is, with decimal point or comma; NULL where it is none. */
	numberIn(sql: string): string;
	/** The whole number nearest to one, in 64 bits. */
	whole(sql: string): string;
	/** A list of numbers of one row, and such a list of any of some rows. */
	anyList(parts: readonly string[]): string;
	/** Stands at the end of a subquery whose columns are not to be worked out anew wherever they are named. */
	readonly fence: string;
	/** Whether what a query works out may be named in it, in any place. */
	readonly namesExpressions: boolean;
	/** Whether several groupings may be made in one reading. */
	readonly groupingSets: boolean;
	/** A text without blanks around it. */
	trimmed(sql: string): string;
	/** A text with each of its digits as a 9. */
	shape(sql: string): string;
	/** Whether a text has something that a regular expression describes. */
	matches(sql: string, pattern: string): string;
	/** What stands behind FROM: all rows of one query beside the only one, if any, of another. */
	leftJoin(joined: JoinedQueries): string;
}

/** Two queries, and the columns of both that rows are joined by. */
export interface JoinedQueries {
	left: string;
	right: string;
	by: readonly string[];
	/** Columns of the right one that are taken over; empty where it has no such row. */
	taken: readonly string[];
}

function leftJoin({ left, right, by, taken }: JoinedQueries): string {
	const on = by.map((name) => `a.${name} = b.${name}`).join(" AND ");
	const own = taken.map((name) => `b.${name}`).join(", ");
	return `(SELECT a.*, ${own} FROM (${left}) AS a LEFT JOIN (${right}) AS b ON ${on}) AS joined`;
}

const doubled = (mark: string) => (text: string) => `${mark}${text.replaceAll(mark, mark + mark)}${mark}`;

/** With a backslash before a mark and before a backslash. */
const escaped = (mark: string) => (text: string) =>
	`${mark}${text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`)}${mark}`;

const ALL: Readonly<Record<DialectName, Dialect>> = {
	duckdb: {
		identifier: doubled('"'),
		text: doubled("'"),
		asText: (sql) => `CAST(${sql} AS VARCHAR)`,
		double: (sql) => `CAST(${sql} AS DOUBLE)`,
		orNull: (double) => `NULLIF(${double}, CAST('NaN' AS DOUBLE))`,
		numberIn: (sql) => `TRY_CAST(replace(${sql}, ',', '.') AS DOUBLE)`,
		whole: (sql) => `CAST(round(${sql}) AS BIGINT)`,
		anyList: (parts) => `any_value([${parts.join(", ")}])`,
		fence: "",
		namesExpressions: false,
		groupingSets: true,
		trimmed: (sql) => `regexp_replace(${sql}, '^\\s+|\\s+$', '', 'g')`,
		shape: (sql) => `regexp_replace(${sql}, '[0-9]', '9', 'g')`,
		matches: (sql, pattern) => `regexp_matches(${sql}, ${doubled("'")(pattern)})`,
		leftJoin,
	},
	postgresql: {
		identifier: doubled('"'),
		text: doubled("'"),
		asText: (sql) => `CAST(${sql} AS text)`,
		double: (sql) => `CAST(${sql} AS double precision)`,
		orNull: (double) => `NULLIF(${double}, CAST('NaN' AS double precision))`,
		numberIn: (sql) =>
			`CASE WHEN ${sql} ~ '^\\s*[-+]?([0-9]+[.,]?[0-9]*|[.,][0-9]+)([eE][-+]?[0-9]{1,2})?\\s*$' THEN CAST(replace(${sql}, ',', '.') AS double precision) END`,
		whole: (sql) => `CAST(round(${sql}) AS bigint)`,
		anyList: (parts) => `min(ARRAY[${parts.join(", ")}])`,
		fence: " OFFSET 0",
		namesExpressions: false,
		groupingSets: true,
		trimmed: (sql) => `regexp_replace(${sql}, '^\\s+|\\s+$', '', 'g')`,
		shape: (sql) => `regexp_replace(${sql}, '[0-9]', '9', 'g')`,
		matches: (sql, pattern) => `${sql} ~ ${doubled("'")(pattern)}`,
		leftJoin,
	},
	clickhouse: {
		identifier: escaped("`"),
		text: escaped("'"),
		asText: (sql) => `toString(${sql})`,
		double: (sql) => `CAST(${sql} AS Nullable(Float64))`,
		// NaN is not equal to itself there.
		orNull: (double) => `CASE WHEN ${double} = ${double} THEN ${double} END`,
		numberIn: (sql) => `toFloat64OrNull(replaceAll(${sql}, ',', '.'))`,
		whole: (sql) => `toInt64(round(${sql}))`,
		anyList: (parts) => `any([${parts.join(", ")}])`,
		fence: "",
		namesExpressions: true,
		groupingSets: false,
		trimmed: (sql) => `replaceRegexpAll(${sql}, '^\\\\s+|\\\\s+$', '')`,
		shape: (sql) => `replaceRegexpAll(${sql}, '[0-9]', '9')`,
		matches: (sql, pattern) => `match(${sql}, ${escaped("'")(pattern)})`,
		// Of a table over several servers, schools are sent to all of them; what is not found is NULL only where it may be.
		leftJoin: ({ left, right, by, taken }) => {
			const nullable = taken.map((name) => `toNullable(${name}) AS ${name}`).join(", ");
			const keys = by.join(", ");
			return `(SELECT * FROM (${left}) GLOBAL ANY LEFT JOIN (SELECT ${keys}, ${nullable} FROM (${right})) USING (${keys}))`;
		},
	},
	spark: {
		identifier: doubled("`"),
		text: escaped("'"),
		asText: (sql) => `CAST(${sql} AS STRING)`,
		double: (sql) => `CAST(${sql} AS DOUBLE)`,
		orNull: (double) => `NULLIF(${double}, CAST('NaN' AS DOUBLE))`,
		numberIn: (sql) => `TRY_CAST(replace(${sql}, ',', '.') AS DOUBLE)`,
		whole: (sql) => `CAST(round(${sql}) AS BIGINT)`,
		anyList: (parts) => `any_value(array(${parts.join(", ")}))`,
		fence: "",
		namesExpressions: false,
		groupingSets: true,
		trimmed: (sql) => `regexp_replace(${sql}, '^\\\\s+|\\\\s+$', '')`,
		shape: (sql) => `regexp_replace(${sql}, '[0-9]', '9')`,
		matches: (sql, pattern) => `${sql} RLIKE ${escaped("'")(pattern)}`,
		leftJoin,
	},
};

export function dialectOf(name: DialectName): Dialect {
	return ALL[name];
}

/** A number as a literal in double precision. */
export function numberLiteral(value: number): string {
	const text = String(value);
	return text.includes("e") ? text : `${text}${text.includes(".") ? "e0" : ".0e0"}`;
}

/** Counts the rows that meet a condition. */
export function countWhere(condition: string): string {
	return `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}
