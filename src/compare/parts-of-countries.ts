import { groupKey } from "../results/group-key.js";
import type { ComparisonKind } from "../results/result-set.js";
import { type Difference, independent } from "./difference.js";
import { combined, type Figured, subjectKey, without } from "./figured.js";
import { partOfMember, type Remainder } from "./part-of-member.js";

/** Systems that are part of another, such as the communities of Belgium, by what figures say of them. */
export interface Parts {
	/** The country that a system is part of, where it is one of these. */
	wholeOf(code: string, among: readonly string[]): string | null;
	/** What makes up the country together with the part; null where that is not known. */
	remainderOf(part: Figured): Remainder | null;
}

/**
 * Of countries in two parts it is known what a part leaves: the other part, and the share of each, which all percentages of
 * the same topic, level, base and group tell together.
 * @param partOf Code of a part → code of its country.
 * @param figures All that is at hand; asked for only where a part meets its country.
 */
export function countryParts(
	partOf: Readonly<Record<string, string>>,
	figures: () => readonly Figured[],
): Parts {
	return {
		wholeOf(code, among) {
			const whole = partOf[code];
			return whole !== undefined && among.includes(whole) ? whole : null;
		},
		remainderOf(part) {
			const code = codeOf(part);
			const whole = partOf[code] as string;
			const [rest, more] = Object.keys(partOf).filter((other) => other !== code && partOf[other] === whole);
			if (rest === undefined || more !== undefined) return null;
			const known = figures();
			const figure = known.find((one) => codeOf(one) === rest && keyOf(one) === keyOf(part));
			if (figure === undefined || figure.hidden) return null;
			const share = shareOfPart(triples(known, part, [code, rest, whole]));
			return share === null ? null : { figure: combined(figure), share };
		},
	};
}

/** How two systems are compared: as samples of their own, or as a country and a part of it. */
export function betweenSystems(a: Figured, b: Figured, parts: Parts) {
	if (parts.wholeOf(codeOf(a), [codeOf(b)]) !== null) return ofPart(a, b, [], parts);
	if (parts.wholeOf(codeOf(b), [codeOf(a)]) === null) {
		return { kind: "independent" as const, difference: () => independent(combined(a), combined(b)) };
	}
	const { difference, ...others } = ofPart(b, a, [], parts);
	return {
		...others,
		difference: () => {
			const found = difference();
			return { ...found, difference: -found.difference };
		},
	};
}

/**
 * How a part of a country is compared with a mean that has this country in it, or with the country alone.
 * @param others The other members of the mean.
 */
export function ofPart(
	part: Figured,
	mean: Figured,
	others: readonly Figured[],
	parts: Parts,
): { kind: ComparisonKind; comparable: boolean; difference(): Difference } {
	const remainder = parts.remainderOf(part);
	return {
		kind: "part-whole",
		comparable: remainder !== null,
		difference: () =>
			partOfMember(combined(part), remainder as Remainder, combined(mean), others.map(combined)),
	};
}

/** Percentages of a part, of the other and of both, item by item, of the topic, level, base and group of a figure. */
function triples(figures: readonly Figured[], like: Figured, codes: readonly string[]): Triple[] {
	const alike = figures.filter(
		({ estimate: { statistic, topic, base, group } }) =>
			statistic === "percent" &&
			topic === like.estimate.topic &&
			base === like.estimate.base &&
			groupKey(without(group, "country")) === groupKey(without(like.estimate.group, "country")),
	);
	const items = new Map<string, (number | null)[]>();
	for (const { estimate } of alike) {
		const place = codes.indexOf(estimate.group.country ?? "");
		if (place === -1) continue;
		const key = subjectKey(estimate);
		const row = items.get(key) ?? codes.map(() => null);
		row[place] = estimate.estimate;
		items.set(key, row);
	}
	return [...items.values()].flatMap(([part, rest, whole]) =>
		part == null || rest == null || whole == null ? [] : [{ part, rest, whole }],
	);
}

interface Triple {
	part: number;
	rest: number;
	whole: number;
}

/** How far a share may be off for it to be taken, as a standard error. */
const SURE = 0.005;

/** Fewer figures than this say little of how well they fit. */
const LEAST = 5;

/**
 * The share w of a part in a whole of two, from their printed figures: least squares of whole − rest = w·(part − rest). All
 * items have nearly one share, as nearly all teachers answer each.
 * @param figures One topic, level, base and group, item by item.
 * @returns Null where the figures do not tell it, or the two are not all of the whole.
 */
function shareOfPart(figures: readonly { part: number; rest: number; whole: number }[]): number | null {
	const [xs, ys] = [
		figures.map(({ part, rest }) => part - rest),
		figures.map(({ whole, rest }) => whole - rest),
	];
	const squares = sum(xs.map((x) => x * x));
	const share = sum(xs.map((x, place) => x * (ys[place] as number))) / squares;
	const misfit = sum(xs.map((x, place) => ((ys[place] as number) - share * x) ** 2)) / (figures.length - 1);
	const isKnown = figures.length >= LEAST && share > 0 && share < 1 && Math.sqrt(misfit / squares) <= SURE;
	return isKnown ? share : null;
}

function sum(values: readonly number[]): number {
	return values.reduce((total, value) => total + value, 0);
}

function keyOf({ estimate }: Figured): string {
	return subjectKey(estimate) + groupKey(without(estimate.group, "country"));
}

function codeOf({ estimate }: Figured): string {
	return estimate.group.country ?? "";
}
