import { UserError } from "../../base/errors.js";
import { canonicalCode, FIRST_COUNT, MISSING, NO, YES } from "../../codebook/meaning/states.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Inference } from "../../codebook/recode/empty-cells.js";
import { UnknownCodes } from "../../codebook/recode/recode-frame.js";
import type { CodedBlock, RecodeReport, Recoder } from "../../codebook/recode/recoder.js";
import type { Design } from "../../design/method.js";
import { noWeights } from "../../design/weight-columns.js";
import { featureProducts } from "../../emit/sql/index.js";
import { type SchoolFlag, SurveySql } from "../../emit/sql/survey-sql.js";
import { BLOCK_ROWS } from "../../read/block.js";
import type { ColumnSlots } from "../../read/columns/column-slots.js";
import type { AnswerRow, TableSource } from "../../read/database/table.js";
import {
	Cell,
	type CellLayout,
	type Cells,
	type PatternTable,
	planTables,
	type TableLayout,
} from "../cells.js";
import { rejectTooMany } from "../reject-too-many.js";
import type { Collector, Moments, OfAlike } from "../run.js";
import { bitWords } from "../school-answers.js";
import { rowsByCode } from "./census.js";
import type { PlannedTable } from "./plan-table.js";
import type { UnitsOfTable } from "./units-of-table.js";

/** One plan with the facts known before the table is counted. */
interface Counting {
	plan: Plan;
	design: Design;
	slots: ColumnSlots;
	table: PlannedTable;
	/** Null if the variance comes from replicates. */
	units: UnitsOfTable | null;
	collector: Collector | undefined;
}

/** Cells of one plan that a database table adds up: runs the queries and combines their answers. */
export class CellsOfTable {
	readonly cells: Cells<number> = new Map();
	readonly variables: Recoder["variables"];
	private readonly sql: SurveySql;
	private readonly layout: CellLayout;
	private readonly counts = { rows: 0, selected: 0, withoutWeight: 0 };
	private readonly withoutValue = new Map<string, number>();
	/** By breakdown, the countries in which no row has a value. */
	private readonly vanished = new Map<string, string[]>();
	private readonly unknown = new UnknownCodes();
	private readonly inferences = new Set<Inference>();
	/** Group numbers by group values. */
	private readonly groups = new Map<string, number>();
	private readonly values: string[][] = [];
	private readonly schools = new Map<string, number>();
	/** For numeric variables: the state of each number that occurs, and the numbers by state. */
	private readonly numbers: ({ states: Map<number, number>; values: number[] } | undefined)[];

	private readonly plan: Plan;
	private readonly design: Design;
	private readonly slots: ColumnSlots;
	private readonly table: PlannedTable;
	private readonly units: UnitsOfTable | null;
	private readonly collector: Collector | undefined;

	constructor({ plan, design, slots, table, units, collector }: Counting) {
		this.plan = plan;
		this.design = design;
		this.slots = slots;
		this.table = table;
		this.units = units;
		this.collector = collector;
		const asked = {
			...{ plan, weights: design.columns, noWeight: noWeights(design.definition) },
			units: design.units,
		};
		this.sql = new SurveySql(asked, table, table.dialect);
		this.numbers = this.sql.variables.map(({ value }) =>
			value === undefined ? undefined : { states: new Map(), values: [] },
		);
		this.variables = this.sql.sizes.map(({ size, values }, place) => ({
			size,
			values: this.numbers[place]?.values ?? values,
		}));
		const sizes = this.variables.map(({ size }) => size);
		// Split by unit and by pattern of several items, there would be about as many cells as teachers.
		const planned =
			units === null ? planTables(sizes, this.sql.width) : planTables(sizes, this.sql.width, true, 1);
		const needsTables = collector === undefined || collector.besideTables === true;
		this.layout = needsTables ? planned : { ...planned, tables: [] };
	}

	get report(): RecodeReport {
		const { counts, withoutValue, vanished, unknown, inferences, values, slots, table } = this;
		const undeclared = this.plan.undeclared.map(
			(column) => [slots.slot(column), rowsByCode(table.census(column))] as const,
		);
		return {
			...counts,
			...{ withoutValue, unknown, inferences, undeclared: new Map(undeclared) },
			vanished: () => vanished,
			valuesOf: (group) => values[group] as string[],
		};
	}

