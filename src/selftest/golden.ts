import { rates } from "../analysis/questions/rates.js";
import { assetPath, readAsset } from "../platform/assets.js";
import { groupKey } from "../results/group-key.js";
import type { Estimate, Group } from "../results/result-set.js";
import type { CheckedPair } from "./checked.js";

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

function golden(): Golden {
	return JSON.parse(readAsset("selftest/golden.json")) as Golden;
}

/** The shipped sample of 2018 against the numbers that R's survey package made of it. */
export async function golden2018(): Promise<CheckedPair[]> {
	const { kazakhstan } = golden();
	const { estimates } = await rates([assetPath("samples/synthetic-kazakhstan-2018.csv")], {
		...{ suppress: "none", by: ["gender"] },
		topics: ["activities", "focus", "support", "impact", "needs", "barriers", "induction", "mentoring"],
	});
	return kazakhstan.flatMap((row) => pairsOf2018(row, estimates));
}

/** The same of 2024, which has forms and routing. */
export async function golden2024(): Promise<CheckedPair[]> {
	const { talis2024 } = golden();
	const results = [["country"], ["country", "novice"]].map((by) =>
		rates([assetPath("samples/synthetic-talis-2024.csv")], {
			...{ suppress: "none", by },
			topics: [...new Set(talis2024.map(({ topic }) => topic))],
		}),
	);
	const rows = (await Promise.all(results)).flatMap(({ estimates }) => estimates);
	return talis2024.flatMap((row): CheckedPair[] => {
		const found = rows.find(
			(one) =>
				one.topic === row.topic && one.item === row.item && groupKey(one.group) === groupKey(row.group),
		);
		const of = [`${row.topic}:${row.item}`, ...Object.values(row.group)];
		return (["estimate", "se", "n"] as const).map((name) => [found?.[name], row[name], [...of, name]]);
	});
}

function pairsOf2018(row: Golden["kazakhstan"][number], estimates: readonly Estimate[]): CheckedPair[] {
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
