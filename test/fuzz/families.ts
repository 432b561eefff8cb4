import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { parse, stringify } from "yaml";
import { savedSchema } from "../../src/analysis/saved/saved-schema.js";
import { codebookSchema } from "../../src/codebook/definition/schema.js";
import { reportSchema } from "../../src/report/config.js";
import { type DtaCell, type DtaFile, dta } from "../support/dta.js";
import { columnsFile } from "../support/parquet.js";
import { rds } from "../support/rds.js";
import { type SavFile, sav } from "../support/sav.js";
import { COMPRESSIONS, savSeeds } from "../support/sav-seeds.js";
import { sheetRows, workbook } from "../support/xlsx.js";
import { zip } from "../support/zip.js";
import { damaged } from "./bytes.js";
import { commandLine } from "./command-lines.js";
import type { Draw } from "./draw.js";
import { Grammar } from "./grammar.js";
import { type Mutant, strangeSav } from "./strange-sav.js";
import { edited, encoded } from "./text.js";
import { editedJson, editedYaml } from "./tree.js";

export type { Mutant } from "./strange-sav.js";

/** Inputs of one format, and how they are spoilt. */
export interface Family {
	name: string;
	/** Of a hundred inputs. */
	share: number;
	make(draw: Draw): Mutant;
}

interface Seed {
	name: string;
	bytes: Buffer;
	own?: boolean;
}

const root = fileURLToPath(new URL("../../", import.meta.url));
const bytesOf = (path: string) => readFileSync(root + path);
const textOf = (path: string) => bytesOf(path).toString();
const inFolder = (folder: string, ending: RegExp): Seed[] =>
	readdirSync(root + folder)
		.filter((name) => ending.test(name))
		.map((name) => ({ name, bytes: bytesOf(`${folder}/${name}`) }));
const head = (path: string, lines: number) => `${textOf(path).split("\n").slice(0, lines).join("\n")}\n`;

/** A small TALIS file without faults, and its cells: numbers as numbers. */
const CLEAN = "test/fixtures/doctor/clean.csv";
const clean = textOf(CLEAN);
const [header = [], ...rows] = clean
	.trim()
	.split("\n")
	.map((line) => line.split(","));
const cells = rows.map((row) => row.map((cell) => (/^[\d.]+$/.test(cell) ? Number(cell) : cell)));

const own = textOf("test/fuzz/seeds/own-survey.csv");
const [ownHeader = [], ...ownRows] = own
	.trim()
	.split("\n")
	.map((line) => line.split(","));
const ownCells = ownRows.map((row) => row.map((cell) => (/^[\d.]+$/.test(cell) ? Number(cell) : cell)));

const plain: { text: string; delimiter: string; own?: boolean }[] = [
	...Array.from({ length: 8 }, () => ({ text: own, delimiter: ",", own: true })),
	...Array.from({ length: 3 }, () => ({ text: clean, delimiter: "," })),
	{ text: clean.replaceAll(",", ";").replaceAll(".", ","), delimiter: ";" },
	{ text: head("data/samples/synthetic-talis-2024.csv", 12), delimiter: ";" },
	{ text: head("data/samples/synthetic-national-pd-survey.csv", 12), delimiter: "," },
	{ text: "id,answer,weight\n1,yes,1.5\n2,no,2\n3,yes,0.25\n", delimiter: "," },
	{ text: "answer\nyes\nno\n", delimiter: "," },
];
const texts: Seed[] = [
	...inFolder("test/fixtures/own", /\.csv$/),
	...inFolder("test/fixtures/doctor", /^(many|decimal|every).*\.csv$/),
	...Array.from({ length: 6 }, () => ({ name: "own", bytes: Buffer.from(own), own: true })),
];