	/**
	 * Queries the table.
	 * @returns Its number of rows.
	 * @throws UserError if a weight is invalid or there are too many groups.
	 */
	async count(source: TableSource): Promise<number> {
		const { plan, design, sql, layout } = this;
		const { ask } = source.table;
		const rows = await this.addCounts(source);
		await this.addUnknown(source);
		await this.addVanished(source);
		await this.units?.meet(sql, ask);
		this.collector?.start({
			...{ variables: this.variables, width: sql.width, linearised: this.units !== null },
		});
		for (const query of sql.patterns(layout.tables.map(({ variables }) => variables))) {
			const tables = query.tables.map((place) => ({ place, ...(layout.tables[place] as TableLayout) }));
			for (const row of await ask(query.sql)) this.addPattern(row, tables);
			rejectTooMany(this.cells.size, plan);
		}
		const { ofAlike, addVector } = this.collector ?? {};
		if (ofAlike !== undefined) await this.collect(ofAlike, ask);
		else if (plan.school.length > 0) for (const row of await ask(sql.schools())) this.addSchool(row);
		if (this.units !== null) for (const row of await ask(sql.unitsOfGroups())) this.addUnit(row, this.units);
		if (design.replicates === 0) return rows;
		for (const row of await ask(sql.vectors(addVector !== undefined))) this.addVector(row);
		return rows;
	}

	/** Hands over identical teachers as one row, or the sums of their products, and then the schools that count. */
	private async collect(ofAlike: OfAlike, ask: TableSource["table"]["ask"]): Promise<void> {
		const { sql, plan } = this;
		const { sets, addSchool } = ofAlike;
		for (const row of await ask(sql.rows())) this.cellOf(row).rows += Number(row[sql.keyWidth]);
		rejectTooMany(this.cells.size, plan);
		const byRow: number[] = [];
		for (const set of sets.keys()) {
			const moments = ofAlike.momentsOf(set);
			if (moments === null) byRow.push(set);
			else await this.addMoments(set, moments, ofAlike, ask);
		}
		if (byRow.length > 0) {
			const places = [...new Set(byRow.flatMap((set) => sets[set]?.all ?? []))];
			const rows = await ask(sql.alike(places));
			for (let first = 0; first < rows.length; first += BLOCK_ROWS) {
				ofAlike.add(this.blockOf(rows.slice(first, first + BLOCK_ROWS), places), byRow);
			}
		}
		if (plan.school.length === 0) return;
		const flags = sets.flatMap(({ all, factors }, set): (SchoolFlag & { set: number })[] => [
			{ set, all },
			...factors.flatMap((place) =>
				this.statesOf(place).map((state) => ({ set, all, of: { place, state } })),
			),
		]);
		for (const row of await ask(sql.schoolsWith(flags))) {
			const { school, flags: found } = this.schoolOf(row);
			if (school === null) continue;
			for (const [place, { set, of }] of flags.entries()) {
				if (found[place]) addSchool(set, this.groupOf(row), school, of);
			}
		}
	}

	private async addMoments(
		set: number,
		{ factors, features }: Moments,
		{ sets, addMoments }: OfAlike,
		ask: TableSource["table"]["ask"],
	): Promise<void> {
		const { sql } = this;
		const { all } = sets[set] as OfAlike["sets"][number];
		const products = featureProducts(features);
		const last = sql.keyWidth + factors.length;
		const end = last + sql.unitWidth;
		const cells = new Map<string, { row: AnswerRow; sums: Float64Array[] }>();
		for (const query of sql.moments({ all, by: factors, products })) {
			for (const row of await ask(query)) {
				const key = JSON.stringify(row.slice(0, end).map(String));
				const cell = cells.get(key) ?? { row, sums: [] };
				cells.set(key, cell);
				for (let at = end + 1; at < row.length; at += sql.width) {
					cell.sums.push(Float64Array.from(row.slice(at, at + sql.width), Number));
				}
			}
		}
		for (const { row, sums } of cells.values()) {
			const states = row.slice(sql.keyWidth, last).map(Number);
			addMoments(
				set,
				this.groupOf(row),
				this.units?.numberOf(row.slice(last, end)) ?? -1,
				states,
				Number(row[end]),
				(product) => sums[product] as Float64Array,
			);
		}
	}

	/** The states a variable can take when it has a value; empty for numbers, which can take any. */
	private statesOf(place: number): number[] {
		const { size, values } = this.variables[place] as Recoder["variables"][number];
		if (!Number.isFinite(size)) return [];
		return values === null ? [YES, NO] : values.map((_, own) => FIRST_COUNT + own);
	}

