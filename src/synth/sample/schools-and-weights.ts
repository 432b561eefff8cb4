import { UserError } from "../../base/errors.js";
import { hadamard, type SignMatrix } from "./hadamard.js";
import type { Random } from "./random.js";

export interface DesignSize {
	/** Teachers in the file. */
	teachers: number;
	schools: number;
	/** Strata. With replicates pairs (or threes) of schools: the degrees of freedom of the file, up to replicates − 1. */
	zones: number;
	/** Teachers the file stands for: the sum of the weights. */
	population: number;
}

/** A sampled school: the primary sampling unit (PSU). */
export interface School {
	/** From 0. */
	zone: number;
	/** Number of teachers who answered. */
	teachers: number;
	/** Final teacher weight, one for all of the school's teachers. */
	weight: number;
	/** Replicate weight = factor · weight; one factor per replicate, none without replicates. */
	factors: Float64Array;
}

export interface Replication {
	count: number;
	/** Fay's coefficient k: 0.5 in TALIS. */
	fay: number;
}

/**
 * Schools drawn with probability proportional to size, sorted into zones, with Fay replicates.
 * @param replication Null where the zones are strata and the file has no replicates.
 * @param weightDecimals Decimals the final weight is rounded to, as it will stand in the file.
 * @throws UserError where the schools do not fill the zones or the teachers do not fill the schools.
 */
export function drawSchools(
	size: DesignSize,
	replication: Replication | null,
	weightDecimals: number,
	random: Random,
): School[] {
	check(size, replication);
	const zones = zoneSizes(size);
	const factors = factorsOf(replication);
	const teachers = teachersBySchool(size, random);
	const weights = weightBySchool(size, teachers, random);
	const schools: School[] = [];
	for (const [zone, members] of zones.entries()) {
		for (let place = 0; place < members; place++) {
			const index = schools.length;
			schools.push({
				zone,
				teachers: teachers[index] as number,
				weight: Number((weights[index] as number).toFixed(weightDecimals)),
				factors: factors(zone, members, place),
			});
		}
	}
	return schools;
}

function factorsOf(
	replication: Replication | null,
): (zone: number, members: number, place: number) => Float64Array {
	if (replication === null) return () => new Float64Array(0);
	const matrix = hadamard(replication.count);
	return (zone, members, place) => replicateFactors(signsOf(zone, matrix), members, place, replication.fay);
}

/**
 * Fay's replicate factors of one school (Judkins 1990).
 * In a pair one school weighs 2 − k where the other weighs k. In a three the first school stands
 * against the other two: 1 ± (1 − k)·√2 against 1 ∓ (1 − k)/√2, so that the zone's total is kept.
 * @param signs One sign per replicate: the zone's row of the Hadamard matrix.
 */
function replicateFactors(signs: Int8Array, members: number, place: number, fay: number): Float64Array {
	const side = place === 0 ? 1 : -1;
	const spread = members === 2 ? 1 : place === 0 ? Math.SQRT2 : Math.SQRT1_2;
	return Float64Array.from(signs, (sign) => 1 + sign * side * (1 - fay) * spread);
}

/** The first row is constant and tells no schools apart; with more zones than rows they share rows. */
function signsOf(zone: number, matrix: SignMatrix): Int8Array {
	return matrix[1 + (zone % (matrix.length - 1))] as Int8Array;
}

function check({ teachers, schools, zones }: DesignSize, replication: Replication | null): void {
	if (replication === null && schools < 2 * zones) {
		throw new UserError(`${schools} schools do not fill ${zones} strata of two schools or more`, {
			hint: `take ${Math.floor(schools / 2)} strata at most`,
		});
	}
	if (replication !== null && (schools < 2 * zones || schools > 3 * zones)) {
		throw new UserError(`${schools} schools do not fill ${zones} zones of two or three schools`, {
			hint: `take ${Math.ceil(schools / 3)} to ${Math.floor(schools / 2)} zones`,
		});
	}
	if (teachers < 2 * schools) {
		throw new UserError(`${teachers} teachers are too few for ${schools} schools`, {
			hint: "take at least two teachers a school",
		});
	}
}

/** Zones of one size; those with one school more are spread evenly among the others. */
function zoneSizes({ schools, zones }: DesignSize): number[] {
	const least = Math.floor(schools / zones);
	const larger = schools - least * zones;
	return Array.from({ length: zones }, (_, zone) => {
		const before = Math.floor((zone * larger) / zones);
		return least + Math.floor(((zone + 1) * larger) / zones) - before;
	});
}

/** Most schools give the full cluster of teachers less some who do not answer, small schools give fewer. */
function teachersBySchool({ teachers, schools }: DesignSize, random: Random): number[] {
	const appetites = Array.from({ length: schools }, () => {
		const small = random.uniform() < 0.25;
		return small ? 0.35 + 0.5 * random.uniform() : 0.85 + 0.15 * random.uniform();
	});
	return apportion(teachers - 2 * schools, appetites).map((extra) => extra + 2);
}

/** Whole numbers in proportion to the shares that add up to the total (largest remainders). */
function apportion(total: number, shares: readonly number[]): number[] {
	const sum = shares.reduce((a, b) => a + b, 0);
	const exact = shares.map((share) => (total * share) / sum);
	const whole = exact.map(Math.floor);
	const left = total - whole.reduce((a, b) => a + b, 0);
	const byRemainder = exact.map((_, i) => i).toSorted((a, b) => fraction(exact, b) - fraction(exact, a));
	for (const i of byRemainder.slice(0, left)) whole[i] = (whole[i] as number) + 1;
	return whole;
}

function fraction(values: readonly number[], index: number): number {
	const value = values[index] as number;
	return value - Math.floor(value);
}

/**
 * Under selection proportional to size a school stands for the same number of teachers whatever its
 * size, so its teachers' weight goes with 1 / (those who answered); the rest is non-response and
 * measures of size that were out of date.
 */
function weightBySchool({ population }: DesignSize, teachers: readonly number[], random: Random): number[] {
	const stoodFor = teachers.map(() => 0.6 + 0.8 * random.uniform());
	const sum = stoodFor.reduce((a, b) => a + b, 0);
	return teachers.map((count, school) => ((stoodFor[school] as number) * population) / (sum * count));
}
