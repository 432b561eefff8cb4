import { UserError } from "../base/errors.js";
import type { Plan } from "../codebook/plan/plan.js";
import {
	type CodedBlock,
	createRecoder,
	type RecodeReport,
	type Recoder,
} from "../codebook/recode/recoder.js";
import { loadStateLoops } from "../codebook/recode/state-loops.js";
import { type JointEstimator, linearEstimator, replicateEstimator } from "../design/estimator.js";
import { type Design, isReplicated, replicateFactors, type UnitColumns } from "../design/method.js";
import { loadRank } from "../design/rank.js";
import { SampleUnits, type UnitSlots } from "../design/units.js";
import { checkWeights, noWeights, withUnitWeights } from "../design/weight-columns.js";
import type { Block, Dictionary, Source } from "../read/block.js";
import { columnIndex, samePlace } from "../read/columns/column-names.js";
import type { ColumnSlots } from "../read/columns/column-slots.js";
import { tabulate } from "./accumulate.js";
import { loadBlockLoops } from "./block-loops.js";
import { type Cell, type Cells, planTables } from "./cells.js";
import { Reblock } from "./reblock.js";
import { rejectTooMany } from "./reject-too-many.js";

export interface Tabulated {
	/** Cells by group number, in order of first appearance. */
	cells: Cells<number>;
	report: RecodeReport;
	/** The meaning of each variable's states, in the order of the plan. */
	variables: Recoder["variables"];
	/** Turns totals into statistics and variances. */
	estimator: JointEstimator;
	/** Degrees of freedom of a group, from its rows. */
	degreesOfFreedom(cell: Pick<Cell, "vectors" | "units">): number;
	/** Rows of each file. */
	rows: number[];
	/** Distinct texts of a column, over all files. */
	texts(column: string): string[];
}

/** Receives the rows of a plan that tables of patterns cannot answer. */
export interface Collector {
	/** Whether the tables of patterns are needed as well. */
	readonly besideTables?: boolean;
	/** Called once, before the first block. */
	start(rows: Collected): void;
	/** Receives BLOCK_ROWS rows (fewer in the last block); the block is overwritten afterwards. */
	add(block: CodedBlock): void;
	/** Set if identical rows may be merged; their school is then unknown. */
	readonly ofAlike?: OfAlike;
	/**
	 * For collectors that only need to know which weight vectors occur: called once per vector and group.
	 * @param factors The vector divided by the full-sample weight.
	 * @param rows For each variable, the number of rows with a value and this vector.
	 */
	addVector?(group: number, factors: Float64Array, rows: readonly number[]): void;
	/** The same by sampling unit, if the variance is linearised. */
	addUnit?(group: number, unit: number, rows: readonly number[]): void;
}

/** Accepts identical rows as one. */
export interface OfAlike {
	/** Positions of the variables a teacher must have for the school to count, and of those that are factors. */
	readonly sets: readonly { readonly all: readonly number[]; readonly factors: readonly number[] }[];
	/** What to sum for a set, once started; null if the set takes the rows themselves. */
	momentsOf(set: number): Moments | null;
	/** Takes rows for some of the sets. */
	add(block: CodedBlock, sets: readonly number[]): void;
	/**
	 * Takes the teachers of one group and sampling unit who share the factors of a set.
	 * @param unit −1 if the variance comes from replicates.
	 * @param states One per factor.
	 * @param sums For each product of two features (starting with the first of them), its sum under each weight.
	 */
	addMoments(
		set: number,
		group: number,
		unit: number,
		states: readonly number[],
		teachers: number,
		sums: (product: number) => Float64Array,
	): void;
	/**
	 * Takes a school of a group in which one teacher has all variables of a set.
	 * @param of A factor and this teacher's state of it.
	 */
	addSchool(set: number, group: number, school: number, of?: { place: number; state: number }): void;
}

/** Sums of products that are sufficient for teachers who share the values of some variables. */
export interface Moments {
	/** Positions of these variables. */
	factors: readonly number[];
	/**
	 * Products of numbers, the empty product first: positions, and the number of each state if the column itself is not
	 * numeric.
	 */
	features: readonly (readonly { place: number; numbers: ReadonlyMap<number, number> | null }[])[];
}

/** What is known before any row is read. */
export interface Collected {
	variables: Recoder["variables"];
	/** Weights a row has: 1 + R. */
	width: number;
	/** Whether the variance is linearised. */
	linearised: boolean;
}

/** A plan and the collector of its rows; without a collector, tables of patterns are built. */
export interface Tabulation {
	plan: Plan;
	collector?: Collector | undefined;
}

/**
 * Reads the files once, block by block, for all plans. Only cells stay in memory.
 * @param columns Header of all files together, for which the plans and the design were made.
 * @param asked The plans and their collectors.
 * @param slots Positions in the blocks of the columns that plans and design use.
 * @param watch Sees each block before it is added up.
 * @returns One table of cells per plan.
 * @throws UserError if a file lacks a required column or a weight is invalid.
 */
