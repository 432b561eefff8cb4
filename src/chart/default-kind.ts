import { KINDS } from "../results/kinds.js";
import type { ResultSet } from "../results/result-set.js";
import { CHARTS } from "./chart-list.js";

/** The first chart in the list that suits the result. */
export function defaultKind(results: ResultSet): string {
	const { charts } = KINDS[results.kind];
	const found = charts.find((name) => {
		const chart = CHARTS.get(name);
		return chart?.suits?.(results) ?? chart?.canShow(results);
	});
	return found ?? charts.at(-1) ?? "dots";
}
