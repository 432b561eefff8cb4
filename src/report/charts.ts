import { entryOf } from "../base/entry-of.js";
import { UserError } from "../base/errors.js";
import { didYouMean } from "../base/suggest.js";
import type { Turn } from "../base/turn.js";
import {
	CHART_KINDS,
	chartSpec,
	fittedSvg,
	kindsFor,
	lookFor,
	narrowSpec,
	renderSvgs,
	type SpecOptions,
	sizeNamed,
	type TopLevelSpec,
} from "../chart/index.js";
import { takingTurns } from "../platform/turns.js";
import type { Comparison, ResultSet } from "../results/result-set.js";
import { tellsSamples } from "../results/samples.js";
import { type Locale, loadLocale } from "../wording/locale.js";
import type { Report } from "./analyse.js";
import type { ReportConfig } from "./config.js";
import { ofTopics, type ReportPart, subjectsIn } from "./parts.js";

/** A drawing of a part, by topic where the part has several. */
export interface Chart {
	/** Name of its files, and of its place on the page. */
	id: string;
	spec: TopLevelSpec;
	/** The same for a narrow screen, where the kind can be laid out for one. */
	narrow: TopLevelSpec | null;
	/** The same as a picture to be shared by itself. */
	share(): Promise<string>;
}

/** A chart with its drawings in each of the charts' themes, of which light is the first. */
export interface Drawn extends Chart {
	svgs: readonly string[];
	narrowSvgs: readonly string[] | null;
}

/** The size that social networks use beside a link. */
export const SHARED = sizeNamed("social");

/** Path of a chart's picture for sharing. */
export function sharedPath(id: string): string {
	return `charts/share/${id}.png`;
}

/**
 * Draws the charts of a report, one after the other: each takes much memory.
 * @param onDrawn Called with the number drawn and the total.
 */
export async function drawn(
	report: Report,
	signal?: AbortSignal,
	onDrawn?: (done: number, all: number) => void,
): Promise<Drawn[]> {
	const made: Drawn[] = [];
	const turn = takingTurns(signal);
	const charts = await chartsOf(report, turn);
	for (const chart of charts) {
		await turn();
		const narrowSvgs = chart.narrow === null ? null : await renderSvgs(chart.narrow);
		made.push({ ...chart, svgs: await renderSvgs(chart.spec), narrowSvgs });
		onDrawn?.(made.length, charts.length);
	}
	return made;
}

/** Name of a part's table and, with a topic or grid, of a chart. */
export function chartId({ kind, by }: ReportPart, subject?: string): string {
	const names: Record<ReportPart["kind"], string | null> = {
		rates: null,
		breakdown: `by-${by}`,
		differences: `between-${by}`,
		gaps: "gaps",
		means: "means",
		answers: "answers",
		models: `model-${by}`,
		relations: `relation-${by}`,
		change: "change",
	};
	// A column of the file may be called anything.
	return [subject, names[kind]]
		.filter((part) => part !== undefined && part !== null)
		.join("-")
		.replace(/[^\p{L}\p{N}_-]+/gu, "-");
}

/** The drawings of a report, in the order of its page. */
async function chartsOf({ config, parts, language }: Report, turn: Turn): Promise<Chart[]> {
	const wanted: Record<typeof config.charts, readonly ReportPart["kind"][]> = {
		none: [],
		topics: ["rates", "gaps", "answers", "models", "change"],
		all: ["rates", "breakdown", "differences", "gaps", "means", "answers", "models", "change"],
	};
	const locale = loadLocale(language);
	const figures = parts
		.filter(({ kind }) => wanted[config.charts].includes(kind))
		.flatMap((part) =>
			drawable(part, parts).map(({ subject, results }) => ({ id: chartId(part, subject), results })),
		);
	checkNames(
		config,
		figures.map(({ id }) => id),
	);
	const charts: Chart[] = [];
	for (const { id, results } of figures) {
		await turn();
		const options = optionsFor(results, entryOf(config.kinds, id), config, locale);
		if (options === null) continue;
		const share = () => fittedSvg(results, options, SHARED);
		charts.push({ id, spec: chartSpec(results, options), narrow: narrowSpec(results, options), share });
	}
	return charts;
}

/** Checks the kinds that a config asks for before the work begins. @throws UserError for an unknown kind. */
export function checkKinds({ kinds, path }: ReportConfig): void {
	const unknown = Object.values(kinds).find((kind) => !CHART_KINDS.some((known) => known === kind));
	if (unknown === undefined) return;
	throw new UserError(`kinds names "${unknown}", which is not a kind of chart`, {
		where: { file: path },
		hint: didYouMean(unknown, CHART_KINDS),
	});
}

/**
 * @throws UserError where the config names a kind for a chart that the report does not have.
 */
function checkNames({ kinds, path }: ReportConfig, ids: readonly string[]): void {
	const unknown = Object.keys(kinds).find((id) => !ids.includes(id));
	if (unknown === undefined) return;
	throw new UserError(`kinds names ${unknown}, which is not a chart of this report`, {
		where: { file: path },
		hint: ids.length === 0 ? "charts: none draws none" : didYouMean(unknown, ids),
	});
}

function drawable(
	{ kind, results }: ReportPart,
	parts: readonly ReportPart[],
): { subject?: string; results: ResultSet }[] {
	if (kind === "gaps" || kind === "means" || kind === "models") return [{ results }];
	const shown = kind === "change" ? drawnChanges(results, parts) : results;
	return subjectsIn(shown).map(({ id, topics }) => ({ subject: id, results: ofTopics(shown, topics) }));
}

/**
 * Changes of all teachers in the percentages that the report shows of them, or else in a topic's means; those of every
 * group by itself, and of distributions, are in the tables.
 */
function drawnChanges(results: ResultSet, parts: readonly ReportPart[]): ResultSet {
	const isSample = ({ group }: Comparison) => Object.keys(group).every((id) => tellsSamples(id));
	const keyOf = ({ topic, item }: { topic: string; item: string }) => JSON.stringify([topic, item]);
	const rates = new Set(
		parts
			.filter(({ kind }) => kind === "rates" || kind === "gaps")
			.flatMap(({ results }) => results.estimates)
			.filter(({ statistic }) => statistic === "percent")
			.map(keyOf),
	);
	const own = results.comparisons.filter(isSample);
	const percentages = own.filter((row) => row.statistic === "percent" && rates.has(keyOf(row)));
	const topics = new Set(percentages.map(({ topic }) => topic));
	const means = own.filter(({ topic, statistic }) => statistic === "mean" && !topics.has(topic));
	return { ...results, comparisons: [...percentages, ...means] };
}

/**
 * Null where the results have nothing that can be drawn, such as a topic whose figures are all hidden.
 * @throws UserError where the kind asked for cannot show them.
 */
function optionsFor(
	results: ResultSet,
	kind: string | undefined,
	{ highlight, "benchmark-line": benchmarkLine }: ReportConfig,
	locale: Locale,
): SpecOptions | null {
	const shown = [
		...results.estimates.map(({ estimate }) => estimate),
		...results.comparisons.map(({ difference }) => difference),
		...(results.models ?? []).flatMap(({ coefficients }) => coefficients.map(({ estimate }) => estimate)),
	];
	if (shown.every((number) => number === null)) return null;
	if (kind === undefined && kindsFor(results).length === 0) return null;
	const look = lookFor(results, kind, { highlight, benchmarkLine });
	return { locale, ...(kind === undefined ? {} : { kind }), ...look };
}
