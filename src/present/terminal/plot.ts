import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { topicTitle, valueName } from "../../results/labels.js";
import { INTERCEPT } from "../../results/models.js";
import type { Comparison, Estimate, ResultSet } from "../../results/result-set.js";
import { alphaOf, isSignificant } from "../../results/significance.js";
import { groupName, isSummary, sideNames } from "../../wording/group-names.js";
import { digitsOf, numberText, signedText } from "../../wording/numbers.js";
import { subgroupLabel, synthesisLabel } from "../../wording/synthesis-names.js";
import { cut, fold, GAP, pad, padLeft, widthOf } from "../text/text-width.js";
import type { Page } from "./terminal-grid.js";

/** A line of a plot: a point with its interval, and its number beside it. */
interface PlotRow {
	label: string;
	low: number;
	value: number;
	high: number;
	text: string;
	/** Several systems combined, or not significant: shown by symbols, and by colour if available. */
	sign: "point" | "summary" | "open";
}

/** Rows that share an axis. */
interface PlotBlock {
	title: string;
	rows: readonly PlotRow[];
	/** Position of no effect; null for shares. */
	zero: number | null;
	/** Limits of the axis. */
	bounds: readonly [number, number];
}

const LABEL = { least: 12, most: 0.42 };
const LEAST_AXIS = 12;
const SIGNS = { point: "●", summary: "◆", open: "○" } as const;
const SHARES = [0, 100] as const;
const FREE = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;

/**
 * Estimates, differences, coefficients and syntheses as points with intervals on axes, one text per block; empty if
 * results have none of these.
 */
export function plotTexts(results: ResultSet, page: Page): string[] {
	const blocks = blocksOf(results, page);
	// Shares use one scale, so that blocks can be compared.
	const shares = blocks.filter(({ bounds }) => bounds === SHARES).flatMap(({ rows }) => rows);
	return blocks.map((block) => blockText(block, block.bounds === SHARES ? shares : block.rows, page));
}

function blocksOf(results: ResultSet, page: Page): PlotBlock[] {
	// A synthesis already shows its members.
	if ((results.syntheses ?? []).length > 0) return synthesisBlocks(results, page);
	if ((results.models ?? []).length > 0) return modelBlocks(results, page);
	return results.comparisons.length > 0 ? comparisonBlocks(results, page) : estimateBlocks(results, page);
}

type Bounded = { ciLow: number; ciHigh: number };

function isBounded<T extends { ciLow: number | null; ciHigh: number | null }>(row: T): row is T & Bounded {
	return row.ciLow !== null && row.ciHigh !== null;
}

/** Items of one group by their topic; of several groups each item by itself. */
function estimateBlocks(results: ResultSet, { locale }: Page): PlotBlock[] {
	const rows = results.estimates.filter(
		(row) => row.estimate !== null && (row.statistic === "percent" || row.statistic === "mean"),
	);
	const several = new Set(rows.map(({ group }) => groupKey(group))).size > 1;
	const keyOf = ({ topic, item, statistic }: Estimate) =>
		several ? `${topic}:${item}:${statistic}` : `${topic}:${statistic}`;
	return [...groupBy(rows, keyOf).values()].map((own) => {
		const [first] = own as [Estimate];
		const name = several ? first.label : groupName(first.group, results);
		return {
			title: [topicTitle(first.topic, results), name].filter((text) => text !== "").join(" · "),
			zero: null,
			bounds: first.statistic === "percent" ? SHARES : FREE,
			rows: own.map((row) => {
				const value = row.estimate as number;
				return {
					...{ value, low: row.ciLow ?? value, high: row.ciHigh ?? value },
					label: several ? groupName(row.group, results) : row.label,
					text: numberText(value, digitsOf(row.statistic), locale),
					sign: isSummary(row.group) ? "summary" : "point",
				};
			}),
		};
	});
}

function comparisonBlocks(results: ResultSet, { locale }: Page): PlotBlock[] {
	const rows = results.comparisons.filter((row): row is Comparison & Bounded & { difference: number } => {
		return row.difference !== null && isBounded(row);
	});
	const pairs = new Set(rows.map(({ between: { a, b } }) => `${a}\n${b}`));
	const keyOf = ({ topic, group, statistic }: Comparison) => `${topic}\n${groupKey(group)}\n${statistic}`;
	return [...groupBy(rows, keyOf).values()].map((own) => {
		const [first] = own as [Comparison];
		const { a, b } = sideNames(first, results);
		const pair = pairs.size === 1 ? `${a} − ${b}` : "";
		return {
			title: [topicTitle(first.topic, results), groupName(first.group, results), pair]
				.filter((text) => text !== "")
				.join(" · "),
			...{ zero: 0, bounds: FREE },
			rows: own.map((row) => {
				const sides = sideNames(row, results);
				const significant = isSignificant(row, results.settings) === true;
				return {
					...{ low: row.ciLow, value: row.difference, high: row.ciHigh },
					label: pairs.size === 1 ? row.label : `${sides.a} − ${sides.b}, ${row.label}`,
					text: `${signedText(row.difference, digitsOf(row.statistic), locale)} ${significant ? "*" : " "}`,
					sign: significant ? "point" : "open",
				};
			}),
		};
	});
}

