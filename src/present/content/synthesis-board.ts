import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName } from "../../results/labels.js";
import type { ResultSet, Statistic } from "../../results/result-set.js";
import type { Synthesis, SynthesisSubject } from "../../results/syntheses.js";
import { groupName } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { digitsOf, intervalHead, levelText, pSaid } from "../../wording/numbers.js";
import { outcomeLabel, rowLabel, subgroupLabel } from "../../wording/synthesis-names.js";
import { type Board, figureRow, headingRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";

/** Decimals of coefficients. */
const OF_COEFFICIENTS = 3;

/** Combined estimates and heterogeneity of systems: one board per outcome or topic, one block per group. */
export function synthesisBoards(results: ResultSet, locale: Locale): Board[] {
	const { syntheses = [] } = results;
	const parts = groupBy(syntheses, ({ of }) =>
		JSON.stringify([of.kind, of.topic, of.base, titleOf(of, results)]),
	);
	return [...parts.values()].map((part) => boardOf(part, results, locale));
}

/** Coefficients are titled by their outcome; labels of other rows say everything. */
function titleOf(of: SynthesisSubject, results: ResultSet): string {
	return of.kind === "coefficient" ? outcomeLabel(of, results) : "";
}

function boardOf(part: readonly Synthesis[], results: ResultSet, locale: Locale): Board {
	const [{ of, method, test, scale }] = part as [Synthesis];
	const level = levelText(results.settings, locale);
	const title = titleOf(of, results);
	const name = (key: string) => locale.text(`synthesis.${key}`);
	return {
		title: plain(title === "" ? name("title") : `${name("title")}: ${title}`),
		under: [
			locale.text("synthesis.under", { method: name(`method.${method}`), test: name(`test.${test}`) }),
			locale.text("table.base", { base: plain(baseName(of.base, results)) }),
			...(scale === "logit" ? [name("logit")] : []),
			...(of.kind === "coefficient" && of.family === "logistic" ? [locale.text("model.unit.logits")] : []),
		],
		form: {
			labelHead: name("row"),
			columns: [
				{ head: [name("estimate"), locale.text("table.se")] },
				{ head: [intervalHead(level, locale)], drop: 1 },
				{ head: [locale.text("compare.p")], drop: 4 },
				{ head: [name("i2")] },
				{ head: [locale.text("synthesis.prediction", { level })], drop: 3 },
				{ head: [name("leave-one-out")], drop: 5 },
				{ head: [name("k")] },
			],
			stacks: true,
			blocks: [...groupBy(part, ({ of: own }) => groupKey(own.group)).values()].map((rows) => ({
				name: plain(groupName((rows[0] as Synthesis).of.group, results)),
				rows: rowsOf(rows, results, locale),
			})),
		},
		below: testLines(part, results, locale),
	};
}

/** One row per synthesis; with subgroups, rows for all systems and each subgroup under a common heading. */
function rowsOf(rows: readonly Synthesis[], results: ResultSet, locale: Locale): BoardRow[] {
	return [...groupBy(rows, ({ of }) => JSON.stringify(of)).values()].flatMap((part) => {
		const label = plain(rowLabel((part[0] as Synthesis).of, results, locale));
		if (part.length === 1) return [rowOf(part[0] as Synthesis, label, false)];
		return [
			headingRow(label, false),
			...part.map((row) => rowOf(row, plain(subgroupLabel(row, results, locale)), true)),
		];
	});
}

function rowOf(row: Synthesis, label: string, under: boolean): BoardRow {
	const { of, estimate, se, ciLow, ciHigh, p, i2, piLow, piHigh, leaveOneOut, k, scale } = row;
	const digits = of.kind === "coefficient" ? OF_COEFFICIENTS : digitsOf(of.statistic as Statistic);
	const range = (low: number | null, high: number | null): BoardCell =>
		low === null && high === null
			? { value: null }
			: { interval: { low, high, ofDifference: scale === "own" }, digits };
	const cells: BoardCell[] = [
		{ value: estimate, error: se, digits },
		range(ciLow, ciHigh),
		{ value: p, digits: "p" },
		{ value: i2, digits: 1 },
		range(piLow, piHigh),
		range(leaveOneOut?.min ?? null, leaveOneOut?.max ?? null),
		{ value: k, digits: 0 },
	];
	return figureRow(label, cells, under ? { under } : {});
}

/** The test of subgroup differences, one line per row. */
function testLines(part: readonly Synthesis[], results: ResultSet, locale: Locale): string[] {
	const keys = new Set(part.map(({ of }) => JSON.stringify(of)));
	return (results.moderatorTests ?? [])
		.filter(({ of }) => keys.has(JSON.stringify(of)))
		.map(({ of, q, df, p }) => {
			const text = { row: plain(rowLabel(of, results, locale)), q: locale.number(q, 2), p: pSaid(p, locale) };
			return locale.text("synthesis.between", { ...text, df });
		});
}
