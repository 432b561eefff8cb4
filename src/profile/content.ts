import type { ProfileFigures } from "../analysis/questions/profile.js";
import { groupBy } from "../base/group-by.js";
import { differencesFinding } from "../findings/differences.js";
import { inWords } from "../findings/finding.js";
import { gapTopicsOf } from "../results/gap-topics.js";
import { baseName, topicLabel, topicTitle, valueName } from "../results/labels.js";
import { type Comparison, type Estimate, isAverage, type ResultSet } from "../results/result-set.js";
import { alphaOf, isSignificant } from "../results/significance.js";
import { SUMMARIES } from "../results/summaries.js";
import { methodText } from "../wording/design-line.js";
import { groupName } from "../wording/group-names.js";
import type { Locale } from "../wording/locale.js";
import { digitsOf, levelText, numberText, percentText, signedText } from "../wording/numbers.js";

/** A number in large type and the text beside it. */
export interface LargeNumber {
	value: string;
	label: string;
	/** The average, and the number's distance from it. */
	beside: string;
}

/** An item on an axis of percentages. */
export interface Strip {
	label: string;
	/** Percentages of all other systems. */
	others: readonly number[];
	average: number | null;
	own: number;
	low: number | null;
	high: number | null;
	value: string;
	/** The difference from the average, with ▲ or ▼ where it is significant. */
	beside: string;
}

/** Strips of one topic. */
export interface StripGroup {
	title: string;
	base: string;
	/** The note printed if only some strips fit. */
	kept(shown: number): string;
	strips: readonly Strip[];
}

/** An item in an earlier and in the current cycle. */
export interface Change {
	label: string;
	earlier: number;
	later: number;
	value: string;
	difference: string;
}

/** Everything a profile says, in one language; the page only has to lay it out. */
export interface ProfileContent {
	name: string;
	subtitle: string;
	finding: string;
	/** Warns that the data are synthetic; null for real data. */
	warning: string | null;
	numbers: readonly LargeNumber[];
	topics: readonly StripGroup[];
	/** How to read the strips. */
	legend: { systems: string; average: string | null; own: string };
	changes: { title: string; note: string; rows: readonly Change[] };
	needs: StripGroup | null;
	/** Method and sources. */
	lines: readonly string[];
}

const MARKS = { above: "▲", below: "▼", same: "=" } as const;
const NUMBERS = 3;
const MOST_CHANGES = 8;
const MOST_NEEDS = 6;

/** Turns the figures of a country's profile into text and marks. */
export function contentOf(figures: ProfileFigures, locale: Locale): ProfileContent {
	const { country, current, level, changes } = figures;
	const name = groupName({ country }, current);
	const average = current.comparisons[0]?.between.b;
	const finding = differencesFinding(current, locale);
	return {
		name,
		subtitle: [locale.text("profile.about"), current.codebook.title, level].join(" · "),
		finding: finding === null ? "" : inWords(finding, locale),
		warning: current.source.some(({ synthetic }) => synthetic === true)
			? locale.text("note.synthetic-data")
			: null,
		numbers: largeNumbers(figures, locale),
		topics: topicStrips(figures, locale),
		legend: {
			systems: locale.text("profile.systems"),
			average: average === undefined ? null : valueName("country", average, current),
			own: name,
		},
		changes: changeRows(changes, locale),
		needs: needStrips(figures, locale),
		lines: sourceLines(figures, locale),
	};
}

function ownRows({ country, current }: ProfileFigures): Estimate[] {
	return current.estimates.filter(({ group, estimate }) => group.country === country && estimate !== null);
}

/**
 * Participation in any activity, the number of types, and single-item topics; then the items with the highest
 * participation.
 */
function largeNumbers(figures: ProfileFigures, locale: Locale): LargeNumber[] {
	const rows = ownRows(figures);
	const [topic = ""] = (figures.headline ?? "").split(":");
	const alone = [...groupBy(rows, (row) => row.topic).values()].filter((own) => own.length === 1).flat();
	const chosen = [
		...rows.filter((row) => `${row.topic}:${row.item}` === figures.headline),
		...rows.filter((row) => row.topic === topic && row.statistic === "mean"),
		...alone,
		...rows.filter((row) => row.topic === topic && isPlain(row)).sort(byEstimate),
	];
	return [...new Set(chosen)].slice(0, NUMBERS).map((row) => ({
		value: figureText(row.estimate, row, locale),
		label: row.label,
		beside: besideText(row, figures.current, locale),
	}));
}

/** "OECD average-27: 84.5% · +7.3 ▲"; empty if there is no average. */
function besideText(row: Estimate, current: ResultSet, locale: Locale): string {
	const test = testOf(row, current);
	if (test === undefined) return "";
	const name = valueName("country", test.between.b, current);
	return `${name}: ${figureText(test.b.estimate, row, locale)} · ${differenceText(test, current, locale)}`;
}

function figureText(value: number | null, { statistic }: Estimate, locale: Locale): string {
	return statistic === "percent" && value !== null
		? percentText(value, locale)
		: numberText(value, digitsOf(statistic), locale);
}

/** "+7.3 ▲"; the arrow appears only if the difference is significant. */
function differenceText(test: Comparison, results: ResultSet, locale: Locale): string {
	const significant = isSignificant(test, results.settings);
	if (significant === null || test.difference === null) return "";
	const mark = !significant ? MARKS.same : test.difference > 0 ? MARKS.above : MARKS.below;
	return `${signedText(test.difference, digitsOf(test.statistic), locale)} ${mark}`;
}

