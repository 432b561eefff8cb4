import { type Block, type Dictionary, vectorCount } from "../../read/block.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { Base } from "../../results/result-set.js";
import type { Breakdown } from "../meaning/breakdown.js";
import type { Condition } from "../meaning/condition.js";
import type { StateArray } from "../meaning/states.js";
import { applyConditions, conditionLookups, Grouping } from "./grouping.js";
import type { ItemReader } from "./item-reader.js";
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

/** What a file is recoded by. */
export interface RecodePlan {
	picker: ColumnPicker;
	items: ItemReader;
	/** `topic:key` of what is tabulated. */
	variables: readonly string[];
	/** Base asked for; null takes each item's own. */
	base: Base | null;
	/** The asked ones first, then what groups are compared by, then the others. */
	breakdowns: readonly Breakdown[];
	/** How many of them leave a row out that has no value. */
	asked: number;
	/** How many of them groups are made of. */
	grouped: number;
	conditions: readonly Condition[];
	school: readonly number[];
	/** Weights that stand for "no weight"; such rows are left out. */
	noWeight: readonly number[];
	/** Columns of which nobody says which codes are missing; their codes are counted. */
	undeclared: readonly number[];
}

/** What the recoding of a file has met; complete after its last block. */
export interface RecodeReport {
	rows: number;
	/** Rows that satisfied every condition. */
	selected: number;
	withoutWeight: number;
	withoutValue: ReadonlyMap<string, number>;
	unknown: UnknownCodes;
	/** Rows by code, of columns of which nobody says which codes are missing: slot → code → rows. */
	undeclared: ReadonlyMap<number, Map<string, number>>;
	/** Value ids of a group, one a breakdown; "" where a pooled breakdown has none. */
	valuesOf(group: number): string[];
}

export interface Recoder {
	recode(
		block: Block,
		file: string,
		dictionaries: readonly Dictionary[],
		unit: Int32Array | null,
	): CodedBlock;
	report: RecodeReport;
}

/** Codes → states, groups and schools, block by block. */
export function createRecoder(plan: RecodePlan): Recoder {
	const grouping = new Grouping(plan.breakdowns, plan, plan.school, plan.picker);
	const conditions = conditionLookups(plan.conditions, plan.picker);
	const report: RecodeReport = {
		rows: 0,
		selected: 0,
		withoutWeight: 0,
		withoutValue: grouping.withoutValue,
		unknown: new UnknownCodes(),
		undeclared: new Map(plan.undeclared.map((column) => [plan.picker.slot(column), new Map()])),
		valuesOf: (group) => grouping.valuesOf(group),
	};
	return {
		report,
		recode(block, file, dictionaries, unit) {
			const frame = new Frame(block, file, dictionaries, report.unknown);
			for (const [slot, counts] of report.undeclared) frame.countCodes(slot, counts);
			applyConditions(frame, conditions);
			report.rows += block.rows;
			report.selected += block.rows - frame.dropped;
			report.withoutWeight += dropWithoutWeight(frame, plan.noWeight);
			const group = grouping.groups(frame);
			const made = plan.items.begin(frame);
			const states = plan.variables.map((variable) => made.on(variable, plan.base));
			return {
				rows: block.rows,
				states,
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