	/** Rows of `alike` as a block; variables outside `places` stay empty. */
	private blockOf(rows: readonly AnswerRow[], places: readonly number[]): CodedBlock {
		const { sql } = this;
		const { width } = sql;
		let at = sql.keyWidth;
		const nothing = new Int32Array(rows.length).fill(MISSING);
		const states = this.variables.map(() => nothing);
		for (const place of places) {
			const own = at;
			at += sql.columnsOf(place).length;
			states[place] = Int32Array.from(rows, (row) => this.stateIn(row[own], row[own + 1], place));
		}
		const { units } = this;
		const unit = units && Int32Array.from(rows, (row) => units.numberOf(row.slice(at, at + sql.unitWidth)));
		at += sql.unitWidth;
		const weights = new Float64Array(rows.length * width);
		for (const [place, row] of rows.entries()) weights.set(row.slice(at + 1).map(Number), place * width);
		return {
			...{ rows: rows.length, states, weights, width, school: null, unit },
			counts: Int32Array.from(rows, (row) => Number(row[at])),
			group: Int32Array.from(rows, (row) => this.groupOf(row)),
			vector: Int32Array.from(rows.keys()),
		};
	}

	/** Reports each unknown text once, however many variables read its column. */
	private async addUnknown({ name, table }: TableSource): Promise<void> {
		const rows = new Map<string, Map<string, number>>();
		for (const one of this.sql.unknown) {
			const own = rows.get(one.column) ?? new Map<string, number>();
			rows.set(one.column, own);
			for (const [said, count] of await table.ask(this.sql.unknownTexts(one))) {
				const text = String(said);
				own.set(text, Math.max(own.get(text) ?? 0, Number(count)));
			}
		}
		for (const [column, own] of rows) {
			const slot = this.slots.slot(column);
			for (const [text, count] of own) this.unknown.count(name, slot, text, null, count);
		}
	}

	private async addVanished({ table }: TableSource): Promise<void> {
		const { plan, sql, withoutValue } = this;
		const country = plan.groups.findIndex(({ id }) => id === "country");
		if (country < 0 || withoutValue.size === 0) return;
		const { by, nameOf } = sql.groups[country] as (typeof sql.groups)[number];
		for (const row of await table.ask(sql.systems(country))) {
			const system = nameOf(row.slice(0, by.length));
			for (const [place, { id, role }] of plan.groups.entries()) {
				if (role === "pooled" || Number(row[by.length + place]) === 1) continue;
				this.vanished.set(id, [...(this.vanished.get(id) ?? []), system].sort());
			}
		}
	}

	/**
	 * Adds the row counts, which come before any figure.
	 * @returns The number of all rows.
	 */
	private async addCounts({ name, table }: TableSource): Promise<number> {
		const [answer = []] = await table.ask(this.sql.survey());
		const numbers = answer.map((count) => Number(count ?? 0));
		const [rows, selected, withoutWeight] = numbers.splice(0, 3) as [number, number, number];
		if (rows === 0) {
			throw new UserError("has columns but no rows", { where: { file: name }, hint: "fill the table first" });
		}
		const { columns } = this.design;
		for (const [place, usable] of numbers.splice(0, columns.length).entries()) {
			if (usable < rows) throw wrongWeights(name, columns[place] as string, rows - usable);
		}
		this.counts.rows += rows;
		this.counts.selected += selected;
		this.counts.withoutWeight += withoutWeight;
		for (const { id, role } of this.plan.groups) {
			const without = numbers.shift() as number;
			if (without === 0 || role === "pooled") continue;
			this.withoutValue.set(id, (this.withoutValue.get(id) ?? 0) + without);
		}
		for (const [place, { by }] of this.sql.explained.entries()) {
			if ((numbers[place] as number) > 0) this.inferences.add(by);
		}
		return rows;
	}

