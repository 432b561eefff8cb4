import { rates } from "../analysis/questions/rates.js";
import { once } from "../base/once.js";
import { assetPath, readAsset } from "../platform/assets.js";
import { groupKey } from "../results/group-key.js";
import type { Estimate, Group } from "../results/result-set.js";
import type { CheckedPair } from "./checked.js";

interface Golden {
	/** Shipped codebooks and samples of two cycles. */
	codebooks: { earlier: string; later: string };
	samples: { earlier: string; later: string };
	earlier: {
		variable: string;
		value: string;
		estimate: number;
		se: number;
		df: number;
		n: number;
		logit: readonly [number, number] | null;
	}[];
	later: {
		topic: string;
		item: string;
		group: Group;
		estimate: number;
		se: number;
		n: number;
		deff: number;
	}[];
}

export const golden = once(() => JSON.parse(readAsset("selftest/golden.json")) as Golden);

/** The shipped sample of 2018 against the numbers that R's survey package made of it. */
export async function golden2018(): Promise<CheckedPair[]> {
	const { samples, earlier } = golden();
	const { estimates } = await rates([assetPath(samples.earlier)], {
		...{ suppress: "none", by: ["gender"] },
		topics: ["activities", "focus", "support", "impact", "needs", "barriers", "induction", "mentoring"],
	});
	return earlier.flatMap((row) => pairsOf2018(row, estimates));
}

/** The same of 2024, which has forms and routing. */
export async function golden2024(): Promise<CheckedPair[]> {
	const { samples, later } = golden();
	const results = [["country"], ["country", "novice"]].map((by) =>
		rates([assetPath(samples.later)], {
			...{ suppress: "none", by },
			topics: [...new Set(later.map(({ topic }) => topic))],
		}),
	);
	const rows = (await Promise.all(results)).flatMap(({ estimates }) => estimates);
	return later.flatMap((row): CheckedPair[] => {
		const found = rows.find(
			(one) =>
				one.topic === row.topic && one.item === row.item && groupKey(one.group) === groupKey(row.group),
		);
		const of = [`${row.topic}:${row.item}`, ...Object.values(row.group)];
		return (["estimate", "se", "n"] as const).map((name) => [found?.[name], row[name], [...of, name]]);
	});
}

function pairsOf2018(row: Golden["earlier"][number], estimates: readonly Estimate[]): CheckedPair[] {
	const found = estimates.find(
		({ variable, group }) => variable === row.variable && group.gender === row.value,
	);
	// What these topics do not have is not asked for.
	if (found === undefined) return [];
	const [low, high] = row.logit ?? [];
	const of = (name: string) => [row.variable, row.value, name];
	return [
		...(["estimate", "se", "n", "df"] as const).map(
			(name): CheckedPair => [found[name], row[name], of(name)],
		),
		...(low === undefined ? [] : [[found.ciLow, 100 * low, of("ciLow")] as const]),
		...(high === undefined ? [] : [[found.ciHigh, 100 * high, of("ciHigh")] as const]),
	];
}
