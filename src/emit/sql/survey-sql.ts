import { FIRST_COUNT, NO, YES } from "../../codebook/meaning/states.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { ColumnReadings, isANumber, type UnknownTexts } from "./columns.js";
import { type Dialect, numberLiteral } from "./dialect.js";
import { type Explained, Writer, type Written } from "./expressions.js";
import { Layers, type Made } from "./layers.js";
import { among } from "./states.js";
import type { SqlTable } from "./table.js";

/** A plan and a design, as they are asked of a table. */
export interface AskedOfTable {
	plan: Plan;
	/** The weight, then its replicates; none where every row counts as one. */
	weights: readonly string[];
	/** Weights that stand for "no weight". */
	noWeight: readonly number[];
}

/** A breakdown as columns: rows without a value in it have the key −1. */
interface GroupColumns {
	key: Made;
	/** Columns that groups are made by. */
	by: readonly string[];
	/** Name of a value, by what stands in the columns; "" where a row has none. */
	nameOf(row: readonly unknown[]): string;
}

/** A query for tables of patterns. */
export interface PatternQuery {
	sql: string;
	/** Places of the tables that its rows are of. */
	tables: readonly number[];
}

/** Texts that nobody knows, and of which rows. */
export interface AskedUnknown extends UnknownTexts {
	/** The rows that are looked at. */
	where: string;
}

/**
 * A plan written as SQL: subqueries that recode every row, and what is added up of them. A row of an answer is of one cell,
 * however many rows of the table that is.
 */
export class SurveySql {
	readonly variables: readonly Written[];
	readonly groups: readonly GroupColumns[];
	readonly unknown: readonly AskedUnknown[];
	readonly explained: readonly Explained[];
	private readonly layers: Layers;
	private readonly conditions: readonly Made[];
	private readonly weights: readonly Made[];
	private readonly school: readonly Made[];

	constructor(
		private readonly asked: AskedOfTable,
		table: SqlTable,
		private readonly dialect: Dialect,
	) {
		const { plan, weights } = asked;
		this.layers = new Layers(table.relation, dialect);
		const columns = new ColumnReadings(table, this.layers, dialect);
		const writer = new Writer(plan.expressions, columns, this.layers);
		this.conditions = plan.conditions.map(({ holds }) => writer.read(holds, true).state);
		const raw = (name: string) => {
			const { sql, kind } = table.column(name);
			return kind === "text" ? sql : dialect.asText(sql);
		};
		this.weights = weights.map((name, r) => {
			const { sql, kind } = table.column(name);
			return this.layers.named(`w${r}`, kind === "text" ? dialect.numberIn(sql) : dialect.double(sql));
		});
		this.school = plan.school.map((name, place) => this.layers.named(`school${place}`, raw(name)));
		const unknown: AskedUnknown[] = [];
		/** What has been met since, of the rows that are kept so far. */
		const take = (where: string) => {
			unknown.push(...writer.unknown.splice(0).map((one) => ({ ...one, where })));
		};
		const groups: GroupColumns[] = [];
		for (const [place, { of }] of plan.groups.entries()) {
			const own = this.groupColumns(place, writer.read(of));
			take(this.kept(groups));
			groups.push(own);
		}
		this.groups = groups;
		this.variables = plan.variables.map((name, place) =>
			this.variable(place, writer.read({ is: "named", name })),
		);
		take(this.kept(groups));
		this.unknown = unknown;
		this.explained = writer.explained;
	}

	/** How many columns a group's key has in the answers. */
	get keyWidth(): number {
		return this.groups.reduce((sum, { by }) => sum + by.length, 0);
	}

	/** Weights a row has: 1 + R. */
	get width(): number {
		return Math.max(1, this.weights.length);
	}

