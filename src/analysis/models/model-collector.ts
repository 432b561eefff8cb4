import { FIRST_COUNT, NO, YES } from "../../codebook/meaning/states.js";
import type { PlannedSet, PlannedVariable } from "../../codebook/plan/plan-model.js";
import type { CodedBlock } from "../../codebook/recode/recoder.js";
import type { Term } from "../../model/design-columns.js";
import { ModelSums } from "../../model/model-sums.js";
import type { Collected, Collector } from "../../tabulate/run.js";

/** Levels of an answer, in the order in which they are numbered. */
const ANSWERS = ["no", "yes"];

/** What stands for a yes of an outcome, in percentage points. */
const PERCENT = 100;

/** Adds up what the sets of models of one question need, from blocks of rows. */
export class ModelCollector implements Collector {
	private sums: ModelSums[] = [];
	private readers: StateReader[][] = [];
	private variables: Collected["variables"] = [];
	private units = 0;

	constructor(private readonly sets: readonly PlannedSet[]) {}

	start({ variables, width, linearised }: Collected): void {
		this.variables = variables;
		const units = linearised ? () => this.units : null;
		this.sums = this.sets.map(({ variables: own, models, family }) => {
			const terms = new Map<string, Term>();
			for (const { terms: some } of models) for (const term of some) terms.set(term.join(), term);
			return new ModelSums({
				variables: own.map(({ key, kind }, place) => ({
					key,
					kind: kind === "number" || (place === 0 && family === "linear") ? "number" : "factor",
				})),
				terms: [...terms.values()],
				...{ family, width, units },
			});
		});
		this.readers = this.sets.map(({ variables: own, family }) =>
			own.map(({ kind, place }, index) => {
				const values = variables[place]?.values ?? null;
				return new StateReader(kind, values, index === 0 && family === "linear" ? PERCENT : 1);
			}),
		);
	}

	add(block: CodedBlock): void {
		for (const [index, { variables }] of this.sets.entries()) {
			const readers = this.readers[index] as StateReader[];
			const values = variables.map(({ place }, own) =>
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
}

/** States → levels or numbers; NaN where there is no value. */
class StateReader {
	private table = Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, Number.NaN);

	/** @param yes What stands for a yes. */
	constructor(
		private readonly kind: PlannedVariable["kind"],
		private readonly values: readonly (number | string)[] | null,
		yes: number,
	) {
		if (kind === "answer") {
			this.table[YES] = yes;
			this.table[NO] = 0;
		}
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
		const { table, values, kind } = this;
		const length = FIRST_COUNT + (values?.length ?? 0);
		if (length <= table.length) return;
		this.table = new Float64Array(length);
		this.table.set(table);
		for (let state = table.length; state < length; state++) {
			const index = state - FIRST_COUNT;
			this.table[state] = kind === "number" ? (values?.[index] as number) : index;
		}
	}
}
