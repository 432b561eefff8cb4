import { isNamed } from "../../../results/named-groups.js";
import type { Estimate, ResultSet } from "../../../results/result-set.js";
import { groupLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import type { Drawing } from "../../kind.js";
import type { AverageLine } from "../../parts/entries.js";

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
