import Papa from "papaparse";
import { rates } from "../analysis/questions/rates.js";
import type { PlansExplained } from "../analysis/survey/planned.js";
import type { Plan } from "../codebook/plan/plan.js";
import { valueOfRow } from "../codebook/recode/row-by-row.js";
import { assetPath, readAsset } from "../platform/assets.js";
import type { CheckedPair } from "./checked.js";
import { golden } from "./golden.js";

type Cells = Readonly<Record<string, string>>;

/**
 * The fast loops against the plan itself, read row by row as its language is defined, and against Fay's formula written out:
 * Σ (θ_r − θ)² / (R (1 − k)²).
 */
export async function planAgainstLoops(): Promise<CheckedPair[]> {
	const sample = golden().samples.earlier;
	const plans: PlansExplained[] = [];
	const { estimates } = await rates([assetPath(sample)], {
		...{ topics: ["activities", "focus"], by: ["gender"], suppress: "none" },
		onPlan: (plan) => plans.push(plan as PlansExplained),
	});
	const [{ plans: [plan] = [], items: [items] = [], design }] = plans as [PlansExplained];
	const { data } = Papa.parse<Cells>(readAsset(sample), { header: true, skipEmptyLines: true });
	const weights = data.map((row) => design.columns.map((column) => Number(row[column])));
	const groups = data.map((row) => groupOf(row, plan as Plan));
	const known: Record<string, (number | null)[]> = {};
	return estimates.flatMap(({ topic, item, group, estimate, se, n }): CheckedPair[] => {
		const place = items?.indexOf(`${topic}:${item}`) ?? -1;
		const name = (plan as Plan).variables[place] as string;
		const wanted = `${group.country} ${group.gender}`;
		known[name] ??= data.map((row) => numberOf(row, name, plan as Plan));
		const own = figureOf(
			known[name]?.map((value, row) => (groups[row] === wanted ? value : null)) ?? [],
			weights,
		);
		const of = [`${topic}:${item}`, ...Object.values(group)];
		return [
			[estimate, own.estimate, of],
			[se, own.se, [...of, "se"]],
			[n, own.n, [...of, "n"]],
		];
	});
}

function groupOf(row: Cells, { groups, expressions }: Plan): string {
	const value = (id: string) => {
		const of = groups.find((group) => group.id === id)?.of;
		const found = of === undefined ? "missing" : valueOfRow(of, (column) => row[column] ?? "", expressions);
		return typeof found === "string" ? "" : found.value;
	};
	return `${value("country")} ${value("gender")}`;
}

/** Yes as 100 and no as 0, so that the mean is a percentage; a number as it is. */
function numberOf(row: Cells, name: string, { expressions }: Plan): number | null {
	const found = valueOfRow({ is: "named", name }, (column) => row[column] ?? "", expressions);
	if (typeof found === "string") return null;
	return typeof found.value === "number" ? found.value : found.value === "yes" ? 100 : 0;
}

function figureOf(values: readonly (number | null)[], weights: readonly (readonly number[])[]) {
	const width = weights[0]?.length ?? 1;
	const [tops, bottoms] = [new Float64Array(width), new Float64Array(width)];
	let n = 0;
	for (const [row, value] of values.entries()) {
		if (value === null) continue;
		n += 1;
		for (let r = 0; r < width; r++) {
			const weight = weights[row]?.[r] as number;
			tops[r] = (tops[r] as number) + weight * value;
			bottoms[r] = (bottoms[r] as number) + weight;
		}
	}
	const thetas = tops.map((top, r) => top / (bottoms[r] as number));
	const [estimate = Number.NaN, ...replicates] = thetas;
	const squares = replicates.reduce((sum, theta) => sum + (theta - estimate) ** 2, 0);
	return { estimate, se: Math.sqrt(squares / (replicates.length * 0.25)), n };
}
