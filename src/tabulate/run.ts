import { UserError } from "../base/errors.js";
import type { RecodePlan, RecodeReport } from "../codebook/recode/recoder.js";
import { createRecoder } from "../codebook/recode/recoder.js";
import { loadStateLoops } from "../codebook/recode/state-loops.js";
import { type Estimator, linearEstimator, replicateEstimator } from "../design/estimator.js";
import { type Design, isReplicated, replicateFactors, type UnitColumns } from "../design/method.js";
import { loadRank } from "../design/rank.js";
import { SampleUnits, type UnitSlots } from "../design/units.js";
import { checkWeights, withUnitWeights } from "../design/weight-columns.js";
import type { Block, Dictionary, Source } from "../read/block.js";
import { samePlace } from "../read/columns/column-names.js";
import { tabulate } from "./accumulate.js";
import { loadBlockLoops } from "./block-loops.js";
import { type Cell, type Cells, planTables } from "./cells.js";
import { loadOrder } from "./groups.js";
import { Reblock } from "./reblock.js";

const MOST_GROUPS = 5000;

export interface Tabulated {
	/** Cells by group number, in the order groups were met. */
	cells: Cells<number>;
	report: RecodeReport;
	/** How totals become statistics and variances. */
	estimator: Estimator;
	/** Degrees of freedom of a group by its rows. */
	degreesOfFreedom(cell: Cell): number;
	/** Rows of each file. */
	rows: number[];
	/** Distinct texts of each wanted column, over all files. */
	texts(slot: number): string[];
}

/**
 * Reads files once, block by block, for all plans, and keeps only their cells.
 * @param columns Header of all files together, which the plans and the design are made for.
 * @param plans What is asked; they share one picker of columns and one rule for rows without weight.
 * @param watch Looks at each block before it is added up.
 * @returns One table of cells a plan.
 * @throws UserError where a file lacks a column that is asked for, or a weight is wrong.
 */
export async function tabulateSources(
	sources: readonly Source[],
	columns: readonly string[],
	plans: readonly [RecodePlan, ...RecodePlan[]],
	design: Design,
	watch?: (block: Block, file: string, dictionaries: readonly Dictionary[]) => void,
): Promise<Tabulated[]> {
	const [{ picker, noWeight }] = plans;
	const units = design.units === null ? null : new SampleUnits(unitSlots(design.units, plans[0]));
	const tabulations = plans.map((plan) => startTabulation(plan, design, units !== null));
	const weightNames = design.columns.map((column) => (columns[column] as string).toUpperCase());
	const rows: number[] = [];
	const all: (readonly Dictionary[])[] = [];
	for (const source of sources) {
		const { blocks, dictionaries } = source.read({
			coded: picker.columns.map((column) => requiredPlace(source, sources, columns, column)),
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
	const texts = (slot: number) => [
		...new Set(all.flatMap((dictionaries) => dictionaries[slot]?.texts ?? [])),
	];
	const variance = varianceOf(design, units);
	return tabulations.map(({ cells, report }) => ({ cells, report, rows, texts, ...variance }));
}

/** Loads what rows and estimates need, while another thread may already read the first rows. */
function getReady(): void {
	loadStateLoops();
	loadBlockLoops();
	loadRank();
	loadOrder();
}

/** Cells of one plan, which grow block by block. */
function startTabulation(plan: RecodePlan, design: Design, withUnits: boolean) {
	const recoder = createRecoder(plan);
	const layout = planTables(
		plan.variables.map((id) => plan.items.stateCount(id)),
		Math.max(1, design.columns.length),
		withUnits,
	);
	const cells: Cells<number> = new Map();
	const blocks = new Reblock((block) => {
		tabulate(block, layout, cells);
		rejectTooMany(cells.size, plan);
	});
	return {
		cells,
		report: recoder.report,
		add(block: Block, file: string, dictionaries: readonly Dictionary[], unit: Int32Array | null) {
			blocks.add(recoder.recode(block, file, dictionaries, unit));
		},
		finish: () => blocks.finish(),
	};
}

function unitSlots({ strata, psu, fpc }: UnitColumns, { picker }: RecodePlan): UnitSlots {
	const slot = (column: number) => picker.slot(column);
	return {
		strata: strata.map(slot),
		psu: psu === undefined ? undefined : slot(psu),
		fpc: fpc === undefined ? undefined : slot(fpc),
	};
}

function varianceOf(
	{ definition, replicates }: Design,
	units: SampleUnits | null,
): Pick<Tabulated, "estimator" | "degreesOfFreedom"> {
	if (isReplicated(definition)) {
		return {
			estimator: replicateEstimator(replicateFactors(definition, replicates), definition.centre),
			degreesOfFreedom: ({ vectors }) => Math.max(0, vectors.rank() - 1),
		};
	}
	const sample = units as SampleUnits;
	sample.finish();
	const rule = (definition.method === "taylor" ? definition.lonelyPsu : undefined) ?? "fail";
	return {
		estimator: linearEstimator(sample.form(rule)),
		degreesOfFreedom: (cell) => sample.degreesOfFreedom(cell.units),
	};
}

/** A breakdown with a value for almost every teacher is an id or a measure, and would fill the memory. */
function rejectTooMany(groups: number, { breakdowns, grouped }: RecodePlan): void {
	if (groups <= MOST_GROUPS) return;
	const names = breakdowns.slice(0, grouped).map(({ id }) => id);
	throw new UserError(`--by ${names.join(",")} makes more than ${MOST_GROUPS} groups`, {
		hint: "break down by columns with few values",
	});
}

/** The place in a file of a column of the common header. */
function requiredPlace(
	source: Source,
	sources: readonly Source[],
	columns: readonly string[],
	column: number,
): number {
	const place = samePlace(source.columns, columns, column);
	if (place !== undefined) return place;
	const other = sources.find((one) => samePlace(one.columns, columns, column) !== undefined) as Source;
	throw new UserError(`has no column ${columns[column]}, which ${other.name} has`, {
		where: { file: source.name },
		hint: "give files of one survey with the same columns, or ask for what all of them have",
	});
}
