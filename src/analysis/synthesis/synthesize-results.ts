import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { membershipOf, partBeside } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { Labels, Note, ResultKind, ResultsOf } from "../../results/result-set.js";
import type { ExclusionReason, MemberFigure, ModeratorTest, Synthesis } from "../../results/syntheses.js";
import type { SynthesisSettings } from "../../settings/synthesis.js";
import {
	betweenSubgroups,
	leaveOneOut,
	type MetaAnalysis,
	metaAnalysis,
	type StudyEffect,
} from "../../stats/meta-analysis.js";
import { normalQuantile } from "../../stats/quantiles.js";
import { type Language, loadLocale } from "../../wording/locale.js";
import { makeNote } from "../result/notes.js";
import { rowsOf, type SynthesisSource, type SystemFigure } from "./synthesis-rows.js";

/** Settings of a synthesis, besides its rows. */
interface Options {
	settings: SynthesisSettings;
	/** Confidence level, such as 0.95. */
	level: number;
	codebook: Codebook | undefined;
}

/**
 * Adds a synthesis over systems (random or common effects) for each row or term, one per level of education. Averages
 * do not count as systems. If a whole repeats the teachers of its parts, the parts stay and the whole is left out.
 * @throws UserError if no figure has two systems, or the moderator is not an average.
 */
export function withSyntheses<K extends ResultKind>(
	results: ResultsOf<K>,
	settings: SynthesisSettings | null,
	codebook: Codebook | undefined,
	language: Language,
): ResultsOf<K> {
	if (settings === null) return results;
	const level = typeof results.settings.level === "number" ? results.settings.level : 0.95;
	const options = { settings, level, codebook };
	const found = rowsOf(results).map((row) => ofRow(row, options));
	const syntheses = found.flatMap(({ syntheses }) => syntheses);
	if (syntheses.length === 0) {
		throw new UserError("there are no figures of two systems to combine", {
			hint: "keep country among the breakdowns, and give data of several systems",
		});
	}
	const tests = found.flatMap(({ tests }) => tests);
	return {
		...results,
		syntheses,
		...(settings.moderator === null ? {} : { moderatorTests: tests }),
		notes: [...results.notes, ...notesOf(syntheses, results.labels, language)],
	};
}

/** A row's synthesis over all systems, and over subgroups if there is a moderator. */
function ofRow(row: SynthesisSource, options: Options): { syntheses: Synthesis[]; tests: ModeratorTest[] } {
	const { kept, excluded } = chosen(row, options);
	if (kept.length < 2) return { syntheses: [], tests: [] };
	const whole = synthesisOf(row, kept, excluded, options);
	const { moderator } = options.settings;
	if (moderator === null) return { syntheses: [whole], tests: [] };
	const isMember = membersOf(moderator, row, kept, options.codebook);
	const parts = [true, false].map((inside) => {
		const level = inside ? "member" : "other";
		const own = kept.filter(({ system }) => isMember(system) === inside);
		return own.length === 0
			? []
			: [{ ...synthesisOf(row, own, [], options), moderator: { variable: moderator, level } }];
	});
	const subgroups = parts.flat();
	const onScale = (one: Synthesis): StudyEffect => scaledEffect(one.estimate, one.se, row.isPercent);
	const tests =
		subgroups.length < 2
			? []
			: [{ of: row.of, variable: moderator, ...betweenSubgroups(subgroups.map(onScale)) }];
	return { syntheses: [whole, ...subgroups], tests };
}

interface Kept extends SystemFigure {
	estimate: number;
	se: number;
}

/** Systems with a usable figure, and why others are excluded. */
function chosen(
	{ figures, isPercent }: SynthesisSource,
	{ settings, codebook }: Options,
): { kept: Kept[]; excluded: Synthesis["excluded"] } {
	const excluded: Synthesis["excluded"] = [];
	const leave = (system: string, why: ExclusionReason) => void excluded.push({ system, why });
	const usable = figures.filter((figure): figure is Kept => {
		const { system, estimate, se, flag } = figure;
		if (settings.excludeCaution && flag !== undefined) leave(system, "caution");
		else if (estimate === null) leave(system, "no-figure");
		else if (isPercent && (estimate <= 0 || estimate >= 100)) leave(system, "at-the-edge");
		else if (se === null || !(se > 0)) leave(system, "no-error");
		else return true;
		return false;
	});
	const codes = usable.map(({ system }) => system);
	const hasParts = (system: string) =>
		codes.some((part) => codebook?.systems?.[part]?.partOf === system && partBeside(codebook, part, codes));
	const kept = usable.filter(({ system }) => {
		if (hasParts(system)) leave(system, "parts-are-in");
		return !hasParts(system);
	});
	return { kept, excluded };
}