const talisSav: SavFile = {
	variables: header.map((name, column) =>
		typeof cells[0]?.[column] === "string" ? { name, width: 8 } : { name },
	),
	rows: cells,
	encoding: "UTF-8",
	codePage: 65001,
};
const ownSav: SavFile = {
	variables: ownHeader.map((name) => (/region|choices/.test(name) ? { name, width: 8 } : { name })),
	rows: ownCells,
};
const savs: Seed[] = [
	...savSeeds(),
	...COMPRESSIONS.flatMap((compression) =>
		[false, true].flatMap((bigEndian) => [
			{ name: `talis-${compression}`, bytes: sav({ ...talisSav, compression, bigEndian }) },
			{ name: `own-${compression}`, bytes: sav({ ...ownSav, compression, bigEndian }), own: true },
			{ name: `own-${compression}`, bytes: sav({ ...ownSav, compression, bigEndian }), own: true },
		]),
	),
];
const parquets: Seed[] = [
	...inFolder("test/fixtures/read", /\.parquet$/),
	{ name: "talis", bytes: columnsFile(header, cells, { rowGroupSize: 4, pageSize: 64 }) },
	...[1, 3, 100].flatMap((rowGroupSize) => [
		{ name: "own", bytes: columnsFile(ownHeader, ownCells, { rowGroupSize }), own: true },
		{ name: "own", bytes: columnsFile(ownHeader, ownCells, { rowGroupSize, pageSize: 16 }), own: true },
	]),
];
const releases = [113, 114, 115, 117, 118, 119] as const;
const asStata = (
	release: DtaFile["release"],
	bigEndian: boolean,
	names: string[],
	rows: DtaCell[][],
): DtaFile => ({
	release,
	bigEndian,
	variables: names.map((name, column) => ({
		name: name.slice(0, 32),
		type: typeof rows[0]?.[column] === "string" ? 12 : column % 2 === 0 ? "double" : "float",
		...(column % 5 === 0 && typeof rows[0]?.[column] === "number"
			? {
					values: [
						[1, "Yes"],
						[2, "No"],
						[".a", "Refused"],
					] as [number | string, string][],
					label: name,
				}
			: {}),
	})),
	rows,
});
const ownTexts = ownRows.map((row) =>
	row.map((cell, column) =>
		/region|choices/.test(ownHeader[column] ?? "") ? cell : cell === "" ? "." : Number(cell),
	),
);
const dtas: Seed[] = releases.flatMap((release) =>
	[false, true].flatMap((bigEndian) => [
		{ name: "talis", bytes: dta(asStata(release, bigEndian, header, cells)) },
		{ name: "own", bytes: dta(asStata(release, bigEndian, ownHeader, ownTexts)), own: true },
	]),
);
const asR = (names: string[], rows: readonly (number | string)[][]) =>
	rds(
		names.map((name, column) => {
			const values = rows.map((row) => row[column] ?? null);
			const isText = values.some((value) => typeof value === "string");
			return {
				name,
				kind: isText ? "text" : column % 2 === 0 ? "real" : "integer",
				values,
				...(column % 3 === 0 ? { label: name } : {}),
			};
		}),
	);
const frames: Seed[] = [
	...inFolder("test/fixtures/read", /^r-(plain|binary|workspace)\./),
	{ name: "talis", bytes: asR(header, cells) },
	{ name: "own", bytes: asR(ownHeader, ownCells), own: true },
	{ name: "own", bytes: asR(ownHeader, ownCells), own: true },
];
const packedFrames: Seed[] = inFolder("test/fixtures/read", /^r-(gzip|bzip2|xz|version-2)\./);
const sheets = [sheetRows([header, ...cells]), sheetRows([ownHeader, ...ownCells])];
const archives: Seed[] = [
	{ name: "own", bytes: zip([{ path: "data/own.csv", bytes: own }]), own: true },
	{
		name: "own",
		bytes: zip([
			{ path: "own.csv", bytes: own, method: 0 },
			{ path: "readme.txt", bytes: "x" },
		]),
		own: true,
	},
	{
		name: "own",
		bytes: zip([{ path: "inner.zip", bytes: zip([{ path: "own.csv", bytes: own, wide: true }]) }]),
		own: true,
	},
	{ name: "sav", bytes: zip([{ path: "own.sav", bytes: savs.at(-1)?.bytes ?? "" }]), own: true },
];
const codebooks = [
	"test/fuzz/seeds/own-survey.yaml",
	"test/fuzz/seeds/own-survey.yaml",
	"test/fuzz/seeds/own-survey.yaml",
	"data/codebooks/national-pd-survey.yaml",
].map(textOf);
const results = ["test/fuzz/seeds/rates.json", "test/fuzz/seeds/compare.json"].map(textOf);
const config = textOf("test/fuzz/seeds/report.yml");

const grammars = {
	codebook: { grammar: new Grammar(codebookSchema), seeds: codebooks.map((text) => parse(text)) },
	results: { grammar: new Grammar(savedSchema), seeds: results.map((text) => JSON.parse(text)) },
	report: { grammar: new Grammar(reportSchema), seeds: [parse(config)] },
};

/** A tree that keeps to the grammar of a format, or nearly; YAML also as JSON, which it is, too. */
function grown(format: keyof typeof grammars, draw: Draw): string {
	const { grammar, seeds } = grammars[format];
	const tree = grammar.grown(draw.pick(seeds), draw);
	return format === "results" || draw.chance(0.2) ? JSON.stringify(tree) : stringify(tree);
}

function csv(draw: Draw): Mutant {
	if (draw.chance(0.65)) {
		const { text, delimiter, own = false } = draw.pick(plain);
		return { ending: "csv", own, bytes: encoded(edited(text, delimiter, draw), draw) };
	}
	const { bytes, own = false } = draw.pick(texts);
	return { ending: "csv", own, bytes: damaged(bytes, draw, draw.pick(texts).bytes) };
}

function gzip(draw: Draw): Mutant {
	const { bytes, own = false } = draw.chance(0.4) ? csv(draw) : draw.pick(texts);
	const packed = gzipSync(bytes, { level: 1 });
	return { ending: "csv.gz", own, bytes: draw.chance(0.7) ? damaged(packed, draw, packed) : packed };
}

