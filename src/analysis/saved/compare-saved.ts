import { UserError } from "../../base/errors.js";
import { groupBy } from "../../base/group-by.js";
import { option, say } from "../../base/say.js";
import { codebookOfResults, isComparable, UNKNOWN_CODEBOOK } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { loadCodebook } from "../../codebook/definition/library.js";
import { partsOfSystems } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { compareWithAverage } from "../../compare/against-average.js";
import { averageComparisons } from "../../compare/average-difference.js";
import { averagesOf } from "../../compare/averages-of-systems.js";
import { choosePairs } from "../../compare/choose-pairs.js";
import { pairCycles, type Refusal } from "../../compare/cycle-pairs.js";
import { withEquivalence } from "../../compare/equivalence.js";
import { adjustAll } from "../../compare/families.js";
import { fromEstimate, subjectKey } from "../../compare/figured.js";
import { byBreakdown, comparePairs, levelsOf } from "../../compare/group-pairs.js";
import { countryParts } from "../../compare/parts-of-countries.js";
import { groupKey } from "../../results/group-key.js";
import {
	AVERAGE,
	type ComparisonRow,
	type EstimateRow,
	isAverage,
	type Note,
	type ResultSet,
	type ResultsOf,
} from "../../results/result-set.js";
import type { CompareSettings } from "../../settings/compare.js";
import { type AverageRequest, averageRequest } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";
import { loadLocale } from "../../wording/locale.js";
import {
	averagedRow,
	averageNotes,
	averageOptions,
	countriesOf,
	nothingToAverage,
	partNotes,
} from "../benchmarks/averages.js";
import { nameResults } from "../result/build.js";
import { cautionNotesOf, makeNote } from "../result/notes.js";
import { recordOf } from "../result/settings-record.js";
import { wordsFor } from "../result/words-for.js";
import { withSyntheses } from "../synthesis/synthesize-results.js";
import { checkAlike } from "./alike.js";

/** Results of one cycle with their codebook. */
export interface Cycle {
	cycle: number;
	codebook: Codebook | undefined;
	results: ResultSet[];
}

/**
 * Compares results without their microdata: cycles, countries or populations, which are independent samples.
 * @throws UserError if the question needs the survey files, or nothing can be paired.
 */
export function compareResults(
	results: readonly ResultSet[],
	settings: CompareSettings,
): ResultsOf<"compare"> {
	const cycles = cyclesOf(results, settings.codebook);
	checkAlike(cycles.flatMap(({ codebook, results }) => results.map((result) => ({ result, codebook }))));
	const between = settings.between ?? (cycles.length > 1 ? "cycle" : null);
	if (between === "cycle") return betweenCycles(cycles, settings);
	if (between === "country" || between === "population") return betweenSamples(cycles, between, settings);
	throw new UserError(
		between === null
			? "no comparison is named, and the results are of one cycle"
			: `result files do not tell how ${between} groups vary together`,
		{ hint: between === null ? say`say ${option("between", "country")}` : "give the survey file itself" },
	);
}

/** Results by cycle, the earliest first. */
function cyclesOf(results: readonly ResultSet[], asked: string | null): Cycle[] {
	const given = asked === null ? undefined : loadCodebook(asked);
	const cycles = new Map<number, Cycle>();
	for (const one of results) {
		const { cycle } = one.settings;
		const own = codebookOfResults(one.codebook.id, cycle, given);
		const number = typeof cycle === "number" ? cycle : own?.cycle;
		if (number === undefined) {
			throw new UserError("the results do not say of which cycle they are", {
				...(one.source[0] === undefined ? {} : { where: { file: one.source[0].file } }),
				hint: "put settings.cycle in the file",
			});
		}
		const known = cycles.get(number) ?? { cycle: number, codebook: own, results: [] };
		known.results.push(one);
		cycles.set(number, known);
	}
	return [...cycles.values()].sort((a, b) => a.cycle - b.cycle);
}

function betweenCycles(cycles: readonly Cycle[], settings: CompareSettings): ResultsOf<"compare"> {
	const [only] = cycles;
	if (cycles.length < 2) {
		throw new UserError(`all files are of cycle ${only?.cycle}`, { hint: "give files of two cycles" });
	}
	cycles.forEach(rejectRepeated);
	const names = cycles.map(({ cycle }) => String(cycle)).reverse();
	const pairs = choosePairs(names, "cycle", settings).map(([a, b]): [string, string] =>
		a > b ? [a, b] : [b, a],
	);
	const find = (name: string) => cycles.find(({ cycle }) => String(cycle) === name) as Cycle;
	const note = makeNote(loadLocale(settings.language));
	const notes: Note[] = [];
	const comparisons = pairs.flatMap(([later, earlier]) => {
		const { found, refused, left } = pairCycles(find(later), find(earlier), settings, (codebook, row) =>
			isComparable(codebook, find(earlier).cycle, row),
		);
		notes.push(
			...[
				...refused.map((one) => ({ ...one, of: later })),
				...left.map((one) => ({ ...one, of: earlier })),
			].map(({ code, items, detail, of }) => {
				const facts = { ...detail, items: some(items), count: items.length };
				return note(code, facts, undefined, wordsFor(code, facts, find(of).codebook, settings.language));
			}),
		);
		if (found.length === 0) throw nothingPairs(later, earlier, refused);
		const means = meansOfChanges(found, find(later), find(earlier), settings);
		notes.push(...means.notes);
		return [...found, ...means.comparisons];
	});
	return assemble(cycles, comparisons, [], notes, settings, "cycle");
}

