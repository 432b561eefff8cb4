import { UserError } from "../../base/errors.js";
import { command, option, say } from "../../base/say.js";
import { type Membership, membershipOf } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { averageComparisons } from "../../compare/average-difference.js";
import { type Average, type AverageOptions, averagesOf } from "../../compare/averages-of-systems.js";
import { type Figured, fromMeasured, subjectKey, without } from "../../compare/figured.js";
import type { Measured } from "../../estimate/estimates.js";
import type { Quantiles } from "../../estimate/figures.js";
import { totalWeight } from "../../estimate/margin.js";
import { groupKey } from "../../results/group-key.js";
import {
	AVERAGE,
	type ComparisonRow,
	type EstimateRow,
	type Group,
	type Note,
	TOTAL,
} from "../../results/result-set.js";
import type { AverageRequest, RatesSettings } from "../../settings/rates.js";
import { sumOf } from "../../tabulate/cells.js";
import type { GroupCell } from "../../tabulate/groups.js";
import { loadLocale } from "../../wording/locale.js";
import { type MakeNote, makeNote, rowName } from "../result/notes.js";
import { wordsFor } from "../result/words-for.js";
import { measureCells, type Sample } from "../survey/sample.js";

/** Averages of a run, in the form results need. */
export interface AveragesAdded {
	estimates: EstimateRow[];
	figures: Figured[];
	averages: Average[];
	notes: Note[];
	/** Adds each group's weight to the sample's own figures. */
	figured(measured: Measured): Figured;
}

/**
 * Adds the requested averages over countries.
 * @throws UserError if there is no breakdown by country, or no member is in the data.
 */
export function addAverages(
	sample: Sample,
	measured: readonly Measured[],
	request: AverageRequest | null = sample.settings.average,
	quantiles: Quantiles | null = null,
): AveragesAdded {
	const figured = weighing(sample);
	if (request === null) return { estimates: [], figures: [], averages: [], notes: [], figured };
	if (!sample.breakdowns.some(({ id }) => id === "country")) {
		throw new UserError("an average is over countries, and the groups are not by country", {
			hint: say`leave out ${option("pool", "country")}, or give files that tell the country`,
		});
	}
	const figures = measured.map(figured);
	const options = averageOptions(sample, request, countriesOf(figures));
	const averages = averagesOf(figures, { ...options, pooled: pooling(sample, quantiles) });
	if (averages.length === 0) throw nothingToAverage(request);
	return {
		estimates: averages.map(({ figure }) => figure.estimate),
		figures: averages.map(({ figure }) => figure),
		averages,
		notes: averageNotes(averages.map(averagedRow), options.memberships(), sample.settings, sample.codebook),
		figured,
	};
}

/** @throws UserError if nothing remains to average. */
export function nothingToAverage(request: AverageRequest): UserError {
	const name = typeof request === "string" ? request : request.join(",");
	return new UserError(`no member of the average ${name} has a figure here`, {
		hint: say`${command("inspect", "inspect FILE")} shows the countries of a file; ${command("published", "published")} without ${option("countries")} has all that are published`,
	});
}

export function countriesOf(figures: readonly Figured[]): string[] {
	const codes = figures.flatMap(({ estimate }) => estimate.group.country ?? []);
	return [...new Set(codes)].filter((code) => code !== TOTAL && !code.includes(":"));
}

/**
 * Averages the differences of countries, each an independent sample. A pooled average has its own difference, computed
 * from its replicates.
 * @throws UserError if no member has a difference.
 */
export function averageDifferences(
	comparisons: readonly ComparisonRow[],
	figures: readonly Figured[],
	sample: Sample,
): ComparisonRow[] {
	const { average, averageKind } = sample.settings;
	if (average === null || averageKind === "pooled") return [];
	const options = averageOptions(sample, average, countriesOf(figures));
	// A comparison's group lacks the breakdown whose levels it compares.
	const weightOf = (asked: Group) =>
		sample.groups
			.filter(({ group }) => Object.entries(asked).every(([id, value]) => group[id] === value))
			.reduce((sum, { cell }) => sum + totalWeight(cell), 0);
	const means = averageComparisons(comparisons, options, weightOf, sample.settings);
	if (means.length === 0) throw nothingToAverage(average);
	return means.map(({ comparison }) => comparison);
}

/** Memberships by level of education, with a record of those used. */
export function averageOptions(
	{ codebook, settings, populations }: Pick<Sample, "codebook" | "settings" | "populations">,
	request: AverageRequest,
	present: readonly string[],
	since?: number,
): Omit<AverageOptions, "pooled"> & { memberships(): Membership[] } {
	const used = new Map<string, Membership>();
	return {
		kind: settings.averageKind,
		level: settings.level,
		ci: settings.ci,
		df: settings.df,
		memberships: () => [...used.values()],
		membership(group) {
			const population = group.population ?? (populations.length === 1 ? populations[0] : undefined) ?? null;
			const key = population ?? "";
			const known = used.get(key) ?? membershipOf(codebook, request, population, present, since);
			used.set(key, known);
			return known;
		},
	};
}

