import { FIRST_COUNT, NO, YES } from "../../codebook/meaning/states.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { CodedBlock } from "../../codebook/recode/recoder.js";
import type { Term } from "../../model/design-columns.js";
import { ModelSums } from "../../model/model-sums.js";
import type { Collected, Collector } from "../../tabulate/run.js";

/** What a variable is read as: its number (of answers 1 for yes and 0 for no, or in percent 100), or its level. */
export type ReadAs = "number" | "percent" | "level";

/** Variables whose sums are made over the same rows: those that have all of them. */
export interface SumsSet {
	family: "linear" | "logistic";
	/** The outcome first. */
	variables: readonly { variable: PlannedVariable; as: ReadAs }[];
	terms: readonly Term[];
}

/** Levels of an answer, in the order in which they are numbered. */
const ANSWERS = ["no", "yes"];

/** Adds up what statistics of several variables need, from blocks of rows. */
export class SumsCollector implements Collector {
	private sums: ModelSums[] = [];
	private readers: StateReader[][] = [];
	private variables: Collected["variables"] = [];
	private units = 0;

	readonly ofAlike: NonNullable<Collector["ofAlike"]>;

	constructor(private readonly sets: readonly SumsSet[]) {
		const placesOf = (own: SumsSet["variables"]) => own.map(({ variable: { place } }) => place);
		this.ofAlike = {
			sets: sets.map(({ variables }) => ({
				all: placesOf(variables),
				factors: placesOf(variables.filter(({ as }, own) => as === "level" || own === 0)),
			})),
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
		for (const [index, { variables }] of this.sets.entries()) {
			const readers = this.readers[index] as StateReader[];
			const values = variables.map(({ variable: { place } }, own) =>
				(readers[own] as StateReader).read(block.states[place] as ArrayLike<number>, block.rows),
			);
			this.sums[index]?.add({ ...block, values });
		}
	}

	/**
	 * The sums of a set, complete.
	 * @param units Number of sampling units.
	 */
	of(index: number, units: number): ModelSums {
		this.units = units;
		return this.sums[index] as ModelSums;
	}

	/** Levels of a variable by their numbers, as far as they were met. */
	levelsOf({ kind, place }: PlannedVariable): readonly string[] {
		return kind === "answer" ? ANSWERS : (this.variables[place]?.values ?? []).map(String);
	}

	/** Numbers of a variable that is read by its levels. */
	numbersOf({ kind, place }: PlannedVariable): readonly number[] {
		return kind === "answer" ? [0, 1] : (this.variables[place]?.values ?? []).map(Number);
	}
}

/** States → levels or numbers; NaN where there is no value. */
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

	/** Values are met while files are read. */
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
