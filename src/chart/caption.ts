import type { Locale } from "../locale.js";
import type { DesignSummary, IntervalMethod, ResultSet } from "../results.js";
import { groupLabel, topicLabel } from "./names.js";
import type { Layout, Point, Section } from "./shape.js";

const METHODS: Record<string, string> = { "fay-brr": "Fay-BRR", jkn: "JKn" };
/** Methods that have words instead of replicates. */
const WORDED = ["published", "simple", "taylor", "weights-only"];

const INTERVALS: Record<IntervalMethod, string> = {
	logit: "logit",
	wald: "Wald",
	beta: "Korn–Graubard",
	wilson: "Wilson",
	xlogit: "xlogit",
};

/** What is shown: the topic, or the topics where there are several. */
export function chartTitle(results: ResultSet, layout: Layout): string {
	const [first, ...others] = layout.sections;
	if (first !== undefined && others.length === 0) return first.title;
	const topics = new Set(layout.sections.map(({ topic }) => topic));
	return [...new Set([...topics].map((topic) => topicLabel(results, topic)))].join(" · ");
}

/** Paragraphs under the title: survey and groups, then how to read the marks. */
export function subtitle(results: ResultSet, layout: Layout, locale: Locale): string[] {
	const survey = surveyLine(results);
	const level = levelText(results, locale);
	const reading =
		level === null ? locale.text("chart.reading") : locale.text("chart.reading-interval", { level });
	return [
		[survey, ...groupNames(results, layout, locale)].join(" · "),
		...selection(results, locale),
		reading,
	];
}

/** Name of the survey, with its cycle. */
export function surveyLine({ codebook: { title }, settings }: ResultSet): string {
	const cycle = String(settings.cycle ?? "");
	return title.includes(cycle) ? title : `${title}, ${cycle}`;
}

/** The conditions that restrict the whole analysis, as the user wrote them. */
function selection({ settings }: ResultSet, locale: Locale): string[] {
	const { where } = settings;
	if (!Array.isArray(where) || where.length === 0) return [];
	return [locale.text("chart.where", { where: where.join(", ") })];
}

function groupNames(results: ResultSet, layout: Layout, locale: Locale): string[] {
	const { groups, breakdowns } = layout;
	const [first] = groups;
	if (first === undefined) return [];
	const same = Object.keys(first).filter((breakdown) => !breakdowns.includes(breakdown));
	const shared = same.length === 0 ? [] : [groupLabel(results, locale, first, same)];
	if (breakdowns.length === 0) return shared;
	if (layout.rows === "groups") return [...shared, locale.text("chart.groups", { count: groups.length })];
	return [...shared, groups.map((group) => groupLabel(results, locale, group, breakdowns)).join(", ")];
}

/** Who the percentages are of, and of how many answers: the range over the items. */
export function baseLine(section: Section, layout: Layout, locale: Locale): string {
	const points = section.panels.flatMap((panel) => panel.points);
	const base = locale.text("chart.base", { base: section.base });
	if (layout.rows === "groups") {
		const n = range(points, locale);
		return n === null ? base : `${base}; ${locale.text("chart.n-each", { n })}`;
	}
	const counts = layout.series.flatMap(({ key, label }) => {
		const n = range(
			points.filter(({ series }) => series === key),
			locale,
		);
		// No-break spaces: the number must not lose its name at the end of a line.
		return n === null ? [] : [`${label === "" ? "" : `${label}\u00a0`}n\u00a0=\u00a0${n}`];
	});
	return [base, counts.join(", ")].filter((part) => part !== "").join("; ");
}

function range(points: Point[], locale: Locale): string | null {
	const shown = points.filter(({ estimate }) => estimate.estimate !== null);
	const counts = shown.flatMap(({ estimate }) => estimate.n ?? []);
	if (counts.length === 0) return null;
	const low = locale.number(Math.min(...counts), 0);
	const high = locale.number(Math.max(...counts), 0);
	return low === high ? low : `${low}–${high}`;
}

/**
 * Paragraphs of the caption: where the numbers come from and how their intervals were made.
 * @param intervals False where the chart draws no intervals of estimates.
 */
export function caption(results: ResultSet, locale: Locale, intervals = true): string[] {
	const files = results.source.map(({ file }) => file).join(", ");
	const { name, version } = results.tool;
	const methods = [
		intervals ? intervalText(results, locale) : null,
		replicatesText(results.design, locale),
		isUnweighted(results) ? locale.text("chart.unweighted") : null,
		`${name} ${version}`,
	];
	return [
		...(files === "" ? [] : [locale.text("chart.source", { files })]),
		methods.filter((part) => part !== null && part !== "").join("; "),
	];
}

/** A warning that must not be overlooked; null for real data. */
export function syntheticLine(results: ResultSet, locale: Locale): string | null {
	return results.source.some(({ synthetic }) => synthetic) ? locale.text("chart.synthetic") : null;
}

/** Whether every teacher counts as one because the codebook declares that there are no weights. */
function isUnweighted({ design: { weight, method } }: ResultSet): boolean {
	return weight === null && method === "taylor";
}

function intervalText(results: ResultSet, locale: Locale): string | null {
	const level = levelText(results, locale);
	if (level === null) return null;
	const used = new Set(results.estimates.flatMap(({ ciMethod }) => ciMethod ?? []));
	const asked = String(results.settings.ci ?? "");
	const [only] = used;
	// Published figures and averages have no replicates to make the asked interval from.
	const ci = used.size === 1 && only !== undefined ? only : asked;
	const method = Object.hasOwn(INTERVALS, ci) ? INTERVALS[ci as IntervalMethod] : ci;
	return locale.text("chart.interval", { level, method });
}

/** Null where no interval is drawn or its level is not known. */
function levelText(results: ResultSet, locale: Locale): string | null {
	const { level } = results.settings;
	const drawn = results.estimates.some(({ statistic, ciLow }) => statistic === "percent" && ciLow !== null);
	if (!drawn || typeof level !== "number") return null;
	const value = Math.round(level * 1000) / 10;
	return locale.text("chart.percent", { value: locale.number(value, Number.isInteger(value) ? 0 : 1) });
}

function replicatesText({ method, replicates }: DesignSummary, locale: Locale): string | null {
	if (WORDED.includes(method)) return locale.text(`table.method.${method}`);
	if (replicates === 0) return null;
	const name = METHODS[method] ?? method.toUpperCase();
	return locale.text("chart.replicates", { method: name, count: replicates });
}
