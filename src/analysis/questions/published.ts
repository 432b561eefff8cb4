import { UserError } from "../../base/errors.js";
import { joined, option, say, type Words } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import { familyOf } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { itemsOf, selectItems } from "../../codebook/meaning/select-items.js";
import { averagesOf } from "../../compare/averages-of-systems.js";
import { fromEstimate } from "../../compare/figured.js";
import { estimateOf } from "../../published/estimates.js";
import { type PublishedRow, systemsNamed } from "../../published/load.js";
import {
	AVERAGE,
	type EstimateRow,
	type Group,
	type Note,
	type ResultsOf,
} from "../../results/result-set.js";
import { tellsSamples } from "../../results/samples.js";
import { normalizePublished, type PublishedSpec } from "../../settings/published.js";
import type { RatesSettings } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";
import { loadLocale } from "../../wording/locale.js";
import { averagedRow, averageNotes, averageOptions, countriesOf, noMember } from "../benchmarks/averages.js";
import { type PublishedCycle, publishedCycle } from "../benchmarks/published-cycles.js";
import { nameResults } from "../result/build.js";
import { makeNote, publisherWords, systemWords } from "../result/notes.js";
import { recordOf } from "../result/settings-record.js";
import { withSyntheses } from "../synthesis/synthesize-results.js";

/**
 * Published estimates as a result set, without microdata: those of the codebook's publisher, else of the survey that ships.
 * @throws UserError for a cycle, system, item or group that is not published.
 * @example
 * import { published } from "talis-pd";
 *
 * const { estimates } = published({ cycle: 2024, countries: ["KAZ"], items: ["focus:ict"] });
 * console.log(estimates[0]?.label, estimates[0]?.estimate?.toFixed(1)); // Digital skills for teaching (either kind) 92.0
 */
export function published(spec: PublishedSpec = {}): ResultsOf<"published"> {
	const { settings: asked, countries, cycle: named } = normalizePublished(spec);
	const given = asked.codebook === null ? undefined : loadCodebook(asked.codebook);
	const there = publishedCycle(
		given === undefined ? codebookIds().map(loadCodebook) : familyOf(given),
		named ?? undefined,
	);
	const { codebook, figures } = there;
	const { cycle } = codebook;
	const settings = { ...asked, topics: asked.topics.length > 0 ? asked.topics : topicsOf(there) };
	const items = selectItems(codebook, settings.topics, settings.items);
	const known = new Map(
		Object.keys(codebook.topics)
			.flatMap((topic) => itemsOf(codebook, topic))
			.map((item) => [`${item.topic}:${item.key}`, item]),
	);
	const wanted = new Set(items.map(({ topic, key }) => `${topic}:${key}`));
	const by = (settings.by ?? []).filter((id) => !tellsSamples(id));
	const rows = atLevels(
		ofCountries(there.rows, countries).filter(
			(row) =>
				wanted.has(`${row.topic}:${row.item}`) &&
				sameIds(row.group, by) &&
				(settings.base === null || row.base === settings.base),
		),
	);
	const fitting = rows.filter((row) => satisfies(row, settings.where));
	if (fitting.length === 0) {
		throw new UserError(`nothing of that is published for ${cycle}`, { hint: wayOut(spec, there) });
	}
	const populations = [...new Set(fitting.map(({ population }) => population))].sort();
	// Levels are never mixed: rows of two would look alike.
	const withPopulation = settings.by?.includes("population") === true || populations.length > 1;
	const estimates = inOrder(fitting, [...known.keys()]).map((row) => {
		const item = known.get(`${row.topic}:${row.item}`);
		const group = {
			country: row.system,
			...(withPopulation ? { population: row.population } : {}),
			...row.group,
		};
		return estimateOf(row, item?.item?.variable.toUpperCase() ?? null, group, settings, figures.symbols);
	});
	const averages = averagesAsked(estimates, codebook, settings, populations);
	return assemble([...estimates, ...averages.estimates], there, settings, populations, averages.notes);
}

/** The topics that the publisher shows, or all of the tables, in the codebook's order. */
function topicsOf({ codebook, figures, rows }: PublishedCycle): string[] {
	const printed = new Set(rows.map(({ topic }) => topic));
	return figures.topics ?? Object.keys(codebook.topics).filter((topic) => printed.has(topic));
}

/** What to leave out of what was asked, and what there is to ask for. */
function wayOut({ base, by, where, countries, items }: PublishedSpec, there: PublishedCycle): string | Words {
	const given = Object.entries({ base, by, where, countries, items })
		.filter(([, value]) => value !== undefined && value !== null && value.length > 0)
		.map(([name]) => option(name));
	const printed = [...new Set(there.rows.map(({ topic }) => topic))];
	const topics = `topics of ${there.codebook.cycle}: ${printed.join(", ")}`;
	return given.length === 0 ? topics : say`leave out ${joined(given, " or ")}; ${topics}`;
}

