import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { groupKey } from "../../results/group-key.js";
import { baseName, groupLabel } from "../../results/labels.js";
import type { Coefficient, Gauge, Model, ResultSet } from "../../results/result-set.js";
import { alphaOf } from "../../results/significance.js";
import { groupName, valueLabel } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { referenceLevels } from "../../wording/model-names.js";
import { intervalHead, levelText, numberText } from "../../wording/numbers.js";
import { type Board, type BoardBlock, type BoardColumn, figureRow } from "./board.js";
import type { BoardCell, BoardRow } from "./cells.js";
import { sizeCell } from "./figure.js";

const DIGITS = 3;
const RATIO_DIGITS = 2;
const EFFECT_DIGITS = 1;

/** One board per outcome, with one block per group; named models get one column each. */
export function modelBoards(results: ResultSet, locale: Locale): Board[] {
	const { models = [] } = results;
	return [...groupBy(models, ({ outcome, base }) => JSON.stringify([outcome, base])).values()].map((part) =>
		boardOf(part, results, locale),
	);
}

function boardOf(models: readonly Model[], results: ResultSet, locale: Locale): Board {
	const [{ outcome, family, base }] = models as [Model];
	const isBeside = models.some(({ name }) => name !== undefined);
	const columns = isBeside ? modelColumns(models) : numberColumns(models, results, locale);
	const blocks = [...groupBy(models, ({ group }) => groupKey(group)).values()].map((part): BoardBlock => {
		const name = plain(groupName((part[0] as Model).group, results));
		return {
			name,
			rows: isBeside ? rowsBeside(part, columns, results, locale) : rowsOf(part, columns, results, locale),
		};
	});
	return {
		title: plain(locale.text(`model.title.${family}`, { outcome: outcome.label })),
		under: [
			locale.text("table.base", { base: plain(baseName(base, results)) }),
			unitLine(models, results, locale),
			referenceLevels(models, locale),
		].filter((line) => line !== ""),
		form: { labelHead: locale.text("model.term"), columns, stacks: true, blocks },
		below: [locale.text("model.star", { alpha: locale.number(alphaOf(results.settings), 2) })],
	};
}

/** The unit of the coefficients. */
function unitLine(models: readonly Model[], { settings }: ResultSet, locale: Locale): string {
	const [{ family, outcome }] = models as [Model];
	const unit = family === "logistic" ? "logits" : outcome.statistic === "mean" ? "own" : "percent";
	const isStandard = "standardize" in settings && settings.standardize === true;
	return [`model.unit.${unit}`, ...(isStandard ? ["model.unit.standard"] : [])]
		.map((key) => locale.text(key))
		.join(" ");
}

interface ModelColumn extends BoardColumn {
	cell(row: Coefficient): BoardCell;
}

function numberColumns(models: readonly Model[], results: ResultSet, locale: Locale): ModelColumn[] {
	const all = models.flatMap(({ coefficients }) => coefficients);
	const name = (key: string) => locale.text(`model.${key}`);
	return [
		{ head: [name("coefficient"), locale.text("table.se")], cell: (row) => coefficientCell(row, results) },
		{
			head: [intervalHead(levelText(results.settings, locale), locale)],
			drop: 2,
			cell: ({ ciLow: low, ciHigh: high }) => intervalOf(low, high, DIGITS),
		},
		{ head: [locale.text("compare.p")], cell: ({ p }) => ({ value: p, digits: "p" }) },
		...(all.some(({ oddsRatio }) => oddsRatio !== null)
			? [
					{
						head: [name("odds-ratio")],
						// Dropped after the interval of log odds, which few readers need.
						drop: 1.5,
						cell: ({ oddsRatio }: Coefficient): BoardCell => ({
							value: oddsRatio?.estimate ?? null,
							digits: RATIO_DIGITS,
						}),
					},
					{
						head: [name("odds-ratio"), intervalHead(levelText(results.settings, locale), locale)],
						drop: 1.6,
						cell: ({ oddsRatio }: Coefficient): BoardCell =>
							oddsRatio === null || oddsRatio.ciLow === null
								? { value: null }
								: {
										interval: { low: oddsRatio.ciLow, high: oddsRatio.ciHigh, ofDifference: false },
										digits: RATIO_DIGITS,
									},
					},
				]
			: []),
		...(all.some(({ ame }) => ame !== null)
			? [
					{
						head: [name("effect"), locale.text("table.se")],
						drop: 1,
						cell: ({ ame }: Coefficient) => gaugeCell(ame, EFFECT_DIGITS),
					},
				]
			: []),
	];
}

function modelColumns(models: readonly Model[]): ModelColumn[] {
	const names = [...new Set(models.map(({ name = "" }) => name))];
	return names.map((name) => ({ head: [plain(name)], folds: 20, cell: () => ({}) }));
}

/** Estimate, standard error and star, or the reason for their absence. */
function coefficientCell({ estimate, se, p, status }: Coefficient, { settings }: ResultSet): BoardCell {
	if (estimate === null) return { status };
	return {
		...{ value: estimate, error: se, digits: DIGITS },
		marks: [
			...(status === undefined ? [] : (["!"] as const)),
			...(p !== null && p < alphaOf(settings) ? (["*"] as const) : []),
		],
	};
}

function gaugeCell(gauge: Gauge | null, digits: number): BoardCell {
	return gauge === null ? {} : { value: gauge.estimate, error: gauge.se, digits };
}

