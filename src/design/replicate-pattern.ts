import { type ReplicateDesign, replicateFactors } from "./method.js";

/** Replicate weights divided by the weight: one list per replicate, one ratio per row with a weight above zero. */
export type Ratios = readonly (readonly number[])[];

/** The replication method and its parameters, as inferred from replicate weights. */
export type Scheme =
	| { method: "brr" | "jk1" | "bootstrap" | "sdr" }
	| { method: "fay-brr"; fay: number }
	| { method: "jk2"; perZone: 1 | 2 }
	| { method: "jkn"; stratumSizes: number[] };

/** Ratios are rounded to three decimals, because published weights have few. */
const STEPS = 1000;
const CLOSE = 2 / STEPS;

/**
 * Ratios of the rows with a weight above zero and all replicate weights.
 * @param replicates One list of replicate weights per replicate, in the row order of the weight.
 */
export function ratiosOf(weight: readonly number[], replicates: readonly (readonly number[])[]): number[][] {
	const isRead = (row: number) => replicates.every((own) => Number.isFinite(own[row]));
	const rows = weight.flatMap((value, row) => (value > 0 && isRead(row) ? [row] : []));
	return replicates.map((own) =>
		rows.map((row) => Math.round((STEPS * (own[row] as number)) / (weight[row] as number)) / STEPS),
	);
}

/**
 * Infers the method from the replicate ratios, if only one fits. All replicates of a unit together identify the method,
 * so a few rows per unit are enough.
 *
 * BRR: 0 and 2 everywhere, every two strata in balance (McCarthy 1969). Fay: k and 2 − k (Judkins 1990). JK1: each row
 * is dropped once and is R/(R − 1) otherwise. JK2: each row changes to 0 or 2 in the one replicate of its zone, or in
 * two that mirror each other. JKn: each row changes in the n replicates of its stratum, once to 0 and otherwise to n/(n
 * − 1). Bootstrap: whole multiples of one ratio in most replicates (Rao & Wu 1988). Successive differences: 1 and 1 ±
 * √½ (Fay & Train 1995).
 * @param whole Whether these are all rows of the file; if not, a replicate without changes may change other rows.
 */
export function patternOf(ratios: Ratios, whole: boolean): Scheme | undefined {
	const all = ratios.flat();
	if (ratios.length < 2 || all.length === 0 || !all.every(Number.isFinite)) return undefined;
	const share = (test: (ratio: number) => boolean) => all.filter(test).length / all.length;
	if (share((ratio) => isClose(ratio, 0) || isClose(ratio, 2)) === 1) {
		return { method: isBalanced(ratios) ? "brr" : "bootstrap" };
	}
	const low = mostFrequent(all.filter((ratio) => ratio > CLOSE && ratio < 1 - CLOSE));
	if (share((ratio) => isClose(ratio, low) || isClose(ratio, 2 - low)) > NEARLY_ALL) {
		return { method: "fay-brr", fay: Number(low.toFixed(3)) };
	}
	const [down, up] = [1 - Math.SQRT1_2, 1 + Math.SQRT1_2];
	const isStep = (ratio: number) => isClose(ratio, down) || isClose(ratio, up);
	if (share((ratio) => isStep(ratio) || isClose(ratio, 1)) > NEARLY_ALL && share(isStep) > 1 - NEARLY_ALL) {
		return { method: "sdr" };
	}
	return jackknife(ratios, whole) ?? (isBootstrap(ratios) ? { method: "bootstrap" } : undefined);
}

/** Strata of three units have other ratios than strata of two. */
const NEARLY_ALL = 0.8;

function isClose(ratio: number, value: number): boolean {
	return Math.abs(ratio - value) < CLOSE;
}

function rowsOf(ratios: Ratios): number[][] {
	return (ratios[0] ?? []).map((_, row) => ratios.map((own) => own[row] as number));
}

/**
 * Whether half-samples are balanced: the signs of two strata are equal, mirrored, or agree in half of the replicates.
 */
function isBalanced(ratios: Ratios): boolean {
	const kinds = new Map(
		rowsOf(ratios).map((row) => {
			const signs = row.map((ratio) => (ratio > 1 ? 1 : -1));
			const first = signs[0] as number;
			const own = signs.map((sign) => sign * first);
			return [own.join(), own] as const;
		}),
	);
	const signs = [...kinds.values()];
	return signs.every((one, place) =>
		signs
			.slice(0, place)
			.every((other) => one.reduce((all, sign, r) => all + sign * (other[r] as number), 0) === 0),
	);
}

/** How a jackknife treats a row: in how many replicates it is changed, dropped or doubled. */
function jackknife(ratios: Ratios, whole: boolean): Scheme | undefined {
	const replicates = ratios.length;
	const rows = rowsOf(ratios);
	const all = replicates / (replicates - 1);
	const isDropped = (ratio: number) => isClose(ratio, 0);
	const once = rows.every((row) => row.filter(isDropped).length === 1);
	if (once && rows.every((row) => row.every((ratio) => isDropped(ratio) || isClose(ratio, all)))) {
		return { method: "jk1" };
	}
	const changed = rows.map((row) => row.flatMap((ratio, r) => (isClose(ratio, 1) ? [] : [r])));
	const isHalf = (ratio: number) => isDropped(ratio) || isClose(ratio, 2);
	const halves = rows.every((row, place) => changed[place]?.every((r) => isHalf(row[r] as number)));
	if (halves && changed.every(({ length }) => length === 1)) return { method: "jk2", perZone: 1 };
	if (!once || changed.some(({ length }) => length < 2)) return undefined;
	if (halves && changed.every(({ length }) => length === 2)) return { method: "jk2", perZone: 2 };
	const sizes = new Map<number, number>();
	for (const [place, own] of changed.entries()) {
		const size = own.length;
		for (const r of own) {
			const ratio = rows[place]?.[r] as number;
			if (!isDropped(ratio) && !isClose(ratio, size / (size - 1))) return undefined;
			if ((sizes.get(r) ?? size) !== size) return undefined;
			sizes.set(r, size);
		}
	}
	if (!whole && sizes.size < replicates) return undefined;
	// A replicate that changes nothing adds nothing, whatever its stratum.
	return { method: "jkn", stratumSizes: ratios.map((_, r) => sizes.get(r) ?? 2) };
}

