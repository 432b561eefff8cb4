import type { RecodePlan, RecodeReport } from "../codebook/recode.js";
import { createRecoder } from "../codebook/recode.js";
import { columnIndex } from "../codebook/resolve.js";
import { checkWeights } from "../design/columns.js";
import type { Design } from "../design/method.js";
import { UserError } from "../errors.js";
import type { Dictionary, Source } from "../read/block.js";
import { tabulate } from "./accumulate.js";
import { type Cells, mergeCells, planTables } from "./cells.js";

const MOST_GROUPS = 5000;

export interface Tabulated {
	/** Cells by group number, in the order groups were met. */
	cells: Cells<number>;
	report: RecodeReport;
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
	const layout = planTables(
		plan.variables.map((id) => plan.items.stateCount(id)),
		design.columns.length,
	);
	const weightNames = design.columns.map((column) => (columns[column] as string).toUpperCase());
	const cells: Cells<number> = new Map();
	const rows: number[] = [];
	const all: (readonly Dictionary[])[] = [];
	for (const source of sources) {
		const before = recoder.report.rows;
		const { blocks, dictionaries } = source.read({
			coded: plan.picker.columns.map((column) => sameColumn(source, columns[column] as string)),
			weights: design.columns.map((column) => sameColumn(source, columns[column] as string)),
		});
		all.push(dictionaries);
		for await (const block of blocks) {
			checkWeights(block, source.name, weightNames);
			mergeCells(cells, tabulate(recoder.recode(block, source.name, dictionaries), layout), (group) => group);
			rejectTooMany(cells.size, plan);
		}
		rows.push(recoder.report.rows - before);
	}
	const texts = (slot: number) => [
		...new Set(all.flatMap((dictionaries) => dictionaries[slot]?.texts ?? [])),
	];
	return { cells, report: recoder.report, rows, texts };
}

/** A breakdown with a value for almost every teacher is an id or a measure, and would fill the memory. */
function rejectTooMany(groups: number, { breakdowns, asked }: RecodePlan): void {
	if (groups <= MOST_GROUPS) return;
	const names = breakdowns.slice(0, asked).map(({ id }) => id);
	throw new UserError(`--by ${names.join(",")} makes more than ${MOST_GROUPS} groups`, {
		hint: "break down by columns with few values",
	});
}

function sameColumn(source: Source, name: string): number {
	const column = columnIndex(source.columns, name);
	if (column !== undefined) return column;
	throw new UserError(`has no column ${name}, which the first file has`, {
		where: { file: source.name },
		hint: "give files of one survey with the same columns",
	});
}
