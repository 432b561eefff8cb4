import { canonicalCode } from "../../codebook/meaning/states.js";
import type { Design, UnitColumns } from "../../design/method.js";
import type { SampleUnits } from "../../design/units.js";
import type { SurveySql } from "../../emit/sql/survey-sql.js";
import type { AnswerRow, TableSource } from "../../read/database/table.js";

/** The sampling units of a table, by the names in its answers. */
export class UnitsOfTable {
	private readonly columns: UnitColumns;
	private isKnown = false;

	constructor(
		private readonly sample: SampleUnits,
		{ units }: Design,
		private readonly file: string,
	) {
		this.columns = units as UnitColumns;
	}

	/**
	 * Registers the units of all rows, including those that no question uses. A second call does nothing.
	 * @throws UserError if a row has no stratum or unit, or the correction differs within a stratum.
	 */
	async meet(sql: SurveySql, ask: TableSource["table"]["ask"]): Promise<void> {
		if (this.isKnown) return;
		this.isKnown = true;
		for (const row of await ask(sql.units())) this.numberOf(row.slice(0, sql.unitWidth));
	}

	/** @param names Names of the stratum and the unit, and the correction, as far as the design has them. */
	numberOf(names: AnswerRow): number {
		const texts = names.map((name) => canonicalCode(String(name ?? "")));
		const { strata, fpc } = this.columns;
		return this.sample.unit(
			{
				strata: texts.slice(0, strata.length),
				psu: texts[strata.length],
				fpc: fpc === undefined ? undefined : texts[strata.length + 1],
			},
			{ file: this.file },
		);
	}
}
