import { type Estimate, type Group, isAverage, type Note, type ResultSet } from "../../results/result-set.js";

/** A row of the table, and what it is made from. */
export interface ShownRow {
	row: Estimate;
	/** Name of its variable in the plan. */
	variable: string;
	/** For percentages of one value of a number: the value. */
	value: number | null;
	/** Codes of the countries that an average is over; empty for other rows. */
	members: readonly string[];
}

/** Rows that a script recomputes: those with numbers, that are no published figures. */
export function shownRows(results: ResultSet, names: ReadonlyMap<string, string>): ShownRow[] {
	const { estimates } = results;
	const seen = estimates.filter(({ estimate, group }) => estimate !== null && !isBenchmark(group.country));
	return seen.flatMap((row) => {
		const found = variableOf(row, names);
		if (found === undefined) return [];
		return [{ row, ...found, members: membersOf(row, results) }];
	});
}

/** Published figures stand as `SYSTEM@CYCLE`. */
function isBenchmark(country: string | undefined): boolean {
	return country?.includes("@") === true;
}

function variableOf({ topic, item }: Estimate, names: ReadonlyMap<string, string>) {
	const own = names.get(`${topic}:${item}`);
	if (own !== undefined) return { variable: own, value: null };
	const [, key = "", value = ""] = /^(.+)-(-?[\d.]+)$/.exec(item) ?? [];
	const whole = names.get(`${topic}:${key}`);
	return whole === undefined ? undefined : { variable: whole, value: Number(value) };
}

/** The members of an average that have a figure of this row. */
function membersOf(row: Estimate, { estimates, notes }: ResultSet): string[] {
	if (!isAverage(row.group.country)) return [];
	const codes = averageMembers(row.group, notes);
	const alike = estimates.filter(
		(other) =>
			codes.includes(other.group.country ?? "") &&
			other.estimate !== null &&
			sameSubject(row, other) &&
			Object.entries(row.group).every(([id, value]) => id === "country" || other.group[id] === value),
	);
	return alike.map(({ group }) => group.country as string);
}

/** The members of an average, according to the results. */
export function averageMembers(group: Group, notes: readonly Note[]): string[] {
	const id = /^average:(.+?)-\d+(?:-of-\d+)?$/.exec(group.country ?? "")?.[1];
	const note = notes.find(
		({ code, detail, group: of }) =>
			code === "average-members" &&
			detail?.average === id &&
			Object.entries(of ?? {}).every(([key, value]) => (group[key] ?? value) === value),
	);
	return String(note?.detail?.members ?? "").split(", ");
}

function sameSubject(a: Estimate, b: Estimate): boolean {
	return a.topic === b.topic && a.item === b.item && a.base === b.base && a.statistic === b.statistic;
}

/** Whether two groups have the same value in every breakdown, whatever their order. */
export function sameGroup(a: Group, b: Group): boolean {
	const [first, second] = [Object.entries(a), Object.keys(b)];
	return first.length === second.length && first.every(([id, value]) => b[id] === value);
}
