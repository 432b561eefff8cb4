import type { Codebook } from "../codebook/definition/schema.js";
import { isReplicated } from "../design/method.js";
import { replicateFindings } from "../design/replicate-findings.js";
import { findWeights } from "../design/weight-columns.js";
import type { Check, Columns, RowPage } from "./check.js";
import type { Findings } from "./findings.js";

/** Number of rows kept to compare replicates with the weight. */
const KEPT_ROWS = 5000;

/** Whether the replicate weights match the method in the codebook. Tables in databases are not checked. */
export class Replicates implements Check {
	/** Positions among the numbers of the weight and each replicate; empty if there is nothing to check. */
	private readonly slots: number[] = [];
	private readonly first: string = "";
	/** One list per slot. */
	private readonly kept: number[][];
	private rows = 0;

	constructor(
		private readonly design: Codebook["design"],
		private readonly columns: readonly string[],
		picked: Columns,
		private readonly findings: Findings,
	) {
		const { weight, replicates } = findWeights(columns, design);
		const places = [weight, ...replicates.map(({ places }) => places)];
		if (isReplicated(design) && places.every(({ length }) => length === 1)) {
			this.slots = places.map(([place]) => picked.numbers.slot(place as number));
			this.first = replicates[0]?.name ?? "";
		}
		this.kept = this.slots.map(() => []);
	}

	take({ block, number }: RowPage, list?: number): void {
		if (list !== undefined) return;
		const free = Math.min(block.rows, KEPT_ROWS - (this.kept[0]?.length ?? KEPT_ROWS));
		this.rows += block.rows;
		for (const [place, slot] of this.slots.entries()) {
			for (let row = 0; row < free; row++) this.kept[place]?.push(number(slot, row));
		}
	}

	end(): void {
		const [weight, ...replicates] = this.kept;
		if (weight === undefined || weight.length === 0) return;
		const rows = { weight, replicates, whole: this.rows <= KEPT_ROWS };
		for (const finding of replicateFindings(this.design, this.columns, this.first, rows)) {
			this.findings.say(finding);
		}
	}
}
