/** How values are written in R. */

const ESCAPES: Readonly<Record<string, string>> = {
	'"': '\\"',
	"\\": "\\\\",
	"\n": "\\n",
	"\r": "\\r",
	"\t": "\\t",
};

/** Characters that readers of the script would not see or could mistake for others. */
const UNSEEN = /[\p{C}\p{Z}]/u;

/** A text; signs that are not seen by their numbers. */
export function text(value: string): string {
	const escaped = value.replace(/["\\\n\r\t]/g, (sign) => ESCAPES[sign] as string);
	const plain = [...escaped].map((sign) =>
		sign !== " " && UNSEEN.test(sign) ? `\\U{${(sign.codePointAt(0) as number).toString(16)}}` : sign,
	);
	return `"${plain.join("")}"`;
}

/** A number in full precision; what is none is `NA`, as a missing one is. */
export function number(value: number | null | undefined): string {
	if (value === null || value === undefined || Number.isNaN(value)) return "NA";
	return Number.isFinite(value) ? String(value) : value > 0 ? "Inf" : "-Inf";
}

/** A vector of what is written already; of one value that value. */
export function vector(values: readonly string[], none = "character()"): string {
	if (values.length === 0) return none;
	return values.length === 1 ? (values[0] as string) : `c(${wrapped(values)})`;
}

export function texts(values: readonly string[]): string {
	return vector(values.map(text));
}

/** Names of columns; those of replicates, which are numbered from 1 on, by their prefix. */
export function columnNames(names: readonly string[]): string {
	const parts: string[] = [];
	for (let at = 0; at < names.length; ) {
		const [, prefix] = /^(.*?\D)1$/.exec(names[at] as string) ?? [];
		let end = at;
		while (prefix !== undefined && names[end] === `${prefix}${end - at + 1}`) end += 1;
		if (end - at > 3) parts.push(`paste0(${text(prefix as string)}, 1:${end - at})`);
		else parts.push(...names.slice(at, Math.max(end, at + 1)).map(text));
		at = Math.max(end, at + 1);
	}
	return vector(parts);
}

/** `c("1" = "yes", "2" = "no")`. */
export function named(entries: readonly (readonly [name: string, value: string])[]): string {
	if (entries.length === 0) return "character()";
	return `c(${wrapped(entries.map(([name, value]) => `${text(name)} = ${text(value)}`))})`;
}

/** `f(a, b = 1)`, without arguments that are not there. */
export function call(name: string, ...args: readonly (string | null)[]): string {
	return `${name}(${args.filter((one) => one !== null).join(", ")})`;
}

/** An argument by its name; null where nothing is said. */
export function argument(name: string, value: string | null | undefined): string | null {
	return value === null || value === undefined ? null : `${name} = ${value}`;
}

const WIDTH = 100;

/** Values with commas, over several lines where they are many. */
function wrapped(values: readonly string[]): string {
	const lines: string[] = [];
	for (const value of values) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + value.length + 2 <= WIDTH)
			lines[lines.length - 1] = `${last}, ${value}`;
		else lines.push(value);
	}
	return lines.length === 1 ? (lines[0] as string) : `\n  ${lines.join(",\n  ")}\n`;
}

/** A comment of lines that fit a page. */
export function comment(content: string): string {
	const lines = content.split("\n").flatMap((paragraph) => {
		const own: string[] = [""];
		for (const word of paragraph.split(" ")) {
			const last = own.at(-1) as string;
			if (last !== "" && last.length + word.length + 1 > WIDTH) own.push(word);
			else own[own.length - 1] = last === "" ? word : `${last} ${word}`;
		}
		return own;
	});
	return lines.map((line) => (line === "" ? "#" : `# ${line}`)).join("\n");
}
