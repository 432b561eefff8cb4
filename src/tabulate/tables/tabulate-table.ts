import type { Codebook } from "../../codebook/definition/schema.js";
import type { Design } from "../../design/method.js";
import { dialectOf } from "../../emit/sql/dialect.js";
import type { ColumnSlots } from "../../read/columns/column-slots.js";
import type { TableSource } from "../../read/database/table.js";
import { sampleUnits, type Tabulated, type Tabulation, varianceOf } from "../run.js";
import { CellsOfTable } from "./cells-of-table.js";
import { planTable } from "./plan-table.js";
import { UnitsOfTable } from "./units-of-table.js";

/**
 * `tabulateSources` for a database table: the database counts, and only cells leave it, never rows.
 * @param columns Header for which the plans and the design were made.
 * @throws UserError if a weight is invalid or the database cannot answer.
 */
export async function tabulateTable(
	source: TableSource,
	columns: readonly string[],
	asked: readonly Tabulation[],
	design: Design,
	slots: ColumnSlots,
	codebook: Codebook,
): Promise<Tabulated[]> {
	const plans = asked.map(({ plan }) => plan);
	const table = await planTable(source, columns, plans, codebook, dialectOf(source.table.engine));
	const texts = (column: string) => [...new Set(table.texts(column).map(({ code }) => code))];
	const sample = sampleUnits(design, slots);
	const units = sample === null ? null : new UnitsOfTable(sample, design, source.name);
	const tabulated: Tabulated[] = [];
	for (const { plan, collector } of asked) {
		const counted = new CellsOfTable({ plan, design, slots, table, units, collector });
		const rows = [await counted.count(source)];
		const { cells, report, variables } = counted;
		tabulated.push({ cells, report, variables, rows, texts, ...varianceOf(design, sample) });
	}
	return tabulated;
}
