import { once } from "../base/once.js";
import { groupKey } from "../results/group-key.js";
import type { Group } from "../results/result-set.js";
import { tellsSamples } from "../results/samples.js";
import { Attained } from "./attained.js";
import type { Bounds } from "./bounds.js";
import { determined } from "./determined.js";
import type { FigureTable, PublishedFigure } from "./figures.js";
import { type CanGoTogether, type Lattice, type Linked, latticeOf, NO_VALUE, type Sum } from "./lattice.js";
import type { ProgramRow, Solver, Telling } from "./linear-program.js";
import { programParts } from "./program-parts.js";

/** A protected cell counts as known if its value is bounded to within this many points. */
export const POINTS = 5;

/** A protected cell and the bounds of its value, which are equal if it is determined. */
export interface Exposure {
	base: string;
	group: Group;
	/** Hidden because it rests on too few teachers, or the teachers without a value of a breakdown. */
	kind: "hidden" | "without-value";
	between: Bounds;
	/** Groups whose published numbers give these bounds, if known: hiding other groups does not help. */
	heldBy?: Record<Telling["what"], ReadonlySet<string>>;
}

/** How groups are nested. */
export interface Structure {
	linked: Linked;
	possible: CanGoTogether;
}

/** Cells and how they add up; the same for all tables of the same groups. */
interface Ground {
	lattice: Lattice;
	/** Breakdowns that tell samples. */
	samples: ReadonlySet<string>;
	/** Key of a cell → the sums it is part of. */
	sumsWith: ReadonlyMap<string, readonly Sum[]>;
	/** Sums that restrict published cells. */
	telling: readonly Sum[];
	/** Key of a cell → its number. */
	places: ReadonlyMap<string, number>;
}

/** A table and the sums that its cells form. */
export interface Laid extends Ground {
	table: FigureTable;
	/** Values that cells have been shown to be able to take. */
	attained: Attained;
}

/** Pairs tables with the sums of their cells, which tables of the same groups share. */
export function layingOut({ linked, possible }: Structure): (table: FigureTable) => Laid {
	const grounds = new Map<string, Ground>();
	return (table) => {
		const layers = [...table.layers.values()];
		const key = JSON.stringify([...new Set(layers.flatMap((layer) => [...layer.keys()]))]);
		const groups = () => layers.flatMap((layer) => [...layer.values()].map(({ group }) => group));
		const ground = grounds.get(key) ?? groundOf(groups(), { linked, possible });
		grounds.set(key, ground);
		return { table, attained: new Attained(), ...ground };
	};
}

function groundOf(groups: readonly Group[], { linked, possible }: Structure): Ground {
	const lattice = latticeOf(groups, linked, possible);
	const sumsWith = new Map<string, Sum[]>();
	for (const sum of lattice.sums) {
		for (const part of sum.parts) {
			const own = sumsWith.get(part);
			if (own === undefined) sumsWith.set(part, [sum]);
			else own.push(sum);
		}
	}
	return {
		...{ lattice, sumsWith, telling: sumsThatTell(lattice, groups) },
		samples: new Set(groups.flatMap((group) => Object.keys(group)).filter((id) => tellsSamples(id))),
		places: new Map([...lattice.cells.keys()].map((key, index) => [key, index])),
	};
}

/** Cells of a layer that are to stay unknown: hidden ones, and rows without a value where these are few. */
export function sensitiveCells({ table, lattice }: Laid, base: string): Pick<Exposure, "group" | "kind">[] {
	const layer = table.layers.get(base) as Map<string, PublishedFigure>;
	const hidden = [...layer.values()].filter(({ small, shown }) => small && !shown);
	const few = lattice.sums.flatMap(({ whole, parts, by }) => {
		if (by === null || !table.incomplete.has(by)) return [];
		const rest = parts.find((key) => !layer.has(key) && lattice.cells.get(key)?.[by] === NO_VALUE);
		if (rest === undefined) return [];
		const others = parts.filter((key) => key !== rest).map((key) => layer.get(key)?.n ?? null);
		const all = layer.get(whole)?.n ?? null;
		if (all === null || others.length === 0 || others.some((n) => n === null)) return [];
		const sum = (place: 0 | 1) => (others as Bounds[]).reduce((total, n) => total + n[place], 0);
		const [low, high] = [all[0] - sum(1), all[1] - sum(0)];
		return table.least > 0 && high > 0 && low < table.least ? [lattice.cells.get(rest) as Group] : [];
	});
	return [
		...hidden.map(({ group }) => ({ group, kind: "hidden" as const })),
		...few.map((group) => ({ group, kind: "without-value" as const })),
	];
}

/** What counts as published. */
export interface Seen {
	figure(base: string, figure: PublishedFigure): boolean;
	/** Number of teachers in the population. */
	total(figure: PublishedFigure): boolean;
}

/**
 * Hidden cells that follow from the published ones by adding and subtracting alone. A total that is not among them
 * counts as known, because it may be published elsewhere; a few rows without a value count as none.
 */
