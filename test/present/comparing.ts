import type {
	Comparison,
	Estimate,
	Group,
	ResultKind,
	ResultSet,
	Statistic,
} from "../../src/results/result-set.js";
import type { Language } from "../../src/wording/locale.js";
import { estimate, fixture, hidden } from "./fixture.js";
import { itemLabel, labels } from "./spoken.js";

const T = 1.99;

/** A result set of a command with the fixtures' labels. */
function spokenResults(
	language: Language,
	kind: ResultKind,
	rows: Pick<ResultSet, "estimates"> & Partial<ResultSet>,
): ResultSet {
	return {
		...fixture([]),
		...{ labels: labels(language), notes: [] },
		kind,
		settings: {
			command: kind,
			level: 0.95,
			ci: "logit",
			lang: language,
			adjust: "holm",
			family: "group",
			df: "design",
		},
		...rows,
	} as ResultSet;
}

/** A comparison of two figures with everything a test does not care about worked out. */
export function comparison(
	a: [number, number],
	b: [number, number],
	row: Partial<Comparison> = {},
): Comparison {
	const difference = a[0] - b[0];
	const se = Math.hypot(a[1], b[1]);
	return {
		...{ topic: "activities", item: "courses", variable: null, label: "Courses", group: {}, base: "all" },
		...{ statistic: "percent", between: { variable: "gender", a: "female", b: "male" }, kind: "same-sample" },
		a: { estimate: a[0], se: a[1], n: 1502 },
		b: { estimate: b[0], se: b[1], n: 477 },
		...{
			difference,
			se,
			ciLow: difference - T * se,
			ciHigh: difference + T * se,
			t: difference / se,
			df: 77,
		},
		...{ p: 0.0123, pAdjusted: 0.0456, status: "ok" },
		...row,
	};
}

/** A comparison without a difference. */
export function untested(row: Comparison, change: Partial<Comparison>): Comparison {
	const nothing = {
		difference: null,
		se: null,
		ciLow: null,
		ciHigh: null,
		t: null,
		df: null,
		p: null,
		pAdjusted: null,
	};
	return { ...row, ...nothing, ...change };
}

/** Women and men in two countries: significant, not, tiny, suppressed, not comparable, a mean. */
export function byGender(
	language: Language,
	groups: Group[] = [{ country: "KAZ" }, { country: "FRA" }],
): ResultSet {
	const comparisons = groups.flatMap((group): Comparison[] => {
		const about = (item: string) => ({ item, label: itemLabel(item, language), group });
		return [
			comparison([90.24, 0.91], [85.13, 1.14], { ...about("courses"), p: 0.0004, pAdjusted: 0.0016 }),
			comparison([24.61, 1.5], [24.57, 10.12], { ...about("qualification"), p: 0.981, pAdjusted: 1 }),
			comparison([7.68, 2.9], [15.34, 5.2], { ...about("coaching"), p: 0.212, pAdjusted: 0.424 }),
			untested(comparison([78.3, 1.4], [0, 0], about("reading")), {
				status: "suppressed",
				b: { estimate: null, se: null, n: 12 },
			}),
			untested(comparison([46.2, 1.8], [41, 2.6], about("other")), { status: "not-comparable" }),
			comparison([6.28, 0.1], [5.83, 0.17], {
				...about("types"),
				statistic: "mean",
				p: 0.00002,
				pAdjusted: 0.00008,
			}),
		];
	});
	return spokenResults(language, "compare", { estimates: [], comparisons });
}

/** Three ages with each other, and countries with their average: several pairs and kinds. */
export function severalPairs(language: Language): ResultSet {
	const pairs: [string, string][] = [
		["under-30", "30-49"],
		["under-30", "50-plus"],
		["30-49", "50-plus"],
	];
	const ages = ["courses", "coaching"].flatMap((item) =>
		pairs.map(([a, b], index) =>
			comparison([80 + index, 1.2], [90, 2.5], {
				...{ item, label: itemLabel(item, language), group: { country: "KAZ" } },
				between: { variable: "age", a, b },
			}),
		),
	);
	return spokenResults(language, "compare", { estimates: [], comparisons: ages });
}

