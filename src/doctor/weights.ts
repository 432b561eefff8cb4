import type { Place } from "../base/errors.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { findWeights } from "../design/weight-columns.js";
import { parseNumber } from "../read/block-builder.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { FindingCode } from "../results/about-files.js";
import type { Check, Columns, Page } from "./check.js";
import { spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";

/** Sums of replicate weights are about that of the weight; further off they belong to another one. */
const FURTHEST = 2;

interface Unit {
	name: string;
	/** Its place among the texts. */
	slot: number;
}

/** One weight column as rows go by. */
interface Column {
	name: string;
	place: number;
	/** Its place among the numbers. */
	slot: number;
	sum: number;
	/** Whether it has been like the weight on every row. */
	same: boolean;
}

/** Weights and replicates that cannot be, or that are not those of these rows. */
export class Weights implements Check {
	private readonly weight: Column | undefined;
	private readonly replicates: Column[];
	private readonly others: Column[];
	private readonly units: Unit[];
	private readonly missing: ReadonlySet<number>;
	private readonly range = { rows: 0, low: Infinity, high: -Infinity };

	constructor(
		{ design }: Codebook,
		columns: readonly string[],
		picked: Columns,
		private readonly decimals: Decimals,
		private readonly findings: Findings,
	) {
		const found = findWeights(columns, design);
		const column = (name: string, [place, ...others]: readonly number[]) =>
			place === undefined || others.length > 0
				? []
				: [{ name, place, slot: picked.numbers.slot(place), sum: 0, same: true }];
		[this.weight] = column(design.weight ?? "", found.weight);
		this.replicates = found.replicates.flatMap(({ name, places }) => column(name, places));
		this.others = (design.others ?? []).flatMap((name) => column(name, columnPlaces(columns, name)));
		const { strata, psu, fpc } = { strata: "", psu: "", fpc: "", ...design };
		this.units = [strata, psu, fpc].flatMap((name = "") => {
			const [place, ...others] = columnPlaces(columns, name);
			return place === undefined || others.length > 0 ? [] : [{ name, slot: picked.texts.slot(place) }];
		});
		this.missing = new Set((design.missing ?? []).map(Number));
	}

	take(page: Page): void {
		const { block, number, texts, place } = page;
		for (const unit of this.units) {
			for (const [row, text] of texts(unit.slot).entries()) {
				if (text === "") this.fault("design-empty", unit, text, place(row));
			}
		}
		const { weight, replicates, others } = this;
		this.decimals.seeNumbers(page, [...(weight ? [weight] : []), ...replicates]);
		if (weight !== undefined) {
			this.settle(weight, page, (...cell) => this.judge(weight, ...cell));
			this.weigh(weight, page);
		}
		for (const column of replicates) this.settle(column, page, (...cell) => this.judge(column, ...cell));
		for (const column of others) this.settle(column, page);
		if (weight === undefined) return;
		const columns = [weight, ...replicates, ...others];
		for (let row = 0; row < block.rows; row++) {
			const main = number(weight.slot, row);
			if (Number.isNaN(main) || this.missing.has(main)) continue;
			for (const column of columns) {
				const value = number(column.slot, row);
				if (!Number.isNaN(value) && !this.missing.has(value)) column.sum += value;
				if (value !== main) column.same = false;
			}
		}
	}

	/** Puts the numbers of unusual texts among the others, as far as they can be weights; their rows share no vector. */
	private settle(
		{ place: column, slot }: Column,
		{ block: { weights, vector, width }, unusual, place }: Page,
		judge?: (text: string, value: number, place: () => Place) => void,
	): void {
		for (const [row, text] of unusual(column)) {
			const value = parseNumber(text);
			judge?.(text, value, () => place(row));
			if (isWeight(value)) weights[(vector[row] as number) * width + slot] = value;
		}
	}

	/** Tells of a text that is no number, or no weight. */
	private judge(column: Column, text: string, value: number, place: () => Place): void {
		this.decimals.see(text, column.name, place);
		if (isWeight(value)) return;
		if (text === "") this.fault("weight-empty", column, text, place());
		else if (value < 0) this.fault("weight-negative", column, text, place());
		else this.fault(spreadsheetDamage(text) ?? "weight-text", column, text, place());
	}

	/** The range of the weight. */
	private weigh(weight: Column, page: Page): void {
		const { range, missing } = this;
		for (let row = 0; row < page.block.rows; row++) {
			const value = page.number(weight.slot, row);
			if (Number.isNaN(value) || missing.has(value)) continue;
			range.rows += 1;
			range.low = Math.min(range.low, value);
			range.high = Math.max(range.high, value);
			if (value === 0) this.fault("weight-zero", weight, "0", page.place(row));
		}
	}

	end(): void {
		const { weight, replicates, others, range } = this;
		if (weight === undefined || range.rows < 2) return;
		const { name } = weight;
		if (range.low === range.high) {
			const text = String(range.low);
			this.findings.say({ severity: "warning", code: "weight-constant", column: name, text });
		}
		for (const other of others.filter(({ same }) => same)) {
			this.findings.say({ severity: "error", code: "weight-same", column: name, expected: other.name });
		}
		const copies = replicates.filter(({ same }) => same);
		if (copies.length > 0) this.replicateFinding("replicates-same", copies);
		const far = replicates.filter(({ sum }) => sum > FURTHEST * weight.sum || FURTHEST * sum < weight.sum);
		if (far.length > 0) this.replicateFinding("replicates-sum", far);
	}

	private replicateFinding(code: FindingCode, columns: readonly Column[]): void {
		const [first] = columns;
		this.findings.say({
			...{ severity: "warning", code, column: (first as Column).name },
			...{ text: String(columns.length), expected: this.weight?.name ?? "" },
		});
	}

	private fault(code: FindingCode, { name }: Unit, text: string, place: Place): void {
		const severity = code === "weight-zero" ? "warning" : "error";
		this.findings.count({ severity, code, column: name, ...(text === "" ? {} : { text }) }, place);
	}
}

function isWeight(value: number): boolean {
	return Number.isFinite(value) && value >= 0;
}
