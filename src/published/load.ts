import Papa from "papaparse";
import { UserError } from "../base/errors.js";
import { listAssets, readAsset } from "../platform/assets.js";
import { AVERAGE, type Base, type Group, type Statistic } from "../results/result-set.js";

/** One published figure. */
export interface PublishedRow {
	cycle: number;
	/** isced1, isced2 or isced3. */
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
	/** Why there is no number: a, c, m or w as OECD prints them. */
	symbol: string | null;
	/** OECD's caution mark, or nothing. */
	flag: string;
}

export const PUBLISHED_SOURCE = "OECD (2025), Results from TALIS 2024, Annex C, CC BY 4.0";

const FOLDER = "published";
const FILE = /^talis-(\d{4})-(isced\d)\.csv$/;

function files(): { name: string; cycle: number; population: string }[] {
	return listAssets(FOLDER).flatMap((name) => {
		const [, cycle, population] = FILE.exec(name) ?? [];
		return cycle === undefined || population === undefined
			? []
			: [{ name, cycle: Number(cycle), population }];
	});
}

/** Cycles with published figures, the earliest first. */
export function publishedCycles(): number[] {
	return [...new Set(files().map(({ cycle }) => cycle))].sort();
}

/**
 * A cycle with published figures.
 * @throws UserError for any other.
 */
export function publishedCycle(asked: number): number {
	const cycles = publishedCycles();
	if (cycles.includes(asked)) return asked;
	throw new UserError(`no figures of cycle ${asked} are published`, {
		hint: `there are ${cycles.join(", ")}`,
	});
}

/** Systems of a name: a country's code, or all averages of a kind such as `oecd` whatever their number. */
export function systemsNamed(systems: readonly string[], name: string): string[] {
	const word = name.toLowerCase();
	const exact = systems.filter((system) => system.toLowerCase() === word);
	return exact.length > 0 ? exact : systems.filter((system) => system.startsWith(`${AVERAGE}${word}-`));
}

const cache = new Map<number, PublishedRow[]>();

/** All figures of a cycle, in the order of the tables. */
export function publishedRows(cycle: number): PublishedRow[] {
	let rows = cache.get(cycle);
	if (rows === undefined) {
		rows = files()
			.filter((file) => file.cycle === cycle)
			.flatMap(({ name, population }) => parse(readAsset(`${FOLDER}/${name}`), cycle, population));
		cache.set(cycle, rows);
	}
	return rows;
}

/** Columns that say what a line's figures are of; all others are systems. */
const ABOUT = ["topic", "item", "base", "statistic", "breakdown", "value", "table"];

/** A line an item and group, a column a system: `ESTIMATE SE FLAG` or `SYMBOL FLAG`, empty where it is not there. */
function parse(text: string, cycle: number, population: string): PublishedRow[] {
	const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
	return data.flatMap((line) => {
		const { topic = "", item = "", base, statistic, breakdown, value } = line;
		const about = {
			...{ cycle, population, topic, item },
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