	/** @param tables Candidate tables; the row belongs to the one whose states it has. */
	private addPattern(row: AnswerRow, tables: readonly (TableLayout & { place: number })[]): void {
		const { sql } = this;
		const widths = (variables: readonly number[]) =>
			variables.reduce((sum, variable) => sum + sql.columnsOf(variable).length, 0);
		let at = sql.keyWidth;
		const end = tables.reduce((sum, { variables }) => sum + widths(variables), at);
		const own = tables.find(({ variables }) => {
			if (row[at] !== null) return true;
			at += widths(variables);
			return false;
		}) as TableLayout & { place: number };
		let pattern = 0;
		for (const [index, variable] of own.variables.entries()) {
			pattern += this.stateIn(row[at], row[at + 1], variable) * (own.radices[index] as number);
			at += sql.columnsOf(variable).length;
		}
		const afterUnit = end + sql.unitWidth;
		const count = Number(row[afterUnit]);
		const sums = Float64Array.from(row.slice(afterUnit + 1), Number);
		const cell = this.cellOf(row);
		const table = cell.tables[own.place] as PatternTable;
		const slot = table.slot(pattern);
		table.add(slot, count, sums);
		if (this.units !== null) {
			table.units[slot]?.add(this.units.numberOf(row.slice(end, afterUnit)), sums[0] as number);
		}
		if (own.place === 0) cell.rows += count;
	}

	/** State of a variable, read from its column and, for numbers, from the column after it. */
	private stateIn(state: unknown, value: unknown, variable: number): number {
		const known = this.numbers[variable];
		if (known === undefined || Number(state) !== FIRST_COUNT) return Number(state);
		const number = Number(value);
		const own = known.states.get(number);
		if (own !== undefined) return own;
		const made = FIRST_COUNT + known.values.push(number) - 1;
		known.states.set(number, made);
		return made;
	}

	private addSchool(row: AnswerRow): void {
		const { school, flags } = this.schoolOf(row);
		if (school === null) return;
		const bits = new Uint32Array(bitWords(this.variables.length));
		for (const [variable, isValid] of flags.entries()) {
			if (isValid) bits[variable >>> 5] = (bits[variable >>> 5] as number) | (1 << (variable & 31));
		}
		this.cellOf(row).schools.add(school, bits, 0);
	}

	/** Number of the row's school (null if it has none) and what is known about it. */
	private schoolOf(row: AnswerRow): { school: number | null; flags: boolean[] } {
		const first = this.sql.keyWidth;
		const after = first + this.plan.school.length;
		const names = row.slice(first, after).map((name) => canonicalCode(String(name ?? "")));
		const flags = row.slice(after).map((flag) => Number(flag) === 1);
		if (names.at(-1) === "") return { school: null, flags };
		const key = JSON.stringify(names);
		const school = this.schools.get(key) ?? this.schools.size;
		this.schools.set(key, school);
		return { school, flags };
	}

	private addVector(row: AnswerRow): void {
		const weights = row[this.sql.keyWidth] as readonly unknown[];
		const whole = Number(weights[0]);
		const factors = Float64Array.from(weights, (weight) => Number(weight) / whole);
		const hash = factors.reduce((sum, factor) => (Math.imul(sum, 31) + Math.round(1000 * factor)) | 0, 0);
		this.cellOf(row).vectors.add(factors, hash);
		this.collector?.addVector?.(this.groupOf(row), factors, row.slice(this.sql.keyWidth + 1).map(Number));
	}

	private addUnit(row: AnswerRow, units: UnitsOfTable): void {
		const { keyWidth, unitWidth } = this.sql;
		const rows = row.slice(keyWidth + unitWidth).map(Number);
		const unit = units.numberOf(row.slice(keyWidth, keyWidth + unitWidth));
		this.cellOf(row).units.add(unit);
		this.collector?.addUnit?.(this.groupOf(row), unit, rows);
	}

	private cellOf(row: AnswerRow): Cell {
		const number = this.groupOf(row);
		const cell = this.cells.get(number) ?? new Cell(this.layout);
		this.cells.set(number, cell);
		return cell;
	}

	/** Number of the group that a row's key belongs to. */
	private groupOf(row: AnswerRow): number {
		let at = 0;
		const values = this.sql.groups.map(({ by, nameOf }) => {
			at += by.length;
			return nameOf(row.slice(at - by.length, at));
		});
		const key = JSON.stringify(values);
		const number = this.groups.get(key) ?? this.values.push(values) - 1;
		this.groups.set(key, number);
		return number;
	}
}

function wrongWeights(file: string, column: string, rows: number): UserError {
	const some = `${rows} row${rows === 1 ? "" : "s"}`;
	return new UserError(`the weight is empty, negative or no finite number in ${some}`, {
		where: { file, column: column.toUpperCase() },
		hint: "every row needs its weight and all its replicate weights: numbers, zero or more",
	});
}
