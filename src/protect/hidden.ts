import { groupBy } from "../base/group-by.js";
import type { AssociationTest } from "../results/associations.js";
import { groupKey } from "../results/group-key.js";
import type { Model } from "../results/models.js";
import {
	type Comparison,
	type Estimate,
	type Group,
	isAverage,
	type ResultSet,
} from "../results/result-set.js";
import { conditionsOf, within } from "./figures.js";
import type { CellSubject } from "./through/cells.js";

/** Why something is hidden: what could otherwise be derived. */
export type HiddenReason = "hidden" | "without-value";

/** A hidden group of a topic: all its items, because they often add up, or one item. */
export interface Hiding {
	topic: string;
	base: string;
	group: Group;
	item: string | null;
	reason: HiddenReason;
}

/** What is hidden to protect other figures. */
export class Hidden {
	private readonly all = new Map<string, Hiding>();
	/** Groups whose population numbers are withheld. */
	private readonly untold = new Map<string, Group>();

	add(hiding: Hiding): void {
		this.all.set(keyOf(hiding, hiding.item, hiding.group), hiding);
	}

	/** Withholds a group's population number in every topic, because it is almost the same in all. */
	withhold(group: Group): void {
		this.untold.set(groupKey(group), group);
	}

	withheld(): Group[] {
		return [...this.untold.values()];
	}

	isWithheld(group: Group): boolean {
		return this.untold.has(groupKey(group));
	}

	list(): Hiding[] {
		return [...this.all.values()];
	}

	has(subject: CellSubject, group: Group): boolean {
		return [null, subject.item].some((item) => this.all.has(keyOf(subject, item, group)));
	}

	/** Whether a model reveals the outcome of a hidden group through a grouping among its predictors. */
	private tells({ outcome, base, group, coefficients }: Model, where: Group): boolean {
		const own = within(where, group);
		const keys = new Set(
			coefficients.flatMap(({ term }) => term.split(" * ").map((part) => part.replace(/=.*$/s, ""))),
		);
		return this.list().some((one) => {
			if (one.topic !== outcome.topic || one.base !== base) return false;
			if (one.item !== null && one.item !== outcome.item) return false;
			const further = Object.keys(one.group).filter((id) => !Object.hasOwn(own, id));
			const isPart = Object.entries(own).every(([id, value]) => one.group[id] === value);
			return isPart && further.every((id) => keys.has(id));
		});
	}

	/** Results without it. */
	taken<R extends ResultSet>(results: R): R {
		const where = conditionsOf(results);
		const averaged = groupBy(this.list(), ({ topic, base, group }) =>
			keyOf({ topic, base }, null, rest(group)),
		);
		const isHidden = (subject: CellSubject, own: Group) => {
			const group = within(where, own);
			if (this.has(subject, group)) return true;
			if (!isAverage(group.country)) return false;
			// An average reveals a hidden member if the others are shown.
			return averaged.has(keyOf(subject, null, rest(group)));
		};
		const isPartial = (test: AssociationTest) =>
			results.estimates.some(
				(row) =>
					row.topic === test.topic &&
					row.item === test.item &&
					row.base === test.base &&
					test.levels.includes(row.group[test.between] ?? "") &&
					groupKey({ ...row.group, [test.between]: "" }) ===
						groupKey({ ...test.group, [test.between]: "" }) &&
					(row.estimate === null || isHidden(row, row.group)),
			);
		return {
			...results,
			estimates: results.estimates.map((row) => {
				if (isHidden(row, row.group)) return hideRow({ ...row, status: "protected" });
				if (row.estimate === null) return hideRow(row);
				if (!this.isWithheld(within(where, row.group))) return row;
				// Without weights the one number is the other.
				return { ...row, weightedN: null, ...(results.design.weight === null ? { n: null } : {}) };
			}),
			comparisons: results.comparisons.map((row) => withoutSides(row, isHidden)),
			...(results.tests === undefined
				? {}
				: { tests: results.tests.map((test) => (isPartial(test) ? hideTest(test) : test)) }),
			...(results.models === undefined
				? {}
				: { models: results.models.map((model) => (this.tells(model, where) ? hideModel(model) : model)) }),
		};
	}
}

/** Results with parts withheld. */
export function withoutTellers<R extends ResultSet>(
	results: R,
	tellers: ReadonlySet<Estimate | Comparison | Model>,
): R {
	return {
		...results,
		estimates: results.estimates.map((row) =>
			tellers.has(row) ? hideRow({ ...row, status: "protected" }) : row,
		),
		comparisons: results.comparisons.map((row) => (tellers.has(row) ? hideComparison(row) : row)),
		...(results.models === undefined
			? {}
			: { models: results.models.map((model) => (tellers.has(model) ? hideModel(model) : model)) }),
	};
}

const rest = ({ country: _, ...group }: Group): Group => group;

function keyOf({ topic, base }: { topic: string; base: string }, item: string | null, group: Group): string {
	return JSON.stringify([topic, base, item, groupKey(group)]);
}

/** Only the status stays, not even the number of teachers. */
function hideRow(row: Estimate): Estimate {
	const numbers = { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null };
	const sizes = { n: null, schools: null, weightedN: null, coverage: null, deff: null };
	return {
		...row,
		...numbers,
		...sizes,
		...(row.cv === undefined ? {} : { cv: null }),
		...(row.nEff === undefined ? {} : { nEff: null }),
	};
}

function hideModel({ predictions, references: _, ...model }: Model): Model {
	return {
		...model,
		...{ status: "protected", n: null, schools: null, df: null, coefficients: [], tests: [] },
		...(model.rSquared === undefined ? {} : { rSquared: null }),
		...(model.nagelkerke === undefined ? {} : { nagelkerke: null }),
		...(model.tjur === undefined ? {} : { tjur: null }),
		...(predictions === undefined ? {} : { predictions: [] }),
	};
}

function withoutSides(
	row: Comparison,
	isHidden: (subject: CellSubject, group: Group) => boolean,
): Comparison {
	const { between, group, a, b } = row;
	const hides = (side: string) =>
		sidesOf(row, between.variable, side).some(([subject, own]) => isHidden(subject, own));
	const [hidesA, hidesB] = [hides(between.a), hides(between.b)];
	const nothing = { estimate: null, se: null, n: null };
	const sides = {
		a: hidesA || a.estimate === null ? { ...a, ...nothing } : a,
		b: hidesB || b.estimate === null ? { ...b, ...nothing } : b,
	};
	const whole = { ...row, ...sides };
	return hidesA || hidesB || isHidden(row, group) ? hideComparison(whole) : whole;
}

/** A test over levels reveals something about a hidden one. */
function hideTest(test: AssociationTest): AssociationTest {
	return { ...test, F: null, df1: null, df2: null, p: null, pAdjusted: null, n: null };
}

/** Its sides stay. */
function hideComparison(row: Comparison): Comparison {
	const numbers = { difference: null, se: null, ciLow: null, ciHigh: null, t: null, df: null };
	return { ...row, ...numbers, p: null, pAdjusted: null, status: "suppressed" };
}

/** The rows that a side of a comparison may be. */
export function sidesOf(row: Comparison, variable: string, side: string): [CellSubject, Group][] {
	const { group } = row;
	if (variable === "item") {
		const [topic, item] = side.includes(":") ? (side.split(":") as [string, string]) : [row.topic, side];
		return [[{ ...row, topic, item }, group]];
	}
	if (variable === "topic") return [[{ ...row, topic: side }, group]];
	if (variable === "benchmark") return [[row, { ...group, country: side }]];
	return [[row, { ...group, [variable]: side }]];
}
