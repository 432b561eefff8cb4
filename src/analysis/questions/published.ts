import { UserError } from "../../base/errors.js";
import { joined, option, say, type Words } from "../../base/say.js";
import { familyOf } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { absentSystem } from "../../codebook/definition/system-names.js";
import { itemsOf, selectItems } from "../../codebook/meaning/select-items.js";
import { canonicalCondition, valueNamed } from "../../codebook/meaning/spoken-names.js";
import { averagesOf } from "../../compare/averages-of-systems.js";
import { fromEstimate } from "../../compare/figured.js";
import { estimateOf } from "../../published/estimates.js";
import { type PublishedRow, systemsNamed } from "../../published/load.js";
import { shownMark } from "../../results/caution-marks.js";
import type { ModelRow } from "../../results/models.js";
import {
	type EstimateRow,
	type Group,
	isAverage,
	type Note,
	type ResultsOf,
} from "../../results/result-set.js";
import { tellsSamples } from "../../results/samples.js";
import { normalizePublished, type PublishedSpec } from "../../settings/published.js";
import type { RatesSettings } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";
import { loadLocale } from "../../wording/locale.js";
import {
	averagedRow,
	averageNotes,
	averageOptions,
	countriesOf,
	nothingToAverage,
} from "../benchmarks/averages.js";
import { type PublishedCycle, publishedCycle } from "../benchmarks/published-cycles.js";
import { publishedModels } from "../benchmarks/published-odds-ratios.js";
import { nameResults } from "../result/build.js";
import { makeNote, publisherWords } from "../result/notes.js";
import { recordOf } from "../result/settings-record.js";
import { wordsFor } from "../result/words-for.js";
import { withSyntheses } from "../synthesis/synthesize-results.js";

/**
 * Published estimates as a result set, without microdata: from the codebook's publisher, otherwise from the built-in
 * survey.
 * @throws UserError for a cycle, system, item or group without published figures.
 * @example
 * import { published } from "talis-pd";
 *
 * const { estimates } = published({ cycle: 2024, countries: ["KAZ"], items: ["focus:ict"] });
 * console.log(estimates[0]?.label, estimates[0]?.estimate?.toFixed(1)); // Digital skills for teaching (either kind) 92.0
 */
export function published(spec: PublishedSpec = {}): ResultsOf<"published"> {
	const { settings: asked, countries, cycle: named, statistic } = normalizePublished(spec);
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
	const conditions = settings.where.map((text) => canonicalCondition(codebook, text));
	const systems = countries.map((word) => valueNamed(codebook, "country", word) ?? word);
	const fitting = <R extends Printed>(rows: readonly R[], isOfGroup: (row: R) => boolean): R[] => {
		const asked = atLevels(
			ofCountries(rows, systems, codebook.systems ?? {}).filter(
				(row) =>
					wanted.has(`${row.topic}:${row.item}`) &&
					isOfGroup(row) &&
					(settings.base === null || row.base === settings.base),
			),
		).filter((row) => satisfies(row, conditions));
		if (asked.length > 0) return inOrder(asked, [...known.keys()]);
		throw new UserError(`none of this is published for ${cycle}`, { hint: wayOut(spec, rows, cycle) });
	};
	// Levels are never mixed: their rows would be indistinguishable.
	const groups = (rows: readonly Printed[]) => {
		const populations = [...new Set(rows.map(({ population }) => population))].sort();
		const withPopulation = settings.by?.includes("population") === true || populations.length > 1;
		const groupOf = ({ system, population, group }: Printed) => ({
			country: system,
			...(withPopulation ? { population } : {}),
			...group,
		});
		return { populations, groupOf };
	};
	if (statistic === "odds-ratio") {
		if (settings.average !== null) {
			throw new UserError("odds ratios have no averages of our own", {
				hint: say`leave out ${option("average")}; ${option("synthesis", "reml")} puts systems together`,
			});
		}
		// Every row states which system and group its odds ratio belongs to.
		const rows = fitting(there.ratios, ({ group }) => settings.by === null || sameIds(group, by));
		const { populations, groupOf } = groups(rows);
		const models = publishedModels(rows, { codebook, symbols: figures.symbols, settings, groupOf });
		return assemble({ estimates: [], models }, there, settings, populations, []);
	}
	const rows = fitting(there.rows, ({ group }) => sameIds(group, by));
	const { populations, groupOf } = groups(rows);
	const estimates = rows.map((row) => {
		const item = known.get(`${row.topic}:${row.item}`);
		const variable = item?.item?.variable.toUpperCase() ?? null;
		return estimateOf(row, variable, groupOf(row), settings, figures.symbols);
	});
	const averages = averagesAsked(estimates, codebook, settings, populations);
	const all = [...estimates, ...averages.estimates];
	return assemble({ estimates: all }, there, settings, populations, averages.notes);
}

/** Fields that all kinds of figures share. */
type Printed = Omit<PublishedRow, "statistic">;

