// Command lines of talis-pd that the documents tell a reader to type.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FENCE = /^```.*?^```/gms;
const TYPED = /^(?:\$ )?(?:node bin\/talis-pd\.js|talis-pd) (.+)$/gm;
const DEMO = /npm run (demo)$/gm;
const SPOKEN = /`talis-pd ([^`]+)`/g;

/** What no document shows and is an output of its own all the same. */
const BESIDES = [
	"reach data/samples/administrative-counts-kazakhstan.csv",
	"reach data/samples/synthetic-administrative-counts.csv",
	"means data/samples/synthetic-kazakhstan-2018.csv --by gender",
	"rates data/samples/synthetic-kazakhstan-2018.csv --counts --by experience",
	"rates data/samples/synthetic-kazakhstan-2018.csv --counts --item coaching",
	"rates data/samples/synthetic-talis-2024.csv --by gender,age --average all --protect",
	"compare data/samples/synthetic-talis-2024.csv --between country --reference average:all --item coaching",
	"compare data/samples/synthetic-kazakhstan-2018.csv --between items --topic barriers",
	"gaps data/samples/synthetic-talis-2024.csv --by country",
	"explore data/samples/synthetic-kazakhstan-2018.csv --by gender --lang kk --out -",
	"profile --country KAZ --out profile.svg",
	"cite --format bibtex",
	"complete bash",
	"help weights",
	"man",
	"selftest --format json",
];

/** Of README and docs: where each stands, and its arguments. */
export function documentedLines(checkout) {
	const docs = readdirSync(join(checkout, "docs")).filter((name) => name.endsWith(".md"));
	const documented = ["README.md", ...docs.map((name) => `docs/${name}`)].flatMap((document) =>
		linesOf(readFileSync(join(checkout, document), "utf8")).map((line) => ({ document, ...line })),
	);
	return [
		...documented,
		...BESIDES.map((line, index) => ({ document: "besides", number: index + 1, args: wordsOf(line) })),
	];
}

/** Commands of a document: those in its blocks of code, and whole ones within its sentences. */
export function linesOf(text) {
	const prose = text.replaceAll(FENCE, (block) => block.replaceAll(/[^\n]/g, " "));
	const blocks = [...text.matchAll(FENCE)].flatMap(({ 0: block, index: start }) =>
		[...block.matchAll(TYPED), ...block.matchAll(DEMO)].map((found) => ({ start, found })),
	);
	// A command by its name alone is spoken of, not typed; help is no output.
	const spoken = [...prose.matchAll(SPOKEN)].filter(
		([, command]) => /\s/.test(command) && !/--help/.test(command),
	);
	return [...blocks, ...spoken.map((found) => ({ start: 0, found }))]
		.map(({ start, found }) => ({ at: start + found.index, args: wordsOf(found[1]) }))
		.sort((one, other) => one.at - other.at)
		.map(({ at, args }) => ({ number: text.slice(0, at).split("\n").length, args }));
}

/** Words as a shell takes them apart, without a comment at the end. */
export function wordsOf(line) {
	const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
	const comment = words.indexOf("#");
	return (comment < 0 ? words : words.slice(0, comment)).map((word) => word.replaceAll(/["']/g, ""));
}
