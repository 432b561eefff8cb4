import { groupBy } from "../base/group-by.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { groupKey } from "../results/group-key.js";
import type { ComparisonRow, EstimateRow, ResultSet } from "../results/result-set.js";
import type { CompareSettings } from "../settings/compare.js";
import { compareTwo } from "./comparison.js";
import { independent } from "./difference.js";
import { combined, fromEstimate, without } from "./figured.js";

interface Side {
	cycle: number;
	codebook: Codebook | undefined;
	results: readonly ResultSet[];
}

/**
 * Rows that have no pair, or are tested only on explicit request, with the reason: items, or groups without any pair.
 */
export interface Refusal {
	code:
		| "cycle-unmatched"
		| "cycle-unmatched-groups"
		| "cycle-base"
		| "cycle-population"
		| "cycle-not-comparable"
		| "cycle-forced";
	items: string[];
	detail: Record<string, string | number>;
}

/** How pairs are named and tested. */
export interface Pairing {
	between: ComparisonRow["between"];
	kind: "independent" | "same-data";
}

interface Row {
	estimate: EstimateRow;
	/** Null if unknown. */
	population: string | null;
}

/**
 * Pairs rows of a later cycle with rows of an earlier one; the two are independent samples. Topic, item, group and
 * statistic must agree. Base and population must agree too, unless allowed to differ.
 * @returns `left`: rows of the earlier cycle that the later one lacks.
 */
export function pairCycles(
	later: Side,
	earlier: Side,
	settings: Pick<CompareSettings, "allowMismatch" | "forceTrend" | "suppress" | "level" | "df">,
	isComparable: (codebook: Codebook | undefined, row: EstimateRow) => boolean,
	{ between, kind }: Pairing = betweenCycles(later, earlier),
): { found: ComparisonRow[]; refused: Refusal[]; left: Refusal[] } {
	const candidates = groupBy(rowsOf(earlier), keyOf);
	const refused = new Map<Refusal["code"], Set<string>>();
	const refuse = (code: Refusal["code"], what: string) => {
		refused.set(code, (refused.get(code) ?? new Set()).add(what));
	};
	const unmatched: EstimateRow[] = [];
	const rows = rowsOf(later);
	const found = rows.flatMap((row) => {
		const others = candidates.get(keyOf(row)) ?? [];
		const hindrance = (other: Row) => mismatch(row, other, settings.allowMismatch);
		// A partner that agrees fully takes precedence over one with an allowed difference.
		const partner =
			others.find((other) => mismatch(row, other, []) === null) ??
			others.find((other) => hindrance(other) === null);
		if (partner === undefined) {
			const [first] = others;
			if (first === undefined) unmatched.push(row.estimate);
			else refuse(hindrance(first) as Refusal["code"], itemOf(row.estimate));
			return [];
		}
		const isAlike = isComparable(later.codebook, row.estimate);
		if (!isAlike) {
			refuse(settings.forceTrend ? "cycle-forced" : "cycle-not-comparable", itemOf(row.estimate));
		}
		const comparable = settings.forceTrend || isAlike;
		const showSuppressed = settings.suppress === "none";
		const a = fromEstimate(row.estimate, showSuppressed);
		const b = fromEstimate(partner.estimate, showSuppressed);
		const difference = () => independent(combined(a), combined(b));
		const { group } = row.estimate;
		return [compareTwo({ a, b, group, between, kind, comparable, difference }, settings)];
	});
	const matched = found.length > 0 ? found : rowsOf(earlier).map(({ estimate }) => estimate);
	for (const [code, what] of withoutPair(unmatched, matched)) refuse(code, what);
	const asked = new Set(rows.map(keyOf));
	const alone = rowsOf(earlier).filter((row) => !asked.has(keyOf(row)));
	const lonely = withoutPair(
		alone.map(({ estimate }) => estimate),
		found,
	);
	const left = groupBy(lonely, ([code]) => code);
	return {
		found,
		refused: [...refused].map(([code, items]) => ({
			code,
			items: [...items],
			detail: { later: later.cycle, earlier: earlier.cycle },
		})),
		left: [...left].map(([code, pairs]) => ({
			code: code as Refusal["code"],
			items: [...new Set(pairs.map(([, what]) => what))],
			detail: { later: earlier.cycle, earlier: later.cycle },
		})),
	};
}

/** If the other side lacks a country altogether, names the country instead of each of its items. */
function withoutPair(
	rows: readonly EstimateRow[],
	matched: readonly Pick<EstimateRow, "group">[],
): [code: "cycle-unmatched" | "cycle-unmatched-groups", what: string][] {
	const places = new Set(matched.map(placeOf));
	return rows.map((row) =>
		places.has(placeOf(row)) ? ["cycle-unmatched", itemOf(row)] : ["cycle-unmatched-groups", placeOf(row)],
	);
}

function itemOf({ topic, item }: EstimateRow): string {
	return `${topic}:${item}`;
}

function placeOf({ group }: Pick<EstimateRow, "group">): string {
	return group.country ?? Object.values(group).join(" · ");
}

function betweenCycles(later: Side, earlier: Side): Pairing {
	return {
		between: { variable: "cycle", a: String(later.cycle), b: String(earlier.cycle) },
		kind: "independent",
	};
}

function rowsOf({ results }: Side): Row[] {
	return results.flatMap(({ estimates, settings }) => {
		const { populations } = settings;
		const one = Array.isArray(populations) && populations.length === 1 ? (populations[0] as string) : null;
		return estimates.map((estimate) => ({ estimate, population: estimate.group.population ?? one }));
	});
}

/** What must always agree. A population that only one side has as a breakdown is checked separately. */
function keyOf({ estimate: { topic, item, statistic, group } }: Row): string {
	return JSON.stringify([topic, item, statistic, groupKey(without(group, "population"))]);
}

function mismatch(
	a: Row,
	b: Row,
	allowed: CompareSettings["allowMismatch"],
): Extract<Refusal["code"], "cycle-base" | "cycle-population"> | null {
	const otherPopulation = a.population !== null && b.population !== null && a.population !== b.population;
	if (otherPopulation && !allowed.includes("population")) return "cycle-population";
	return a.estimate.base !== b.estimate.base && !allowed.includes("base") ? "cycle-base" : null;
}
