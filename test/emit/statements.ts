// Runs the recodes of do-files and SPSS syntax row by row, as both languages do: enough of them to hold the scripts against the
// tool where neither program is there. Statements that only print are passed over.

/** A column of a file, or a variable of a script; NaN where a number is missing. */
export type Columns = Map<string, (number | string)[]>;

type Row = Readonly<Record<string, number | string>>;

interface Language {
	statement: RegExp;
	toJs(expression: string): string;
}

/** Both languages write conditions alike, but for a few signs and functions. */
const LANGUAGES: Readonly<Record<"stata" | "spss", Language>> = {
	stata: {
		statement: /^(?:gen (?:double|str) (\w+) = (.+?)|replace (\w+) = (.+?))(?: if (.+))?$/,
		toJs: (text) =>
			text
				.replace(/`"(.*?)"'/g, '"$1"')
				.replace(/ \| /g, " || ")
				.replace(/ & /g, " && "),
	},
	spss: {
		statement: /^(?:COMPUTE (\w+) = (.+)|IF \((?<condition>.+)\) (\w+) = ((?:100 \* )?[\w-]+))\.$/,
		toJs: (text) =>
			text
				.replace(/(?<![<>=!])=(?!=)/g, "==")
				.replace(/\bNOT \(/g, "!(")
				.replace(/ \| /g, " || ")
				.replace(/ & /g, " && "),
	},
};

const FUNCTIONS = {
	inlist: (value: unknown, ...others: unknown[]) => others.includes(value),
	ANY: (value: unknown, ...others: unknown[]) => others.includes(value),
	missing: (value: unknown) => Number.isNaN(value),
	MISSING: (value: unknown) => Number.isNaN(value),
	strtrim: (text: string) => text.trim(),
	lower: (text: string) => text.toLowerCase(),
	LOWER: (text: string) => text.toLowerCase(),
	LTRIM: (text: string) => text.trimStart(),
	RTRIM: (text: string) => text.trimEnd(),
};

/** The variables that a script makes of some columns. */
export function runStatements(script: string, language: keyof typeof LANGUAGES, columns: Columns): Columns {
	const { statement, toJs } = LANGUAGES[language];
	const made: Columns = new Map(columns);
	const rows = [...columns.values()][0]?.length ?? 0;
	for (const line of script.split("\n")) {
		const found = statement.exec(line);
		if (found === null) continue;
		const [name = "", value = "", condition] =
			language === "stata"
				? [found[1] ?? found[3], found[2] ?? found[4], found[5]]
				: [found[1] ?? found[4], found[2] ?? found[5], found.groups?.condition];
		const own = made.get(name) ?? Array.from({ length: rows }, () => Number.NaN);
		made.set(name, own);
		const ask = compiled(toJs(value), made);
		const holds = condition === undefined ? () => true : compiled(toJs(condition), made);
		for (let row = 0; row < rows; row++) {
			if (holds(row) === true || holds(row) === 1) own[row] = Number(ask(row));
		}
	}
	return made;
}

/** An expression over the variables of a row. */
function compiled(js: string, columns: Columns): (row: number) => unknown {
	const names = [...new Set(js.replace(/"[^"]*"|'[^']*'/g, "").match(/[A-Za-z_]\w*/g) ?? [])];
	const variables = names.filter((name) => !Object.hasOwn(FUNCTIONS, name));
	for (const name of variables) if (!columns.has(name)) throw new Error(`no variable ${name} in ${js}`);
	const run = new Function(
		"f",
		"row",
		`const {${Object.keys(FUNCTIONS).join(",")}} = f; const {${variables.join(",")}} = row; return (${js});`,
	) as (f: typeof FUNCTIONS, row: Row) => unknown;
	return (place) => {
		const row = Object.fromEntries(
			variables.map((name) => [name, columns.get(name)?.[place] as number | string]),
		);
		return run(FUNCTIONS, row);
	};
}
