import type { Codebook } from "../codebook/definition/schema.js";
import { Nesting, repeatedUnits, unusedStrata } from "../design/unit-names.js";
import type { Dictionary } from "../read/block.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { Check, RowPage } from "./check.js";
import type { ColumnPicker } from "./column-picker.js";
import type { Findings } from "./findings.js";

/** Whether numbers of sampling units repeat within strata that the file names and the design does not use. */
export class Units implements Check {
	private readonly strata: { name: string; slot: number; nesting: Nesting }[];
	private readonly psu: { name: string; slot: number } | undefined;
	readonly together: readonly (readonly number[])[];

	constructor(
		design: Codebook["design"],
		columns: readonly string[],
		picker: ColumnPicker,
		private readonly findings: Findings,
	) {
		const { psu = "" } = design.method === "taylor" ? design : {};
		const [place] = columnPlaces(columns, psu);
		const places =
			place === undefined ? [] : unusedStrata(design, columns).map((name) => columns.indexOf(name));
		this.psu =
			place === undefined || places.length === 0 ? undefined : { name: psu, slot: picker.slot(place) };
		this.strata = places.map((column) => ({
			name: columns[column] as string,
			slot: picker.slot(column),
			nesting: new Nesting(),
		}));
		this.together = places.map((column) => [place as number, column]);
	}

	take({ block, dictionaries, ...page }: RowPage, list?: number): void {
		if (this.psu === undefined) return;
		const units = page.codes(this.psu.slot) as Int32Array;
		const own = list === undefined ? this.strata : this.strata.slice(list, list + 1);
		const textOf = (slot: number, code: number | undefined) =>
			(dictionaries[slot] as Dictionary).texts[code as number] as string;
		for (const { slot, nesting } of own) {
			const values = page.codes(slot) as Int32Array;
			for (let row = 0; row < block.rows; row++) {
				nesting.add(textOf(slot, values[row]), textOf(this.psu.slot, units[row]));
			}
		}
	}

	end(): void {
		for (const { name, nesting } of this.strata) {
			for (const finding of repeatedUnits(this.psu?.name ?? "", name, nesting)) this.findings.say(finding);
		}
	}
}