	/**
	 * One row: rows, rows that satisfy every condition, those among them without a weight; then by weight how many rows have
	 * one that cannot be, by breakdown how many have no value, and by explanation of empty cells how many there are.
	 */
	survey(): string {
		const sum = (condition: string) => `sum(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
		const selected = this.satisfied();
		const counts = [
			"count(*)",
			sum(selected),
			sum(`${selected} AND ${this.withoutWeight()}`),
			...this.weights.map(({ name }) => sum(`${name} >= 0 AND ${isANumber(name)}`)),
			...this.groups.map(({ key }, place) =>
				sum(`${this.kept(this.groups.slice(0, place))} AND ${key.name} < 0`),
			),
			...this.explained.map(({ used }) => `max(${used.name})`),
		];
		return `SELECT ${counts.join(",\n\t")}\nFROM ${this.from}`;
	}

	/** Texts that nobody knows, each with its rows. */
	unknownTexts({ raw, is, where }: AskedUnknown): string {
		return `SELECT ${raw.name}, count(*)\nFROM ${this.from}\nWHERE ${where} AND ${is}\nGROUP BY ${raw.name}`;
	}

	/**
	 * The tables of patterns, in one query or several: the group's key, the states of the variables with the number after
	 * those that are one, all NULL but for those of the row's own table, rows, and the sums of weights.
	 * @param tables Places of the variables that stand together.
	 */
	patterns(tables: readonly (readonly number[])[]): PatternQuery[] {
		const columns = tables.map((variables) => variables.flatMap((place) => this.columnsOf(place)));
		const { keys } = this;
		const sums = ["count(*)", ...this.sums()];
		if (!this.dialect.groupingSets || tables.length === 1) {
			return columns.map((own, table) => ({ sql: this.select([...keys, ...own], sums), tables: [table] }));
		}
		const sets = columns.map((own) => `(${[...keys, ...own].join(", ")})`);
		const by = `GROUPING SETS (${sets.join(",\n\t")})`;
		return [{ sql: this.select([...keys, ...columns.flat()], sums, by), tables: [...tables.keys()] }];
	}

	/** By country, whether any of its rows has a value, one breakdown after the other. */
	systems(country: number): string {
		const own = this.groups[country] as GroupColumns;
		const valued = this.groups.map(({ key }) => `max(CASE WHEN ${key.name} >= 0 THEN 1 ELSE 0 END)`);
		const where = `${this.kept([])} AND ${own.key.name} >= 0`;
		return `SELECT ${[...own.by, ...valued].join(", ")}\nFROM ${this.from}\nWHERE ${where}\nGROUP BY ${own.by.join(", ")}`;
	}

	/** Rows by group. */
	rows(): string {
		return this.select(this.keys, ["count(*)"]);
	}

	/** Columns of a variable in the tables. */
	columnsOf(place: number): string[] {
		const { state, value } = this.variables[place] as Written;
		return value === undefined ? [state.name] : [state.name, value.name];
	}

	/** Schools of each group: the key, what names a school, and 1 for each variable to which one of its teachers gave a valid answer. */
	schools(): string {
		const ids = this.school.map(({ name }) => name);
		const valid = this.variables.map(({ state }) => {
			return `max(CASE WHEN ${among(state.name, [YES, NO])} OR ${state.name} >= ${FIRST_COUNT} THEN 1 ELSE 0 END)`;
		});
		return this.select([...this.keys, ...ids], valid);
	}

	/** The distinct vectors of replicate factors of each group: the key, and the weights of a row that has one. */
	vectors(): string {
		const [whole, ...replicates] = this.weights as readonly [Made, ...Made[]];
		const keys = [0, 1].map((turn) => this.vectorKey(whole, replicates, turn));
		const list = this.dialect.anyList(this.weights.map(({ name }) => name));
		const by = [...this.keys, ...keys].join(", ");
		return `SELECT ${[...this.keys, list].join(", ")}\nFROM ${this.from}\nWHERE ${this.kept()} AND ${whole.name} > 0\nGROUP BY ${by}`;
	}

	/** Numbers that are one where all factors are equal to three decimals; two of them differ else, by all that chance allows. */
	private vectorKey({ name: whole }: Made, replicates: readonly Made[], turn: number): string {
		let seed = 7919 + turn;
		const parts = replicates.map(({ name }) => {
			seed = (seed * 48271) % 2147483647;
			return `${this.dialect.whole(`1000 * ${name} / ${whole}`)} * ${seed}`;
		});
		return parts.join(" + ");
	}

	/** Columns that make the key of a group. */
	private get keys(): string[] {
		return this.groups.flatMap(({ by }) => by);
	}

	private sums(): string[] {
		if (this.weights.length === 0) return ["count(*)"];
		return this.weights.map(({ name }) => `sum(${name})`);
	}

	private get from(): string {
		return `${this.layers.sql} AS recoded`;
	}

	private select(by: readonly string[], what: readonly string[], grouping = by.join(", ")): string {
		const group = grouping === "" ? "" : `\nGROUP BY ${grouping}`;
		return `SELECT ${[...by, ...what].join(", ")}\nFROM ${this.from}\nWHERE ${this.kept()}${group}`;
	}

	private satisfied(): string {
		return this.conditions.length === 0
			? "1 = 1"
			: this.conditions.map(({ name }) => `${name} = ${YES}`).join(" AND ");
	}

	private withoutWeight(): string {
		const { noWeight } = this.asked;
		const [whole] = this.weights;
		return whole === undefined || noWeight.length === 0
			? "1 = 0"
			: among(whole.name, noWeight.map(numberLiteral));
	}

	/** Which rows are in a group: those that satisfy every condition, have a weight, and a value in some breakdowns. */
	private kept(groups: readonly Pick<GroupColumns, "key">[] = this.groups): string {
		const { noWeight, plan } = this.asked;
		const weighted = this.weights.map(({ name }) => `${name} <> 0`);
		const valued = groups.flatMap(({ key }, place) => {
			const role = plan.groups[place]?.role;
			return role === "standard" || role === "asked" ? [`${key.name} >= 0`] : [];
		});
		return [
			this.satisfied(),
			...(noWeight.length === 0 || weighted.length === 0 ? [] : [`NOT (${this.withoutWeight()})`]),
			...(weighted.length === 0 ? [] : [`(${weighted.join(" OR ")})`]),
			...valued,
		].join(" AND ");
	}

	/** Numbers of rows that have none would make patterns of their own, and are left out. */
	private variable(place: number, written: Written): Written {
		const { state, value } = written;
		const own = this.layers.named(`v${place}`, state.name, [state]);
		if (value === undefined) return { ...written, state: own };
		const sql = `CASE WHEN ${state.name} = ${FIRST_COUNT} THEN ${value.name} END`;
		return { ...written, state: own, value: this.layers.named(`n${place}`, sql, [state, value]) };
	}

	private groupColumns(place: number, { state, value, values }: Written): GroupColumns {
		const isValued = `${among(state.name, [YES, NO])} OR ${state.name} >= ${FIRST_COUNT}`;
		const sql = `CASE WHEN ${isValued} THEN ${state.name} ELSE -1 END`;
		const key = this.layers.named(`g${place}`, sql, [state]);
		if (value !== undefined) {
			const number = `CASE WHEN ${isValued} THEN ${value.name} END`;
			return {
				key,
				by: [key.name, this.layers.named(`gn${place}`, number, [state, value]).name],
				nameOf: ([found, own]) => (Number(found) < 0 ? "" : String(Number(own))),
			};
		}
		const nameOf = ([found]: readonly unknown[]) => {
			const own = Number(found);
			if (own < 0) return "";
			return own === YES ? "yes" : own === NO ? "no" : String(values?.[own - FIRST_COUNT]);
		};
		return { key, by: [key.name], nameOf };
	}
}