/** Adds the weight of the group's teachers to figures. */
function weighing({ groups, settings }: Sample): (measured: Measured) => Figured {
	const weights = new Map(groups.map(({ group, cell }) => [groupKey(group), totalWeight(cell)]));
	return (measured) =>
		fromMeasured(measured, settings.suppress === "none", weights.get(groupKey(measured.estimate.group)));
}

/** Treats several countries as one population: replicate r combines replicate r of every country. */
function pooling(sample: Sample, quantiles: Quantiles | null): NonNullable<AverageOptions["pooled"]> {
	const made = new Map<string, Map<string, Figured>>();
	return (countries, { estimate }) => {
		const key = JSON.stringify([countries, { ...estimate.group, country: "" }]);
		let figures = made.get(key);
		if (figures === undefined) {
			const group = poolCells(sample.groups, countries, estimate.group);
			const measured = measureCells(sample, [group], quantiles);
			figures = new Map(
				measured.map((one) => [
					subjectKey(one.estimate),
					fromMeasured(one, sample.settings.suppress === "none", totalWeight(group.cell)),
				]),
			);
			made.set(key, figures);
		}
		return figures.get(subjectKey(estimate));
	};
}

function poolCells(groups: readonly GroupCell[], countries: readonly string[], like: Group) {
	const keys = countries.map((country) => groupKey({ ...like, country }));
	const parts = groups.filter(({ group }) => keys.includes(groupKey(group)));
	return { group: like, cell: sumOf(parts.map(({ cell }) => cell)) };
}

/** A row for several countries. */
export interface AveragedRow {
	row: Pick<EstimateRow, "topic" | "item" | "group">;
	members: readonly string[];
	/** Members without a figure. */
	lost: readonly string[];
	/** Members with the publisher's caution mark. */
	flagged: readonly string[];
}

export function averagedRow({ figure, members, lost }: Average): AveragedRow {
	const flagged = [...members].filter(([, { estimate }]) => estimate.flag !== undefined);
	return { row: figure.estimate, members: [...members.keys()], lost, flagged: flagged.map(([code]) => code) };
}

/** Notes on parts of countries shown next to countries or averages that include them, if the overlap is unknown. */
export function partNotes(
	comparisons: readonly ComparisonRow[],
	{ language }: Pick<RatesSettings, "language">,
): Note[] {
	const pairs = comparisons
		.filter(({ kind, status }) => kind === "part-whole" && status === "not-comparable")
		.map(({ between: { a, b } }) => [a, b].map((code) => code.replace(AVERAGE, "")).join(" − "));
	if (pairs.length === 0) return [];
	return [makeNote(loadLocale(language))("part-untested", { pairs: [...new Set(pairs)].join(", ") })];
}

/** The level of education named in a note, if there are several memberships. */
function levelGroup({ population }: Membership, { length }: readonly Membership[]): Group | undefined {
	return length > 1 && population !== null ? { population } : undefined;
}

/** Name of an average's row without the average itself. */
function lostName(row: AveragedRow["row"]): string {
	return rowName({ ...row, group: without(row.group, "country") });
}

/**
 * Notes on the members of the averages, on members left out, and on averages of fewer than all; by level if there are
 * several.
 */
export function averageNotes(
	averages: readonly AveragedRow[],
	memberships: readonly Membership[],
	settings: Pick<RatesSettings, "language" | "averageKind">,
	codebook?: Codebook,
): Note[] {
	const locale = loadLocale(settings.language);
	const make = makeNote(locale);
	const note: MakeNote = (code, detail = {}, group) =>
		make(code, detail, group, wordsFor(code, detail, codebook, settings.language));
	const kind = locale.text(`average.${settings.averageKind}`);
	return memberships.flatMap((membership) => {
		const { id, population, members, excluded } = membership;
		const isOwn = (group: Group) =>
			group.country?.startsWith(`${AVERAGE}${id}-`) === true &&
			(group.population ?? population) === population;
		const own = averages.filter(({ row }) => isOwn(row.group));
		const group = levelGroup(membership, memberships);
		const most = own.reduce<readonly string[]>(
			(best, next) => (next.members.length > best.length ? next.members : best),
			[],
		);
		const there = new Set(own.flatMap(({ members, lost }) => [...members, ...lost]));
		const absent = members.filter((code) => !there.has(code));
		const names = (codes: readonly string[]) => codes.join(", ");
		const flagged = [...new Set(own.flatMap((one) => one.flagged))].sort();
		const left = own.filter(({ lost }) => lost.length > 0);
		return [
			note("average-members", { average: id, kind, count: most.length, members: names(most) }, group),
			...(flagged.length === 0
				? []
				: [note("average-flagged", { average: id, members: names(flagged) }, group)]),
			...(absent.length === 0
				? []
				: [note("average-absent", { average: id, members: names(absent) }, group)]),
			...(["no-member", "part-of"] as const).flatMap((reason) => {
				const codes = excluded
					.filter(({ partOf }) => (partOf !== undefined) === (reason === "part-of"))
					.map(({ code }) => code);
				return codes.length === 0
					? []
					: [note(`average-${reason}`, { average: id, members: names(codes) }, group)];
			}),
			...(left.length === 0
				? []
				: [
						note("average-lost", {
							items: left.map(({ row, lost }) => `${names(lost)} (${lostName(row)})`).join(", "),
						}),
					]),
		];
	});
}