/** @throws UserError if two results of a cycle have the same figure, because the choice is ambiguous. */
function rejectRepeated({ results }: Cycle): void {
	const first = new Map<string, string>();
	for (const { estimates, settings, source } of results) {
		const file = source.map(({ file }) => file).join(", ");
		const own = new Set(
			estimates
				.filter(({ group }) => !isAverage(group.country))
				.map((row) => JSON.stringify([subjectKey(row), groupKey(row.group), settings.populations])),
		);
		for (const key of own) {
			const other = first.get(key);
			if (other !== undefined) {
				throw new UserError(`has figures of the same teachers as ${other}`, {
					where: { file },
					hint: "give each sample of a cycle once: files of one cycle may be of different countries",
				});
			}
			first.set(key, file);
		}
	}
}

function some(items: readonly string[]): string {
	return items.length <= 8 ? items.join(", ") : `${items.slice(0, 8).join(", ")}, …`;
}

function nothingPairs(later: string, earlier: string, refused: readonly Refusal[]): UserError {
	const [first] = refused.filter(({ code }) => !code.startsWith("cycle-unmatched"));
	if (first === undefined) {
		const unmatched = refused.find(({ code }) => code === "cycle-unmatched");
		return new UserError(`the results of ${earlier} and ${later} share no item of a group`, {
			hint:
				unmatched === undefined
					? say`make both with the same ${option("topics")} and ${option("by")}`
					: say`${earlier} has no figure of ${some(unmatched.items)}: make both with the same ${option("topics")} and ${option("by")}`,
		});
	}
	const what = first.code === "cycle-base" ? "base" : "population";
	return new UserError(`the results of ${earlier} and ${later} differ in ${what}: ${first.items[0]}`, {
		hint: say`make both alike, or compare all the same with ${option("allowMismatch", what)}`,
	});
}

/** The mean of the members' changes, over members that took part in both cycles. */
function meansOfChanges(
	comparisons: readonly ComparisonRow[],
	later: Cycle,
	earlier: Cycle,
	settings: CompareSettings,
): { comparisons: ComparisonRow[]; notes: Note[] } {
	if (settings.average === null) return { comparisons: [], notes: [] };
	const options = knownAverage(
		later,
		settings,
		settings.average,
		comparisons.map(({ group }) => group.country ?? ""),
		earlier.cycle,
	);
	// Averages already in the results are not computed again.
	const known = new Set(comparisons.map(rowKey));
	const means = averageComparisons(comparisons, options, () => 1, settings).filter(
		({ comparison }) => !known.has(rowKey(comparison)),
	);
	const bears = (code: string) =>
		comparisons.some(({ group, a, b }) => group.country === code && (a.flag ?? b.flag) !== undefined);
	const rows = means.map(({ comparison, members, lost }) => ({
		row: comparison,
		members,
		lost,
		flagged: members.filter(bears),
	}));
	return {
		comparisons: means.map(({ comparison }) => comparison),
		notes: averageNotes(rows, options.memberships(), settings, later.codebook),
	};
}

function rowKey(row: ComparisonRow): string {
	return subjectKey(row) + groupKey(row.group);
}

/** @throws UserError if the average needs more than printed figures. */
function knownAverage(
	{ codebook, results }: Cycle,
	settings: CompareSettings,
	request: AverageRequest,
	countries: readonly string[],
	since?: number,
) {
	if (settings.averageKind !== "simple") {
		throw new UserError(`a ${settings.averageKind} average needs the teachers' weights`, {
			hint: say`give the survey file, or take ${option("averageKind", "simple")}`,
		});
	}
	const present = [...new Set(countries)].filter((code) => code !== "" && !code.includes(":"));
	const populations = [...new Set(results.flatMap(({ settings }) => settings.populations ?? []))];
	const known = codebook ?? (UNKNOWN_CODEBOOK as Codebook);
	return averageOptions({ codebook: known, settings, populations }, request, present, since);
}

