import type { ResultSet } from "../results/result-set.js";
import type { Report } from "./analyse.js";
import { chartId } from "./charts.js";
import { ofTopics, subjectsIn, synthesesApart } from "./parts.js";

/** One table per topic of the rates, and one per other part; syntheses have their own. */
export function reportTables({ parts }: Pick<Report, "parts">): { name: string; results: ResultSet }[] {
	const tables = parts.flatMap((part) =>
		part.kind === "rates"
			? subjectsIn(part.results).map(({ id, topics }) => ({
					name: chartId(part, id),
					results: ofTopics(part.results, topics),
				}))
			: [{ name: chartId(part), results: part.results }],
	);
	return tables.flatMap(({ name, results }) => {
		const { systems, together } = synthesesApart(results);
		const own = { name, results: systems };
		return together === undefined ? [own] : [own, { name: `${name}-synthesis`, results: together }];
	});
}

/** Where a table is in the folder of a report. */
export function tablePath(name: string): string {
	return `tables/${name}.csv`;
}

/** Id of a chart → the table that has its figures: its own, or that of the part whose topic it draws. */
export function tableNames({ parts }: Pick<Report, "parts">): ReadonlyMap<string, string> {
	return new Map(
		parts.flatMap((part) => [
			[chartId(part), chartId(part)] as const,
			...subjectsIn(part.results).map(({ id }): [string, string] => {
				const own = chartId(part, id);
				return [own, part.kind === "rates" ? own : chartId(part)];
			}),
		]),
	);
}
