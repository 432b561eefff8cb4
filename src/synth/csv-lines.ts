import { UserError } from "../base/errors.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { EMPTY_CELL } from "./calibration/item-codes.js";
import { type Random, random } from "./sample/random.js";
import { samplingOf, weightNames } from "./sample/sampling.js";
import type { School } from "./sample/schools-and-weights.js";
import type { Teachers } from "./sample/teachers.js";

/** How the file is written; none of it changes an answer. */
export interface FileFormat {
	/** Columns in all; those that are missing are filled with columns of no meaning. */
	columns?: number | undefined;
	/** Between cells. */
	separator: string;
	/** Decimals of the weights. */
	weightDecimals: number;
	seed: number;
}

/** Text columns: one value per system. */
export type Constants = ReadonlyMap<string, string>;

/** The header of a file whose systems all have these columns. */
export function headerLine(
	constants: Constants,
	teachers: Teachers,
	codebook: Codebook,
	format: FileFormat,
): string {
	const names = [...constants.keys(), ...teachers.columns.keys()];
	const weights = weightNames(samplingOf(codebook));
	const filler = fillerNames(format.columns, [...names, ...weights]);
	return `${[...names, ...filler, ...weights].join(format.separator)}\n`;
}

/** One line per teacher, in the header's order. */
export function* teacherLines(
	constants: Constants,
	teachers: Teachers,
	codebook: Codebook,
	format: FileFormat,
): Generator<string> {
	const { separator } = format;
	const start = [...constants.values()].join(separator);
	const columns = [...teachers.columns.values()];
	const fixed = constants.size + columns.length + weightNames(samplingOf(codebook)).length;
	const stream = random(format.seed, start, "filler");
	const filler = fillers(Math.max(0, (format.columns ?? 0) - fixed), separator, stream);
	const weights = teachers.schools.map((school) => weightCells(school, format));
	for (let row = 0; row < teachers.count; row++) {
		let line = start;
		for (const column of columns) {
			const code = column[row] as number;
			line += code === EMPTY_CELL ? separator : separator + code;
		}
		yield `${line}${filler[stream.below(filler.length)]}${weights[teachers.school[row] as number]}\n`;
	}
}

/** The weights of a school's teachers are the same, so they are written once a school. */
function weightCells(
	{ weight, factors }: School,
	{ weightDecimals: decimals, separator }: FileFormat,
): string {
	const cells = Array.from(factors, (factor) => (weight * factor).toFixed(decimals));
	return separator + [weight.toFixed(decimals), ...cells].join(separator);
}

/** Named as what they are, sixteen letters a number as in a questionnaire: FILLER1A to FILLER1P and on. */
function fillerNames(columns: number | undefined, names: readonly string[]): string[] {
	if (columns !== undefined && columns < names.length) {
		throw new UserError(`${columns} columns are too few: the survey itself has ${names.length}`);
	}
	const used = new Set(names);
	const filler: string[] = [];
	for (let n = 0; filler.length < (columns ?? 0) - names.length; n++) {
		const name = `FILLER${Math.floor(n / 16) + 1}${String.fromCharCode(65 + (n % 16))}`;
		if (!used.has(name)) filler.push(name);
	}
	return filler;
}

const VARIETIES = 97;

/** Runs of cells with codes 1–4 and now and then 9; each teacher gets one of them. */
function fillers(count: number, separator: string, stream: Random): string[] {
	const cell = () => separator + (stream.uniform() < 0.02 ? 9 : 1 + stream.below(4));
	return Array.from({ length: count === 0 ? 1 : VARIETIES }, () =>
		Array.from({ length: count }, cell).join(""),
	);
}
