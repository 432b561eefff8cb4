import { groupBy } from "../../base/group-by.js";
import { without } from "../../compare/figured.js";
import { groupKey } from "../../results/group-key.js";
import {
	type Comparison,
	type Estimate,
	isAverage,
	type ResultSet,
	TOTAL,
} from "../../results/result-set.js";
import type { Contrast, OwnCell, PackedCell, PackedTable } from "../pack.js";
import type { PackSource } from "./source.js";

/** A figure with what tells tables apart. */
interface Placed {
	estimate: Estimate;
	level: string | null;
}

/** Stands for the sample where a survey has no countries. */
export const ONLY_SYSTEM = "file";

/** Countries, economies and printed averages of a source, in the order they come. */
export function sourceSystems({ results }: PackSource): string[] {
	const codes = figuresOf(results).map(({ estimate }) => systemOf(estimate));
	return [...new Set(codes)];
}

/** The figures of a source, one table per item, level and group. */
export function packedTables(source: PackSource, edition: number, systems: readonly string[]): PackedTable[] {
	const tables = groupBy(figuresOf(source.results), ({ estimate, level }) =>
		JSON.stringify([
			...[level, estimate.topic, estimate.item, estimate.base, estimate.statistic],
			groupKey(groupOf(estimate)),
		]),
	);
	return [...tables.values()].map((figures) => {
		const [{ estimate: first, level }] = figures as [Placed];
		const { topic, item, base, statistic } = first;
		const cells = new Map(
			figures.map(({ estimate }) => [
				systemOf(estimate),
				source.own ? ownCell(estimate) : publishedCell(estimate),
			]),
		);
		return {
			...{ edition, level, topic, item, base, statistic },
			group: groupOf(first),
			cells: systems.map((code) => cells.get(code) ?? null),
		};
	});
}

/** Differences between groups of the same teachers. */
export function contrastsOf({ results }: PackSource, edition: number): Contrast[] {
	return results.flatMap((one) =>
		one.comparisons.flatMap((row) => {
			const { topic, item, base, statistic, group, between, kind, difference, se, df } = row;
			if (
				kind !== "same-sample" ||
				difference === null ||
				se === null ||
				Object.keys(without(group, ...SAMPLED)).length > 0
			)
				return [];
			if (between.variable === "item" || between.variable === "topic") return [];
			const { variable, a, b } = between;
			const about = { topic, item, base, statistic };
			return [
				{
					edition,
					level: levelOf(row, one),
					...about,
					system: systemOf(row),
					variable,
					a,
					b,
					difference,
					se,
					df,
				},
			];
		}),
	);
}

const SAMPLED = ["country", "population"];

function figuresOf(results: readonly ResultSet[]): Placed[] {
	return results.flatMap((one) =>
		one.estimates
			.filter(({ statistic, group }) => statistic !== "count" && !Object.values(group).includes(TOTAL))
			// What can be made of the systems is made where it is shown.
			.filter(({ group }) => one.kind === "published" || !isAverage(group.country))
			.filter(({ group }) => !group.country?.includes("@"))
			.map((estimate) => ({ estimate, level: levelOf(estimate, one) })),
	);
}

function levelOf({ group }: Estimate | Comparison, { settings }: ResultSet): string | null {
	const { populations = [] } = settings;
	return group.population ?? (populations.length === 1 ? (populations[0] as string) : null);
}

function systemOf({ group }: Estimate | Comparison): string {
	return group.country ?? ONLY_SYSTEM;
}

function groupOf({ group }: Estimate) {
	return without(group, ...SAMPLED);
}

function publishedCell({ estimate, se, flag, status }: Estimate): PackedCell {
	if (estimate === null || se === null) return { status, ...(flag === undefined ? {} : { flag }) };
	return flag === undefined ? [estimate, se] : [estimate, se, flag];
}

function ownCell(row: Estimate): OwnCell {
	const { estimate, se, ciLow, ciHigh, ciMethod, df, n, flag, status } = row;
	const known = {
		...{ estimate, se, low: ciLow, high: ciHigh, method: ciMethod, df, n, flag },
	};
	const there = Object.entries(known).filter(([, value]) => value !== null && value !== undefined);
	return { status, ...Object.fromEntries(there) };
}
