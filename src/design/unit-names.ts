import type { Codebook } from "../codebook/definition/schema.js";
import type { Finding } from "../results/about-files.js";

/** Which column of a design a name is of. */
export type DesignRole = "stratum" | "unit";

/** Strata and sampling units under names that say so by themselves. */
const STRATUM =
	/^(?:[a-z0-9]+[_ .])*(?:strat(?:um|a)?|estratos?)(?:[_ .]?(?:id|var|no|nr|num|code))?$|^(?:idstrat\w*|varstra?t?|sdmvstra)$/i;
const UNIT =
	/^(?:(?:[a-z0-9]+[_ .])*psu|cluster|upm|varunit|sdmvpsu|primary[_ .]sampling[_ .]unit)(?:[_ .]?(?:id|no|nr|num|code))?$/i;

/** Names that mean strata and units only beside each other: of the IEA, of DHS, and `STR` beside a unit. */
const PAIRS: readonly [stratum: RegExp, unit: RegExp][] = [
	[/^(?:c|t)?jkzone[ts]?$/i, /^(?:c|t)?jkrep[ts]?$/i],
	[/^[hm]?v02[23]$/i, /^[hm]?v021$/i],
	[/^[hm]?v02[23]$|^str$/i, UNIT],
];

/** Names of DHS are numbers, as those of any questionnaire may be: there the question before or after has one, too. */
const NUMBERED = /^[hm]?v0(?:2[04-9]|1\d)$/i;
const DHS = /^[hm]?v02[123]$/i;

/**
 * Columns that are strata or sampling units by their names, as surveys publish them: those of DHS, NHANES, the ESS and
 * the IEA among them.
 * @returns Name → what it is of, in the order of the columns.
 * @example
 * designNames(["SDMVSTRA", "SDMVPSU", "AGE"]); // Map { "SDMVSTRA" → "stratum", "SDMVPSU" → "unit" }
 */
export function designNames(columns: readonly string[]): Map<string, DesignRole> {
	const names = columns.map((name) => name.trim());
	const isQuestionnaire = names.some((name) => NUMBERED.test(name));
	const isDhs = names.some((name) => /^[hm]?v005$/i.test(name));
	const pairs = PAIRS.filter((pair) => pair.every((part) => names.some((name) => part.test(name))));
	const roleOf = (name: string): DesignRole | undefined => {
		if (DHS.test(name) && isQuestionnaire && !isDhs) return undefined;
		if (STRATUM.test(name) || pairs.some(([stratum]) => stratum.test(name))) return "stratum";
		return UNIT.test(name) || pairs.some(([, unit]) => unit.test(name)) ? "unit" : undefined;
	};
	return new Map(
		columns.flatMap((name, place): [string, DesignRole][] => {
			const role = roleOf(names[place] as string);
			return role === undefined ? [] : [[name, role]];
		}),
	);
}

/** How the numbers of sampling units lie within the values of another column, counted row by row. */
export class Nesting {
	private readonly strata = new Set<string>();
	private readonly numbers = new Set<string>();
	private readonly pairs = new Set<string>();

	add(stratum: string, unit: string): void {
		this.strata.add(stratum.trim());
		this.numbers.add(unit.trim());
		this.pairs.add(`${stratum.trim()}\n${unit.trim()}`);
	}

	/** How many strata there are, and units within them. */
	counts(): { strata: number; units: number } {
		return { strata: this.strata.size, units: this.pairs.size };
	}

	/** Whether strata have two units or more on average. */
	hasPairs(): boolean {
		return this.pairs.size >= 2 * this.strata.size;
	}

	/** Whether it may be strata: numbers of units stand in several of its values, two in one on average. */
	isNested(): boolean {
		return this.strata.size > 1 && this.pairs.size > this.numbers.size && this.hasPairs();
	}
}

/** Units within the values of a column, by the rows of both. */
export function nestingOf(strata: readonly string[], units: readonly string[]): Nesting {
	const nesting = new Nesting();
	for (const [row, unit] of units.entries()) nesting.add(strata[row] as string, unit);
	return nesting;
}

/**
 * Whether the rows prove that units are numbered anew in each value of a column: each value stands in one run of rows,
 * within which numbers do not fall, and each run begins with the first number.
 */
export function restarts(strata: readonly string[], units: readonly string[]): boolean {
	const numbers = units.map(Number);
	const first = Math.min(...new Set(numbers));
	if (!Number.isFinite(first)) return false;
	const seen = new Set<string>();
	for (const [row, stratum] of strata.entries()) {
		if (row > 0 && stratum === strata[row - 1]) {
			if ((numbers[row] as number) < (numbers[row - 1] as number)) return false;
			continue;
		}
		if (seen.has(stratum) || numbers[row] !== first) return false;
		seen.add(stratum);
	}
	return nestingOf(strata, units).isNested();
}

/** Columns that are strata by their names, of a file whose design has sampling units and no strata. */
export function unusedStrata(design: Codebook["design"], columns: readonly string[]): string[] {
	if (design.method !== "taylor" || design.psu === undefined || design.strata !== undefined) return [];
	const { psu } = design;
	return columns.filter(
		(name, place) =>
			designNames(columns).get(name) === "stratum" && columns.indexOf(name) === place && name !== psu,
	);
}

/** Numbers of units that repeat within strata which the design does not use, by which different units would be one. */
export function repeatedUnits(psu: string, stratum: string, nesting: Nesting): Finding[] {
	if (!nesting.isNested()) return [];
	const { units } = nesting.counts();
	return [{ severity: "warning", code: "psu-repeated", column: psu, expected: stratum, text: String(units) }];
}