/** @throws UserError for a system without figures. */
function ofCountries(rows: readonly PublishedRow[], words: readonly string[]): PublishedRow[] {
	if (words.length === 0) return [...rows];
	const systems = [...new Set(rows.map(({ system }) => system))];
	const kept = new Set(
		words.flatMap((word) => {
			const found =
				word.toLowerCase() === "average"
					? systems.filter((system) => system.startsWith(AVERAGE))
					: systemsNamed(systems, word);
			if (found.length > 0) return found;
			throw new UserError(`there are no published figures of "${word}"`, {
				hint: didYouMean(word, ["average", ...systems]),
			});
		}),
	);
	return rows.filter(({ system }) => kept.has(system));
}

/** Averages only at the levels of education that a country asked for has. */
function atLevels(rows: readonly PublishedRow[]): PublishedRow[] {
	const levels = new Set(
		rows.filter(({ system }) => !system.startsWith(AVERAGE)).map(({ population }) => population),
	);
	return levels.size === 0 ? [...rows] : rows.filter(({ population }) => levels.has(population));
}

function sameIds(group: Group, ids: readonly string[]): boolean {
	const own = Object.keys(group);
	return own.length === ids.length && ids.every((id) => own.includes(id));
}

/** @throws UserError where a condition is not NAME=VALUE,… or NAME!=VALUE,… on what the tables have. */
function satisfies(row: PublishedRow, conditions: readonly string[]): boolean {
	return conditions.every((text) => {
		const [, id = "", operator = "", right = ""] = /^\s*([\w-]+)\s*(!?=)\s*(.*)$/.exec(text) ?? [];
		const value = { country: row.system, population: row.population, ...row.group }[id.toLowerCase()];
		if (operator === "" || (value === undefined && !tellsSamples(id))) {
			throw new UserError(`"${text}" is no condition on published tables`, {
				hint: say`write country=CODE,CODE, population=LEVEL, or a group that is also in ${option("by")}`,
			});
		}
		const values = right.split(",").map((one) => one.trim().toLowerCase());
		return values.includes((value ?? "").toLowerCase()) === (operator === "=");
	});
}

/** Items in the codebook's order, countries as published. */
function inOrder(rows: readonly PublishedRow[], items: readonly string[]): PublishedRow[] {
	const place = new Map(items.map((item, index) => [item, index]));
	const of = ({ topic, item }: PublishedRow) => place.get(`${topic}:${item}`) ?? place.size;
	return rows.toSorted((a, b) => of(a) - of(b));
}

function averagesAsked(
	estimates: readonly EstimateRow[],
	codebook: Codebook,
	settings: RatesSettings,
	populations: string[],
): { estimates: EstimateRow[]; notes: Note[] } {
	if (settings.average === null) return { estimates: [], notes: [] };
	if (settings.averageKind !== "simple") {
		throw new UserError(`a ${settings.averageKind} average needs the teachers' weights`, {
			hint: say`published tables do not have them; take ${option("averageKind", "simple")}`,
		});
	}
	const figures = estimates.map((estimate) => fromEstimate(estimate));
	const options = averageOptions({ codebook, settings, populations }, settings.average, countriesOf(figures));
	const averages = averagesOf(figures, options);
	if (averages.length === 0) throw noMember(settings.average);
	return {
		estimates: averages.map(({ figure }) => figure.estimate),
		notes: averageNotes(averages.map(averagedRow), options.memberships(), settings),
	};
}

function assemble(
	estimates: EstimateRow[],
	{ codebook, figures }: PublishedCycle,
	settings: RatesSettings,
	populations: string[],
	notes: readonly Note[],
): ResultsOf<"published"> {
	const { df, language } = settings;
	const groups = estimates.map(({ group }) => group);
	const by = [...new Set(groups.flatMap((group) => Object.keys(group)))];
	const rows = estimates.filter(({ flag }) => flag !== undefined);
	const flagged = [...new Set(rows.map(({ group }) => group.country ?? ""))];
	const marks = [...new Set(rows.map(({ flag = "" }) => flag))];
	const note = makeNote(loadLocale(language));
	const caution = { marks: marks.join(" "), systems: flagged.join(", ") };
	const parts = {
		source: [{ file: figures.source, format: "published", sha256: "", rows: estimates.length }],
		codebook: {
			id: codebook.id,
			version: codebook.version,
			title: inLanguage(codebook.title, language),
		},
		design: { weight: codebook.design.weight ?? null, method: "published", replicates: 0 },
		settings: {
			...recordOf({ ...settings, df: df === "design" ? Number.POSITIVE_INFINITY : df }, codebook, by),
			populations,
		},
		estimates,
		comparisons: [],
		notes: [
			...(flagged.length === 0
				? []
				: [
						note("published-flagged", caution, undefined, {
							...systemWords("published-flagged", caution, codebook, language),
							...publisherWords(codebook, language),
						}),
					]),
			...notes,
		],
	};
	const named = nameResults("published", parts, language, { codebook });
	return withSyntheses(named, synthesisOf(settings), codebook, language);
}
