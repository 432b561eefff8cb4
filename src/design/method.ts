import type { DesignDefinition } from "../codebook/definition/schema.js";
import type { DesignSummary } from "../results/result-set.js";

/** A design whose variance comes from replicate weights. */
export type ReplicateDesign = Extract<DesignDefinition, { replicates: unknown }>;

/** A design whose variance is linearised from sampling units. */
export type LinearDesign = Exclude<DesignDefinition, ReplicateDesign>;

export function isReplicated(design: DesignDefinition): design is ReplicateDesign {
	return "replicates" in design;
}

/** Weight columns of a file and their role. */
export interface Design {
	definition: DesignDefinition;
	/** The weight column, then replicates 1…R; empty if every row has weight 1. */
	columns: readonly string[];
	/** R; 0 for a linearised variance. */
	replicates: number;
	/** Columns that name a row's sampling unit and give its stratum's size; null for replicate designs. */
	units: UnitColumns | null;
}

export interface UnitColumns {
	/** Country, population and stratum, which together name the stratum. */
	strata: readonly string[];
	/** If absent, every row is a unit of its own. */
	psu?: string;
	fpc?: string;
}

/**
 * Factor of each replicate in the sum of squared deviations Σ_r factor_r · (θ_r − centre)².
 *
 * Fay-BRR 1 / (R (1 − k)²), 0.04 for TALIS's 100 replicates with k = 0.5 (Judkins 1990; OECD's TALIS technical
 * reports); BRR 1/R; JK1 (R − 1)/R; JK2 1, or ½ if each half of a zone is dropped in turn; JKn (n_h − 1)/n_h of the
 * stratum or as given; bootstrap 1/(R − 1), or C/R if each replicate is the mean of C samples (mean bootstrap, Yung
 * 1997; 1/R with C = 1); successive differences 4/R (Fay & Train 1995). As in R's svrepdesign.
 */
export function replicateFactors(design: ReplicateDesign, replicates: number): Float64Array {
	const { scale, factors } = constants(design, replicates);
	return Float64Array.from({ length: replicates }, (_, r) => (design.scale ?? scale) * factors(r));
}

function constants(
	design: ReplicateDesign,
	replicates: number,
): { scale: number; factors: (r: number) => number } {
	const one = () => 1;
	switch (design.method) {
		case "fay-brr":
			return { scale: 1 / (replicates * (1 - design.fay) ** 2), factors: one };
		case "brr":
			return { scale: 1 / replicates, factors: one };
		case "jk1":
			return { scale: (replicates - 1) / replicates, factors: one };
		case "jk2":
			return { scale: design.perZone === 2 ? 0.5 : 1, factors: one };
		case "jkn":
			return { scale: 1, factors: (r) => jknFactor(design, r) };
		case "bootstrap":
			return { scale: bootstrapScale(design, replicates), factors: one };
		case "sdr":
			return { scale: 4 / replicates, factors: one };
	}
}

function bootstrapScale(
	{ meanOf }: Extract<ReplicateDesign, { method: "bootstrap" }>,
	replicates: number,
): number {
	return meanOf === undefined ? 1 / (replicates - 1) : meanOf / replicates;
}

function jknFactor(
	{ rscales, stratumSizes }: Extract<ReplicateDesign, { method: "jkn" }>,
	r: number,
): number {
	const at = (value: number | number[]) => (typeof value === "number" ? value : (value[r] as number));
	if (rscales !== undefined) return at(rscales);
	const size = at(stratumSizes as number | number[]);
	return (size - 1) / size;
}

/** The design with its constants, as recorded in results. */
export function describeDesign({ definition, replicates }: Design): DesignSummary {
	const { weight = null, method } = definition;
	if (!isReplicated(definition)) {
		const { strata, psu, fpc, lonelyPsu } = { ...definition } as Extract<LinearDesign, { method: "taylor" }>;
		return {
			weight,
			method,
			replicates: 0,
			...(strata === undefined ? {} : { strata }),
			...(psu === undefined ? {} : { psu }),
			...(fpc === undefined ? {} : { fpc }),
			...(method === "taylor" ? { lonelyPsu: lonelyPsu ?? "fail" } : {}),
		};
	}
	const factors = replicateFactors(definition, replicates);
	const even = factors.every((factor) => factor === factors[0]);
	return {
		weight,
		method,
		replicates,
		...(definition.method === "fay-brr" ? { fay: definition.fay } : {}),
		...scaleOf(definition, replicates),
		...(definition.method !== "jkn" ? {} : { rscales: even ? [factors[0] as number] : [...factors] }),
		centre: definition.centre ?? "full-sample",
	};
}

/** The constant, if it differs from the method's usual one. */
function scaleOf(definition: ReplicateDesign, replicates: number): Pick<DesignSummary, "scale"> {
	if (definition.scale !== undefined) return { scale: definition.scale };
	if (definition.method !== "bootstrap" || definition.meanOf === undefined) return {};
	return { scale: bootstrapScale(definition, replicates) };
}
