import type { Syntax } from "../syntax/dialect.js";

/** Statements of SPSS, each with its full stop. A condition about a missing value is none, so what is empty is asked first. */
export const SPSS: Syntax = {
	create: (name, value) => `COMPUTE ${name} = ${value}.`,
	assign: (name, value, condition) => `IF (${condition}) ${name} = ${value}.`,
	equals: (a, b) => `${a} = ${b}`,
	not: (condition) => `NOT (${condition})`,
	hasCode: (column, codes, isText) => {
		const own = isText ? `LOWER(LTRIM(RTRIM(${column})))` : column;
		const values = codes.map((code) => (isText ? quoted(code.toLowerCase()) : String(Number(code))));
		return `ANY(${[own, ...values].join(", ")})`;
	},
	isEmpty: (column, isText) => (isText ? `LTRIM(RTRIM(${column})) = ''` : `MISSING(${column})`),
	column: (name) => name,
	comment: (text) => `* ${text.replace(/\p{Cc}|\.(?=\s|$)/gu, " ").trim()}.`,
	label: (name, values) =>
		`VALUE LABELS ${name} ${values.map(([value, label]) => `${value} ${quoted(label)}`).join(" ")}.`,
};

export function quoted(text: string): string {
	return `'${text.replace(/'/g, "''").replace(/\p{Cc}/gu, " ")}'`;
}
