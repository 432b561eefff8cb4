import type { Codebook, Measure } from "../../codebook/definition/schema.js";
import type { CalibratedScale, SystemCalibration } from "../calibration/calibration.js";
import { codeOfMissing, itemCodes } from "../calibration/item-codes.js";
import { rowsWhere, type Teachers, teacherColumn } from "../sample/teachers.js";

/** Scores have three decimals. */
const STEPS = 1000;

/** Adds a column for each scale. */
export function addScales(teachers: Teachers, { scales }: SystemCalibration, codebook: Codebook): void {
	for (const [key, scale] of Object.entries(scales)) {
		const measure = codebook.measures?.[key];
		if (measure === undefined) throw new Error(`no measure ${key}`);
		const scores = scoresOf(scale, teachers, codebook, measure.missing ?? {});
		teachers.columns.set(measure.variable.toUpperCase(), scores);
	}
}

function scoresOf(
	{ of, mean, sd }: CalibratedScale,
	teachers: Teachers,
	codebook: Codebook,
	missing: NonNullable<Measure["missing"]>,
): Float64Array {
	const missingCode = codeOfMissing(missing);
	const items = of.map((name) => {
		const [topic = "", item = ""] = name.split(":");
		const codes = itemCodes(codebook, topic, item);
		return { codes, column: teacherColumn(teachers, codes.variable), off: codes.missing("not-administered") };
	});
	const rows = rowsWhere(teachers, (row) =>
		items.every(({ codes, column }) => codes.valid.has(column[row] as number)),
	);
	const raw = new Float64Array(teachers.count);
	for (const row of rows) raw[row] = items.reduce((sum, { column }) => sum + (column[row] as number), 0);
	const moments = momentsOf(rows, raw, teachers.weight);
	const scores = Float64Array.from(raw, (_, row) =>
		missingCode(items.some(({ column, off }) => column[row] === off) ? "not-administered" : "omitted"),
	);
	for (const row of rows) {
		const standard = moments.sd === 0 ? 0 : ((raw[row] as number) - moments.mean) / moments.sd;
		scores[row] = Math.round((mean + sd * standard) * STEPS) / STEPS;
	}
	return scores;
}

/** Weighted mean and standard deviation. */
function momentsOf(
	rows: readonly number[],
	values: Float64Array,
	weight: Float64Array,
): { mean: number; sd: number } {
	const weighted = (value: (row: number) => number): number => {
		const sums = rows.reduce(
			([top, bottom], row) => {
				const w = weight[row] as number;
				return [top + w * value(row), bottom + w] as const;
			},
			[0, 0] as readonly [number, number],
		);
		return sums[0] / sums[1];
	};
	const mean = weighted((row) => values[row] as number);
	return { mean, sd: Math.sqrt(weighted((row) => ((values[row] as number) - mean) ** 2)) };
}
