import type { Background, Career, SystemCalibration } from "../calibration/calibration.js";
import { type Random, random } from "../sample/random.js";
import type { Teachers } from "../sample/teachers.js";
import { spreadCodes } from "./quota.js";

/** Adds age, age group, years of work and the other background columns. */
export function addBackground(teachers: Teachers, calibration: SystemCalibration, seed: number): void {
	const stream = (...path: string[]): Random => random(seed, calibration.code, "background", ...path);
	const columns = new Map<string, Int32Array>();
	for (const [name, rules] of Object.entries(calibration.background)) {
		columns.set(name, columnFor(teachers, rules, stream(name)));
	}
	addCareer(teachers, calibration.career, stream("career"), columns);
	// In TALIS the order of the names is the order of the questionnaire.
	for (const name of [...columns.keys()].toSorted()) {
		teachers.columns.set(name, columns.get(name) as Int32Array);
	}
}

function columnFor(teachers: Teachers, rules: Background, stream: Random): Int32Array {
	const column = new Int32Array(teachers.count);
	if ("strata" in rules) {
		const { strata } = rules;
		return teachers.school.map((place) => {
			const zone = teachers.schools[place]?.zone ?? 0;
			return strata[zone % strata.length] as number;
		});
	}
	const shares = Object.entries(rules.shares).map(([code, share]): [number, number] => [Number(code), share]);
	if (rules.level === "school") {
		const codes = new Int32Array(teachers.schools.length);
		const equal = new Float64Array(codes.length).fill(1);
		spreadCodes(shuffled(codes.length, stream), equal, shares, codes);
		for (let row = 0; row < column.length; row++)
			column[row] = codes[teachers.school[row] as number] as number;
	} else {
		spreadCodes(shuffled(teachers.count, stream), teachers.weight, shares, column);
	}
	leaveOut([column], rules.omitted, stream);
	return column;
}

/** Years in all grow with age, later entrants and breaks aside; a third have been at one school only. */
function addCareer(
	teachers: Teachers,
	career: Career,
	stream: Random,
	columns: Map<string, Int32Array>,
): void {
	const group = new Int32Array(teachers.count);
	const groups = Object.entries(career.groups).map(([code, { share }]): [number, number] => [
		Number(code),
		share,
	]);
	spreadCodes(shuffled(teachers.count, stream), teachers.weight, groups, group);
	const age = group.map((code) => {
		const { from, to } = career.groups[code] as { from: number; to: number };
		return from + stream.below(to - from + 1);
	});
	const total = age.map((years) => {
		const late = stream.uniform();
		return Math.max(0, years - career.start - Math.floor(2 + 14 * late * late * late));
	});
	const here = total.map((years) => (stream.uniform() < 1 / 3 ? years : stream.below(years + 1)));
	for (const years of [total, here]) inGroups(years, career.years);
	leaveOut([total, here], career.omitted, stream);
	if (career.age !== undefined) columns.set(career.age, age);
	columns.set(career.group, group).set(career.total, total).set(career.here, here);
}

/** Replaces years by the number of their group, in place. */
function inGroups(years: Int32Array, lasts: Career["years"]): void {
	if (lasts === undefined) return;
	for (const [row, value] of years.entries()) years[row] = 1 + lasts.filter((last) => value > last).length;
}

/** Omits the same rows in each of the columns. */
function leaveOut(columns: readonly Int32Array[], omitted: Career["omitted"], stream: Random): void {
	if (omitted === undefined) return;
	const rows = columns[0]?.length ?? 0;
	for (let row = 0; row < rows; row++) {
		if (stream.uniform() * 100 >= omitted.percent) continue;
		for (const column of columns) column[row] = omitted.code;
	}
}

/** The numbers from 0 in random order (Fisher–Yates). */
function shuffled(count: number, stream: Random): number[] {
	const order = Array.from({ length: count }, (_, index) => index);
	for (let last = count - 1; last > 0; last--) {
		const other = stream.below(last + 1);
		[order[last], order[other]] = [order[other] as number, order[last] as number];
	}
	return order;
}
