import type { Check, RowPage } from "./check.js";
import { encodingDamage, SUSPECT } from "./damage.js";
import type { Findings } from "./findings.js";

/** Finds wrongly encoded letters in the header and in all cells; more severe if the codebook reads the column. */
export class WrongEncoding implements Check {
	readonly together: readonly (readonly number[])[];
	readonly suspect = SUSPECT;

	constructor(
		private readonly columns: readonly string[],
		/** Columns that the codebook reads. */
		private readonly known: ReadonlySet<number>,
		private readonly findings: Findings,
	) {
		this.together = [...columns.keys()].map((column) => [column]);
		for (const name of columns) {
			const code = encodingDamage(name);
			if (code !== undefined)
				findings.count({ severity: "error", code, column: name, text: name }, { line: 1 });
		}
	}

	take({ unusual, unusualColumns, place, rows }: RowPage): void {
		for (const column of unusualColumns()) {
			const name = this.columns[column] as string;
			for (const [row, text] of unusual(column)) {
				const code = encodingDamage(text);
				if (code === undefined) continue;
				const severity = this.known.has(column) ? "error" : "warning";
				this.findings.count({ severity, code, column: name, text }, place(row), rows(row));
			}
		}
	}
}
