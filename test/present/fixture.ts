import type { Estimate, Group, ResultSet } from "../../src/results/result-set.js";

const ITEMS: [item: string, label: string, percent: number, se: number][] = [
	["courses-in-person", "In-person courses or seminars", 89.04, 1.02],
	[
		"conferences",
		"Education conferences with a name that is too long for any table of this width",
		64.75,
		10.56,
	],
	["qualification-programme", "Formal qualification programme", 4.02, 0.34],
	["any", "At least one activity", 100, 0],
];

/** Two topics, one of them with means and counts; small enough to check by eye. */
export function fixture(groups: Group[], options: { synthetic?: boolean; counts?: boolean } = {}): ResultSet {
	return {
		schema: "talis-pd/results@1",
		kind: "rates",
		tool: { name: "talis-pd", version: "0.0.0" },
		source: [
			{ file: "made-up.csv", format: "csv", sha256: "0", rows: 9, synthetic: options.synthetic ?? false },
		],
		codebook: { id: "hand-made", version: "1", title: "Hand-made" },
		design: { weight: "W", method: "fay-brr", replicates: 100, fay: 0.5, centre: "full-sample" },
		settings: { level: 0.95, ci: "logit", lang: "en" },
		labels: {
			topics: { activities: { label: "Activities", title: "Teachers who took part in each activity" } },
			bases: { all: "all teachers" },
			groups: {
				country: { label: "Country", values: { KAZ: "Kazakhstan", FRA: "France" } },
				population: { label: "Population", values: { isced2: "Lower secondary (ISCED 2)" } },
			},
		},
		estimates: groups.flatMap((group, index) => estimatesOf(group, index, options.counts ?? false)),
		comparisons: [],
		notes: [{ code: "rows-without-weight", text: "3 rows have no weight and are left out." }],
	};
}

function estimatesOf(group: Group, index: number, counts: boolean): Estimate[] {
	return [
		...ITEMS.flatMap(([item, label, percent, se]) => {
			const share = percent / (index + 1);
			const row = estimate({ item, label, group, estimate: share, se });
			const people = { statistic: "count" as const, estimate: 2000 * share, se: 2000 * se };
			return counts ? [row, { ...row, ...people, ciLow: null, ciHigh: null }] : [row];
		}),
		estimate({
			...{ item: "types", label: "Number of kinds", group, statistic: "mean" },
			...{ estimate: 6.178, se: 0.108, ciLow: 5.96, ciHigh: 6.39 },
		}),
	];
}

/** An estimate with everything that a test does not care about filled in. */
export function estimate(row: Partial<Estimate>): Estimate {
	const centre = row.estimate ?? 0;
	return {
		...{ topic: "activities", item: "other", variable: null, label: "Other", group: {}, base: "all" },
		...{ statistic: "percent", estimate: 45, se: 1.6, df: 99, ciMethod: "logit" },
		...{ ciLow: centre * 0.9, ciHigh: Math.min(100, centre * 1.05) },
		...{ n: 1979, schools: 200, weightedN: 212000, coverage: 99, deff: 1.4, status: "ok" },
		...row,
	};
}

/** The same row with its numbers taken away. */
export function hidden(row: Estimate): Estimate {
	return {
		...row,
		...{ estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null, n: 12 },
		...{ weightedN: null, coverage: null, deff: null, status: "few-teachers" },
	};
}

export const ONE: Group[] = [{ country: "KAZ" }];
export const THREE: Group[] = [
	{ country: "KAZ", population: "isced2" },
	{ country: "FRA", population: "isced2" },
	{ country: "ITA", population: "isced3" },
];
