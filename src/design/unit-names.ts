import type { Codebook } from "../codebook/definition/schema.js";
import type { Finding } from "../results/about-files.js";

/** The design role that a column name indicates. */
export type DesignRole = "stratum" | "unit";

/** Names that by themselves mark strata or sampling units. */
const STRATUM =
	/^(?:[a-z0-9]+[_ .])*(?:strat(?:um|a)?|estratos?)(?:[_ .]?(?:id|var|no|nr|num|code))?$|^(?:idstrat\w*|varstra?t?|sdmvstra)$/i;
const UNIT =
	/^(?:(?:[a-z0-9]+[_ .])*psu|cluster|upm|varunit|sdmvpsu|primary[_ .]sampling[_ .]unit)(?:[_ .]?(?:id|no|nr|num|code))?$/i;

/** Names that mark strata and units only as a pair: those of the IEA and DHS, and `STR` next to a unit. */
const PAIRS: readonly [stratum: RegExp, unit: RegExp][] = [
	[/^(?:c|t)?jkzone[ts]?$/i, /^(?:c|t)?jkrep[ts]?$/i],
	[/^[hm]?v02[23]$/i, /^[hm]?v021$/i],
	[/^[hm]?v02[23]$|^str$/i, UNIT],
];

/** DHS names are numbers, which any questionnaire may use: there, the question before or after is numbered as well. */
const NUMBERED = /^[hm]?v0(?:2[04-9]|1\d)$/i;
const DHS = /^[hm]?v02[123]$/i;

/**
 * Columns whose names mark them as strata or sampling units, as surveys such as DHS, NHANES, the ESS and the IEA's
 * publish them.
 * @returns Name → role, in column order.
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

/** Counts, row by row, how unit numbers nest within the values of another column. */
export class Nesting {
	private readonly strata = new Set<string>();
	private readonly numbers = new Set<string>();
	private readonly pairs = new Set<string>();

	add(stratum: string, unit: string): void {
		this.strata.add(stratum.trim());
		this.numbers.add(unit.trim());
		this.pairs.add(`${stratum.trim()}\n${unit.trim()}`);
	}

	/** Number of strata and of units within them. */
	counts(): { strata: number; units: number } {
		return { strata: this.strata.size, units: this.pairs.size };
	}

	/** Whether strata have two units or more on average. */
	hasPairs(): boolean {
		return this.pairs.size >= 2 * this.strata.size;
	}

	/** Whether the column could be strata: unit numbers occur under several of its values, two on average. */
	isNested(): boolean {
		return this.strata.size > 1 && this.pairs.size > this.numbers.size && this.hasPairs();
	}
}

/** Units within the values of a column, from the rows of both. */
export function nestingOf(strata: readonly string[], units: readonly string[]): Nesting {
	const nesting = new Nesting();
	for (const [row, unit] of units.entries()) nesting.add(strata[row] as string, unit);
	return nesting;
}

/**
 * Whether the rows prove that units are numbered anew under each value of a column: each value occupies one run of
 * rows, unit numbers never fall within a run, and each run starts with the first number.
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

/** Columns with the name of a stratum, in a file whose design has sampling units but no strata. */
export function unusedStrata(design: Codebook["design"], columns: readonly string[]): string[] {
	if (design.method !== "taylor" || design.psu === undefined || design.strata !== undefined) return [];
	const { psu } = design;
	return columns.filter(
		(name, place) =>
			designNames(columns).get(name) === "stratum" && columns.indexOf(name) === place && name !== psu,
	);
}

/** Unit numbers that repeat within strata the design does not use: different units would be merged. */
export function repeatedUnits(psu: string, stratum: string, nesting: Nesting): Finding[] {
	if (!nesting.isNested()) return [];
	const { units } = nesting.counts();
	return [{ severity: "warning", code: "psu-repeated", column: psu, expected: stratum, text: String(units) }];
}