/** Sum of squares for units drawn with replacement: 1 − 1/n for n draws from n, or 1 if ratios are rescaled. */
const BOOTSTRAP = { least: 0.35, most: 1.6 } as const;

/** Whether each row is drawn a whole number of times, in replicates that change all strata. */
function isBootstrap(ratios: Ratios): boolean {
	const rows = rowsOf(ratios);
	const spread = spreadOf(ratios, { method: "bootstrap" });
	if (spread < BOOTSTRAP.least || spread > BOOTSTRAP.most) return false;
	return rows.every((row) => {
		const drawn = row.filter((ratio) => ratio > CLOSE);
		const unit = Math.min(...drawn);
		return drawn.every((ratio) => Math.abs(ratio - Math.round(ratio / unit) * unit) < (CLOSE * ratio) / unit);
	});
}

/**
 * Mean over rows of Σ_r factor_r · (ratio_r − 1)². About 1 for every method with its own constant, because it is the
 * variance that one unit adds to a total. If it is x, standard errors are √x times too large.
 */
export function spreadOf(ratios: Ratios, pattern: Scheme | ReplicateDesign): number {
	const factors = replicateFactors(pattern as ReplicateDesign, ratios.length);
	const rows = ratios[0]?.length ?? 0;
	let all = 0;
	for (const [r, own] of ratios.entries()) {
		for (const ratio of own) all += (factors[r] as number) * (ratio - 1) ** 2;
	}
	return all / rows;
}

/** A conflict between replicate weights and the codebook's method. */
export interface Contradiction {
	/** The method that the numbers show; undefined if it is none of the known ones. */
	found: Scheme | undefined;
	/** Standard errors by the codebook's method, as a multiple of those the numbers support. */
	times: number;
}

/**
 * A bootstrap that is not rescaled gives half of it in strata of two units; finite populations may lower it as well.
 */
const BEARABLE = { least: 0.4, most: 1.7 } as const;
const EXACT = 0.03;

/** Checks a declared design against the ratios of a file; undefined if they agree. */
export function contradictionOf(
	definition: ReplicateDesign,
	ratios: Ratios,
	whole: boolean,
): Contradiction | undefined {
	const own = spreadOf(ratios, definition);
	if (!Number.isFinite(own)) return undefined;
	const pattern = patternOf(ratios, whole);
	const isSaid = definition.scale !== undefined || "rscales" in definition;
	// Random draws determine their constant less exactly, and a user's own constant may include a finite population
	// correction.
	if (pattern !== undefined && pattern.method !== "bootstrap" && !isSaid) {
		const times = Math.sqrt(own / spreadOf(ratios, pattern));
		return Math.abs(times - 1) > EXACT ? { found: pattern, times } : undefined;
	}
	if (own >= BEARABLE.least && own <= BEARABLE.most) return undefined;
	return { found: pattern, times: Math.sqrt(own / (pattern === undefined ? 1 : spreadOf(ratios, pattern))) };
}

/** Methods whose own constant fits the size of the ratios, for replicates with an unknown pattern. */
export function bearable(ratios: Ratios): Scheme[] {
	const known: Scheme[] = [
		{ method: "bootstrap" },
		{ method: "brr" },
		{ method: "fay-brr", fay: 0.5 },
		{ method: "jk1" },
		{ method: "jk2", perZone: 1 },
		{ method: "jk2", perZone: 2 },
		{ method: "sdr" },
	];
	return known.filter((pattern) => Math.abs(spreadOf(ratios, pattern) - 1) < 0.25);
}

/** A method and its parameter in codebook notation. */
export function describePattern(pattern: Scheme): string {
	const { method } = pattern;
	const sizes = method === "jkn" ? new Set(pattern.stratumSizes) : new Set();
	if (sizes.size === 1) return `${method} (stratumSizes: ${[...sizes][0]})`;
	if (method === "fay-brr") return `${method} (fay: ${pattern.fay})`;
	return method === "jk2" ? `${method} (perZone: ${pattern.perZone})` : method;
}

/** Numbered columns after a design's last replicate, such as PREFIX41 after 40. */
export function unusedReplicates(columns: readonly string[], definition: ReplicateDesign): string[] {
	if (Array.isArray(definition.replicates)) return [];
	const { prefix, count } = definition.replicates;
	return columns.filter((name) => {
		const [, start = "", number = ""] = /^(.*?)(\d+)$/.exec(name) ?? [];
		return start.toLowerCase() === prefix.toLowerCase() && Number(number) > count && number !== "";
	});
}

/** NaN for an empty list. */
function mostFrequent(values: readonly number[]): number {
	const counts = new Map<number, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return [...counts].reduce((best, next) => (next[1] > best[1] ? next : best), [Number.NaN, 0])[0];
}
