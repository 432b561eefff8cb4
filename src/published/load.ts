import Papa from "papaparse";
import { listAssets, readAsset } from "../platform/assets.js";
import { readText } from "../platform/small-files.js";
import { AVERAGE, type Base, type Group, type Statistic } from "../results/result-set.js";

/** One published figure. */
export interface PublishedRow {
	cycle: number;
	population: string;
	topic: string;
	item: string;
	base: Base;
	statistic: Statistic;
	/** Breakdowns beside country and population. */
	group: Group;
	/** Country code, or an average such as `average:oecd-27`. */
	system: string;
	estimate: number | null;
	se: number | null;
	/** What stands where there is no number. */
	symbol: string | null;
	/** The publisher's caution mark, or nothing. */
	flag: string;
}

/** A published odds ratio of a logistic model, without its further predictors. */
export interface PublishedRatio extends Omit<PublishedRow, "statistic"> {
	/** What else the model holds constant: `none`, `teacher` or `teacher-school` characteristics. */
	controls: string;
	/** As coefficients have it: an item, a group's level, or a number. */
	term: string;
}

const FOLDER = "published";

/** Systems of a name: a country's code, or all averages of a kind such as `oecd` whatever their number. */
export function systemsNamed(systems: readonly string[], name: string): string[] {
	const word = name.toLowerCase();
	const exact = systems.filter((system) => system.toLowerCase() === word);
	return exact.length > 0 ? exact : systems.filter((system) => system.startsWith(`${AVERAGE}${word}-`));
}

/** By file, as all questions ask for all of it. */
const cache = new Map<string, PublishedLine[]>();

/**
 * All figures of a cycle, in the order of the tables.
 * @param tables Population → file: one that ships, or a path.
 * @throws UserError where a file cannot be read.
 */
export function publishedRows(cycle: number, tables: Readonly<Record<string, string>>): PublishedRow[] {
	return linesOf(cycle, tables);
}

/**
 * The same of odds ratios.
 * @throws UserError where a file cannot be read.
 */
export function publishedRatios(cycle: number, tables: Readonly<Record<string, string>>): PublishedRatio[] {
	return linesOf(cycle, tables);
}

/** A figure of either kind of table. */
type PublishedLine = PublishedRow & PublishedRatio;

function linesOf(cycle: number, tables: Readonly<Record<string, string>>): PublishedLine[] {
	return Object.entries(tables).flatMap(([population, file]) => {
		const known = cache.get(file);
		if (known !== undefined) return known;
		const text = listAssets(FOLDER).includes(file) ? readAsset(`${FOLDER}/${file}`) : readText(file);
		const rows = parse(text, cycle, population);
		cache.set(file, rows);
		return rows;
	});
}

/** Columns that say what a line's figures are of; all others are systems. */
const ABOUT = ["topic", "item", "base", "statistic", "breakdown", "value", "controls", "term", "table"];

/**
 * One line per item and group, one column per system: `ESTIMATE SE FLAG` or `SYMBOL FLAG`, empty where it is not
 * there.
 */
function parse(text: string, cycle: number, population: string): PublishedLine[] {
	const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
	return data.flatMap((line) => {
		const { topic = "", item = "", base, statistic, breakdown, value, controls = "", term = "" } = line;
		const about = {
			...{ cycle, population, topic, item, controls, term },
			base: base as Base,
			statistic: statistic as Statistic,
			group: breakdown ? { [breakdown]: value ?? "" } : {},
		};
		return Object.entries(line).flatMap(([system, cell]) =>
			ABOUT.includes(system) || cell === "" ? [] : [{ ...about, system, ...figure(cell) }],
		);
	});
}

function figure(cell: string): Pick<PublishedRow, "estimate" | "se" | "symbol" | "flag"> {
	const [first = "", ...rest] = cell.split(" ");
	if (!Number.isFinite(Number(first)))
		return { estimate: null, se: null, symbol: first, flag: rest[0] ?? "" };
	const [se, flag = ""] = rest;
	return { estimate: Number(first), se: Number(se), symbol: null, flag };
}
