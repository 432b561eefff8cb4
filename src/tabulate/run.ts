import type { RecodePlan, RecodeReport } from "../codebook/recode.js";
import { createRecoder } from "../codebook/recode.js";
import { checkWeights, withUnitWeights } from "../design/columns.js";
import { type Estimator, linearEstimator, replicateEstimator } from "../design/estimator.js";
import { type Design, isReplicated, replicateFactors, type UnitColumns } from "../design/method.js";
import { SampleUnits, type UnitSlots } from "../design/units.js";
import { UserError } from "../errors.js";
import type { Dictionary, Source } from "../read/block.js";
import { columnPlaces } from "../read/names.js";
import { tabulate } from "./accumulate.js";
import { type Cell, type Cells, planTables } from "./cells.js";

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
 * Reads files once, block by block, and keeps only their cells.
 * @param columns Header of the first file, which the plan and the design are made for.
 * @throws UserError where another file lacks a column of the first, or a weight is wrong.
 */
export async function tabulateSources(
	sources: readonly Source[],
	columns: readonly string[],
	plan: RecodePlan,
	design: Design,
): Promise<Tabulated> {
	const recoder = createRecoder(plan);
	const units = design.units === null ? null : new SampleUnits(unitSlots(design.units, plan));
	const layout = planTables(
		plan.variables.map((id) => plan.items.stateCount(id)),
		Math.max(1, design.columns.length),
		units !== null,
	);
	const weightNames = design.columns.map((column) => (columns[column] as string).toUpperCase());
	const cells: Cells<number> = new Map();
	const rows: number[] = [];
	const all: (readonly Dictionary[])[] = [];
	for (const source of sources) {
		const before = recoder.report.rows;
		const { blocks, dictionaries } = source.read({
			coded: plan.picker.columns.map((column) => sameColumn(source, columns, column)),
			weights: design.columns.map((column) => sameColumn(source, columns, column)),
		});
		all.push(dictionaries);
		for await (const read of blocks) {
			const block = read.width === 0 ? withUnitWeights(read) : read;
			checkWeights(block, source.name, weightNames);
			const unit = units?.number(block, source.name, dictionaries, plan.noWeight) ?? null;
			const coded = recoder.recode(block, source.name, dictionaries, unit);
			tabulate(coded, layout, cells);
			rejectTooMany(cells.size, plan);
		}
		rows.push(recoder.report.rows - before);
	}
	const texts = (slot: number) => [
		...new Set(all.flatMap((dictionaries) => dictionaries[slot]?.texts ?? [])),
	];
	return { cells, report: recoder.report, rows, texts, ...varianceOf(design, units) };
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

/** The column of another file that has the name of one of the first, and its rank among those of that name. */
function sameColumn(source: Source, columns: readonly string[], column: number): number {
	const name = columns[column] as string;
	const place = columnPlaces(source.columns, name)[columnPlaces(columns, name).indexOf(column)];
	if (place !== undefined) return place;
	throw new UserError(`has no column ${name}, which the first file has`, {
		where: { file: source.name },
		hint: "give files of one survey with the same columns",
	});
}