function spss(draw: Draw): Mutant {
	if (draw.chance(0.3)) return strangeSav(draw);
	const { bytes, own = false } = draw.pick(savs);
	// The dictionary comes first, and says most.
	return {
		ending: "sav",
		own,
		bytes: damaged(bytes, draw, draw.pick(savs).bytes, [0, Math.min(2000, bytes.length)]),
	};
}

function parquet(draw: Draw): Mutant {
	const { bytes, own = false } = draw.pick(parquets);
	const footer = bytes.readUInt32LE(bytes.length - 8);
	const dense = [bytes.length - 8 - footer, bytes.length];
	return { ending: "parquet", own, bytes: damaged(bytes, draw, draw.pick(parquets).bytes, dense) };
}

function stata(draw: Draw): Mutant {
	const { bytes, own = false } = draw.pick(dtas);
	return {
		ending: "dta",
		own,
		bytes: damaged(bytes, draw, draw.pick(dtas).bytes, [0, Math.min(3000, bytes.length)]),
	};
}

function frame(draw: Draw): Mutant {
	const seeds = draw.chance(0.8) ? frames : packedFrames;
	const { bytes, own = false } = draw.pick(seeds);
	const spoilt = damaged(bytes, draw, draw.pick(seeds).bytes);
	return { ending: "rds", own, bytes: seeds === frames && draw.chance(0.3) ? gzipSync(spoilt) : spoilt };
}

/** What Excel packs, spoilt before or after it is packed. */
function excel(draw: Draw): Mutant {
	const place = draw.below(sheets.length);
	const rows = sheets[place] as string;
	const build = (xml: string) =>
		workbook({ sheets: [{ name: "Data", rows: xml, merges: draw.chance(0.2) ? ["A1:B1", "C1:C2"] : [] }] });
	if (draw.chance(0.5)) {
		const spoilt = damaged(Buffer.from(rows), draw, Buffer.from(sheets[0] as string)).toString("latin1");
		return { ending: "xlsx", own: place === 1, bytes: build(spoilt) };
	}
	return { ending: "xlsx", own: place === 1, bytes: damaged(build(rows), draw, build(rows)) };
}

function zipped(draw: Draw): Mutant {
	if (draw.chance(0.3)) {
		const { bytes, own = false, ending } = draw.pick([csv, spss, frame, stata])(draw);
		return { ending: "zip", own, bytes: zip([{ path: `file.${ending}`, bytes }]) };
	}
	const { bytes, own = false } = draw.pick(archives);
	// The list of files comes last.
	const dense = [Math.max(0, bytes.length - 200), bytes.length];
	return { ending: "zip", own, bytes: damaged(bytes, draw, draw.pick(archives).bytes, dense) };
}

const FAMILIES: readonly Family[] = [
	{ name: "csv", share: 26, make: csv },
	{ name: "csv.gz", share: 4, make: gzip },
	{ name: "sav", share: 20, make: spss },
	{ name: "parquet", share: 16, make: parquet },
	{ name: "dta", share: 6, make: stata },
	{ name: "rds", share: 6, make: frame },
	{ name: "xlsx", share: 4, make: excel },
	{ name: "zip", share: 4, make: zipped },
	{
		name: "codebook",
		share: 4,
		make: (draw) => ({ ending: "yaml", bytes: Buffer.from(editedYaml(draw.pick(codebooks), draw)) }),
	},
	{
		name: "results",
		share: 8,
		make(draw) {
			const text = editedJson(draw.pick(results), draw);
			return {
				ending: "json",
				bytes: draw.chance(0.9) ? Buffer.from(text) : damaged(Buffer.from(text), draw, Buffer.from(text)),
			};
		},
	},
	{
		name: "report",
		share: 2,
		make: (draw) => ({ ending: "yml", bytes: Buffer.from(editedYaml(config, draw)) }),
	},
	{
		name: "codebook-grammar",
		share: 12,
		make: (draw) => ({ ending: "yaml", bytes: Buffer.from(grown("codebook", draw)) }),
	},
	{
		name: "results-grammar",
		share: 12,
		make: (draw) => ({ ending: "json", bytes: Buffer.from(grown("results", draw)) }),
	},
	{
		name: "report-grammar",
		share: 8,
		make: (draw) => ({ ending: "yml", bytes: Buffer.from(grown("report", draw)) }),
	},
	{
		name: "command",
		share: 18,
		make: (draw) => ({ ending: "cmd", bytes: Buffer.from(commandLine(draw)) }),
	},
];

/** The input of a number: its family is drawn by the shares. */
export function mutantOf(draw: Draw, only?: string): Mutant & { family: string } {
	const families = FAMILIES.filter(({ name }) => only === undefined || name === only);
	const all = families.flatMap((family) => Array<Family>(family.share).fill(family));
	const family = draw.pick(all);
	return { family: family.name, ...family.make(draw) };
}