/** Coefficients except the intercept, whose scale would hide the others. */
function modelBlocks(results: ResultSet, { locale }: Page): PlotBlock[] {
	return (results.models ?? []).map(({ outcome, name, group, coefficients }) => ({
		title: [outcome.label, groupName(group, results), name ?? ""].filter((text) => text !== "").join(" · "),
		...{ zero: 0, bounds: FREE },
		rows: coefficients.flatMap((row) => {
			if (row.estimate === null || !isBounded(row) || row.term === INTERCEPT) return [];
			const significant = row.p !== null && row.p < alphaOf(results.settings);
			return {
				...{ low: row.ciLow, value: row.estimate, high: row.ciHigh, label: row.label },
				text: `${signedText(row.estimate, COEFFICIENT_DIGITS, locale)} ${significant ? "*" : " "}`,
				sign: significant ? ("point" as const) : ("open" as const),
			};
		}),
	}));
}

/** A forest plot: the systems, then the combined estimate with its prediction interval. */
function synthesisBlocks(results: ResultSet, { locale }: Page): PlotBlock[] {
	return (results.syntheses ?? []).map((one) => {
		const isShare = one.scale === "logit";
		const write = (value: number) =>
			isShare ? numberText(value, 1, locale) : signedText(value, COEFFICIENT_DIGITS, locale);
		const members = one.figures.map((figure, place): PlotRow => {
			const { ciLow: low, estimate: value, ciHigh: high } = figure;
			const label = valueName("country", one.members[place] ?? "", results);
			return { label, low, value, high, text: write(value), sign: "point" };
		});
		const pooled: PlotRow = {
			...{ low: one.ciLow, value: one.estimate, high: one.ciHigh, sign: "summary" },
			label: `${subgroupLabel(one, results, locale)} (k = ${one.k})`,
			text: write(one.estimate),
		};
		return {
			title: synthesisLabel(one.of, results, locale),
			...{ zero: isShare ? null : 0, bounds: isShare ? SHARES : FREE },
			rows: [...members.sort((a, b) => b.value - a.value), pooled],
		};
	});
}

const COEFFICIENT_DIGITS = 2;

/** Share of the range left free on either side. */
const MARGIN = 0.04;

function blockText(
	{ title, rows, zero, bounds }: PlotBlock,
	alike: readonly PlotRow[],
	{ width, chalk, locale }: Page,
): string {
	const heading = fold(plain(title), width).map((line) => chalk.bold(line));
	if (rows.length === 0) return heading.join("\n");
	const labels = rows.map(({ label }) => plain(label));
	const texts = Math.max(...rows.map(({ text }) => widthOf(text)));
	const free = width - texts - 2 * GAP.length;
	const share = Math.min(Math.max(LABEL.least, Math.floor(width * LABEL.most)), free - LEAST_AXIS);
	const room = Math.min(share, Math.max(...labels.map(widthOf)));
	const columns = free - room;
	const [from, to] = rangeOf(alike, zero, bounds);
	const at = (value: number) => Math.round(((value - from) / (to - from)) * (columns - 1));
	const lines = rows.map((row, place) => {
		const label = pad(cut(labels[place] as string, room), room);
		return `${label}${GAP}${rowMarks(row, zero, columns, at, chalk)}${GAP}${padLeft(row.text, texts)}`.trimEnd();
	});
	const ends = [from, to].map((value) =>
		numberText(value, to - from < 2 ? 2 : to - from < 20 ? 1 : 0, locale),
	) as [string, string];
	const before = " ".repeat(room) + GAP;
	const axis = [...Array(columns).keys()].map((column) =>
		zero !== null && column === at(zero) ? "┴" : column === 0 ? "└" : column === columns - 1 ? "┘" : "─",
	);
	const between = Math.max(1, columns - widthOf(ends[0]) - widthOf(ends[1]));
	return [
		...heading,
		...lines,
		chalk.dim(before + axis.join("")),
		chalk.dim(`${before}${ends[0]}${" ".repeat(between)}${ends[1]}`),
	].join("\n");
}

function rangeOf(
	rows: readonly PlotRow[],
	zero: number | null,
	[least, most]: readonly [number, number],
): [number, number] {
	const all = rows.flatMap(({ low, value, high }) => [low, value, high]).concat(zero === null ? [] : [zero]);
	const [low, high] = [Math.min(...all), Math.max(...all)];
	const margin = MARGIN * (high - low || Math.abs(high) || 1);
	return [Math.max(least, low - margin), Math.min(most, high + margin)];
}

/** The interval as a line with its point; symbols carry what colour cannot. */
function rowMarks(
	{ low, value, high, sign }: PlotRow,
	zero: number | null,
	columns: number,
	at: (value: number) => number,
	chalk: Page["chalk"],
): string {
	const signs = Array<string>(columns).fill(" ");
	if (zero !== null) signs[at(zero)] = "│";
	signs.fill("─", at(low), at(high) + 1);
	if (zero !== null && at(low) <= at(zero) && at(zero) <= at(high)) signs[at(zero)] = "┼";
	if (at(low) < at(value)) signs[at(low)] = "├";
	if (at(high) > at(value)) signs[at(high)] = "┤";
	signs[at(value)] = SIGNS[sign];
	const color = { point: chalk.cyan, summary: chalk.bold, open: chalk.dim }[sign];
	return color(signs.join(""));
}
