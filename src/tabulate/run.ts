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
	/** Cells by group number, in the order groups were met. */
	cells: Cells<number>;
	report: RecodeReport;
	/** What the states of each variable are, in the order of the plan. */
	variables: Recoder["variables"];
	/** How totals become statistics and variances. */
	estimator: JointEstimator;
	/** Degrees of freedom of a group by its rows. */
	degreesOfFreedom(cell: Pick<Cell, "vectors" | "units">): number;
	/** Rows of each file. */
	rows: number[];
	/** Distinct texts of a column that was read, over all files. */
	texts(column: string): string[];
}

/** Takes the rows of a plan that tables of patterns cannot answer. */
export interface Collector {
	/** The tables of patterns are needed as well. */
	readonly besideTables?: boolean;
	/** Called once, before the first block. */
	start(rows: Collected): void;
	/** Takes BLOCK_ROWS rows, or the last ones; what it gets is overwritten afterwards. */
	add(block: CodedBlock): void;
	/** Set if identical rows may be merged; the school is then unknown. */
	readonly ofAlike?: OfAlike;
	/**
	 * Where it is enough to know which vectors of weights rows have: takes one of a group.
	 * @param factors The vector by the weight of the full sample.
	 * @param rows How many rows with a value of each variable have it.
	 */
	addVector?(group: number, factors: Float64Array, rows: readonly number[]): void;
	/** The same of sampling units, where the variance is linearised. */
	addUnit?(group: number, unit: number, rows: readonly number[]): void;
}

/** Who takes rows that are alike as one. */
export interface OfAlike {
	/** Places of the variables that a teacher has to have for the school to count, and of those that are factors. */
	readonly sets: readonly { readonly all: readonly number[]; readonly factors: readonly number[] }[];
	/** What is added up of a set, once started; null where it takes the rows. */
	momentsOf(set: number): Moments | null;
	/** Takes rows for some of the sets. */
	add(block: CodedBlock, sets: readonly number[]): void;
	/**
	 * Takes the teachers of a group and sampling unit who are alike in the factors of a set.
	 * @param unit −1 where the variance comes from replicates.
	 * @param states One per factor.
	 * @param sums By product of two features, the first of them first, its sum under each weight.
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
	 * Takes a school of a group, one of whose teachers has all variables of a set.
	 * @param of A factor, and the state that this teacher has of it.
	 */
	addSchool(set: number, group: number, school: number, of?: { place: number; state: number }): void;
}

/** Sums of products that say all that is asked of teachers who are alike in some variables. */
export interface Moments {
	/** Places of these variables. */
	factors: readonly number[];
	/** Products of numbers, none of them first: places, and what each state stands for where the column has no number. */
	features: readonly (readonly { place: number; numbers: ReadonlyMap<number, number> | null }[])[];
}

/** What is known of rows before they are read. */
export interface Collected {
	variables: Recoder["variables"];
	/** Weights a row has: 1 + R. */
	width: number;
	/** Whether the variance is linearised. */
	linearised: boolean;
}

/** A plan, and who takes its rows; without one they make tables of patterns. */
export interface Tabulation {
	plan: Plan;
	collector?: Collector | undefined;
}

/**
 * Reads files once, block by block, for all plans, and keeps only their cells.
 * @param columns Header of all files together, which the plans and the design are made for.
 * @param asked What is asked.
 * @param slots The columns of plans and design, and where they are in the blocks.
 * @param watch Looks at each block before it is added up.
 * @returns One table of cells per plan.
 * @throws UserError where a file lacks a column that is asked for, or a weight is wrong.
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

/** Loads what rows and estimates need, while another thread may already read the first rows. */
function getReady(): void {
	loadStateLoops();
	loadBlockLoops();
	loadRank();
}

/** Cells of one plan, which grow block by block. */
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

/** The sampling units of a design, none of which is known yet; null where it has replicates. */
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

/** How totals of a design become variances, and its degrees of freedom. */
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
		// Only this rule depends on the strata of a domain; the others need no separate form.
		estimator: linearEstimator(
			sample.form(rule),
			rule === "average" ? (weights) => sample.form(rule, weights) : undefined,
		),
		degreesOfFreedom: (cell) => sample.degreesOfFreedom(cell.units),
	};
}

/** The place in a file of a column of the common header. */
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
