import type { ComparisonKind, ComparisonRow, Group, Status } from "../results/result-set.js";
import type { Difference } from "./difference.js";
import { type Figured, sideOf } from "./figured.js";
import { testOf, UNTESTED } from "./t-test.js";

/** How differences are tested. */
export interface TestOptions {
	/** Confidence level of the intervals, such as 0.95. */
	level: number;
	/** A number replaces the degrees of freedom of every difference. */
	df: "design" | number;
}

export interface Pair {
	a: Figured;
	b: Figured;
	/** The breakdowns that both sides share. */
	group: Group;
	between: ComparisonRow["between"];
	kind: ComparisonKind;
	/** False: shown side by side without a test. */
	comparable?: boolean;
	/** Computed only if both sides may be shown. */
	difference(): Difference;
}

/** A comparison of two figures, before p-values are adjusted. */
export function compareTwo(
	{ a, b, group, between, kind, comparable = true, difference }: Pair,
	options: TestOptions,
): ComparisonRow {
	const status = statusOf(a, b, comparable);
	const untested = a.hidden || b.hidden || !comparable || kind === "same-data";
	const { topic, item, variable, label, base, statistic } = a.estimate;
	return {
		topic,
		item,
		variable,
		label,
		group,
		base,
		statistic,
		between,
		kind,
		a: sideOf(a),
		b: sideOf(b),
		...(untested ? UNTESTED : testOf(difference(), options.level, options.df)),
		pAdjusted: null,
		status,
	};
}

function isUnseen({ hidden, estimate }: Figured): boolean {
	return hidden && estimate.status !== "no-variance";
}

function statusOf(a: Figured, b: Figured, comparable: boolean): Status {
	const sides = [a.estimate.status, b.estimate.status];
	for (const status of ["no-data", "not-administered"] as const) if (sides.includes(status)) return status;
	if (isUnseen(a) || isUnseen(b)) return "suppressed";
	if (sides.includes("no-variance")) return "no-variance";
	if (!comparable) return "not-comparable";
	return sides.find((status) => status !== "ok") ?? "ok";
}
