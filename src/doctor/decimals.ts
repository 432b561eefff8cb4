import type { Place } from "../errors.js";
import { Findings } from "./findings.js";
import type { Check, Page } from "./page.js";

const COMMA = /^[-+]?\d*,\d+$/;
const WHOLE = /^\d*$/;
const POINT = /^[-+]?\d*\.\d+$/;

/** Numbers with a decimal comma in a file whose other numbers have a point; a file that has only commas is well. */
export class Decimals implements Check {
	private readonly commas = new Findings();
	private points = false;

	constructor(private readonly findings: Findings) {}

	see(text: string, column: string, place: () => Place): void {
		if (WHOLE.test(text)) return;
		if (POINT.test(text)) this.points = true;
		else if (COMMA.test(text)) {
			this.commas.count({ severity: "warning", code: "decimal-comma", column, text }, place());
		}
	}

	/** Plain numbers with decimals have a point. */
	seeNumbers({ block: { rows }, number }: Page, columns: readonly { slot: number }[]): void {
		for (let row = 0; row < rows && !this.points; row++) {
			this.points = columns.some(({ slot }) => number(slot, row) % 1 > 0);
		}
	}

	end(): void {
		if (this.points) this.findings.take(this.commas);
	}
}
