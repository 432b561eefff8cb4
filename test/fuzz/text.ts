import type { Draw } from "./draw.js";

/** What stands in cells that people and spreadsheets have been at. */
export const CELLS = [
	...[
		"",
		" ",
		"1",
		"2",
		"9",
		"-1",
		"0",
		"1,5",
		"1.5",
		"1e5",
		"1e400",
		"-1e400",
		"0x1",
		"+1",
		"1.",
		".5",
		"1 ",
	],
	...[
		"00001",
		"9007199254740993",
		"0.1234567890123456789",
		"123456789012345678901234567890",
		"1_000",
		"1 000",
	],
	...["Infinity", "-Infinity", "NaN", "NA", "#N/A", "1e-400", "１", "٣", "yes", "иә", "КАЗ", "KAZ", "kaz"],
	...[
		'"',
		'""',
		'"a',
		'a"b',
		"'",
		"\\",
		"\0",
		"\u00a0",
		"\u200b",
		"\ufeff",
		"\u2028",
		"\u001b[31m",
		"é",
		"Ð°",
	],
	...["__proto__", "constructor", "toString", "=1+1", "a;b", "a,b", "a\tb", "12.03.2024", "3-Mar"],
	"x".repeat(300),
];

type Edit = (lines: string[][], draw: Draw) => void;

const row = (lines: string[][], draw: Draw) => lines[draw.below(lines.length)] ?? [];
const cell = (draw: Draw) => draw.pick(CELLS);

const EDITS: readonly Edit[] = [
	...Array.from(
		{ length: 8 },
		(): Edit => (lines, draw) => {
			const cells = row(lines, draw);
			cells[draw.below(cells.length)] = cell(draw);
		},
	),
	(lines, draw) => row(lines, draw).push(cell(draw)),
	(lines, draw) => row(lines, draw).pop(),
	(lines, draw) => lines.splice(draw.below(lines.length), 1),
	(lines, draw) => lines.splice(draw.below(lines.length), 0, [...row(lines, draw)]),
	(lines, draw) => lines.splice(draw.below(lines.length), 0, [draw.pick(["", " ", "\t", "\u00a0", '""'])]),
	(lines, draw) => {
		const header = lines[0] ?? [];
		header[draw.below(header.length)] = draw.pick([...CELLS, ...header]);
	},
	(lines, draw) => {
		const [a, b] = [draw.below(lines[0]?.length ?? 1), draw.below(lines[0]?.length ?? 1)];
		for (const cells of lines) [cells[a], cells[b]] = [cells[b] ?? "", cells[a] ?? ""];
	},
	(lines, draw) => {
		const [column, text] = [draw.below(lines[0]?.length ?? 1), cell(draw)];
		for (const cells of lines.slice(1)) cells[column] = text;
	},
	(lines, draw) => {
		const column = draw.below(lines[0]?.length ?? 1);
		for (const cells of lines) cells.splice(column, 1);
	},
	(lines) => {
		for (const cells of lines) cells.push("");
	},
	(lines) => lines.splice(1),
];

/**
 * A plain table with one to four edits, joined again as some program or hand would.
 * @param delimiter Between its cells, none of which is quoted.
 */
export function edited(text: string, delimiter: string, draw: Draw): string {
	const lines = text
		.trimEnd()
		.split("\n")
		.map((line) => line.split(delimiter));
	for (let edits = draw.pick([1, 1, 1, 2, 2, 4]); edits > 0 && lines.length > 0; edits--)
		draw.pick(EDITS)(lines, draw);
	const mark = draw.chance(0.9) ? delimiter : draw.pick([",", ";", "\t", "|", ", "]);
	const quoting = draw.pick(["none", "none", "none", "needed", "all"]);
	const quoted = (one: string) =>
		quoting === "all" || (quoting === "needed" && /[",;\t\n]/.test(one))
			? `"${one.replaceAll('"', '""')}"`
			: one;
	const end = draw.pick(["\n", "\n", "\n", "\r\n", "\r\n", "\r", "\n\n"]);
	const joined = lines.map((cells) => cells.map(quoted).join(mark)).join(end);
	return `${draw.chance(0.1) ? "\ufeff" : ""}${joined}${draw.pick([end, end, end, end, "", `${end}${end}`, "\u001a"])}`;
}

/** A text as UTF-8 for the most part, or in one of the other encodings that files come in. */
export function encoded(text: string, draw: Draw): Buffer {
	const kind = draw.pick([
		"utf8",
		"utf8",
		"utf8",
		"utf8",
		"utf8",
		"utf8",
		"utf8",
		"utf16le",
		"utf16be",
		"latin1",
	]);
	if (kind === "utf8") return Buffer.from(text);
	if (kind === "latin1") return Buffer.from(text, "latin1");
	const bytes = Buffer.from(draw.chance(0.5) ? `\ufeff${text}` : text, "utf16le");
	return kind === "utf16be" ? bytes.swap16() : bytes;
}
