import type { Syntax } from "../syntax/dialect.js";

/** Arguments that inlist() takes beside its first: 249 numbers, but only 9 texts. */
const MOST = { numbers: 249, texts: 9 };

/** Statements of Stata. A missing number is larger than all others there, so conditions ask for it first. */
export const STATA: Syntax = {
	create: (name, value) => `gen double ${name} = ${value}`,
	assign: (name, value, condition) => `replace ${name} = ${value} if ${condition}`,
	equals: (a, b) => `${a} == ${b}`,
	not: (condition) => `!(${condition})`,
	hasCode: (column, codes, isText) => {
		const own = isText ? `lower(strtrim(${column}))` : column;
		const values = codes.map((code) => (isText ? quoted(code.toLowerCase()) : String(Number(code))));
		const [first] = values;
		if (values.length === 1) return `${own} == ${first}`;
		const size = isText ? MOST.texts : MOST.numbers;
		const parts = Array.from({ length: Math.ceil(values.length / size) }, (_, part) =>
			values.slice(part * size, (part + 1) * size),
		);
		return `(${parts.map((part) => `inlist(${[own, ...part].join(", ")})`).join(" | ")})`;
	},
	isEmpty: (column, isText) => (isText ? `strtrim(${column}) == ""` : `missing(${column})`),
	column: nameInStata,
	comment: (text) => `* ${text.replace(/\p{Cc}|\/\*|\*\/|\/\//gu, " ")}`,
	label: (name, values) => {
		const named = values.map(([value, label]) => `${value} ${quoted(label)}`).join(" ");
		return `label define ${name} ${named}\nlabel values ${name} ${name}`;
	},
};

/** A text between Stata's compound quotes, which may hold quotes. */
export function quoted(text: string): string {
	return `\`"${text.replace(/["`'$]|\p{Cc}/gu, " ")}"'`;
}

/** Columns go by lower case, as repest wants them. */
export function nameInStata(column: string): string {
	const name = column.toLowerCase().replace(/[^a-z0-9_]/g, "_");
	return (/^[0-9]/.test(name) ? `_${name}` : name).slice(0, 32);
}