/** Each country with the average of all, one of them inside it. */
export function withAverage(language: Language): ResultSet {
	const kinds = { KAZ: "independent", FRA: "part-whole", ITA: "part-whole" } as const;
	const comparisons = ["courses", "coaching"].flatMap((item) =>
		Object.entries(kinds).map(([country, kind], index) =>
			comparison([80 - 10 * index, 1.2], [75.7, 0.25], {
				...{ item, label: itemLabel(item, language), kind },
				between: { variable: "country", a: country, b: "average:oecd-30" },
			}),
		),
	);
	return spokenResults(language, "compare", { estimates: [], comparisons });
}

/** Items with each other. */
export function betweenItems(language: Language): ResultSet {
	const pairs: [string, string][] = [
		["courses", "qualification"],
		["courses", "coaching"],
		["qualification", "coaching"],
	];
	const comparisons = pairs.map(([a, b]) =>
		comparison([89, 1], [24, 1.4], {
			...{ item: a, label: itemLabel(a, language), group: { country: "KAZ" } },
			between: { variable: "item", a, b },
		}),
	);
	return spokenResults(language, "compare", { estimates: [], comparisons });
}

const GAPS: [item: string, need: number, offer: number, unmet: number, p: number][] = [
	["special-needs", 31.24, 18.6, 24.93, 0.00001],
	["ict", 22.1, 20.35, 10.02, 0.31],
	["subject", 9.87, 82.4, 1.2, 0.0000001],
];

/** Need and offer in one country or several; one item hidden in the last. */
export function gaps(language: Language, countries: string[] = ["KAZ"]): ResultSet {
	const estimates = countries.flatMap((country) =>
		GAPS.flatMap(([item, need, offer, unmet]) =>
			Object.entries({ needs: need, focus: offer, unmet }).map(([topic, value]): Estimate => {
				const about = { topic, item, label: itemLabel(item, language), group: { country } };
				const row = estimate({ ...about, estimate: value, se: 0.3 + value / 50 });
				return country === "FRA" && item === "ict" ? hidden(row) : row;
			}),
		),
	);
	const comparisons = countries.flatMap((country) =>
		GAPS.map(([item, need, offer, , p]) => {
			const about = {
				topic: "needs",
				item,
				label: itemLabel(item, language),
				group: { country },
				p,
				pAdjusted: 3 * p,
			};
			const between = { variable: "topic", a: "needs", b: "focus" };
			const row = comparison([need, 1.1], [offer, 1.2], { ...about, between });
			return country === "FRA" && item === "ict" ? untested(row, { status: "suppressed" }) : row;
		}),
	);
	return spokenResults(language, "gaps", { estimates, comparisons });
}

const SPREAD: Record<string, [mean: number, sd: number, q25: number, q50: number, q75: number]> = {
	satisfaction: [12.417, 2.031, 11.02, 12.335, 13.9],
	"self-efficacy": [13.05, 1.871, 11.8, 13, 14.44],
};

/** Means, deviations and quartiles of two measures, and the number of kinds with its distribution. */
export function means(language: Language, countries: string[] = ["KAZ"]): ResultSet {
	const measures = Object.entries(SPREAD).flatMap(([item, values]) =>
		countries.flatMap((country) => spread("measures", item, values, country, language)),
	);
	const kinds = countries.flatMap((country) =>
		spread("activities", "types", [6.178, 2.4, 4, 6, 8], country, language),
	);
	const shares = countries.flatMap((country) =>
		[1.52, 8.01, 24.4, 66.07].map((share, value) =>
			estimate({
				...{ item: `types-${value}`, label: `${itemLabel("types", language)}: ${value}` },
				...{ group: { country }, estimate: share, se: 0.4 },
			}),
		),
	);
	return spokenResults(language, "means", { estimates: [...measures, ...kinds, ...shares] });
}

function spread(
	topic: string,
	item: string,
	values: readonly number[],
	country: string,
	language: Language,
): Estimate[] {
	const statistics: Statistic[] = ["mean", "sd", "q25", "q50", "q75"];
	return statistics.map((statistic, index) =>
		estimate({
			...{ topic, item, label: itemLabel(item, language), group: { country }, statistic },
			...{ estimate: values[index] ?? null, se: 0.071 + index / 50 },
		}),
	);
}
