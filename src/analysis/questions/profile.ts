import { UserError } from "../../base/errors.js";
import { once } from "../../base/once.js";
import { type RunOptions, splitRun } from "../../base/run-options.js";
import { option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import { codebookOfResults, familyOf, isComparable } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { absentSystem } from "../../codebook/definition/system-names.js";
import { valueNamed } from "../../codebook/meaning/spoken-names.js";
import { adjustAll } from "../../compare/families.js";
import type { SurveyInput } from "../../read/memory/data.js";
import {
	AVERAGE,
	type Estimate,
	isAverage,
	type ResultSet,
	type ResultsOf,
} from "../../results/result-set.js";
import { type CompareSpec, normalizeCompare } from "../../settings/compare.js";
import { normalizeProfile, type ProfileSettings, type ProfileSpec } from "../../settings/profile.js";
import type { Language } from "../../wording/locale.js";
import { type PublishedCycle, publishedCycle } from "../benchmarks/published-cycles.js";
import { compareResults } from "../saved/compare-saved.js";
import { gaps } from "./gaps.js";
import { published } from "./published.js";
import { rates } from "./rates.js";

/** The parts of a country's profile, one result set each. */
export interface ProfileFigures {
	country: string;
	/** Name of the level of education. */
	level: string;
	/** Figures of all systems, and the country's differences from the average, adjusted within each topic. */
	current: ResultSet;
	/** Differences from the previous cycle for comparable items, and that cycle; null if nothing is comparable. */
	changes: ResultSet | null;
	/**
	 * Needs of the country's teachers that no programme covered; null without a survey file, because publishers do not
	 * print it.
	 */
	unmet: ResultSet | null;
	/** The topic of needs. */
	needs: string | null;
	/** The row (`topic:item`) with participation in any activity. */
	headline: string | null;
}

/**
 * Figures for country profiles: the publisher's, or the country's own if survey files are given.
 * @throws UserError for a country, cycle or level without published figures.
 */
export async function profileFigures(
	files: SurveyInput | null,
	options: ProfileSpec & RunOptions,
): Promise<ProfileFigures[]> {
	const [spec, run] = splitRun(options);
	const settings = normalizeProfile(spec);
	const { language, codebook: named } = settings;
	const shared = { language, ...(named === null ? {} : { codebook: named }) };
	const asked = { ...shared, ...run, protect: settings.protect };
	// Only reading a file shows which country and cycle it belongs to.
	const first = files === null ? null : await rates(files, asked);
	const there = cycleFor(settings, first);
	const level = levelFor(settings, first, there);
	const scope = { ...shared, where: [`population=${level}`] };
	const chosen = settings.topics.length === 0 ? {} : { topics: settings.topics };
	const all = published({ ...scope, ...chosen, cycle: there.codebook.cycle });
	const topics = all.settings.topics ?? [];
	const own =
		files === null ? null : await rates(files, { ...asked, ...(topics.length === 0 ? {} : { topics }) });
	const unmet = files === null || there.codebook.gaps === undefined ? null : await gaps(files, asked);
	const before = cycleBefore(there.codebook, level);
	const then = before === null ? [] : topicsOf(before, topics);
	const earlier =
		before === null || then.length === 0
			? null
			: published({ ...scope, topics: then, cycle: before.codebook.cycle });
	const together = once(() => besideAverage(all, there.codebook, shared));
	return countriesFor(settings, there.codebook, all, own).map((country) => {
		const current = own === null ? all : withOwn(all, own, country, level);
		const compared = own === null ? together() : besideAverage(current, there.codebook, shared);
		return {
			...{ country, level: levelName(there.codebook, level, language) },
			current: testsOf(compared, country),
			changes:
				earlier === null || before === null
					? null
					: sinceThen(
							current,
							earlier,
							country,
							(row) => isComparable(there.codebook, before.codebook.cycle, row),
							shared,
						),
			unmet: unmet === null ? null : ofCountry(unmet, country, level),
			needs: there.codebook.gaps?.needs ?? null,
			headline: there.codebook.headline ?? null,
		};
	});
}

/** The requested cycle, otherwise that of the files, otherwise the latest. */
function cycleFor({ codebook, cycle }: ProfileSettings, own: ResultSet | null): PublishedCycle {
	const given = codebook === null ? undefined : loadCodebook(codebook);
	const of = own === null ? given : codebookOfResults(own.codebook.id, own.settings.cycle, given);
	const there = publishedCycle(
		of === undefined ? codebookIds().map(loadCodebook) : familyOf(of),
		cycle ?? (own === null ? undefined : own.settings.cycle),
	);
	if (own === null || own.settings.cycle === there.codebook.cycle) return there;
	throw new UserError(`the files are of ${own.settings.cycle}, and a profile shows one cycle`, {
		hint: say`leave out ${option("cycle")}`,
	});
}

function levelFor(
	{ population }: ProfileSettings,
	own: ResultSet | null,
	{ codebook, rows }: PublishedCycle,
): string {
	const levels = [...new Set(rows.map((row) => row.population))];
	const of = own?.settings.populations ?? [];
	const main = codebook.publisher?.mainPopulation ?? (levels[0] as string);
	const level = population?.toLowerCase() ?? (of.length === 1 ? (of[0] as string) : main);
	if (levels.includes(level)) return level;
	throw new UserError(`there are no published figures of level "${level}"`, {
		hint: didYouMean(level, levels),
	});
}

function levelName({ groups }: Codebook, level: string, language: Language): string {
	const values = groups.population?.values ?? "systems";
	const label = values === "systems" ? undefined : values[level]?.label;
	return label === undefined ? level : inLanguage(label, language);
}

/** The previous cycle, if it has comparable items. */
function cycleBefore(codebook: Codebook, level: string): PublishedCycle | null {
	const cycles = Object.keys(codebook.crosswalk ?? {}).map(Number);
	const family = familyOf(codebook).filter(({ publisher }) => publisher?.figures !== undefined);
	const earlier = family
		.map(({ cycle }) => cycle)
		.filter((cycle) => cycle < codebook.cycle && cycles.includes(cycle));
	if (earlier.length === 0) return null;
	const found = publishedCycle(family, Math.max(...earlier));
	return found.rows.some(({ population }) => population === level) ? found : null;
}

/** The topics that another cycle also has. */
function topicsOf({ rows }: PublishedCycle, topics: readonly string[]): string[] {
	const known = new Set(rows.map(({ topic }) => topic));
	return topics.filter((topic) => known.has(topic));
}

/** @throws UserError for anything other than a country with figures. */
function countriesFor(
	{ countries }: ProfileSettings,
	codebook: Codebook,
	all: ResultSet,
	own: ResultSet | null,
): string[] {
	const of = ({ estimates }: ResultSet) =>
		new Set(
			estimates.flatMap(({ group, estimate }) =>
				group.country === undefined || isAverage(group.country) || estimate === null ? [] : group.country,
			),
		);
	const inFile = own === null ? [] : [...of(own)];
	const known = inFile.length > 0 ? inFile : [...of(all)];
	if (countries.length === 1 && countries[0]?.toLowerCase() === "all") return known.sort();
	if (countries.length === 0 && inFile.length === 1) return known;
	if (countries.length === 0) {
		throw new UserError("no country is named for the profile", {
			hint: say`say ${option("countries", "KAZ")}, or ${option("countries", "all")}`,
		});
	}
	return countries.map((word) => {
		const code = valueNamed(codebook, "country", word) ?? word.toUpperCase();
		if (known.includes(code)) return code;
		throw new UserError(`there are no figures of "${word}"`, {
			hint: absentSystem(word, known, codebook),
		});
	});
}

/**
 * Rows of a country and level, keyed by the country alone. A file that names neither counts as the country as a whole.
 */
function rowsOf({ estimates }: ResultSet, country: string, level: string): Estimate[] {
	return estimates
		.filter(({ group }) => (group.country ?? country) === country && (group.population ?? level) === level)
		.map((row) => ({ ...row, group: { country } }));
}

function ofCountry(results: ResultSet, country: string, level: string): ResultSet {
	return { ...results, estimates: rowsOf(results, country, level), comparisons: [] };
}

/** Published figures, with a file's figures in place of the country's. */
function withOwn(all: ResultsOf<"published">, own: ResultSet, country: string, level: string): ResultSet {
	const others = all.estimates.filter(({ group }) => group.country !== country);
	return {
		...all,
		source: [...own.source, ...all.source],
		design: own.design,
		// Same survey; this entry records the rules by which the file was read.
		...(own.codebook.id === all.codebook.id ? { codebook: own.codebook } : {}),
		...(own.counted === undefined ? {} : { counted: own.counted }),
		estimates: [...rowsOf(own, country, level), ...others],
		notes: [...own.notes, ...all.notes],
	};
}

/** Differences of all systems from the codebook's first average. */
function besideAverage(
	current: ResultSet,
	{ averages = {} }: Codebook,
	shared: Pick<CompareSpec, "language" | "codebook">,
): ResultSet {
	const [average] = Object.keys(averages);
	if (average === undefined) return { ...current, comparisons: [] };
	const settings = { ...shared, between: "country", reference: `${AVERAGE}${average}` } as const;
	const { design, counted } = current;
	return {
		...compareResults([current], normalizeCompare(settings)),
		...{ design, ...(counted === undefined ? {} : { counted }) },
	};
}

/** Only one country is of interest, so tests of other countries are not part of its family. */
function testsOf(compared: ResultSet, country: string): ResultSet {
	const { adjust, family } = normalizeCompare({});
	const own = compared.comparisons.filter(({ between }) => between.a === country);
	return { ...compared, comparisons: adjustAll(own, adjust, family) as typeof own };
}

function sinceThen(
	current: ResultSet,
	earlier: ResultSet,
	country: string,
	compares: (row: Estimate) => boolean,
	shared: Pick<CompareSpec, "language" | "codebook">,
): ResultSet | null {
	const of = (results: ResultSet) => ({
		...results,
		estimates: results.estimates.filter(
			(row) => row.group.country === country && row.estimate !== null && compares(row),
		),
	});
	const [now, then] = [of(current), of(earlier)];
	const shown = new Set(now.estimates.map(({ topic, item }) => `${topic}:${item}`));
	if (!then.estimates.some(({ topic, item }) => shown.has(`${topic}:${item}`))) return null;
	return compareResults([then, now], normalizeCompare({ ...shared, between: "cycle" }));
}