function betweenSamples(
	cycles: readonly Cycle[],
	id: string,
	settings: CompareSettings,
): ResultsOf<"compare"> {
	if (cycles.length > 1) {
		throw new UserError("the results are of several cycles", {
			hint: say`compare ${option("between", id)} within one cycle`,
		});
	}
	const [cycle] = cycles as [Cycle];
	rejectRepeated(cycle);
	const rows = cycle.results.flatMap(({ estimates }) => estimates);
	const showSuppressed = settings.suppress === "none";
	// Averages are not independent samples, and the file does not say what they share with their members.
	const figures = rows
		.filter(({ group }) => group[id] !== undefined && group[id] !== "total")
		.filter(({ group }) => !isAverage(group.country))
		.map((row) => fromEstimate(row, showSuppressed));
	const parts = countryParts(partsOfSystems(cycle.codebook ?? {}), () => figures);
	const { reference } = settings;
	const named = reference?.toLowerCase().startsWith(AVERAGE)
		? averageRequest(reference.slice(AVERAGE.length))
		: reference === null
			? settings.average
			: null;
	if (named !== null && (id !== "country" || settings.pairs !== null)) {
		throw new UserError("averages of saved results are possible only between countries or cycles", {
			hint: say`leave out ${option("average")} or ${option("pairs")}, or give the survey file`,
		});
	}
	if (named !== null) {
		const options = knownAverage(cycle, settings, named, countriesOf(figures));
		const averages = averagesOf(figures, options);
		if (averages.length === 0) throw nothingToAverage(named);
		const comparisons = compareWithAverage(figures, averages, undefined, settings, parts);
		const notes = [
			...averageNotes(averages.map(averagedRow), options.memberships(), settings, cycle.codebook),
			...partNotes(comparisons, settings),
		];
		return assemble(
			cycles,
			comparisons,
			[...rows, ...averages.map(({ figure }) => figure.estimate)],
			notes,
			settings,
			id,
		);
	}
	const bundles = byBreakdown(figures, id);
	const pairs = choosePairs(levelsOf(bundles), id, settings);
	const comparisons = comparePairs(bundles, id, pairs, { parts }, settings);
	return assemble(cycles, comparisons, rows, partNotes(comparisons, settings), settings, id);
}

function assemble(
	cycles: readonly Cycle[],
	comparisons: readonly ComparisonRow[],
	estimates: readonly EstimateRow[],
	notes: readonly Note[],
	settings: CompareSettings,
	between: string,
): ResultsOf<"compare"> {
	const latest = cycles.at(-1) as Cycle;
	const newest = latest.results[0] as ResultSet;
	const all = cycles.flatMap(({ results }) => results);
	const { language } = settings;
	const groups = [...estimates, ...comparisons].map(({ group }) => group);
	const ids = [...new Set(groups.flatMap((group) => Object.keys(group)))];
	const parts = {
		source: all.flatMap(({ source }) => source),
		codebook:
			latest.codebook === undefined
				? newest.codebook
				: { ...newest.codebook, title: inLanguage(latest.codebook.title, language) },
		design: newest.design,
		settings: {
			...recordOf(settings, { ...latest.codebook, cycle: latest.cycle }, ids),
			cycles: cycles.map(({ cycle }) => cycle),
			between,
		},
		estimates,
		comparisons: withEquivalence(
			adjustAll(comparisons, settings.adjust, settings.family),
			...([settings.within, settings.adjust, settings.family] as const),
		),
		notes: [
			...all.flatMap((one) => syntheticNote(one, settings)),
			...cautionNotesOf(flaggedSystems(estimates, comparisons), latest.codebook, loadLocale(language)),
			...notes,
		],
	};
	// Results of a survey without a codebook carry their own names.
	const saved = latest.codebook === undefined ? newest.labels : undefined;
	const named = nameResults("compare", parts, language, { codebook: latest.codebook, saved });
	return withSyntheses(named, synthesisOf(settings), latest.codebook, language);
}

/** Systems with a caution mark on any row or side, by mark. */
function flaggedSystems(estimates: readonly EstimateRow[], comparisons: readonly ComparisonRow[]) {
	const found = [
		...estimates,
		...comparisons.flatMap(({ group, between: { variable, a, b }, ...row }) => [
			{ group: { ...group, [variable]: a }, flag: row.a.flag },
			{ group: { ...group, [variable]: b }, flag: row.b.flag },
		]),
	].flatMap(({ group: { country }, flag }) =>
		flag === undefined || country === undefined ? [] : [{ country, flag }],
	);
	return new Map(
		[...groupBy(found, ({ flag }) => flag)].map(([flag, rows]) => [
			flag,
			[...new Set(rows.map(({ country }) => country))].sort(),
		]),
	);
}

/** One warning for all files with synthetic teachers. */
function syntheticNote({ notes }: ResultSet, { language }: CompareSettings): Note[] {
	const found = notes.some(({ code }) => code === "synthetic-data");
	return found ? [makeNote(loadLocale(language))("synthetic-data")] : [];
}
