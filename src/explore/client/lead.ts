import { alphaOf } from "../../results/significance.js";
import { testedDifferences } from "../model/tests.js";
import { summaryOf } from "./rank.js";
import { codeOf, type Shown } from "./shown.js";

/**
 * What is found, in a sentence: where one system is pinned, how it stands to the average, which is said to be above or below
 * only where that is significant; else what is highest and lowest.
 */
export function lead(shown: Shown): string {
	const { systems, line, edition, words, pack, table } = shown;
	const [only, others] = systems;
	if (only !== undefined && others === undefined) return words.about(only.estimate, edition);
	const [own, more] = shown.pinned;
	if (own === undefined || more !== undefined || line?.average === undefined) return summaryOf(shown);
	const [row] = testedDifferences([own], { id: line.id, average: line.average }, pack, table);
	if (row?.p === null || row?.difference === null || row === undefined) return summaryOf(shown);
	const verdict =
		row.p >= alphaOf({ level: edition.level }) ? "same" : row.difference > 0 ? "above" : "below";
	return words.text(`finding.standing-${verdict}`, {
		name: words.system(codeOf(own), edition),
		value: words.figure(own.estimate.estimate, own.estimate),
		amount: words.difference(Math.abs(row.difference), own.estimate).replace(/^\+/, ""),
		average: words.system(codeOf(line.figure), edition),
		averageValue: words.figure(line.figure.estimate.estimate, line.figure.estimate),
	});
}
