import type { Score, SystemCalibration } from "../calibration/calibration.js";
import { random } from "../sample/random.js";
import { fits, type TeacherColumn, type Teachers } from "../sample/teachers.js";

/** Scores have three decimals. */
const STEPS = 1000;

/** Adds a column for each score. */
export function addScoreColumns(teachers: Teachers, { scores, code }: SystemCalibration, seed: number): void {
	for (const [name, score] of Object.entries(scores)) {
		teachers.columns.set(name, scoresOf(teachers, score, [seed, code, "score", name]));
	}
}

function scoresOf(
	teachers: Teachers,
	{ mean, sd, school, effects, omitted }: Score,
	[seed, ...path]: [number, ...string[]],
): TeacherColumn {
	const own = random(seed, ...path);
	const common = random(seed, ...path, "schools");
	const schools = teachers.schools.map(() => school * common.bell());
	// What moves scores by another amount in each system.
	const system = random(seed, ...path, "system");
	const moves = effects.map(({ where, shift, between }) => ({
		isMoved: fits(teachers, where),
		by: shift + between * system.bell(),
	}));
	return Float64Array.from({ length: teachers.count }, (_, row) => {
		const moved = moves.reduce((sum, { isMoved, by }) => sum + (isMoved(row) ? by : 0), 0);
		const score = mean + moved + (schools[teachers.school[row] as number] as number) + sd * own.bell();
		const isLeftOut = own.uniform() * 100 < (omitted?.percent ?? 0);
		return isLeftOut && omitted !== undefined ? omitted.code : Math.round(score * STEPS) / STEPS;
	});
}
