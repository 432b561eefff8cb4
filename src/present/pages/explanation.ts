import { plain } from "../../base/escape.js";
import type { Explanation } from "../../results/explanation.js";
import { intervalName } from "../../wording/design-line.js";
import type { Locale } from "../../wording/locale.js";
import { numberText } from "../../wording/numbers.js";
import { sentencesIn } from "../../wording/sentences.js";
import { dotPlot } from "../terminal/dot-plot.js";
import { fold } from "../text/text-width.js";
import type { View } from "../view.js";

/** A percentage and everything it is made of, in plain words, as a page for the terminal. */
export function renderExplanation(explanation: Explanation, { locale, width }: View): string {
	const say = wordsOf(explanation, locale);
	const paragraphs = [
		[say("head"), say("figure")],
		[say("who"), ...whoIsNot(explanation, locale)],
		[say("formula"), say("formula-numbers")],
		...errorOf(explanation, say, locale, Math.min(width, 72)),
		[say(explanation.replicates.length > 0 ? "df" : "df-linear")],
		[say(explanation.estimate.df === null ? "interval-z" : "interval"), say("meaning")],
		[publishedOf(explanation, locale)],
	];
	const folded = paragraphs.map((lines) =>
		lines.flatMap((line) => (isPlot(line) ? [line] : fold(line, width))).join("\n"),
	);
	// Breaks code only where R allows it.
	const inR = [
		...fold(say("r"), width),
		...explanation.inR.flatMap((line) => codeLines(line, locale, width - 4)).map((line) => `    ${line}`),
	];
	return `${[...folded, inR.join("\n")].join("\n\n")}\n`;
}

/** A line of code with its comment in the reader's language. */
function codeLines(line: string, { language }: Locale, width: number): string[] {
	const [, code = "", comment = ""] = /^( *|.*\S {2})# (.*)$/.exec(line) ?? [];
	const isComment = code.trim() === "" || comment === NO_WEIGHT;
	if (comment === "" || !isComment) return [`${/^ */.exec(line)?.[0]}${plain(line)}`];
	const said = plain(sentencesIn("drafts", language)(comment));
	if (code.trim() !== "") return [`${code}# ${said}`];
	return fold(said, width - code.length - 2).map((part) => `${code}# ${part}`);
}

/** The one comment that stands behind code: beside others a # may be of a text. */
const NO_WEIGHT = "No weight.";

function isPlot(line: string): boolean {
	return line.includes("•") || line.includes("┴");
}

type Say = (key: string) => string;

function wordsOf(explanation: Explanation, locale: Locale): Say {
	const { estimate, weights, rows, counts, design, constant, t, results } = explanation;
	const number = (value: number | null, digits: number) =>
		value === null ? "–" : numberText(value, digits, locale);
	const group = Object.entries(estimate.group).map(
		([id, value]) => results.labels?.groups[id]?.values[value] ?? value,
	);
	const { level = 0.95 } = results.settings;
	const values = {
		label: plain(estimate.label),
		group: plain(group.join(", ")) || locale.text("explain.everybody"),
		base: results.labels?.bases[estimate.base] ?? estimate.base,
		estimate: number(estimate.estimate, 2),
		se: number(estimate.se, 3),
		low: number(estimate.ciLow, 2),
		high: number(estimate.ciHigh, 2),
		method: estimate.ciMethod === null ? "" : intervalName(estimate.ciMethod, locale),
		n: number(estimate.n ?? 0, 0),
		...{ yes: number(counts.yes, 0), no: number(counts.no, 0) },
		...{ all: number(rows.all, 0), selected: number(rows.selected, 0), rows: number(rows.group, 0) },
		yesWeight: number(weights.yes, 1),
		validWeight: number(weights.valid, 1),
		coverage: number(estimate.coverage, 1),
		replicates: design.replicates,
		constant: constant === null ? "c" : shortNumber(constant, locale),
		df: estimate.df ?? "∞",
		rank: (estimate.df ?? 0) + 1,
		t: number(t, 3),
		level: number(100 * level, 0),
	};
	return (key) => locale.text(`explain.${key}`, values);
}

/** Without trailing zeros. */
function shortNumber(value: number, locale: Locale): string {
	const [, decimals = ""] = String(Number(value.toPrecision(6))).split(".");
	return numberText(value, decimals.length, locale);
}

/** Members of the group who are not counted, by reason; reasons without teachers are left out. */
function whoIsNot({ counts, rows }: Explanation, locale: Locale): string[] {
	const { missing, notReached, omitted } = counts;
	const isTold = notReached !== null && omitted !== null;
	const reasons: [key: string, count: number][] = [
		["conditions", rows.all - rows.selected],
		["routed", counts.notApplicable],
		["not-administered", counts.notAdministered],
		...(isTold
			? ([
					["not-reached", notReached],
					["omitted", omitted],
					["empty", missing - notReached - omitted],
				] as [string, number][])
			: ([["missing", missing]] as [string, number][])),
	];
	return reasons.flatMap(([key, count]) =>
		count === 0 ? [] : [`  ${locale.text(`explain.not.${key}`, { count: locale.number(count, 0) })}`],
	);
}

function errorOf({ replicates, estimate }: Explanation, say: Say, locale: Locale, width: number): string[][] {
	if (replicates.length === 0) return [[say("error-linear")]];
	const plot = dotPlot(replicates, estimate.estimate as number, width, (value) =>
		numberText(value, 1, locale),
	);
	return [[say("error")], plot];
}

function publishedOf({ published }: Explanation, locale: Locale): string {
	const [row] = published;
	if (row === undefined || row.estimate === null) return locale.text("explain.unpublished");
	return locale.text("explain.published", {
		estimate: numberText(row.estimate, 2, locale),
		se: row.se === null ? "–" : numberText(row.se, 3, locale),
		cycle: row.cycle,
	});
}
