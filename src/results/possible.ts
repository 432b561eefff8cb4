import { SAME } from "../base/distance.js";
import { entryOf } from "../base/entry-of.js";
import { ROWS, rowKey } from "./differences.js";
import type { ResultSet, Status } from "./result-set.js";

/** Bounds of numbers by field name. */
const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
	...{ n: [0, Infinity], schools: [0, Infinity], weightedN: [0, Infinity], k: [0, Infinity] },
	...{ se: [0, Infinity], df: [0, Infinity], deff: [0, Infinity], nEff: [0, Infinity], coverage: [0, 100] },
	...{ p: [0, 1], pAdjusted: [0, 1], tau2: [0, Infinity], i2: [0, 100], q: [0, Infinity], qP: [0, 1] },
};

/** Rounding in sums of weights may carry a percentage this far beyond 0 and 100. */
const SLIP = 1e-6;

/** Statuses of rows without numbers, unless suppressed numbers were requested. */
const HIDDEN: readonly Status[] = ["few-teachers", "few-schools", "low-response", "protected", "suppressed"];
const EMPTY: readonly Status[] = ["no-data", "not-administered"];

type Fields = Readonly<Record<string, unknown>>;

/**
 * The nearest possible results: numbers within bounds, intervals that contain their figure, numbers exactly where the
 * status allows them, each row once. Possible results are returned unchanged.
 */
export function possible(results: ResultSet): ResultSet {
	const parts = Object.keys(ROWS).filter((part) => part !== "notes") as (keyof ResultSet)[];
	const own = parts.flatMap((part) => {
		const rows = results[part] as readonly Fields[] | undefined;
		if (rows === undefined) return [];
		const near = onceEach(part as keyof typeof ROWS, rows, results).map((row) => possibleRow(row, results));
		return near.length === rows.length && near.every((row, place) => row === rows[place])
			? []
			: [[part, near]];
	});
	return own.length === 0 ? results : ({ ...results, ...Object.fromEntries(own) } as ResultSet);
}

/** A report may hold several figures with one name, from different questions. */
function onceEach(part: keyof typeof ROWS, rows: readonly Fields[], { kind }: ResultSet): readonly Fields[] {
	if (kind === "report") return rows;
	const keys = new Set<string>();
	return rows.filter((row) => {
		const key = rowKey(row, ROWS[part]);
		return !keys.has(key) && keys.add(key);
	});
}

function possibleRow(row: Fields, results: ResultSet): Fields {
	const near = within(row, slackOf(results)) as Fields;
	const { status } = near;
	const name = "difference" in near ? "difference" : "estimate";
	if (!(name in near) || status === undefined) return near;
	// A published figure with another base is shown beside the survey's, without a difference.
	const isBeside = name === "difference" && (near.between as Fields | undefined)?.variable === "benchmark";
	if (near[name] === null) return status === "ok" && !isBeside ? { ...near, status: "no-data" } : near;
	const { suppress } = results.settings;
	// Files that do not record the suppression rule may show all rows.
	const hides = suppress !== undefined && suppress !== "none";
	const isEmpty = EMPTY.includes(status as Status) || (hides && HIDDEN.includes(status as Status));
	return isEmpty ? { ...near, [name]: null } : near;
}

/** Rounding can carry a number outside its rounded interval by this much. */
function slackOf({ settings }: ResultSet): number {
	return settings.protection === undefined ? 0 : 10 ** -settings.protection.decimals;
}

/** Moves numbers into their bounds and intervals around their figures; returns the same value if nothing changes. */
function within(value: unknown, slack: number): unknown {
	if (Array.isArray(value)) {
		const near = value.map((one) => within(one, slack));
		return near.every((one, place) => one === value[place]) ? value : near;
	}
	if (typeof value !== "object" || value === null) return value;
	const changed = Object.entries(value).flatMap(([name, own]) => {
		// Its keys are variable names, not fields.
		if (name === "at") return [];
		const near = typeof own === "number" ? inBounds(own, name) : within(own, slack);
		return Object.is(near, own) ? [] : [[name, near]];
	});
	const near = changed.length === 0 ? value : { ...value, ...Object.fromEntries(changed) };
	return aroundFigure(near as Fields, slack);
}

function inBounds(value: number, name: string): number {
	const [least, most] = entryOf(BOUNDS, name) ?? [-Infinity, Infinity];
	return value < least - SAME ? least : value > most + most * SAME ? most : value;
}

function aroundFigure(row: Fields, slack: number): Fields {
	const { ciLow, ciHigh, statistic } = row;
	const isDifference = "difference" in row;
	const given = isDifference ? row.difference : row.estimate;
	if (typeof given !== "number") return row;
	const figure =
		statistic === "percent" && !isDifference ? Math.min(Math.max(given, -SLIP), 100 + SLIP) : given;
	const reach = SAME * Math.max(1, Math.abs(figure)) + slack;
	const changed = {
		...(figure === given ? {} : { estimate: figure < 0 ? 0 : 100 }),
		...(typeof ciLow === "number" && ciLow > figure + reach ? { ciLow: figure } : {}),
		...(typeof ciHigh === "number" && ciHigh < figure - reach ? { ciHigh: figure } : {}),
	};
	return Object.keys(changed).length === 0 ? row : { ...row, ...changed };
}
