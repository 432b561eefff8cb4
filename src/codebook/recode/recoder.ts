import { type Block, type Dictionary, vectorCount } from "../../read/block.js";
import { type StateArray, YES } from "../meaning/states.js";
import type { Plan } from "../plan/plan.js";
import type { Inference } from "./empty-cells.js";
import { Grouping } from "./grouping.js";
import { Interpreter, type Reading } from "./interpreter.js";
import { Frame, UnknownCodes } from "./recode-frame.js";

/** A block as the tabulation wants it. */
export interface CodedBlock {
	rows: number;
	/** One array a variable: YES, NO, …, or FIRST_COUNT + count. */
	states: readonly StateArray[];
	/** Group of each row; −1 where the row is left out. */
	group: Int32Array;
	/** School of each row; null where the file has no school column. */
	school: Int32Array | null;
	/** Sampling unit of each row, where the variance is linearised. */
	unit: Int32Array | null;
	/** Vectors of `width` numbers: a weight, then its replicates. */
	weights: Float64Array;
	/** Number of each row's vector. */
	vector: Int32Array;
	width: number;
}

/** What the recoding of a file has met; complete after its last block. */
export interface RecodeReport {
	rows: number;
	/** Rows that satisfied every condition. */
	selected: number;
	withoutWeight: number;
	withoutValue: ReadonlyMap<string, number>;
	unknown: UnknownCodes;
	/** How empty cells were explained. */
	inferences: ReadonlySet<Inference>;
	/** Value ids of a group, one a breakdown; "" where a pooled breakdown has none. */
	valuesOf(group: number): string[];
}

export interface Recoder {
	/** What the states of each variable are. */
	variables: readonly Pick<Reading, "size" | "values">[];
	recode(
		block: Block,
		file: string,
		dictionaries: readonly Dictionary[],
		unit: Int32Array | null,
	): CodedBlock;
	report: RecodeReport;
}

/**
 * Codes → states, groups and schools, block by block.
 * @param slot Place in the blocks of each column that the plan names.
 * @param noWeight Weights that stand for "no weight"; such rows are left out.
 */
export function createRecoder(
	plan: Plan,
	slot: (column: string) => number,
	noWeight: readonly number[],
): Recoder {
	const interpreter = new Interpreter(plan.expressions, slot);
	const variables = plan.variables.map((name) => interpreter.read({ is: "named", name }));
	const conditions = plan.conditions.map(({ holds }) => interpreter.silent.read(holds));
	const grouping = new Grouping(plan.groups, plan.school, interpreter, slot);
	const report: RecodeReport = {
		rows: 0,
		selected: 0,
		withoutWeight: 0,
		withoutValue: grouping.withoutValue,
		unknown: new UnknownCodes(),
		inferences: interpreter.inferences,
		valuesOf: (group) => grouping.valuesOf(group),
	};
	return {
		variables,
		report,
		recode(block, file, dictionaries, unit) {
			const frame = new Frame(block, file, dictionaries, report.unknown);
			for (const condition of conditions) dropUnlessYes(frame, condition.states(frame));
			report.rows += block.rows;
			report.selected += block.rows - frame.dropped;
			report.withoutWeight += dropWithoutWeight(frame, noWeight);
			const group = grouping.groupsOf(frame);
			return {
				rows: block.rows,
				states: variables.map((variable) => variable.states(frame)),
				group,
				school: grouping.schoolNumbers(frame),
				unit,
				weights: block.weights,
				vector: block.vector,
				width: block.width,
			};
		},
	};
}

function dropUnlessYes(frame: Frame, states: StateArray): void {
	for (let row = 0; row < states.length; row++) if (states[row] !== YES) frame.drop(row);
}

function dropWithoutWeight(frame: Frame, noWeight: readonly number[]): number {
	const { block, dropped } = frame;
	const { rows, weights, vector, width } = block;
	const without = new Set<number>();
	for (let own = 0; own < vectorCount(block); own++) {
		if (noWeight.includes(weights[own * width] as number)) without.add(own);
	}
	if (without.size > 0) {
		for (let row = 0; row < rows; row++) if (without.has(vector[row] as number)) frame.drop(row);
	}
	return frame.dropped - dropped;
}