export function determinedCells(laid: Laid, base: string, seen: Seen): Exposure[] {
	const { table, lattice } = laid;
	const layer = table.layers.get(base) as Map<string, PublishedFigure>;
	const sensitive = sensitiveCells(laid, base);
	const hidden = sensitive.filter(({ kind }) => kind === "hidden");
	if (hidden.length === 0) return [];
	const nobody = new Set(
		sensitive.filter(({ kind }) => kind === "without-value").map(({ group }) => groupKey(group)),
	);
	const keys = [...lattice.cells.keys()];
	const isUnknown = (key: string) => {
		const figure = layer.get(key);
		if (figure !== undefined) return !seen.figure(base, figure);
		if (nobody.has(key)) return false;
		const cell = lattice.cells.get(key) as Group;
		if (Object.values(cell).includes(NO_VALUE)) return !hasNoRest(key, laid, layer);
		return isTotalOfSamples(cell, laid);
	};
	const unknown = new Map(keys.filter(isUnknown).map((key, place) => [key, place]));
	const equations = lattice.sums.map(({ whole, parts }) => {
		const terms = [...parts.map((key) => [key, 1] as const), [whole, -1] as const];
		return new Map(
			terms.flatMap(([key, factor]) => {
				const place = unknown.get(key);
				return place === undefined ? [] : [[place, factor] as const];
			}),
		);
	});
	const known = determined(equations);
	return hidden
		.filter(({ group }) => known.has(unknown.get(groupKey(group)) ?? -1))
		.map((cell) => ({ ...cell, base, between: [Number.NaN, Number.NaN] }));
}

/** Whether no rows lack a value, or nothing is published from which such rows could be derived. */
function hasNoRest(key: string, { sumsWith }: Laid, layer: ReadonlyMap<string, PublishedFigure>): boolean {
	const own = sumsWith.get(key) ?? [];
	return !own.some(({ whole, parts }) => {
		const all = layer.get(whole)?.n?.[1];
		const others = parts.filter((part) => part !== key).map((part) => layer.get(part)?.n?.[0]);
		if (all === undefined || others.some((n) => n === undefined)) return false;
		return all - (others as number[]).reduce((sum, n) => sum + n, 0) > 0;
	});
}

/** Whether a cell is of several samples, which do not form one figure unless it is published. */
function isTotalOfSamples(cell: Group, { samples }: Laid): boolean {
	return [...samples].some((id) => !Object.hasOwn(cell, id));
}

/**
 * Cells that linear programming over everything published about a table bounds to within a few points.
 * @param isTrial Whether more counts as hidden than is hidden so far.
 */
export function boundedCells(
	laid: Laid,
	cells: readonly (Pick<Exposure, "group" | "kind"> & { base: string })[],
	solver: Solver,
	seen: Seen,
	participation: Participation,
	isTrial: boolean,
): Exposure[] {
	const { attained, table } = laid;
	const placeOf = placesOf(laid);
	const doubtful = cells.filter(
		({ base, group }) => !attained.isOpen(placeOf(base, groupKey(group)).y, POINTS),
	);
	if (doubtful.length === 0) return [];
	const program = once(() => programOf(laid, seen, participation));
	const alone = once(() => programOf(laid, seen, null));
	const [low, high] = table.range;
	return doubtful.flatMap((cell) => {
		const { y, total } = placeOf(cell.base, groupKey(cell.group));
		// An earlier program may have settled this cell.
		if (attained.isOpen(y, POINTS)) return [];
		const range = (partOf: ReturnType<typeof programOf>) => {
			const part = partOf(y);
			const found = solver.range(part.columns, part.rows, part.place(y), part.place(total));
			return found && { ...found, part };
		};
		const joint = range(program());
		// Contradictory bases turn out not to describe the same teachers.
		const found = joint ?? range(alone());
		if (found === null) return [];
		if (joint !== null && !isTrial) {
			const values = joint.part.own.filter((column) => column < multipleOf(laid) && column % 2 === 0);
			for (const end of joint.ends)
				attained.note(values, (column) => end[joint.part.place(column)] as number);
		}
		const [least, most] = [Math.max(0, found.low), Math.min(1, found.high)];
		if (100 * (most - least) >= POINTS) return [];
		const between: Bounds = [low + least * (high - low), low + most * (high - low)];
		return [{ ...cell, between, ...(joint === null ? {} : { heldBy: holders(joint.holding) }) }];
	});
}

function holders(rows: readonly ProgramRow[]): NonNullable<Exposure["heldBy"]> {
	const told = rows.flatMap(({ tells }) => tells ?? []);
	const groups = (what: Telling["what"]) =>
		new Set(told.filter((one) => one.what === what).map(({ group }) => group));
	return { total: groups("total"), figure: groups("figure") };
}

