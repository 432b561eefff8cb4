import type { Place } from "../base/errors.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { findWeights } from "../design/weight-columns.js";
import { LARGEST } from "../emit/sql/columns.js";
import { countWhere, numberLiteral } from "../emit/sql/dialect.js";
import { parseNumber } from "../read/block-builder.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { FindingCode } from "../results/about-files.js";
import { type AskedTable, type Check, type Columns, NOWHERE, type RowPage } from "./check.js";
import { spreadsheetDamage } from "./damage.js";
import type { Decimals } from "./decimals.js";
import type { Findings } from "./findings.js";

/** Sums of replicate weights are close to the weight's sum; beyond this ratio they belong to another weight. */
const FURTHEST = 1.5;

interface Unit {
	name: string;
	/** Its place in the header. */
	place: number;
	/** Its place among the texts. */
	slot: number;
}

/** One weight column as rows go by. */
interface Column {
	name: string;
	/** Its place in the header. */
	place: number;
	/** Its place among the numbers. */
	slot: number;
	sum: number;
	/** Whether it has equalled the weight in every row so far. */
	same: boolean;
}

/** Finds impossible weights and replicates, and replicates that belong to other rows. */
export class Weights implements Check {
	private readonly weight: Column | undefined;
	private readonly replicates: Column[];
	private readonly others: Column[];
	private readonly units: Unit[];
	private readonly missing: ReadonlySet<number>;
	readonly together: readonly (readonly number[])[];
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
			return place === undefined || others.length > 0
				? []
				: [{ name, place, slot: picked.texts.slot(place) }];
		});
		this.together = this.units.map(({ place }) => [place]);
		this.missing = new Set((design.missing ?? []).map(Number));
	}

	take(page: RowPage, list?: number): void {
		const { block, number, texts, place } = page;
		for (const unit of this.units) {
			for (const [row, text] of texts(unit.slot).entries()) {
				if (text === "") this.fault("design-empty", unit, text, place(row), page.rows(row));
			}
		}
		// For tables, weights are queried separately.
		if (list !== undefined) return;
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

	/** Adds numbers from unusual texts to the others, if they can be weights; their rows share no vector. */
	private settle(
		{ place: column, slot }: Column,
		{ block: { weights, vector, width }, unusual, place }: RowPage,
		judge?: (text: string, value: number, place: () => Place) => void,
	): void {
		for (const [row, text] of unusual(column)) {
			const value = parseNumber(text);
			judge?.(text, value, () => place(row));
			if (isWeight(value)) weights[(vector[row] as number) * width + slot] = value;
		}
	}

	/** Reports a text that is not a number or not a weight. */
	private judge(column: Column, text: string, value: number, place: () => Place, rows = 1): void {
		this.decimals.see(text, column.name, place, rows);
		if (isWeight(value)) return;
		if (text === "") this.fault("weight-empty", column, text, place(), rows);
		else if (value < 0) this.fault("weight-negative", column, text, place(), rows);
		else this.fault(spreadsheetDamage(text) ?? "weight-text", column, text, place(), rows);
	}

	/** One row of sums replaces all rows of weights; invalid texts are queried only if there are any. */
	async askTable(table: AskedTable): Promise<void> {
		const { weight, replicates, others, range } = this;
		const judged = [...(weight ? [weight] : []), ...replicates];
		const all = [...judged, ...others];
		if (all.length === 0) return;
		const { dialect, relation, ask } = table;
		const columns = all.map(({ place }) => table.column(place));
		const numbers = columns.flatMap(({ sql, kind }, own) =>
			kind === "text"
				? [`${dialect.numberIn(sql)} AS n${own}`, `${sql} AS t${own}`]
				: [`${dialect.orNull(dialect.double(sql))} AS n${own}`],
		);
		const from = `(SELECT ${numbers.join(", ")} FROM ${relation}) AS weights`;
		const missing = (name: string) =>
			this.missing.size === 0 ? "1 = 0" : `${name} IN (${[...this.missing].map(numberLiteral).join(", ")})`;
		const whole = weight === undefined ? "1 = 0" : `n0 IS NOT NULL AND NOT (${missing("n0")})`;
		const sums = all.flatMap((_, own) => {
			const name = `n${own}`;
			const usable = `${name} >= 0 AND ${name} <= ${LARGEST}`;
			return [
				`sum(CASE WHEN ${usable} THEN 1 ELSE 0 END)`,
				`sum(CASE WHEN ${whole} AND ${usable} AND NOT (${missing(name)}) THEN ${name} ELSE 0.0e0 END)`,
				`sum(CASE WHEN ${whole} AND (${name} IS NULL OR ${name} <> n0) THEN 1 ELSE 0 END)`,
				columns[own]?.kind === "text"
					? `max(CASE WHEN t${own} LIKE '%.%' THEN 1 ELSE 0 END)`
					: `max(CASE WHEN ${usable} AND ${name} <> floor(${name}) THEN 1 ELSE 0 END)`,
			];
		});
		const first = [
			"count(*)",
			countWhere(whole),
			...["min", "max"].map((end) => `${end}(CASE WHEN ${whole} THEN n0 END)`),
			countWhere(`${whole} AND n0 = 0`),
		];
		const [answer = []] = await ask(`SELECT ${[...first, ...sums].join(",\n\t")} FROM ${from}`);
		const [rows = 0, counted = 0, low, high, zero = 0, ...rest] = answer.map((value) =>
			value === null ? undefined : Number(value),
		);
		if (weight !== undefined && counted > 0) {
			range.rows += counted;
			range.low = Math.min(range.low, low as number);
			range.high = Math.max(range.high, high as number);
			if (zero > 0) this.fault("weight-zero", weight, "0", NOWHERE, zero);
		}
		for (const [own, column] of all.entries()) {
			const [usable = 0, sum = 0, others = 0, hasPoint = 0] = rest.slice(4 * own, 4 * own + 4);
			column.sum += sum;
			if (others > 0) column.same = false;
			if (!judged.includes(column)) continue;
			if (hasPoint > 0) this.decimals.seePoint();
			if (usable < rows) await this.askUnusable(column, table);
			await this.askCommas(column, table);
		}
	}

	/** Judges texts of a column that are not weights. */
	private async askUnusable(column: Column, { ask, relation, dialect, ...table }: AskedTable): Promise<void> {
		const { sql, kind } = table.column(column.place);
		const text = kind === "text" ? dialect.trimmed(sql) : dialect.asText(sql);
		const number = kind === "text" ? dialect.numberIn(sql) : dialect.orNull(dialect.double(sql));
		const found = await ask(
			`SELECT t, count(*) FROM (SELECT ${text} AS t, ${number} AS n FROM ${relation}) AS weights WHERE n IS NULL OR NOT (n >= 0 AND n <= ${LARGEST}) GROUP BY t ORDER BY t`,
		);
		for (const [own, rows] of found) {
			const said = own === null ? "" : kind === "text" ? String(own) : String(Number(own));
			this.judge(column, said, parseNumber(said), () => NOWHERE, Number(rows));
		}
	}

	/** Reports numbers with a decimal comma, with one example. */
	private async askCommas(
		{ place, name }: Column,
		{ ask, relation, dialect, ...table }: AskedTable,
	): Promise<void> {
		const { sql, kind } = table.column(place);
		if (kind !== "text") return;
		const [[one, rows] = []] = await ask(
			`SELECT min(t), count(*) FROM (SELECT ${dialect.trimmed(sql)} AS t FROM ${relation}) AS weights WHERE t LIKE '%,%'`,
		);
		if (Number(rows) > 0) this.decimals.see(String(one), name, () => NOWHERE, Number(rows));
	}

	/** The range of the weight. */
	private weigh(weight: Column, page: RowPage): void {
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

	private fault(code: FindingCode, { name }: Pick<Unit, "name">, text: string, place: Place, rows = 1): void {
		const severity = code === "weight-zero" ? "warning" : "error";
		this.findings.count({ severity, code, column: name, ...(text === "" ? {} : { text }) }, place, rows);
	}
}

function isWeight(value: number): boolean {
	return Number.isFinite(value) && value >= 0;
}
