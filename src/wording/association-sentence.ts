import { plain } from "../base/escape.js";
import { groupKey } from "../results/group-key.js";
import { groupLabel } from "../results/labels.js";
import type { AssociationTest, ResultSet } from "../results/result-set.js";
import { alphaOf, isAdjusted } from "../results/significance.js";
import { groupName } from "./group-names.js";
import type { Locale } from "./locale.js";
import { pSaid } from "./numbers.js";

const MOST_SENTENCES = 6;

/** Tests in words, where they are few: "Coaching differs by experience (p = 0.018)". */
export function associationSentences(
	rows: readonly AssociationTest[],
	results: ResultSet,
	locale: Locale,
): string[] {
	const tested = rows.filter(({ p }) => p !== null);
	if (tested.length > MOST_SENTENCES) return [];
	const [first] = rows as [AssociationTest];
	const several = rows.some(({ group }) => groupKey(group) !== groupKey(first.group));
	return tested.map((row) => {
		const p = (isAdjusted(results.settings) ? row.pAdjusted : row.p) as number;
		const key = p < alphaOf(results.settings) ? "differs" : "none";
		const where = several ? `${groupName(row.group, results)}: ` : "";
		const breakdown = groupLabel(row.between, results);
		return plain(
			`${where}${locale.text(`association.${key}`, { item: row.label, breakdown, p: pSaid(p, locale) })}`,
		);
	});
}
