import { isNamed } from "../../../results/named-groups.js";
import { type Estimate, isAverage, type ResultSet } from "../../../results/result-set.js";
import { groupLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import type { Drawing } from "../../kind.js";
import type { AverageLine } from "../../parts/entries.js";
import { groupsOf, varying } from "../../parts/groups-and-items.js";

/** Averages over systems, which are lines and no rows or series among systems. */
export function averageLines(rows: readonly Estimate[]): Estimate[] {
	// Where systems are divided further, each part has an average of its own, and a line would be of none.
	if (varying(groupsOf(rows)).join() !== "country") return [];
	// Where there is nothing but averages, they are what is shown.
	if (rows.every(({ group }) => isAverage(group.country))) return [];
	return rows.filter(({ group, estimate }) => estimate !== null && isAverage(group.country));
}

/** What the lines are called, and where they stand; first the one that others are compared with. */
export function lineEntries(
	lines: readonly Estimate[],
	results: ResultSet,
	locale: Locale,
	{ highlight, benchmarkLine }: Drawing,
): AverageLine[] {
	const [first] = lines;
	const isMain = ({ group }: Estimate) =>
		benchmarkLine === undefined ? group.country === first?.group.country : isNamed(group, [benchmarkLine]);
	return lines
		.map((row): AverageLine => {
			const { topic, item, base, group, estimate } = row;
			return {
				...{ topic, item, base },
				label: groupLabel(results, locale, group, ["country"]),
				value: estimate ?? 0,
				...{ strong: isNamed(group, highlight), main: isMain(row) },
			};
		})
		.toSorted((a, b) => Number(b.main) - Number(a.main));
}