/** Whether a system is a member of an average at the level of the row. */
function membersOf(
	moderator: string,
	{ of }: SynthesisSource,
	kept: readonly Kept[],
	codebook: Codebook | undefined,
): (system: string) => boolean {
	if (codebook === undefined) {
		throw new UserError(`nobody knows the members of ${moderator}`, { hint: "leave out --moderator" });
	}
	const codes = kept.map(({ system }) => system);
	const { members } = membershipOf(codebook, moderator, of.group.population ?? null, codes);
	// A part of a member counts as a member.
	return (system) =>
		members.includes(system) || members.includes(entryOf(codebook.systems, system)?.partOf ?? "");
}

function synthesisOf(
	{ of, isPercent }: SynthesisSource,
	kept: readonly Kept[],
	excluded: Synthesis["excluded"],
	{ settings, level }: Options,
): Synthesis {
	const { method, test } = settings;
	const effects = kept.map(({ estimate, se }) => scaledEffect(estimate, se, isPercent));
	const asked = { method, test, level };
	const own = metaAnalysis(effects, asked);
	const back = isPercent ? percentOf : (value: number) => value;
	const shown = (value: number | null) => (value === null ? null : back(value));
	const { shares, tau2Se: _, se, p, ...numbers } = own;
	const estimate = back(own.estimate);
	const others = kept.length < 3 ? null : leaveOneOut(effects, asked).map((one) => onOwnScale(one, back));
	const reach = normalQuantile((1 + level) / 2);
	return {
		of,
		members: kept.map(({ system }) => system),
		excluded,
		method,
		test,
		scale: isPercent ? "logit" : "own",
		...numbers,
		estimate,
		// By the delta method.
		se: isPercent ? (se * estimate * (100 - estimate)) / 100 : se,
		...{ ciLow: back(own.ciLow), ciHigh: back(own.ciHigh) },
		p: isPercent ? null : p,
		...{ piLow: shown(own.piLow), piHigh: shown(own.piHigh) },
		leaveOneOut: others === null ? null : ends(others, kept),
		figures: kept.map(({ estimate: figure, se: error, flag }, place): MemberFigure => {
			const effect = effects[place] as StudyEffect;
			return {
				...{ estimate: figure, se: error },
				ciLow: back(effect.estimate - reach * effect.se),
				ciHigh: back(effect.estimate + reach * effect.se),
				weight: shares[place] as number,
				without: others?.[place] ?? null,
				...(flag === undefined ? {} : { flag }),
			};
		}),
	};
}

type Without = NonNullable<MemberFigure["without"]>;

function onOwnScale({ estimate, ciLow, ciHigh }: MetaAnalysis, back: (value: number) => number): Without {
	return { estimate: back(estimate), ciLow: back(ciLow), ciHigh: back(ciHigh) };
}

/** Range of the leave-one-out estimates, and the system behind each end. */
function ends(without: readonly Without[], kept: readonly Kept[]): Synthesis["leaveOneOut"] {
	const estimates = without.map(({ estimate }) => estimate);
	const [min, max] = [Math.min(...estimates), Math.max(...estimates)];
	const who = (value: number) => kept[estimates.indexOf(value)]?.system ?? "";
	return { min, max, minLeaves: who(min), maxLeaves: who(max) };
}

/** A percentage and its standard error on the logit scale. */
function scaledEffect(estimate: number, se: number, isPercent: boolean): StudyEffect {
	if (!isPercent) return { estimate, se };
	const share = estimate / 100;
	return { estimate: Math.log(share / (1 - share)), se: se / 100 / (share * (1 - share)) };
}

function percentOf(logit: number): number {
	return 100 / (1 + Math.exp(-logit));
}

/** Excluded systems by reason; the rows list them individually. */
function notesOf(syntheses: readonly Synthesis[], labels: Labels | undefined, language: Language): Note[] {
	const note = makeNote(loadLocale(language));
	const by = new Map<ExclusionReason, Set<string>>();
	for (const { system, why } of syntheses.flatMap(({ excluded }) => excluded)) {
		by.set(why, (by.get(why) ?? new Set()).add(system));
	}
	const nameOf = (system: string) => labels?.groups.country?.values[system] ?? system;
	return [...by].map(([why, found]) => {
		const systems = [...found].sort();
		const words = { systems: systems.map(nameOf).join(", ") };
		return note(`synthesis-${why}`, { systems: systems.join(", ") }, undefined, words);
	});
}
