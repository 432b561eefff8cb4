import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, topicTitle } from "../../results/labels.js";
import type { Comparison, ResultSet } from "../../results/result-set.js";
import { alphaOf, isAdjusted } from "../../results/significance.js";
import { isShown, whyWithoutDifference } from "../../wording/difference-text.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { digitsOf, intervalHead, levelText } from "../../wording/numbers.js";
import { type Board, type BoardColumn, figureRow, headingRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";
import { type Naming, namingOf } from "./comparison-naming.js";
import { decidingCell, differenceCell, pCell, starred } from "./difference-cells.js";
import { kindCode, kindLines, kindsOf } from "./error-kinds.js";
import { intervalCell } from "./figure.js";

const SIDE_WIDTH = 12;
const PAIR_WIDTH = 44;

/** One board per topic, base and compared breakdown; one block per group. */
export function comparisonBoards(results: ResultSet, locale: Locale): Board[] {
	const parts = groupBy(
		results.comparisons,
		({ topic, base, between }) => `${topic} ${base} ${between.variable}`,
	);
	return [...parts.values()].map((rows) => boardOf(rows, results, locale));
}

function boardOf(rows: readonly Comparison[], results: ResultSet, locale: Locale): Board {
	const { topic, base } = rows[0] as Comparison;
	const naming = namingOf(rows, results, locale);
	const columns = columnsOf(rows, naming, results, locale);
	const under = [
		locale.text("table.base", { base: plain(baseName(base, results)) }),
		naming.subject,
		headerLine(rows, naming, locale),
	];
	return {
		title: plain(topicTitle(topic, results)),
		under: under.filter((line) => line !== ""),
		form: {
			labelHead: locale.text(naming.labelsAre === "pair" ? "compare.pair" : `table.${naming.labelsAre}`),
			columns,
			// Truncated pairs could look alike.
			...(naming.labelsAre === "pair" ? { leastLabel: PAIR_WIDTH } : {}),
			blocks: blocksOf(rows, naming, results).map(({ name, part }) => ({
				name,
				rows: rowsOf(part, naming, columns),
			})),
		},
		below: [...kindLines(kindsOf(rows), locale), ...boundLines(rows, locale)],
	};
}

/** One block per group, or a single one if groups are the rows. */
function blocksOf(rows: readonly Comparison[], { labelsAre }: Naming, results: ResultSet) {
	if (labelsAre === "group") return [{ name: "", part: rows }];
	return [...groupBy(rows, ({ group }) => groupKey(group)).values()].map((part) => ({
		name: plain(groupName((part[0] as Comparison).group, results)),
		part,
	}));
}

/** What is subtracted from what, and the unit. */
function headerLine(rows: readonly Comparison[], { a, b, sidesAre }: Naming, locale: Locale): string {
	const percent = rows.filter(({ statistic }) => statistic === "percent").length;
	const unit = percent === rows.length ? "percent" : percent === 0 ? "own" : "mixed";
	const line = locale.text(`compare.difference-of.${unit}`, { a, b });
	return sidesAre === undefined ? line : `${line}; ${locale.text(`compare.sides.${sidesAre}`)}`;
}

interface ComparisonColumn extends BoardColumn {
	cell(row: Comparison): BoardCell;
	/** Shows a value even if there is no difference. */
	ofSide?: boolean;
}

function columnsOf(
	rows: readonly Comparison[],
	naming: Naming,
	results: ResultSet,
	locale: Locale,
): ComparisonColumn[] {
	const adjusted = isAdjusted(results.settings);
	const name = (key: string) => locale.text(`compare.${key}`);
	const side = (key: "a" | "b"): ComparisonColumn => ({
		head: [naming[key]],
		folds: SIDE_WIDTH,
		drop: 2,
		ofSide: true,
		cell: (row) => ({ value: row[key].estimate, digits: digitsOf(row.statistic) }),
	});
	const kind: ComparisonColumn = {
		head: [name("kind-head")],
		drop: 1,
		cell: (row) => ({ word: kindCode(row.kind, locale) }),
	};
	return [
		side("a"),
		side("b"),
		{ head: [name("difference")], folds: Number.POSITIVE_INFINITY, cell: differenceCell },
		{ head: [intervalHead(levelText(results.settings, locale), locale)], drop: 3, cell: intervalCell },
		...(adjusted ? [{ head: [name("p")], drop: 4, cell: pCell }] : []),
		{
			head: [name(adjusted ? "p-adjusted" : "p")],
			folds: Number.POSITIVE_INFINITY,
			cell: (row) => starred(decidingCell(row), row, results),
		},
		...equivalenceColumns(rows, results, locale),
		...(kindsOf(rows).length > 1 ? [kind] : []),
	];
}

/** What the p of a bound means. */
function boundLines(rows: readonly Comparison[], locale: Locale): string[] {
	const within = boundOf(rows);
	return within === undefined ? [] : [locale.text("compare.within-meaning", { within: String(within) })];
}

function boundOf(rows: readonly Comparison[]): number | undefined {
	return rows.find(({ equivalence }) => equivalence !== undefined)?.equivalence?.within;
}

/** Columns for equivalence tests, if requested. */
function equivalenceColumns(
	rows: readonly Comparison[],
	{ settings }: ResultSet,
	locale: Locale,
): ComparisonColumn[] {
	const bound = boundOf(rows);
	if (bound === undefined) return [];
	const decided = (row: Comparison) =>
		(isAdjusted(settings) ? row.equivalence?.pAdjusted : row.equivalence?.p) ?? null;
	return [
		{
			head: [locale.text("compare.within", { within: String(bound) })],
			cell: (row) => {
				const p = decided(row);
				return { value: p, digits: "p", marks: p !== null && p < alphaOf(settings) ? ["*"] : [] };
			},
		},
	];
}

function rowsOf(
	rows: readonly Comparison[],
	{ heading, label }: Naming,
	columns: readonly ComparisonColumn[],
): BoardRow[] {
	const isMean = (row: Comparison | undefined) => row !== undefined && row.statistic !== "percent";
	return rows.flatMap((row, index) => {
		const before = rows[index - 1];
		const apart = before !== undefined && isMean(row) !== isMean(before);
		const cells = cellsOf(row, columns);
		const above = heading?.(row);
		if (above === undefined) return [figureRow(label(row), cells, { apart })];
		const own = figureRow(label(row), cells, { under: true });
		return before !== undefined && heading?.(before) === above ? [own] : [headingRow(above, apart), own];
	});
}

function cellsOf(row: Comparison, columns: readonly ComparisonColumn[]): BoardCell[] {
	if (isShown(row)) return columns.map(({ cell }) => cell(row));
	const sides = columns.filter(({ ofSide }) => ofSide);
	return [
		...sides.map(({ cell }) => cell(row)),
		{ status: whyWithoutDifference(row), span: columns.length - sides.length },
	];
}
