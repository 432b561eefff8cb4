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
	/** One array per variable: YES, NO, …, or FIRST_COUNT + count. */
	states: readonly StateArray[];
	/** Group of each row; −1 where the row is left out. */
	group: Int32Array;
	/** How many teachers each row stands for, where a database has put those together that are alike. */
	counts?: Int32Array;
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

/** Findings of a file's recoding; complete after its last block. */
export interface RecodeReport {
	rows: number;
	/** Rows that satisfied every condition. */
	selected: number;
	withoutWeight: number;
	withoutValue: ReadonlyMap<string, number>;
	/** Countries of which no row has a value of a breakdown, by its id. */
	vanished(): ReadonlyMap<string, readonly string[]>;
	unknown: UnknownCodes;
	/** Rows by code, of columns without declared missing codes: place in the blocks → code → rows. */
	undeclared: ReadonlyMap<number, Map<string, number>>;
	/** Explanations of empty cells. */
	inferences: ReadonlySet<Inference>;
	/** Value ids of a group, one per breakdown; "" where a pooled breakdown has none. */
	valuesOf(group: number): string[];
}

export interface Recoder {
	/** The states of each variable. */
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
		vanished: () => grouping.vanished(),
		unknown: new UnknownCodes(),
		undeclared: new Map(plan.undeclared.map((column) => [slot(column), new Map()])),
		inferences: interpreter.inferences,
		valuesOf: (group) => grouping.valuesOf(group),
	};
	return {
		variables,
		report,
		recode(block, file, dictionaries, unit) {
			const frame = new Frame(block, file, dictionaries, report.unknown);
			for (const [place, counts] of report.undeclared) frame.countCodes(place, counts);
			for (const condition of conditions) dropUnlessYes(frame, condition.states(frame));
			report.rows += block.rows;
			report.selected += block.rows - frame.dropped;
			report.withoutWeight += dropWeighted(frame, (weight) => noWeight.includes(weight[0] as number));
			// They add nothing to any sum, and are neither teachers nor schools that answered.
			dropWeighted(frame, (weight) => weight.every((one) => one === 0));
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

/**
 * Leaves out the rows of some vectors of weights.
 * @returns How many rows that is.
 */
function dropWeighted(frame: Frame, isOut: (weight: Float64Array) => boolean): number {
	const { block, dropped } = frame;
	const { rows, weights, vector, width } = block;
	const without = new Set<number>();
	for (let own = 0; own < vectorCount(block); own++) {
		if (isOut(weights.subarray(own * width, (own + 1) * width))) without.add(own);
	}
	if (without.size > 0) {
		for (let row = 0; row < rows; row++) if (without.has(vector[row] as number)) frame.drop(row);
	}
	return frame.dropped - dropped;
}