function intervalOf(low: number | null, high: number | null, digits: number): BoardCell {
	if (low === null && high === null) return { value: null };
	return { interval: { low, high, ofDifference: true }, digits };
}

/** The single model of a group: one row per coefficient, then facts about the model. */
function rowsOf(
	[model]: readonly Model[],
	columns: readonly ModelColumn[],
	results: ResultSet,
	locale: Locale,
): BoardRow[] {
	if (model === undefined) return [];
	if (model.coefficients.length === 0) {
		const label = `${locale.text("model.teachers")}: ${numberText(model.n, 0, locale)}`;
		return [figureRow(label, [{ status: model.status, span: columns.length }])];
	}
	const coefficients = model.coefficients.map((row) => {
		const label = plain(row.label);
		return row.estimate === null
			? figureRow(label, [{ status: row.status ?? model.status, span: columns.length }])
			: figureRow(
					label,
					columns.map(({ cell }) => cell(row)),
				);
	});
	const empty = columns.slice(1).map((): BoardCell => ({}));
	const tests = model.tests.map(({ term, F, df1, df2, p }) => {
		const statistic =
			F === null ? "–" : `F(${df1}, ${df2 === null ? "∞" : locale.number(df2, 0)}) = ${locale.number(F, 2)}`;
		const cells = columns.map(({ head }, place): BoardCell => {
			if (place === 0) return { word: statistic };
			return head[0] === locale.text("compare.p") ? { value: p, digits: "p" } : {};
		});
		return figureRow(locale.text("model.joint", { term: plain(termLabel(term, model)) }), cells);
	});
	const about = facts([model], locale).map(({ label, cells }) => figureRow(label, [...cells, ...empty]));
	const predictions = (model.predictions ?? []).map(({ at, estimate, se, ciLow, ciHigh }) => {
		const values = Object.entries(at).map(([variable, value]) => {
			const name = valueLabel(results, locale, variable, String(value));
			return `${groupLabel(variable, results)}: ${name}`;
		});
		const cells = columns.map(({ drop }, place): BoardCell => {
			if (place === 0) return { value: estimate, error: se, digits: EFFECT_DIGITS };
			return drop === 2 ? intervalOf(ciLow, ciHigh, EFFECT_DIGITS) : {};
		});
		return figureRow(locale.text("model.prediction", { at: plain(values.join(", ")) }), cells);
	});
	return [...coefficients, ...tests, ...predictions, ...about];
}

/** The models of a group side by side. */
function rowsBeside(
	models: readonly Model[],
	columns: readonly ModelColumn[],
	results: ResultSet,
	locale: Locale,
): BoardRow[] {
	const ordered = columns.map(({ head }) => models.find(({ name = "" }) => plain(name) === head[0]));
	const terms = new Map(
		models.flatMap(({ coefficients }) => coefficients.map(({ term, label }) => [term, label])),
	);
	const coefficients = [...terms].map(([term, label]) =>
		figureRow(
			plain(label),
			ordered.map((model) => {
				const row = model?.coefficients.find((one) => one.term === term);
				if (row === undefined) return model?.coefficients.length === 0 ? { status: model.status } : {};
				return coefficientCell(row, results);
			}),
		),
	);
	return [...coefficients, ...facts(ordered, locale).map(({ label, cells }) => figureRow(label, cells))];
}

/** Explained variance and numbers of teachers and schools, one cell per model. */
function facts(
	models: readonly (Model | undefined)[],
	locale: Locale,
): { label: string; cells: BoardCell[] }[] {
	const gauge = (key: "rSquared" | "nagelkerke" | "tjur", name: string) => ({
		label: locale.text(`model.${name}`),
		cells: models.map((model) => gaugeCell(model?.[key] ?? null, DIGITS)),
		isThere: models.some((model) => (model?.[key] ?? null) !== null),
	});
	const count = (key: "n" | "schools", name: string) => ({
		label: locale.text(`model.${name}`),
		cells: models.map((model) => sizeCell(model?.[key])),
		isThere: models.some((model) => (model?.[key] ?? null) !== null),
	});
	return [
		...[gauge("rSquared", "r-squared"), gauge("nagelkerke", "nagelkerke"), gauge("tjur", "tjur")],
		...[count("n", "teachers"), count("schools", "schools")],
	].filter(({ isThere }) => isThere);
}

/** The name of a term, taken from its coefficients; factors without their levels. */
function termLabel(term: string, { coefficients }: Model): string {
	const keyOf = (part: string) => part.split("=")[0];
	const own = coefficients.filter((row) => row.term.split(" * ").map(keyOf).join(" * ") === term);
	const labels = own.map(({ label }) => label.split(" × "));
	const parts = own[0]?.term.split(" * ").map((part, place) => {
		const named = labels.map((label) => label[place] ?? "");
		return part.includes("=") ? factorName(named) : named[0];
	});
	return parts?.join(" × ") ?? term;
}

/** "Gender" from "Gender: Male"; with several levels, their common prefix. */
function factorName(labels: readonly string[]): string {
	const [first = ""] = labels;
	const differs = labels.find((label) => label !== first) ?? first;
	const shared = [...first].findIndex((letter, place) => letter !== differs[place]);
	const end = first.lastIndexOf(": ", shared < 0 ? first.length : shared);
	return end < 0 ? first : first.slice(0, end);
}
