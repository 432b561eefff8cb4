import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import type { Alpha, Group, Relation, ResultSet } from "../../results/result-set.js";
import { alphaOf } from "../../results/significance.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { intervalHead, levelText } from "../../wording/numbers.js";
import { type Board, type BoardBlock, figureRow } from "./board.js";
import type { BoardCell } from "./cells.js";
import { sizeCell } from "./figure.js";

const DIGITS = 3;

/** Correlations, and scales with their alpha: one block per group. */
export function relationBoards(results: ResultSet, locale: Locale): Board[] {
	const { relations = [], alphas = [] } = results;
	return [
		...(relations.length === 0 ? [] : [correlations(relations, results, locale)]),
		...(alphas.length === 0 ? [] : [scales(alphas, results, locale)]),
	];
}

function correlations(rows: readonly Relation[], results: ResultSet, locale: Locale): Board {
	const [{ method }] = rows as [Relation];
	const level = intervalHead(levelText(results.settings, locale), locale);
	const alpha = alphaOf(results.settings);
	const cellsOf = (row: Relation): BoardCell[] => {
		const { estimate, se, ciLow: low, ciHigh: high, p, n, status } = row;
		if (estimate === null) return [{ status, span: 3 }, sizeCell(n)];
		const marks = [
			...(status === "ok" ? [] : (["!"] as const)),
			...(p !== null && p < alpha ? (["*"] as const) : []),
		];
		return [
			{ value: estimate, error: se, digits: DIGITS, marks },
			low === null && high === null
				? { value: null }
				: { interval: { low, high, ofDifference: true }, digits: DIGITS },
			{ value: p, digits: "p" },
			sizeCell(n),
		];
	};
	return {
		title: locale.text(`relate.title.${method}`),
		under: [],
		form: {
			labelHead: locale.text("relate.with"),
			columns: [
				{ head: [locale.text("relate.correlation"), locale.text("table.se")] },
				{ head: [level], drop: 1 },
				{ head: [locale.text("compare.p")] },
				{ head: [locale.text("table.n")] },
			],
			stacks: true,
			blocks: blocksOf(
				rows,
				results,
				(row) => figureRow(plain(row.b.label), cellsOf(row)),
				// Two names rarely fit on one line.
				({ a }) => a.label,
			),
		},
		below: [locale.text("model.star", { alpha: locale.number(alpha, 2) })],
	};
}

function scales(rows: readonly Alpha[], results: ResultSet, locale: Locale): Board {
	const cellsOf = ({ estimate, se, n, status }: Alpha): BoardCell[] => [
		estimate === null
			? { status }
			: { value: estimate, error: se, digits: DIGITS, ...(status === "ok" ? {} : { marks: ["!"] as const }) },
		sizeCell(n),
	];
	return {
		title: locale.text("relate.title.alpha"),
		under: [],
		form: {
			labelHead: locale.text("relate.scale"),
			columns: [
				{ head: [locale.text("relate.alpha"), locale.text("table.se")] },
				{ head: [locale.text("table.n")] },
			],
			stacks: true,
			blocks: blocksOf(rows, results, (row) => figureRow(plain(row.columns.join(", ")), cellsOf(row))),
		},
		below: [],
	};
}

function blocksOf<R extends { group: Group }>(
	rows: readonly R[],
	results: ResultSet,
	make: (row: R) => BoardBlock["rows"][number],
	headOf?: (row: R) => string,
): BoardBlock[] {
	const byGroup = [...groupBy(rows, ({ group }) => groupKey(group)).values()];
	return byGroup.flatMap((own) => {
		const name = groupName((own[0] as R).group, results);
		return [...groupBy(own, (row) => headOf?.(row) ?? "")].map(([head, part]) => ({
			name: plain([name, head].filter((text) => text !== "").join(" · ")),
			rows: part.map(make),
		}));
	});
}
