import { groupBy } from "../../base/group-by.js";
import { isAverage, type Note, type Status } from "../../results/result-set.js";
import type { Bounds } from "../bounds.js";
import type { Published } from "../figures.js";
import {
	cellKey,
	type PublishedCell,
	type PublishedCells,
	product,
	SHARES,
	scaled,
	sumOfBounds,
	type Told,
} from "./cells.js";

/** Members without a figure, which are not part of the average. */
const LEFT_OUT: readonly Status[] = [
	"few-teachers",
	"few-schools",
	"low-response",
	"no-data",
	"not-administered",
];

/** Hidden members of averages over systems: simple ones, weighted ones, and those of several as one population. */
export function throughAverages(published: readonly Published[], cells: PublishedCells): Told[] {
	const named = membersNamed(published);
	const all = [...cells.values()];
	const peers = groupBy(
		all.filter(({ group }) => group.country !== undefined && !group.country.includes("@")),
		({ survey, row, group: { country: _, ...others } }) => cellKey(survey, row, others),
	);
	return [...peers.values()].flatMap((own) => {
		const systems = own.filter(({ group }) => !isAverage(group.country));
		return own
			.filter(({ average }) => average !== null)
			.flatMap((average) => throughAverage(average, membersOf(average, systems, named)));
	});
}

/** Average → the systems that it is over, as its note says. */
function membersNamed(published: readonly Published[]): Map<string, Set<string>> {
	const notes: Note[] = published.flatMap(({ results }) => results.notes);
	return new Map(
		notes.flatMap(({ code, detail }) =>
			code === "average-members"
				? [[String(detail?.average), new Set(String(detail?.members).split(", "))] as const]
				: [],
		),
	);
}

/** The members of an average; none if they are unknown. */
function membersOf(
	{ group }: PublishedCell,
	systems: readonly PublishedCell[],
	named: ReadonlyMap<string, Set<string>>,
): PublishedCell[] {
	const [, id = "", count] = /^average:(.*?)-(\d+)(?:-of-\d+)?$/.exec(group.country as string) ?? [];
	const known = named.get(id);
	const asked = systems.filter(({ group: own }) => known?.has(own.country as string) ?? true);
	const used = Number(count ?? asked.length);
	const left = asked.filter(({ value, status }) => value !== null || !LEFT_OUT.includes(status));
	return [asked, left].find(({ length }) => length === used) ?? [];
}

/**
 * An average v over members is Σ W p / Σ W, so that of a hidden one p = v + Σ W (v − p) / W over the others. A weight is 1 in
 * a simple average, all of a system's teachers in a weighted one, and those who answered in that of one population.
 */
function throughAverage(average: PublishedCell, members: readonly PublishedCell[]): Told[] {
	const { value: whole, statistic } = average;
	const hidden = members.filter(({ value }) => value === null);
	if (whole === null || hidden.length === 0) return [];
	const isAlone = hidden.length === 1;
	if (!isAlone && statistic === "mean") return [];
	const by = average.rows;
	return hidden.flatMap((cell): Told[] => {
		const others = members.filter((one) => one !== cell);
		const parts = others.map((one) => {
			const weight = weightIn(average, one, members);
			const value = one.value ?? SHARES;
			return weight && product(weight, [whole[0] - value[1], whole[1] - value[0]]);
		});
		const weight = weightIn(average, cell, members);
		if (weight === null || weight[0] <= 0 || parts.includes(null)) {
			return isAlone ? [{ cell, between: null, by }] : [];
		}
		const rest = product(sumOfBounds(parts as Bounds[]), [1 / weight[1], 1 / weight[0]]);
		return [{ cell, between: [whole[0] + rest[0], whole[1] + rest[1]], by }];
	});
}

function weightIn(
	average: PublishedCell,
	member: PublishedCell,
	members: readonly PublishedCell[],
): Bounds | null {
	if (average.average === "simple") return [1, 1];
	if (average.average === "weighted") return member.whole;
	if (member.total !== null || average.total === null) return member.total;
	// What the others leave of the whole population.
	const others = members.filter((one) => one !== member).map(({ total }) => total);
	if (others.includes(null)) return null;
	const rest = scaled(sumOfBounds(others as Bounds[]), -1);
	return [average.total[0] + rest[0], average.total[1] + rest[1]];
}
