import { FIRST_COUNT, NO, YES } from "../../codebook/meaning/states.js";
import type { PlannedSet } from "../../codebook/plan/plan-model.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { CodedBlock } from "../../codebook/recode/recoder.js";
import type { Term } from "../../model/design-columns.js";
import { ModelSums } from "../../model/model-sums.js";
import type { Collected, Collector, Moments, OfAlike } from "../../tabulate/run.js";

/**
 * How a variable enters the sums: as its number (for answers 1 for yes and 0 for no, 100 if in percent), or as its
 * level.
 */
export type ReadAs = "number" | "percent" | "level";

/** Variables whose sums share the same rows: the rows that have all of them. */
export interface SumsSet {
	family: "linear" | "logistic";
	/** The outcome comes first. */
	variables: readonly { variable: PlannedVariable; as: ReadAs }[];
	terms: readonly Term[];
}

/** The sums that a set of models needs. */
export function modelSums({ family, variables, models }: PlannedSet): SumsSet {
	const terms = new Map(models.flatMap(({ terms }) => terms.map((term) => [term.join(), term])));
	return {
		family,
		variables: variables.map((variable, place) => {
			if (place === 0 && family === "linear")
				return { variable, as: variable.kind === "answer" ? "percent" : "number" };
			return { variable, as: variable.kind === "number" ? "number" : "level" };
		}),
		terms: [...terms.values()],
	};
}

/** Levels of an answer, in numbering order. */
const ANSWERS = ["no", "yes"];

/** Collects the sums for statistics of several variables from blocks of rows. */
export class SumsCollector implements Collector {
	private sums: ModelSums[] = [];
	private readers: StateReader[][] = [];
	private variables: Collected["variables"] = [];
	private units = 0;

	readonly ofAlike: OfAlike;

	constructor(private readonly sets: readonly SumsSet[]) {
		const placesOf = (own: SumsSet["variables"]) => own.map(({ variable: { place } }) => place);
		this.ofAlike = {
			sets: sets.map(({ variables }) => ({
				all: placesOf(variables),
				factors: placesOf(variables.filter(({ as }, own) => as === "level" || own === 0)),
			})),
			momentsOf: (set) => this.momentsOf(set),
			add: (block, own) => this.addTo(own, block),
			addMoments: (set, group, unit, states, teachers, made) => {
				const sums = this.sums[set] as ModelSums;
				const levels = sums.factors.map((factor, place) => {
					const reader = this.readers[set]?.[factor] as StateReader;
					return reader.read([states[place] as number], 1)[0] as number;
				});
				sums.addMade({ group, unit, levels }, teachers, made);
			},
			addSchool: (set, group, school, of) => {
				if (of === undefined) return this.sums[set]?.addSchool(group, school);
				for (const [factor, { variable }] of (sets[set] as SumsSet).variables.entries()) {
					if (variable.place !== of.place) continue;
					const [level = 0] = this.readers[set]?.[factor]?.read([of.state], 1) ?? [];
					this.sums[set]?.addSchool(group, school, { factor, level });
				}
			},
		};
	}

	start({ variables, width, linearised }: Collected): void {
		this.variables = variables;
		this.sums = this.sets.map(({ variables: own, terms, family }) => {
			return new ModelSums({
				variables: own.map(({ variable: { key }, as }) => ({
					key,
					kind: as === "level" ? "factor" : "number",
				})),
				...{ terms, family, width },
				units: linearised ? () => this.units : null,
			});
		});
		this.readers = this.sets.map(({ variables: own }) =>
			own.map(
				({ variable: { kind, place }, as }) => new StateReader(kind, as, variables[place]?.values ?? null),
			),
		);
	}

	add(block: CodedBlock): void {
		this.addTo([...this.sets.keys()], block);
	}

	private addTo(sets: readonly number[], block: CodedBlock): void {
		for (const index of sets) {
			const { variables } = this.sets[index] as SumsSet;
			const readers = this.readers[index] as StateReader[];
			const values = variables.map(({ variable: { place } }, own) =>
				(readers[own] as StateReader).read(block.states[place] as ArrayLike<number>, block.rows),
			);
			this.sums[index]?.add({ ...block, values });
		}
	}

	/** For linear models with a number that may differ for every teacher, cross-products are sufficient. */
	private momentsOf(set: number): Moments | null {
		const { family, variables } = this.sets[set] as SumsSet;
		const hasAny = variables.some(({ variable, as }) => as !== "level" && !this.isFinite(variable));
		if (family !== "linear" || !hasAny) return null;
		const { factors, features } = this.sums[set] as ModelSums;
		const placeOf = (own: number) => variables[own]?.variable.place as number;
		return {
			factors: factors.map(placeOf),
			features: features.map((feature) =>
				feature.map((own) => ({ place: placeOf(own), numbers: this.numbersByState(set, own) })),
			),
		};
	}

	private isFinite({ place }: PlannedVariable): boolean {
		return Number.isFinite(this.variables[place]?.size);
	}

	/** Numbers of a variable's states; null if its column holds the number itself. */
	private numbersByState(set: number, own: number): Map<number, number> | null {
		const { variable } = (this.sets[set] as SumsSet).variables[own] as SumsSet["variables"][number];
		if (!this.isFinite(variable)) return null;
		const values = this.variables[variable.place]?.values ?? null;
		const states = values === null ? [YES, NO] : values.map((_, place) => FIRST_COUNT + place);
		const numbers = this.readers[set]?.[own]?.read(states, states.length) ?? [];
		const known = [...states.entries()].map(([place, state]) => [state, numbers[place] as number] as const);
		return new Map(known.filter(([, number]) => Number.isFinite(number)));
	}

	/**
	 * The completed sums of a set.
	 * @param units Number of sampling units.
	 */
	of(index: number, units: number): ModelSums {
		this.units = units;
		return this.sums[index] as ModelSums;
	}

	/** Levels of a variable in numbering order, limited to those that occur. */
	levelsOf({ kind, place }: PlannedVariable): readonly string[] {
		return kind === "answer" ? ANSWERS : (this.variables[place]?.values ?? []).map(String);
	}

	/** Numbers of a variable that enters by its levels. */
	numbersOf({ kind, place }: PlannedVariable): readonly number[] {
		return kind === "answer" ? [0, 1] : (this.variables[place]?.values ?? []).map(Number);
	}
}

/** Maps states to levels or numbers; NaN without a value. */
class StateReader {
	private table = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN);

	constructor(
		kind: PlannedVariable["kind"],
		private readonly as: ReadAs,
		private readonly values: readonly (number | string)[] | null,
	) {
		if (kind !== "answer") return;
		this.table[YES] = as === "percent" ? 100 : 1;
		this.table[NO] = 0;
	}

	read(states: ArrayLike<number>, rows: number): Float64Array {
		this.keepUp();
		const { table } = this;
		const numbers = new Float64Array(rows);
		for (let row = 0; row < rows; row++) numbers[row] = table[states[row] as number] as number;
		return numbers;
	}

	/** New values appear while files are being read. */
	private keepUp(): void {
		const { table, values, as } = this;
		const length = FIRST_COUNT + (values?.length ?? 0);
		if (length <= table.length) return;
		this.table = new Float64Array(length);
		this.table.set(table);
		for (let state = table.length; state < length; state++) {
			const index = state - FIRST_COUNT;
			this.table[state] = as === "level" ? index : Number(values?.[index]);
		}
	}
}