function testOf(row: Estimate, { comparisons }: ResultSet): Comparison | undefined {
	return comparisons.find(
		(test) =>
			test.topic === row.topic &&
			test.item === row.item &&
			test.base === row.base &&
			test.statistic === row.statistic,
	);
}

function isPlain({ item, statistic }: Estimate): boolean {
	return statistic === "percent" && !SUMMARIES.includes(item);
}

function byEstimate(a: Estimate, b: Estimate): number {
	return (b.estimate ?? 0) - (a.estimate ?? 0);
}

function topicStrips(figures: ProfileFigures, locale: Locale): StripGroup[] {
	const rows = ownRows(figures).filter(
		(row) => row.statistic === "percent" && `${row.topic}:${row.item}` !== figures.headline,
	);
	return [...groupBy(rows, ({ topic }) => topic)]
		.filter(([topic, own]) => topic !== figures.needs && own.length > 1)
		.map(([topic, own]) => stripGroup(topicLabel(topic, figures.current), own, figures, locale));
}

function stripGroup(
	title: string,
	rows: readonly Estimate[],
	figures: ProfileFigures,
	locale: Locale,
): StripGroup {
	const { current } = figures;
	const bases = new Set(rows.map(({ base }) => base));
	const base = [...bases].map((one) => baseName(one, current)).join(", ");
	return {
		...{ title, base },
		kept: (shown) => locale.text("profile.kept", { base, shown, of: rows.length }),
		strips: rows.map((row) => strip(row, figures, locale)),
	};
}

function strip(row: Estimate, { country, current }: ProfileFigures, locale: Locale): Strip {
	const test = testOf(row, current);
	const others = current.estimates.filter(
		({ topic, item, base, statistic, group, estimate }) =>
			topic === row.topic &&
			item === row.item &&
			base === row.base &&
			statistic === row.statistic &&
			estimate !== null &&
			group.country !== country &&
			group.country !== undefined &&
			!isAverage(group.country),
	);
	return {
		label: row.label,
		others: others.map(({ estimate }) => estimate as number),
		average: test?.b.estimate ?? null,
		own: row.estimate as number,
		low: row.ciLow,
		high: row.ciHigh,
		value: numberText(row.estimate, 1, locale),
		beside: test === undefined ? "" : differenceText(test, current, locale),
	};
}

function changeRows(changes: ResultSet | null, locale: Locale): ProfileContent["changes"] {
	const tested = (changes?.comparisons ?? []).filter(
		({ difference, statistic }) => difference !== null && statistic === "percent",
	);
	const [first] = tested;
	if (changes === null || first === undefined) {
		const title = locale.text("profile.changes-none");
		return { title, note: locale.text("profile.changes-none-note"), rows: [] };
	}
	const significant = tested.filter((row) => isSignificant(row, changes.settings) === true);
	const { a: later, b: earlier } = first.between;
	const size = ({ difference }: Comparison) => Math.abs(difference ?? 0);
	const shown = significant.toSorted((a, b) => size(b) - size(a)).slice(0, MOST_CHANGES);
	const counts = { count: significant.length, of: tested.length, shown: shown.length, earlier, later };
	return {
		title: locale.text("profile.changes", { earlier }),
		note: locale.text(
			shown.length < significant.length ? "profile.changes-largest" : "profile.changes-all",
			counts,
		),
		rows: shown.map((row) => ({
			label: `${row.label} (${topicLabel(row.topic, changes).toLocaleLowerCase(locale.language)})`,
			earlier: row.b.estimate ?? 0,
			later: row.a.estimate ?? 0,
			value: numberText(row.a.estimate, 1, locale),
			difference: differenceText(row, changes, locale),
		})),
	};
}

/** From a file, the unmet needs; otherwise the most frequent needs. */
function needStrips(figures: ProfileFigures, locale: Locale): ProfileContent["needs"] {
	const { unmet, needs, current } = figures;
	if (unmet !== null) {
		const rows = ofTopic(unmet.estimates, gapTopicsOf(unmet as never).unmet);
		if (rows.length > 0) {
			// No publisher reports unmet needs, so there is nothing to compare with.
			const alone = { ...figures, current: { ...unmet, comparisons: [] } };
			const made = stripGroup(locale.text("profile.unmet"), rows.slice(0, MOST_NEEDS), alone, locale);
			return { ...made, base: locale.text("profile.unmet-note") };
		}
	}
	const rows = needs === null ? [] : ofTopic(ownRows(figures), needs);
	if (needs === null || rows.length === 0) return null;
	const made = stripGroup(locale.text("profile.needs"), rows.slice(0, MOST_NEEDS), figures, locale);
	return { ...made, base: topicTitle(needs, current) };
}

function ofTopic(rows: readonly Estimate[], wanted: string): Estimate[] {
	return rows.filter((row) => row.topic === wanted && isPlain(row) && row.estimate !== null).sort(byEstimate);
}

function sourceLines({ current, changes }: ProfileFigures, locale: Locale): string[] {
	const files = [...new Set([...current.source, ...(changes?.source ?? [])].map(({ file }) => file))];
	const { tool, settings, notes } = current;
	const alpha = locale.number(alphaOf(settings), 2);
	const caution = notes.filter(({ code }) => code === "published-flagged").map(({ text }) => text);
	return [
		locale.text("profile.reading", { alpha, level: levelText(settings, locale) }),
		...new Set(caution),
		locale.text("chart.source", { files: files.join("; ") }),
		[methodText(current.design, locale), `${tool.name} ${tool.version}`]
			.filter((one) => one !== "")
			.join("; "),
	];
}
