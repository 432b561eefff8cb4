import { UserError } from "../base/errors.js";

/** A variable of a model; its values are levels counted from 0, or numbers. */
export interface ModelVariable {
	key: string;
	kind: "factor" | "number";
}

/** A term by the places of its variables; none makes the intercept. */
export type Term = readonly number[];

/** What a column of the design is: the product of a level's indicator or a number for each variable of its term. */
export interface DesignColumn {
	term: Term;
	/** By variable of the term: the level, or −1 for a number. */
	levels: readonly number[];
}

/** The level of numbers, which have none. */
export const NUMBER = -1;
/** Most levels of a factor over all groups; with more it would be an id. */
const MOST_LEVELS = 1000;
/** Most factors of an interaction: as many as fit into one key. */
const MOST_FACTORS = 5;

/**
 * The columns that terms make: the intercept, then one for each level or combination of levels that is met, the reference
 * levels among them, as they are left out only when a model is fitted.
 */
export class DesignColumns {
	readonly columns: DesignColumn[] = [{ term: [], levels: [] }];
	/** By term, the column of each combination of levels. */
	private readonly byLevels: Map<number, number>[];

	/**
	 * @param terms Without the intercept.
	 * @throws UserError for interactions of too many variables.
	 */
	constructor(
		readonly variables: readonly ModelVariable[],
		readonly terms: readonly Term[],
	) {
		const longest = Math.max(0, ...terms.map(({ length }) => length));
		if (longest > MOST_FACTORS) {
			throw new UserError(
				`an interaction of ${longest} variables is asked for, and ${MOST_FACTORS} are the most`,
				{
					hint: "leave some of them out",
				},
			);
		}
		this.byLevels = terms.map(() => new Map());
	}

	/**
	 * The columns in which a row is not zero.
	 * @param values One per variable: a level or a number, none missing.
	 * @param places Room for the columns' places: one per term and one for the intercept, which comes first.
	 * @param entries Room for the row's values there.
	 */
	row(values: ArrayLike<number>, places: Int32Array, entries: Float64Array): void {
		places[0] = 0;
		entries[0] = 1;
		for (let index = 0; index < this.terms.length; index++) {
			const term = this.terms[index] as Term;
			let entry = 1;
			let key = 0;
			for (const variable of term) {
				const value = values[variable] as number;
				if (this.variables[variable]?.kind === "number") entry *= value;
				else if (value < MOST_LEVELS) key = key * MOST_LEVELS + value;
				else throw tooManyLevels(this.variables[variable]);
			}
			places[index + 1] = this.byLevels[index]?.get(key) ?? this.add(index, key, values);
			entries[index + 1] = entry;
		}
	}

	/** Places of the columns of a term. */
	ofTerm(term: Term): number[] {
		return [...this.columns.keys()].filter((place) => isSame(this.columns[place]?.term as Term, term));
	}

	/** Place of the column with these levels of a term, if it was met. */
	find(term: Term, levels: readonly number[]): number | undefined {
		return this.ofTerm(term).find((place) =>
			(this.columns[place] as DesignColumn).levels.every((level, i) => level === levels[i]),
		);
	}

	/**
	 * Columns of some terms as a model has them: the intercept, then term by term without the columns of any reference
	 * level, in the order of levels (treatment contrasts, as R's).
	 * @param references By variable, its reference level; anything for numbers.
	 * @param ranks By variable and level, its place among the levels where they were not met in their order.
	 */
	contrasts(
		terms: readonly Term[],
		references: readonly number[],
		ranks: readonly (readonly number[] | undefined)[] = [],
	): number[] {
		const rank = (variable: number, level: number) => ranks[variable]?.[level] ?? level;
		const order = (a: number, b: number) =>
			compareLevels(this.columns[a] as DesignColumn, this.columns[b] as DesignColumn, rank);
		const isReference = ({ term, levels }: DesignColumn) =>
			levels.some((level, i) => level !== NUMBER && level === references[term[i] as number]);
		return [
			0,
			...terms.flatMap((term) =>
				this.ofTerm(term)
					.filter((place) => !isReference(this.columns[place] as DesignColumn))
					.sort(order),
			),
		];
	}

	private add(index: number, key: number, values: ArrayLike<number>): number {
		const term = this.terms[index] as Term;
		const levels = term.map((variable) =>
			this.variables[variable]?.kind === "number" ? NUMBER : (values[variable] as number),
		);
		const place = this.columns.push({ term, levels }) - 1;
		this.byLevels[index]?.set(key, place);
		return place;
	}
}

function tooManyLevels({ key }: ModelVariable = { key: "", kind: "factor" }): UserError {
	return new UserError(`${key} has more than ${MOST_LEVELS} levels`, {
		hint: `leave it out, or take it as a number: number(${key})`,
	});
}

function isSame(a: Term, b: Term): boolean {
	return a.length === b.length && a.every((variable, i) => variable === b[i]);
}

/** The last variable's levels vary slowest, as in R's names of coefficients. */
function compareLevels(
	a: DesignColumn,
	b: DesignColumn,
	rank: (variable: number, level: number) => number,
): number {
	for (let i = a.term.length - 1; i >= 0; i--) {
		const variable = a.term[i] as number;
		const difference = rank(variable, a.levels[i] as number) - rank(variable, b.levels[i] as number);
		if (difference !== 0) return difference;
	}
	return 0;
}
