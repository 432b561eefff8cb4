import type { Codebook } from "../codebook/schema.js";
import { findWeights } from "../design/columns.js";
import type { Place } from "../errors.js";
import { columnPlaces } from "../read/names.js";
import { parseNumber } from "../read/rows.js";
import type { FindingCode } from "../results.js";
import { spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";
import type { Check, Page } from "./page.js";

/** Sums of replicate weights are about that of the weight; further off they belong to another one. */
const FURTHEST = 2;

/** One weight column as rows go by. */
interface Column {
	name: string;
	place: number;
	sum: number;
	/** Whether it has been like the weight on every row. */
	same: boolean;
}

/** Weights and replicates that cannot be, or that are not those of these rows. */
export class Weights implements Check {
	private readonly weight: Column | undefined;
	private readonly replicates: Column[];
	private readonly others: Column[];
	private readonly units: Column[];
	private readonly missing: ReadonlySet<number>;
	private readonly range = { rows: 0, low: Infinity, high: -Infinity };

	constructor(
		{ design }: Codebook,
		columns: readonly string[],
		private readonly decimals: Decimals,
		private readonly findings: Findings,
	) {
		const found = findWeights(columns, design);
		const column = (name: string, places: readonly number[]) =>
			places.length === 1 ? [{ name, place: places[0] as number, sum: 0, same: true }] : [];
		[this.weight] = column(design.weight ?? "", found.weight);
		this.replicates = found.replicates.flatMap(({ name, places }) => column(name, places));
		this.others = (design.others ?? []).flatMap((name) => column(name, columnPlaces(columns, name)));
		const { strata, psu, fpc } = { strata: "", psu: "", fpc: "", ...design };
		this.units = [strata, psu, fpc].flatMap((name) => column(name ?? "", columnPlaces(columns, name ?? "")));
		this.missing = new Set((design.missing ?? []).map(Number));
	}

	take({ block: { rows }, texts, place }: Page): void {
		const { weight, missing } = this;
		for (const unit of this.units) {
			for (const [row, text] of texts(unit.place).entries()) {
				if (text === "") this.fault("design-empty", unit, text, place(row));
			}
		}
		const main = weight && texts(weight.place).map((text, row) => this.value(weight, text, () => place(row)));
		for (let row = 0; row < rows; row++) {
			const value = main?.[row];
			if (value === undefined || value === null || missing.has(value)) continue;
			this.range.rows += 1;
			this.range.low = Math.min(this.range.low, value);
			this.range.high = Math.max(this.range.high, value);
			if (value === 0) this.fault("weight-zero", weight as Column, "0", place(row));
		}
		const counts = (value: number | null | undefined): value is number =>
			value !== null && value !== undefined && !missing.has(value);
		for (const column of [...(weight ? [weight] : []), ...this.replicates, ...this.others]) {
			const isOther = this.others.includes(column);
			const cells = texts(column.place);
			for (let row = 0; row < rows; row++) {
				const text = cells[row] as string;
				const value =
					column === weight
						? main?.[row]
						: isOther
							? parseNumber(text)
							: this.value(column, text, () => place(row));
				if (!counts(main?.[row])) continue;
				if (counts(value)) column.sum += value;
				if (value !== main?.[row]) column.same = false;
			}
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

	/** The number of a cell; null where it is none, which is told. */
	private value(column: Column, text: string, place: () => Place): number | null {
		this.decimals.see(text, column.name, place);
		const value = parseNumber(text);
		if (Number.isFinite(value) && value >= 0) return value;
		const code =
			text === ""
				? "weight-empty"
				: value < 0
					? "weight-negative"
					: (spreadsheetDamage(text) ?? "weight-text");
		this.fault(code, column, text, place());
		return null;
	}

	private fault(code: FindingCode, { name }: Column, text: string, place: Place): void {
		const severity = code === "weight-zero" ? "warning" : "error";
		this.findings.count({ severity, code, column: name, ...(text === "" ? {} : { text }) }, place);
	}
}
