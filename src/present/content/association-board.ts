import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, groupLabel, topicTitle } from "../../results/labels.js";
import type { AssociationTest, ResultSet } from "../../results/result-set.js";
import { alphaOf, isAdjusted } from "../../results/significance.js";
import { associationSentences } from "../../wording/association-sentence.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { type Board, figureRow } from "./board.js";
import type { BoardCell } from "./cells.js";
import { sizeCell } from "./figure.js";

/** Tests of all levels: one board per topic, base and breakdown, one block per group. */
export function associationBoards(results: ResultSet, locale: Locale): Board[] {
	const { tests = [] } = results;
	const parts = groupBy(tests, ({ topic, base, between, method }) => `${topic} ${base} ${between} ${method}`);
	return [...parts.values()].map((rows) => boardOf(rows, results, locale));
}

function boardOf(rows: readonly AssociationTest[], results: ResultSet, locale: Locale): Board {
	const [{ topic, base, between, method, statistic }] = rows as [AssociationTest];
	const adjusted = isAdjusted(results.settings);
	const name = (key: string) => locale.text(`association.${key}`);
	return {
		title: plain(topicTitle(topic, results)),
		under: [
			locale.text("table.base", { base: plain(baseName(base, results)) }),
			locale.text(`association.of.${statistic}`, { breakdown: plain(groupLabel(between, results)) }),
			name(`method.${method}`),
		],
		form: {
			labelHead: locale.text("table.item"),
			columns: [
				{ head: [name("f")] },
				{ head: [name("df")], drop: 3 },
				...(adjusted ? [{ head: [locale.text("compare.p")], drop: 4 }] : []),
				{ head: [locale.text(adjusted ? "compare.p-adjusted" : "compare.p")] },
				{ head: [locale.text("table.n")], drop: 5 },
			],
			stacks: true,
			blocks: [...groupBy(rows, ({ group }) => groupKey(group)).values()].map((part) => ({
				name: plain(groupName((part[0] as AssociationTest).group, results)),
				rows: part.map((row) => figureRow(plain(row.label), cellsOf(row, adjusted, results, locale))),
			})),
		},
		below: [
			...associationSentences(rows, results, locale),
			...(lacksLevels(rows) ? [name("hidden-levels")] : []),
			...(hasOwnPair(rows, results) ? [name("beside-t")] : []),
		],
	};
}

/** Whether another test compares the same two levels in these results. */
function hasOwnPair(rows: readonly AssociationTest[], { comparisons }: ResultSet): boolean {
	return rows.some(
		({ item, between, levels }) =>
			levels.length === 2 &&
			comparisons.some((one) => one.item === item && one.between.variable === between && one.p !== null),
	);
}

/** Whether some tests cover fewer levels than others because levels are hidden. */
function lacksLevels(rows: readonly AssociationTest[]): boolean {
	const all = new Set(rows.flatMap(({ levels }) => levels));
	return rows.some(({ levels }) => levels.length < all.size);
}

function cellsOf(
	{ F, df1, df2, p, pAdjusted, n }: AssociationTest,
	adjusted: boolean,
	results: ResultSet,
	locale: Locale,
): BoardCell[] {
	if (p === null || df1 === null) {
		return [{ status: "not-estimable", span: adjusted ? 4 : 3 }, sizeCell(n)];
	}
	const deciding = adjusted ? pAdjusted : p;
	const degrees = `${locale.number(df1, digits(df1))}; ${df2 === null ? "∞" : locale.number(df2, digits(df2))}`;
	const marks = deciding !== null && deciding < alphaOf(results.settings) ? (["*"] as const) : [];
	return [
		{ value: F, digits: 2 },
		{ word: degrees },
		...(adjusted ? [{ value: p, digits: "p" as const }] : []),
		{ value: deciding, digits: "p", marks },
		sizeCell(n),
	];
}

/** Degrees of freedom are whole numbers, or corrected ones. */
function digits(df: number): number {
	return Math.abs(df - Math.round(df)) < 1e-9 ? 0 : 1;
}
