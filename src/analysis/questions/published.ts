import { UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { codebookOfCycle } from "../../codebook/definition/shipped-by-cycle.js";
import { SAMPLES } from "../../codebook/meaning/breakdown.js";
import { itemsOf, selectItems } from "../../codebook/meaning/select-items.js";
import { averagesOf } from "../../compare/averages-of-systems.js";
import { fromEstimate } from "../../compare/figured.js";
import { estimateOf } from "../../published/estimates.js";
import {
	PUBLISHED_SOURCE,
	type PublishedRow,
	publishedCycle,
	publishedCycles,
	publishedRows,
	systemsNamed,
} from "../../published/load.js";
import { printedMark } from "../../results/caution-marks.js";
import {
	AVERAGE,
	type EstimateRow,
	type Group,
	type Note,
	type ResultsOf,
} from "../../results/result-set.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "../../settings/rates.js";
import { names } from "../../settings/values.js";
import { loadLocale } from "../../wording/locale.js";
import { averagedRow, averageNotes, averageOptions, countriesOf, noMember } from "../benchmarks/averages.js";
import { nameResults } from "../result/build.js";
import { makeNote } from "../result/notes.js";
import { recordOf } from "../result/settings-record.js";
import { withSyntheses } from "../synthesis/synthesize-results.js";

export interface PublishedSpec extends RatesSpec {
	/** Codes of countries and economies; `average` stands for all published averages. Absent takes all. */
	countries?: readonly string[] | undefined;
	cycle?: number | string | undefined;
}

/**
 * OECD's published estimates as a result set, without microdata.
 * @throws UserError for a cycle, system, item or group that is not published.
 */
export function published(spec: PublishedSpec = {}): ResultsOf<"published"> {
	const cycle = publishedCycle(
		spec.cycle === undefined ? Math.max(...publishedCycles()) : Number(spec.cycle),
	);
	const codebook = codebookOfCycle(cycle, undefined) ?? (codebookOfCycle(cycle + 5, undefined) as Codebook);
	// Cycles do not have the same topics.
	const topics = spec.topics ?? PUBLISHED_TOPICS.filter((topic) => Object.hasOwn(codebook.topics, topic));
	const settings = normalizeSettings({ ...spec, topics });
	const items = selectItems(codebook, settings.topics, settings.items);
	const known = new Map(
		Object.keys(codebook.topics)
			.flatMap((topic) => itemsOf(codebook, topic))
			.map((item) => [`${item.topic}:${item.key}`, item]),
	);
	const wanted = new Set(items.map(({ topic, key }) => `${topic}:${key}`));
	const by = (settings.by ?? []).filter((id) => !SAMPLES.includes(id));
	const rows = atLevels(
		ofCountries(publishedRows(cycle), spec.countries ?? []).filter(
			(row) =>
				wanted.has(`${row.topic}:${row.item}`) &&
				sameIds(row.group, by) &&
				(settings.base === null || row.base === settings.base),
		),
	);
	const fitting = rows.filter((row) => satisfies(row, settings.where));
	if (fitting.length === 0) {
		throw new UserError(`nothing of that is published for ${cycle}`, { hint: wayOut(spec, cycle) });
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
		return estimateOf(row, item?.item?.variable.toUpperCase() ?? null, group, settings);
	});
	const averages = averagesAsked(estimates, codebook, settings, populations);
	return assemble(
		[...estimates, ...averages.estimates],
		codebook,
		cycle,
		settings,
		populations,
		averages.notes,
	);
}

const PUBLISHED_TOPICS = ["activities", "focus", "needs", "barriers", "impact", "induction", "mentoring"];

/** What to leave out of what was asked, and what there is to ask for. */
function wayOut({ base, by, where, countries, items }: PublishedSpec, cycle: number): string {
	const given = Object.entries({ base, by, where, country: countries, item: items })
		.filter(([, value]) => value !== undefined && value !== null && value.length > 0)
		.map(([name]) => `--${name}`);
	const there = [...new Set(publishedRows(cycle).map(({ topic }) => topic))];
	const topics = `topics of ${cycle}: ${there.join(", ")}`;
	return given.length === 0 ? topics : `leave out ${given.join(" or ")}; ${topics}`;
}

/** @throws UserError for a system without figures. */
function ofCountries(rows: readonly PublishedRow[], asked: readonly string[]): PublishedRow[] {
	const words = names(asked);
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
		if (operator === "" || (value === undefined && !SAMPLES.includes(id))) {
			throw new UserError(`"${text}" is no condition on published tables`, {
				hint: "write country=KAZ,FRA, population=isced2, or a group that is also in --by",
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
			hint: "published tables do not have them; take --average-kind simple",
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
	codebook: Codebook,
	cycle: number,
	settings: RatesSettings,
	populations: string[],
	notes: readonly Note[],
): ResultsOf<"published"> {
	const { df, language } = settings;
	const groups = estimates.map(({ group }) => group);
	const by = [...new Set(groups.flatMap((group) => Object.keys(group)))];
	const rows = estimates.filter(({ flag }) => flag !== undefined);
	const flagged = [...new Set(rows.map(({ group }) => group.country ?? ""))];
	const marks = [...new Set(rows.map(({ flag = "" }) => printedMark(flag)))];
	const note = makeNote(loadLocale(language));
	const parts = {
		source: [{ file: PUBLISHED_SOURCE, format: "published", sha256: "", rows: estimates.length }],
		codebook: {
			id: codebook.id,
			version: codebook.version,
			title: inLanguage(codebook.title, language),
		},
		design: { weight: codebook.design.weight ?? null, method: "published", replicates: 0 },
		settings: {
			...recordOf({ ...settings, df: df === "design" ? Number.POSITIVE_INFINITY : df }, { cycle }, by),
			populations,
		},
		estimates,
		comparisons: [],
		notes: [
			...(flagged.length === 0
				? []
				: [note("published-flagged", { marks: marks.join(" "), systems: flagged.join(", ") })]),
			...notes,
		],
	};
	const named = nameResults("published", parts, language, { codebook });
	return withSyntheses(named, settings.synthesis, codebook, language);
}
