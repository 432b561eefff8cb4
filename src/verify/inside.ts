import { withSyntheses } from "../analysis/synthesis/synthesize-results.js";
import { UserError } from "../base/errors.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import { adjustAll, type Family } from "../compare/families.js";
import { subjectKey } from "../compare/figured.js";
import { testOf } from "../compare/t-test.js";
import { combine } from "../estimate/combine.js";
import { differencesOf, type ResultDifference } from "../results/differences.js";
import { groupKey } from "../results/group-key.js";
import { possible } from "../results/possible.js";
import {
	type Comparison,
	type Estimate,
	isAverage,
	type ResultKind,
	type ResultSet,
	type ResultsOf,
} from "../results/result-set.js";
import type { SynthesisSettings } from "../settings/synthesis.js";
import { followingFrom } from "./row-inside.js";

/**
 * Numbers that contradict the rest of the results: intervals, design effects, differences with their tests and adjusted
 * p-values, errors of independent samples, averages, syntheses. Numbers that only the data determine are not checked.
 */
export function contradictionsIn(results: ResultSet): ResultDifference[] {
	const near = possible(results);
	// Protected numbers are rounded independently, and a report may hold several figures with one name.
	const isLoose = results.settings.protect === true || results.kind === "report";
	return differencesOf(results, isLoose ? near : recomputed(near));
}

/** The same results with every derived number recomputed. */
function recomputed(results: ResultSet): ResultSet {
	const { settings } = results;
	const estimates = results.estimates.map((row) => {
		const own = { ...row, ...averageOf(row, results) };
		return { ...own, ...followingFrom(own, results) };
	});
	const compared = results.comparisons.map((row) => ({ ...row, ...differenceOf(row, results) }));
	const comparisons = adjustAll(compared, settings.adjust as "holm", (settings.family ?? "group") as Family);
	const known = settings.adjust === undefined ? compared : comparisons;
	return { ...results, estimates, comparisons: known, ...togetherOf(results) } as ResultSet;
}

/** Recomputes syntheses from the figures of their systems. Skipped if the codebook is no longer installed. */
function togetherOf(results: ResultSet): Pick<ResultSet, "syntheses" | "moderatorTests"> {
	const { syntheses, moderatorTests, ...apart } = results;
	const { synthesis } = results.settings as { synthesis?: SynthesisSettings };
	if (syntheses === undefined || synthesis === undefined || !codebookIds().includes(results.codebook.id))
		return {};
	const again = putTogether(apart as ResultsOf<ResultKind>, synthesis);
	return {
		syntheses: again.syntheses ?? [],
		...(moderatorTests === undefined ? {} : { moderatorTests: again.moderatorTests ?? [] }),
	};
}

function putTogether(apart: ResultsOf<ResultKind>, synthesis: SynthesisSettings): ResultsOf<ResultKind> {
	try {
		// The language does not matter, because words are not compared.
		return withSyntheses(apart, synthesis, loadCodebook(apart.codebook.id), "en");
	} catch (error) {
		// No figure has two systems, so every saved synthesis contradicts the rows.
		if (error instanceof UserError) return apart;
		throw error;
	}
}

/**
 * Recomputes a comparison: the sides from the estimates of their groups, the rest from the sides, the error and the
 * degrees of freedom.
 */
function differenceOf(row: Comparison, { settings, estimates }: ResultSet): Partial<Comparison> {
	const { a, b, kind, difference, se, df } = row;
	if (difference === null || se === null || a.estimate === null || b.estimate === null) return {};
	const own = { ...row, ...sidesOf(row, estimates) };
	const independent =
		kind === "independent" && a.se !== null && b.se !== null && !isAverage(row.group.country);
	const error = independent ? Math.hypot(own.a.se as number, own.b.se as number) : se;
	const exact = {
		difference: (own.a.estimate as number) - (own.b.estimate as number),
		se: error,
		df: df ?? Number.POSITIVE_INFINITY,
	};
	return { a: own.a, b: own.b, ...testOf(exact, settings.level ?? 0.95, "design") };
}

/** Takes the sides from the estimates of the same results, if present. */
function sidesOf(row: Comparison, estimates: readonly Estimate[]): Pick<Comparison, "a" | "b"> {
	const side = (name: "a" | "b") => {
		const { between, group, item, topic } = row;
		const level = between[name];
		const isItem = between.variable === "item";
		const isTopic = between.variable === "topic";
		const [ofTopic, ofItem] = level.includes(":") && isItem ? level.split(":") : [topic, level];
		const of = isItem ? { topic: ofTopic, item: ofItem } : isTopic ? { topic: level, item } : { topic, item };
		const own = isItem || isTopic ? group : { ...group, [between.variable]: level };
		const found = estimates.find(
			(one) =>
				subjectKey({ ...row, ...of } as Comparison) === subjectKey(one) &&
				groupKey(one.group) === groupKey(own),
		);
		if (found === undefined || found.estimate === null) return row[name];
		return { ...row[name], estimate: found.estimate, se: found.se, n: found.n };
	};
	return { a: side("a"), b: side("b") };
}

/** Recomputes a simple average from its members, which a note names. */
function averageOf(row: Estimate, { estimates, settings, notes, kind }: ResultSet): Partial<Estimate> {
	const { country } = row.group;
	const [, id] = /^average:(.+?)-\d+(?:-of-\d+)?$/.exec(country ?? "") ?? [];
	if (id === undefined || kind === "published" || (settings.averageKind ?? "simple") !== "simple") return {};
	const note = notes.find(
		({ code, detail, group = {} }) =>
			code === "average-members" &&
			detail?.average === id &&
			Object.entries(group).every(([name, value]) => (row.group[name] ?? value) === value),
	);
	const named = note?.detail?.members;
	const codes = typeof named === "string" ? named.split(", ") : [];
	const members = estimates.filter(
		(one) =>
			subjectKey(one) === subjectKey(row) &&
			one.estimate !== null &&
			one.se !== null &&
			codes.includes(one.group.country ?? "") &&
			groupKey({ ...one.group, country: "" }) === groupKey({ ...row.group, country: "" }),
	);
	if (members.length === 0) return {};
	const whole = combine(
		members.map(({ estimate, se, df }) => ({
			estimate: estimate as number,
			se: se as number,
			df: df ?? Number.POSITIVE_INFINITY,
			coefficient: 1 / members.length,
		})),
	);
	return { estimate: whole.estimate, se: whole.se };
}
