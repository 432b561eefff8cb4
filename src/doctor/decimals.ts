import type { Place } from "../base/errors.js";
import type { Check, RowPage } from "./check.js";
import type { Findings } from "./findings.js";

const COMMA = /^[-+]?\d*,\d+$/;
const WHOLE = /^\d*$/;
const POINT = /^[-+]?\d*\.\d+$/;

/** Finds numbers with a decimal comma in a file whose other numbers use a point. A file with commas only is fine. */
export class Decimals implements Check {
	private readonly commas = new Map<string, { text: string; rows: number; place: Place }>();
	private points = false;

	constructor(private readonly findings: Findings) {}

	see(text: string, column: string, place: () => Place, rows = 1): void {
		if (WHOLE.test(text)) return;
		if (POINT.test(text)) this.points = true;
		else if (COMMA.test(text)) {
			const known = this.commas.get(column);
			if (known === undefined) this.commas.set(column, { text, rows, place: place() });
			else known.rows += rows;
		}
	}

	seePoint(): void {
		this.points = true;
	}

	/** Plain numbers with decimals have a point. */
	seeNumbers({ block: { rows }, number }: RowPage, columns: readonly { slot: number }[]): void {
		for (let row = 0; row < rows && !this.points; row++) {
			this.points = columns.some(({ slot }) => number(slot, row) % 1 > 0);
		}
	}

	end(): void {
		if (!this.points) return;
		for (const [column, { text, rows, place }] of this.commas) {
			this.findings.say({ severity: "warning", code: "decimal-comma", column, text, rows, ...place });
		}
	}
}