export async function tabulateSources(
	sources: readonly Source[],
	columns: readonly string[],
	asked: readonly Tabulation[],
	design: Design,
	slots: ColumnSlots,
	watch?: (block: Block, file: string, dictionaries: readonly Dictionary[]) => void,
): Promise<Tabulated[]> {
	const units = sampleUnits(design, slots);
	const tabulations = asked.map((one) => startTabulation(one, design, slots));
	const noWeight = noWeights(design.definition);
	const weightNames = design.columns.map((column) => column.toUpperCase());
	const rows: number[] = [];
	const all: (readonly Dictionary[])[] = [];
	for (const source of sources) {
		const { blocks, dictionaries } = source.read({
			coded: slots.columns.map((column) => requiredPlace(source, sources, columns, column)),
			weights: design.columns.map((column) => requiredPlace(source, sources, columns, column)),
		});
		all.push(dictionaries);
		getReady();
		let read = 0;
		for await (const given of blocks) {
			const block = given.width === 0 ? withUnitWeights(given) : given;
			if (!block.unsigned) checkWeights(block, source.name, weightNames);
			watch?.(block, source.name, dictionaries);
			const unit = units?.number(block, source.name, dictionaries, noWeight) ?? null;
			for (const { add } of tabulations) add(block, source.name, dictionaries, unit);
			read += block.rows;
		}
		rows.push(read);
	}
	for (const { finish } of tabulations) finish();
	const texts = (column: string) => [
		...new Set(all.flatMap((dictionaries) => dictionaries[slots.slot(column)]?.texts ?? [])),
	];
	const variance = varianceOf(design, units);
	return tabulations.map(({ cells, recoder: { report, variables } }) => {
		return { cells, report, variables, rows, texts, ...variance };
	});
}

/** Loads what rows and estimates need while another thread may already be reading the first rows. */
function getReady(): void {
	loadStateLoops();
	loadBlockLoops();
	loadRank();
}

/** Cells of one plan; they grow block by block. */
function startTabulation({ plan, collector }: Tabulation, design: Design, slots: ColumnSlots) {
	const recoder = createRecoder(plan, (column) => slots.slot(column), noWeights(design.definition));
	const width = Math.max(1, design.columns.length);
	const planned = planTables(
		recoder.variables.map(({ size }) => size),
		width,
		design.units !== null,
	);
	const needsTables = collector === undefined || collector.besideTables === true;
	const layout = needsTables ? planned : { ...planned, tables: [] };
	collector?.start({ variables: recoder.variables, width, linearised: design.units !== null });
	const cells: Cells<number> = new Map();
	const blocks = new Reblock((block) => {
		tabulate(block, layout, cells);
		collector?.add(block);
		rejectTooMany(cells.size, plan);
	});
	return {
		cells,
		recoder,
		add(block: Block, file: string, dictionaries: readonly Dictionary[], unit: Int32Array | null) {
			blocks.add(recoder.recode(block, file, dictionaries, unit));
		},
		finish: () => blocks.finish(),
	};
}

/** An empty register of a design's sampling units; null for replicate designs. */
export function sampleUnits({ units }: Design, slots: ColumnSlots): SampleUnits | null {
	return units === null ? null : new SampleUnits(unitSlots(units, slots));
}

function unitSlots({ strata, psu, fpc }: UnitColumns, slots: ColumnSlots): UnitSlots {
	return {
		strata: strata.map((column) => slots.slot(column)),
		psu: psu === undefined ? undefined : slots.slot(psu),
		fpc: fpc === undefined ? undefined : slots.slot(fpc),
	};
}

/** Turns totals into variances by the rules of the design, with its degrees of freedom. */
export function varianceOf(
	{ definition, replicates }: Design,
	units: SampleUnits | null,
): Pick<Tabulated, "estimator" | "degreesOfFreedom"> {
	if (isReplicated(definition)) {
		return {
			estimator: replicateEstimator(
				replicateFactors(definition, replicates),
				definition.centre,
				definition.method.startsWith("jk"),
			),
			degreesOfFreedom: ({ vectors }) => Math.max(0, vectors.rank() - 1),
		};
	}
	const sample = units as SampleUnits;
	sample.finish();
	const rule = (definition.method === "taylor" ? definition.lonelyPsu : undefined) ?? "fail";
	return {
		// Only this rule depends on the strata of a domain; the other rules need no separate form.
		estimator: linearEstimator(
			sample.form(rule),
			rule === "average" ? (weights) => sample.form(rule, weights) : undefined,
		),
		degreesOfFreedom: (cell) => sample.degreesOfFreedom(cell.units),
	};
}

/** Position in the file of a column of the common header. */
function requiredPlace(
	source: Source,
	sources: readonly Source[],
	columns: readonly string[],
	name: string,
): number {
	const column = columnIndex(columns, name) as number;
	const place = samePlace(source.columns, columns, column);
	if (place !== undefined) return place;
	const other = sources.find((one) => samePlace(one.columns, columns, column) !== undefined) as Source;
	throw new UserError(`has no column ${name}, which ${other.name} has`, {
		where: { file: source.name },
		hint: "give files of one survey with the same columns, or ask for what all of them have",
	});
}
