import { readFileSync } from "node:fs";
import Papa from "papaparse";

/** Figures of a result file (ours or an R script's) by country and variable. */
export function figuresOf(path) {
	const { data } = Papa.parse(readFileSync(path, "utf8"), { header: true, skipEmptyLines: true });
	return new Map(
		data
			.filter(({ variable }) => variable !== "")
			.map((row) => [`${row.country} ${row.variable}`, [Number(row.estimate), Number(row.se)]]),
	);
}

/**
 * Makes sure that two result files have the same estimates and standard errors.
 * @param tolerance Greatest difference, relative to the figure.
 * @param all False: the other file may have fewer figures.
 * @returns Number of figures compared.
 */
export function agree(ours, theirs, { tolerance = 1e-9, all = true } = {}) {
	const [own, other] = [figuresOf(ours), figuresOf(theirs)];
	if (other.size === 0 || (all && own.size !== other.size)) {
		throw new Error(`${ours} has ${own.size} figures and ${theirs} has ${other.size}`);
	}
	for (const [key, figures] of other) {
		for (const [index, value] of figures.entries()) {
			const mine = own.get(key)?.[index] ?? Number.NaN;
			if (Math.abs(mine - value) <= tolerance * Math.max(1, Math.abs(value))) continue;
			throw new Error(`${key}: ${mine} in ${ours}, ${value} in ${theirs}`);
		}
	}
	return other.size;
}
