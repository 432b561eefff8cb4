import { groupBy } from "../base/group-by.js";
import { loadCodebook } from "../codebook/definition/library.js";
import { membershipOf } from "../codebook/definition/memberships.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { averageOf } from "../estimate/combine.js";
import { type PublishedRow, publishedRows } from "../published/load.js";
import { groupKey } from "../results/group-key.js";
import type { CheckedPair } from "./checked.js";
import { golden } from "./golden.js";

/** The publisher's averages of the later cycle, recomputed from its estimates of the members: √Σse² / k. */
export function publishedAverages(): CheckedPair[] {
	const codebook = loadCodebook(golden().codebooks.later);
	const rows = publishedRows(codebook.cycle, codebook.publisher?.figures?.tables ?? {});
	const alike = groupBy(rows, (row) => {
		const { population, topic, item, base, statistic, group } = row;
		return JSON.stringify([population, topic, item, base, statistic, groupKey(group)]);
	});
	return [...alike.values()].flatMap((own) => pairsOf(own, codebook));
}

/** An average with as many members as its name says, and what it should be. */
function pairsOf(rows: readonly PublishedRow[], codebook: Codebook): CheckedPair[] {
	return rows.flatMap((row): CheckedPair[] => {
		const [, id = "", count] = /^average:([a-z]+)-(\d+)$/.exec(row.system) ?? [];
		if (count === undefined || row.estimate === null || row.se === null) return [];
		const members = [undefined, 2018]
			.map((since) => membershipOf(codebook, id, row.population, [], since).members)
			.map((codes) => rows.filter(({ system, estimate }) => estimate !== null && codes.includes(system)))
			.find(({ length }) => length === Number(count));
		if (members === undefined) return [];
		const whole = averageOf(
			members.map(({ estimate, se }) => ({
				estimate: estimate as number,
				se: se as number,
				df: Infinity,
				weight: 1,
			})),
			"simple",
		);
		const of = [row.population, `${row.topic}:${row.item}`, ...Object.values(row.group), row.system];
		return [
			[whole.estimate, row.estimate, of],
			[whole.se, row.se, [...of, "se"]],
		];
	});
}