/** Share of a cell's teachers who take part in anything at all; null where it is not published. */
export type Participation = (key: string) => Bounds | null;

/** The base of participants, and that of all teachers. */
const [PARTICIPANTS, ALL] = ["participants", "all"];

/** How far shares of the same teachers in two bases may differ, because not everybody answers every question. */
const NONRESPONSE = 0.01;

/** Columns of a cell in a base: the sum of its values, followed by the sum of its weights. */
function placesOf({ table, places }: Laid) {
	const bases = [...table.layers.keys()];
	return (base: string, key: string) => {
		const cell = 2 * (bases.indexOf(base) * places.size + (places.get(key) as number));
		return { y: cell, total: cell + 1 };
	};
}

/** The column after those of cells. */
const multipleOf = ({ table, lattice }: Laid) => 2 * lattice.cells.size * table.layers.size;

/**
 * Everything published, as rows of a linear program. For each cell and base there are two columns, the sum of values
 * and the sum of weights, both as multiples of the weights of the cell in question. The last column is that multiple
 * itself (Charnes and Cooper).
 */
function programOf(laid: Laid, seen: Seen, participation: Participation | null) {
	const { table, lattice } = laid;
	const keys = [...lattice.cells.keys()];
	const bases = [...table.layers.keys()];
	const places = placesOf(laid);
	const multiple = multipleOf(laid);
	const rows: ProgramRow[] = [];
	const infinite = Number.POSITIVE_INFINITY;
	const least = (terms: ProgramRow["terms"], tells?: Telling) =>
		rows.push({ terms, low: 0, high: infinite, ...(tells && { tells }) });
	const most = (terms: ProgramRow["terms"], tells?: Telling) =>
		rows.push({ terms, low: -infinite, high: 0, ...(tells && { tells }) });
	const equal = (terms: ProgramRow["terms"]) => rows.push({ terms, low: 0, high: 0 });
	const [low, high] = table.range;
	const share = (value: number) => (value - low) / (high - low);
	const figures = [...table.layers.values()].flatMap((layer) => [...layer.values()]);
	const scale = Math.max(1, ...figures.map(({ total }) => total?.[1] ?? 0));
	for (const base of bases) {
		for (const key of keys) {
			const { y, total } = places(base, key);
			most([
				[y, 1],
				[total, -1],
			]);
		}
		for (const { whole, parts } of laid.telling) {
			for (const of of ["y", "total"] as const) {
				equal([...parts.map((key) => [places(base, key)[of], 1] as const), [places(base, whole)[of], -1]]);
			}
		}
		for (const [key, figure] of table.layers.get(base) as Map<string, PublishedFigure>) {
			if (!seen.figure(base, figure)) continue;
			const { y, total } = places(base, key);
			const between = (column: number, bounds: Bounds, of: number, what: Telling["what"]) => {
				least(
					[
						[column, 1],
						[of, -bounds[0]],
					],
					{ group: key, what },
				);
				most(
					[
						[column, 1],
						[of, -bounds[1]],
					],
					{ group: key, what },
				);
			};
			const scaled = ([few, many]: Bounds): Bounds => [few / scale, many / scale];
			if (figure.total !== null && seen.total(figure))
				between(total, scaled(figure.total), multiple, "total");
			if (figure.value !== null) {
				const [few, many] = figure.value;
				between(y, [Math.max(0, share(few)), Math.min(1, share(many))], total, "figure");
			}
			if (figure.yes !== null) between(y, scaled(figure.yes), multiple, "figure");
		}
	}
	const sharesTeachers = bases.includes(PARTICIPANTS) && bases.includes(ALL) && table.statistic === "percent";
	if (sharesTeachers && participation !== null) {
		for (const key of keys) {
			const [part, all] = [places(PARTICIPANTS, key), places(ALL, key)];
			// Teachers who skipped the question cannot have said yes.
			equal([
				[part.y, 1],
				[all.y, -1],
			]);
			const taking = participation(key);
			const [few, many] = taking === null ? [0, 1] : [taking[0] / 100, taking[1] / 100];
			least([
				[part.total, 1],
				[all.total, -Math.max(0, few - NONRESPONSE)],
			]);
			most([
				[part.total, 1],
				[all.total, -Math.min(1, many + NONRESPONSE)],
			]);
		}
	}
	return programParts(rows, multiple);
}

/**
 * Sums that restrict published cells. A sum restricts nothing if neither it nor a sum that contains it is published:
 * without sums over countries, each country is a separate program.
 */
function sumsThatTell(lattice: Lattice, groups: readonly Group[]): readonly Sum[] {
	const always = Object.keys(groups[0] ?? {}).filter((id) =>
		groups.every((group) => Object.hasOwn(group, id)),
	);
	const tells = (key: string) => {
		const cell = lattice.cells.get(key) as Group;
		return always.every((id) => Object.hasOwn(cell, id));
	};
	return lattice.sums.filter(({ whole, parts }) => tells(whole) && parts.every(tells));
}