/** The publisher's own choice of topics, or all topics of the tables, in codebook order. */
function topicsOf({ codebook, figures, rows }: PublishedCycle): string[] {
	const printed = new Set(rows.map(({ topic }) => topic));
	return figures.topics ?? Object.keys(codebook.topics).filter((topic) => printed.has(topic));
}

/** A hint: which conditions to drop, and what is available. */
function wayOut(
	{ base, by, where, countries, items }: PublishedSpec,
	rows: readonly Printed[],
	cycle: number,
): string | Words {
	const given = Object.entries({ base, by, where, countries, items })
		.filter(([, value]) => value !== undefined && value !== null && value.length > 0)
		.map(([name]) => option(name));
	const printed = [...new Set(rows.map(({ topic }) => topic))];
	if (printed.length === 0) return "another cycle may have some";
	const topics = `topics of ${cycle}: ${printed.join(", ")}`;
	return given.length === 0 ? topics : say`leave out ${joined(given, " or ")}; ${topics}`;
}

/** @throws UserError for a system without figures. */
function ofCountries<R extends Printed>(
	rows: readonly R[],
	words: readonly string[],
	known: NonNullable<Codebook["systems"]>,
): R[] {
	if (words.length === 0) return [...rows];
	const systems = [...new Set(rows.map(({ system }) => system))];
	const kept = new Set(
		words.flatMap((word) => {
			const found =
				word.toLowerCase() === "average"
					? systems.filter((system) => isAverage(system))
					: systemsNamed(systems, word);
			if (found.length > 0) return found;
			throw new UserError(`there are no published figures of "${word}"`, {
				hint: absentSystem(word, ["average", ...systems], { systems: known }),
			});
		}),
	);
	return rows.filter(({ system }) => kept.has(system));
}

/** Keeps averages only at the levels of education that a requested country has. */
function atLevels<R extends Printed>(rows: readonly R[]): R[] {
	const levels = new Set(rows.filter(({ system }) => !isAverage(system)).map(({ population }) => population));
	return levels.size === 0 ? [...rows] : rows.filter(({ population }) => levels.has(population));
}

function sameIds(group: Group, ids: readonly string[]): boolean {
	const own = Object.keys(group);
	return own.length === ids.length && ids.every((id) => own.includes(id));
}

/** @throws UserError if a condition is not NAME=VALUE,… or NAME!=VALUE,… with names from the tables. */
function satisfies(row: Printed & { controls?: string }, conditions: readonly string[]): boolean {
	return conditions.every((text) => {
		const [, id = "", operator = "", right = ""] = /^\s*([\w-]+)\s*(!?=)\s*(.*)$/.exec(text) ?? [];
		const known = { country: row.system, population: row.population, controls: row.controls, ...row.group };
		const value = Object.entries(known).find(([name]) => name === id.toLowerCase())?.[1];
		if (operator === "" || (value === undefined && !tellsSamples(id))) {
			throw new UserError(`"${text}" is not a condition on published tables`, {
				hint: say`write country=CODE,CODE, population=LEVEL, or a group that is also in ${option("by")}`,
			});
		}
		const values = right.split(",").map((one) => one.trim().toLowerCase());
		return values.includes((value ?? "").toLowerCase()) === (operator === "=");
	});
}

/** Items in codebook order, countries in published order. */
function inOrder<R extends Printed>(rows: readonly R[], items: readonly string[]): R[] {
	const place = new Map(items.map((item, index) => [item, index]));
	const of = ({ topic, item }: R) => place.get(`${topic}:${item}`) ?? place.size;
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
	if (averages.length === 0) throw nothingToAverage(settings.average);
	return {
		estimates: averages.map(({ figure }) => figure.estimate),
		notes: averageNotes(averages.map(averagedRow), options.memberships(), settings, codebook),
	};
}

function assemble(
	{ estimates, models }: { estimates: EstimateRow[]; models?: ModelRow[] },
	{ codebook, figures }: PublishedCycle,
	settings: RatesSettings,
	populations: string[],
	notes: readonly Note[],
): ResultsOf<"published"> {
	const { df, language } = settings;
	const all = [...estimates, ...(models ?? [])];
	const groups = all.map(({ group }) => group);
	const by = [...new Set(groups.flatMap((group) => Object.keys(group)))];
	const rows = all.filter(({ flag }) => flag !== undefined);
	const flagged = [...new Set(rows.map(({ group }) => group.country ?? ""))];
	const marks = [...new Set(rows.map(({ flag = "" }) => flag))];
	const note = makeNote(loadLocale(language));
	const caution = { marks: marks.map(shownMark).join(" "), systems: flagged.join(", ") };
	const parts = {
		source: [{ file: figures.source, format: "published", sha256: "", rows: all.length }],
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
		...(models === undefined ? {} : { models }),
		notes: [
			...(models === undefined ? [] : [note("published-odds-ratios")]),
			...(flagged.length === 0
				? []
				: [
						note("published-flagged", caution, undefined, {
							...wordsFor("published-flagged", caution, codebook, language),
							...publisherWords(codebook, language),
						}),
					]),
			...notes,
		],
	};
	const named = nameResults("published", parts, language, { codebook });
	return withSyntheses(named, synthesisOf(settings), codebook, language);
}
