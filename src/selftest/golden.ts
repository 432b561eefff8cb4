import { rates } from "../analysis/questions/rates.js";
import { assetPath, readAsset } from "../platform/assets.js";
import type { Estimate, Group } from "../results/result-set.js";
import { type Checked, checked, type Pair } from "./checked.js";

interface Golden {
	kazakhstan: {
		variable: string;
		value: string;
		estimate: number;
		se: number;
		df: number;
		n: number;
		logit: readonly [number, number] | null;
	}[];
	talis2024: {
		topic: string;
		item: string;
		group: Group;
		estimate: number;
		se: number;
		n: number;
		deff: number;
	}[];
}

/** The shipped samples against the numbers that R's survey package made of them. */
export async function goldenResults(): Promise<Checked[]> {
	const golden = JSON.parse(readAsset("selftest/golden.json")) as Golden;
	const shared = { suppress: "none" } as const;
	const first = await rates([assetPath("samples/synthetic-kazakhstan-2018.csv")], {
		...{ ...shared, by: ["gender"] },
		topics: ["activities", "focus", "support", "impact", "needs", "barriers", "induction", "mentoring"],
	});
	const second = [["country"], ["country", "novice"]].map((by) =>
		rates([assetPath("samples/synthetic-talis-2024.csv")], {
			...{ ...shared, by },
			topics: [...new Set(golden.talis2024.map(({ topic }) => topic))],
		}),
	);
	const rows = (await Promise.all(second)).flatMap(({ estimates }) => estimates);
	return [
		checked(
			"golden-2018",
			golden.kazakhstan.flatMap((row) => pairsOf2018(row, first.estimates)),
		),
		checked(
			"golden-2024",
			golden.talis2024.flatMap((row): Pair[] => {
				const found = rows.find(
					(one) => one.topic === row.topic && one.item === row.item && isSame(one.group, row.group),
				);
				return (["estimate", "se", "n"] as const).map((name) => [found?.[name], row[name]]);
			}),
		),
	];
}

function pairsOf2018(row: Golden["kazakhstan"][number], estimates: readonly Estimate[]): Pair[] {
	const found = estimates.find(
		({ variable, group }) => variable === row.variable && group.gender === row.value,
	);
	// What these topics do not have is not asked for.
	if (found === undefined) return [];
	const [low, high] = row.logit ?? [];
	const ends: Pair[] =
		low === undefined || high === undefined
			? []
			: [
					[found.ciLow, 100 * low],
					[found.ciHigh, 100 * high],
				];
	return [[found.estimate, row.estimate], [found.se, row.se], [found.n, row.n], [found.df, row.df], ...ends];
}

function isSame(a: Group, b: Group): boolean {
	return (
		Object.keys(a).length === Object.keys(b).length &&
		Object.entries(a).every(([id, value]) => b[id] === value)
	);
}
