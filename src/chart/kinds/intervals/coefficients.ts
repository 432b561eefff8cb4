import type { TopLevelSpec } from "vega-lite";
import { groupBy } from "../../../base/group-by.js";
import { effectsFinding, modelFinding } from "../../../findings/models.js";
import { baseName } from "../../../results/labels.js";
import type { Coefficient, Model, ModelOutcome, ResultSet } from "../../../results/result-set.js";
import { alphaOf } from "../../../results/significance.js";
import { groupLabel, isSummary, valueLabel } from "../../../wording/group-names.js";
import type { Locale } from "../../../wording/locale.js";
import { modelName, referenceLevels } from "../../../wording/model-names.js";
import { levelText, numberText } from "../../../wording/numbers.js";
import { statusText } from "../../../wording/status-text.js";
import type { ChartKind, Drawing } from "../../kind.js";
import type { NamedLine } from "../../parts/average-lines.js";
import { caption, syntheticLine } from "../../parts/caption.js";
import { framed, heading, panelGrid, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import { MAX_SERIES } from "../../parts/entries.js";
import { withInterval } from "../../parts/figure-data.js";
import { groupId } from "../../parts/group-id.js";
import { averagesAmong, groupsOf, varying } from "../../parts/groups-and-items.js";
import { columnsFor, intervalGeometry } from "../../parts/interval-geometry.js";
import { type Ends, type IntervalDatum, intervalPanel, scaleOf } from "../../parts/interval-panel.js";
import { descending } from "../../parts/order.js";
import { sharedBase, sharedGroup, subtitle } from "../../parts/subtitle.js";

/** Columns of panels when panels have many rows. */
const COLUMNS = 3;
const INTERCEPT = "(intercept)";

/** The quantity drawn, and how to read its numbers. */
interface Measure {
	/** The value that means no association, and whether distances are ratios. */
	reference: { reference: number; isLog: boolean };
	digits: number;
	unit: string;
	/** How to read the chart. */
	reading: string;
	numbersOf(row: Coefficient): { value: number | null; low: number | null; high: number | null };
}

const OWN: Measure = {
	reference: { reference: 0, isLog: false },
	digits: 2,
	unit: "forest.coefficient",
	reading: "chart.coefficient-reading",
	numbersOf: ({ estimate, ciLow, ciHigh }) => ({ value: estimate, low: ciLow, high: ciHigh }),
};

const RATIO: Measure = {
	reference: { reference: 1, isLog: true },
	digits: 2,
	unit: "chart.odds-ratio",
	reading: "chart.ratio-reading",
	numbersOf: ({ oddsRatio }) => ({
		value: oddsRatio?.estimate ?? null,
		low: oddsRatio?.ciLow ?? null,
		high: oddsRatio?.ciHigh ?? null,
	}),
};

const EFFECT: Measure = {
	reference: { reference: 0, isLog: false },
	digits: 1,
	unit: "chart.points",
	reading: "chart.effect-reading",
	numbersOf: ({ ame }) => ({
		value: ame?.estimate ?? null,
		low: ame?.ciLow ?? null,
		high: ame?.ciHigh ?? null,
	}),
};

/** Coefficients with their intervals around zero; odds ratios around one for logistic models. */
export const coefficients: ChartKind = {
	shows: "a model",
	canShow: (results) => shownOf(results).some(({ coefficients: rows }) => rows.some(isEstimated)),
	resizes: true,
	takes: ["top"],
	finding: modelFinding,
	draw: (results, locale, drawing) => draw(results, locale, "coefficients", drawing),
};

/** Average marginal effects on shares, in percentage points. */
export const effects: ChartKind = {
	shows: "a logistic model with average marginal effects",
	canShow: (results) =>
		shownOf(results).some(({ coefficients: rows }) =>
			rows.some(({ ame }) => (ame?.estimate ?? null) !== null),
		),
	suits: () => false,
	resizes: true,
	takes: ["top"],
	finding: effectsFinding,
	draw: (results, locale, drawing) => draw(results, locale, "effects", drawing),
};

function isEstimated({ estimate }: Coefficient): boolean {
	return estimate !== null;
}

/** Models without intercepts, which are not effects. */
function shownOf({ models = [] }: ResultSet): Model[] {
	return models.map((model) => ({
		...model,
		coefficients: model.coefficients.filter(({ term }) => term !== INTERCEPT),
	}));
}

/** A coefficient with its model. */
interface Drawn {
	model: Model;
	row: Coefficient;
}

interface Panel {
	key: string;
	outcome: ModelOutcome;
	heading: string;
	below: string[];
	measure: Measure;
	rows: Entry[];
	data: IntervalDatum[];
	/** Averages over systems, drawn as lines rather than rows. */
	lines: NamedLine[];
}

function draw(
	results: ResultSet,
	locale: Locale,
	what: "coefficients" | "effects",
	{ headline, width: wanted }: Drawing,
): TopLevelSpec {
	const models = shownOf(results);
	const measureOf = ({ family }: Model) =>
		what === "effects" ? EFFECT : family === "logistic" ? RATIO : OWN;
	const drawn = models
		.flatMap((model) => model.coefficients.map((row): Drawn => ({ model, row })))
		.filter(({ row }) => what === "coefficients" || row.ame !== null);
	const groups = groupsOf(models);
	const byGroup = groups.length > MAX_SERIES;
	const panels = [...groupBy(drawn, (one) => panelKey(one, byGroup))].map(([key, part]) => {
		const measure = measureOf((part[0] as Drawn).model);
		return panelOf(key, part, { results, locale, measure, groups, byGroup });
	});
	const side = byGroup ? Math.min(columnsFor(wanted, COLUMNS), panels.length) : 1;
	const sizes = intervalGeometry(
		panels.flatMap(({ rows }) => rows.map(({ label }) => label)),
		side,
		wanted,
		panels.flatMap(({ data }) => data.map((row) => row.text)),
	);
	// The chart's title already names the only panel.
	const [only] = panels as [Panel];
	const isAlone = panels.length === 1 && only.heading === only.outcome.label;
	const viewOf = (panel: Panel, shared: readonly Ends[], width: number, names = true): View => {
		const { key, measure, rows, lines } = panel;
		const { columns } = sizes;
		const scale = scaleOf(shared, {
			...measure.reference,
			columns,
			title: names ? locale.text(measure.unit) : null,
		});
		const above = isAlone ? null : heading(panel.heading, width, side === 1 ? panel.below : []);
		return intervalPanel(key, rows, { ...scale, lines }, sizes, locale, above);
	};
	// Panels to be compared with each other share one scale.
	const alike = [
		...groupBy(panels, ({ outcome, measure, below }) => {
			return `${outcome.topic}:${outcome.item} ${measure.unit} ${side === 1 ? "" : below.join()}`;
		}),
	];
	const views = alike.flatMap(([, own]) => {
		const data = own.flatMap((panel) => [
			...panel.data,
			...panel.lines.map(({ value }) => ({ value, low: value, high: value })),
		]);
		if (side === 1) {
			return own.map((panel, place) => viewOf(panel, data, sizes.width, place === own.length - 1));
		}
		const [{ below }] = own as [Panel];
		const width = sizes.labelWidth + sizes.plotWidth;
		const title = below.length === 0 ? null : heading(below.join(" · "), sizes.width);
		return [
			panelGrid(
				own.map((panel) => viewOf(panel, data, width)),
				sizes,
				title,
			),
		];
	});
	const title = titleOf(models, locale);
	const level = levelText(results.settings, locale);
	const spoken = panels.flatMap(({ heading: name, data }) =>
		data.filter(({ filled }) => filled).map(({ label, text }) => `${name}, ${label}: ${text}.`),
	);
	const readings = [...new Set(panels.map(({ measure }) => measure.reading))];
	return framed(
		{
			description: [`${title}.`, ...spoken.slice(0, 8)].join(" "),
			...{ title, headline },
			subtitle: subtitle(results, locale, {
				groups: [sharedGroup(results, models, locale)],
				reading: readings
					.map((key) => locale.text(key, { level, p: locale.number(alphaOf(results.settings), 2) }))
					.join(" · "),
				base: sharedBase(results, models, locale),
				levels: referenceLevels(models, locale),
			}),
			caption: caption(results, locale, false),
			warning: syntheticLine(results, locale),
			width: sizes.width,
			values: panels.flatMap(({ data }) => data),
		},
		views,
	);
}

/** One model per panel; with many groups, one term per panel and one row per group. */
function panelKey({ model: { name = "", outcome, base, group }, row }: Drawn, byGroup: boolean): string {
	const about = [outcome.topic, outcome.item, base, name];
	if (!byGroup) return JSON.stringify([...about, groupId(group)]);
	return JSON.stringify([...about, groupId({ ...group, country: "" }), row.term]);
}

interface Context {
	results: ResultSet;
	locale: Locale;
	measure: Measure;
	groups: readonly Model["group"][];
	byGroup: boolean;
}

function panelOf(
	key: string,
	part: readonly Drawn[],
	{ results, locale, measure, groups, byGroup }: Context,
): Panel {
	const averages = byGroup
		? averagesAmong(part.map((one) => ({ ...one, group: one.model.group }))).map(({ row }) => row)
		: [];
	const systems = part.filter(({ row }) => !averages.includes(row));
	const [{ model, row: first }] = systems as [Drawn];
	const { outcome, base, group, name } = model;
	const data = systems.map(({ model: own, row }): IntervalDatum => {
		const { value, low, high } = measure.numbersOf(row);
		const isSignificant =
			measure === EFFECT
				? low !== null && high !== null && low * high > 0
				: row.p !== null && row.p < alphaOf(results.settings);
		const text =
			value === null
				? statusText(row.status ?? own.status, locale)
				: `${valueText(value, measure, locale)}${isSignificant ? " *" : ""}`;
		return {
			panel: key,
			row: byGroup ? groupId(own.group) : row.term,
			label: byGroup ? groupText(results, locale, own.group, groups) : row.label,
			...{ value, low, high },
			filled: isSignificant,
			text,
			about: withInterval(text, { low, high }, measure.digits, results.settings, locale),
		};
	});
	const lines = part
		.filter(({ row }) => averages.includes(row))
		.flatMap(({ model: own, row }): NamedLine[] => {
			const { value } = measure.numbersOf(row);
			if (value === null) return [];
			const name = groupLabel(results, locale, own.group, ["country"]);
			return [{ label: `${name} ${valueText(value, measure, locale)}`, value }];
		});
	const rows = systems.map(({ model: own }, place): Entry => {
		const { row, label } = data[place] as IntervalDatum;
		return { key: row, label, summary: byGroup && isSummary(own.group) };
	});
	const values = new Map(data.map(({ row, value }) => [row, value ?? Number.NEGATIVE_INFINITY]));
	const names = [
		...(byGroup ? [first.label] : []),
		...(name === undefined ? [] : [modelName(name, results, locale)]),
		...(byGroup ? [] : [groupText(results, locale, group, groups)]),
	].filter((text) => text !== "");
	const { country: _, ...others } = group;
	return {
		...{ key, outcome, measure, data, lines },
		heading: names.length === 0 ? outcome.label : names.join(" · "),
		below: [
			// A single outcome is named in the title, and a single base below it.
			...(names.length > 0 && differ(results, ({ outcome: { label } }) => label) ? [outcome.label] : []),
			...(byGroup ? [groupLabel(results, locale, others, Object.keys(others))] : []),
			...(differ(results, (one) => one.base)
				? [locale.text("chart.base", { base: baseName(base, results) })]
				: []),
		].filter((text) => text !== ""),
		rows: byGroup ? descending(rows, ({ key: row }) => values.get(row) ?? Number.NEGATIVE_INFINITY) : rows,
	};
}

/** Whether models differ in a property. */
function differ({ models = [] }: ResultSet, ofModel: (model: Model) => string): boolean {
	return new Set(models.map(ofModel)).size > 1;
}

/** The values that distinguish a group from the others. */
function groupText(
	results: ResultSet,
	locale: Locale,
	group: Model["group"],
	groups: readonly Model["group"][],
): string {
	const ids = varying([...groups]).filter((id) => id in group);
	if (ids.length === 1) {
		const [id = ""] = ids;
		return valueLabel(results, locale, id, group[id], group);
	}
	return groupLabel(results, locale, group, ids);
}

function titleOf(models: readonly Model[], locale: Locale): string {
	const outcomes = [...new Set(models.map(({ outcome }) => outcome.label))];
	return locale.text("chart.model-title", { outcomes: outcomes.join(" · ") });
}

/** The smallest ratio that two decimals can show. */
const LEAST = 0.01;

function valueText(value: number, { digits, reference }: Measure, locale: Locale): string {
	if (reference.isLog && value < LEAST) return `< ${numberText(LEAST, digits, locale)}`;
	return numberText(value, digits, locale);
}
