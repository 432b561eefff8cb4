import { groupKey } from "../results/group-key.js";
import type { ComparisonKind } from "../results/result-set.js";
import { type Difference, independent } from "./difference.js";
import { combined, type Figured, subjectKey, without } from "./figured.js";
import { partOfMember, type Remainder } from "./part-of-member.js";

/** Systems that are part of another, such as the communities of Belgium, as far as figures reveal them. */
export interface Parts {
	/** The country among `among` that contains a system, if any. */
	wholeOf(code: string, among: readonly string[]): string | null;
	/** The rest of the country without the part; null if unknown. */
	remainderOf(part: Figured): Remainder | null;
}

/**
 * Works out the remainder for countries in two parts: the remainder is the other part, and all percentages of one
 * topic, level, base and group together determine the shares.
 * @param partOf Code of a part → code of its country.
 * @param figures All available figures; requested only if a part is compared with its country.
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

/** Compares two systems as independent samples, or as a country and its part. */
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
 * Compares a part of a country with a mean that contains the country, or with the country itself.
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

/**
 * Percentages of the part, the other part and the country, by item, for the topic, level, base and group of a figure.
 */
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

/** Largest standard error with which an estimated share is accepted. */
const SURE = 0.005;

/** Fewer figures do not show how well the share fits. */
const LEAST = 5;

/**
 * Estimates the share w of a part in a whole of two parts from printed figures, by least squares of whole − rest =
 * w·(part − rest). The share is nearly the same for all items, because nearly all teachers answer each.
 * @param figures One topic, level, base and group, by item.
 * @returns Null if the figures do not determine the share, or the two parts do not make up the whole.
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
