import { readFileSync } from "node:fs";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import { parseCalibration, type SyntheticSize, surveyLines } from "../../src/synth/index.js";

const CODEBOOK = "codebooks/talis-2018-teacher.yaml";
const CALIBRATION = "calibration/synthetic-kazakhstan-2018.yaml";

export function dataFile(name: string): string {
	return readFileSync(new URL(`../../data/${name}`, import.meta.url), "utf8");
}

export const codebook = parseCodebook(dataFile(CODEBOOK), CODEBOOK);
export const calibration = parseCalibration(dataFile(CALIBRATION), CALIBRATION, codebook);

/** A file as a reader sees it: nothing of how it was made. */
export class SurveyFile {
	readonly header: string[];
	readonly rows: string[][];
	private readonly places: Map<string, number>;

	constructor(readonly text: string) {
		const [header = [], ...rows] = text
			.trimEnd()
			.split("\n")
			.map((line) => line.split(","));
		this.header = header;
		this.rows = rows;
		this.places = new Map(header.map((name, place) => [name, place]));
	}

	code(row: readonly string[], column: string): string {
		const place = this.places.get(column);
		if (place === undefined) throw new Error(`no column ${column}`);
		return row[place] ?? "";
	}

	number(row: readonly string[], column: string): number {
		return Number(this.code(row, column));
	}

	/** Final weight first, then the replicates. */
	weights(row: readonly string[]): number[] {
		const first = this.places.get("TCHWGT") ?? 0;
		return row.slice(first).map(Number);
	}
}

export function generate(options: SyntheticSize = {}): SurveyFile {
	return new SurveyFile([...surveyLines(calibration, codebook, options)].join(""));
}

/** Weighted percentage and its Fay-BRR standard error, from rows that are sorted into yes and no. */
export function rate(
	file: SurveyFile,
	answer: (row: readonly string[]) => boolean | undefined,
): { percent: number; se: number; n: number } {
	const yes = new Array<number>(101).fill(0);
	const all = new Array<number>(101).fill(0);
	let n = 0;
	for (const row of file.rows) {
		const says = answer(row);
		if (says === undefined) continue;
		n++;
		for (const [r, w] of file.weights(row).entries()) {
			all[r] = (all[r] ?? 0) + w;
			if (says) yes[r] = (yes[r] ?? 0) + w;
		}
	}
	const [percent = Number.NaN, ...replicates] = yes.map((sum, r) => (100 * sum) / (all[r] ?? 0));
	const squares = replicates.reduce((sum, estimate) => sum + (estimate - percent) ** 2, 0);
	return { percent, se: Math.sqrt(0.04 * squares), n };
}
