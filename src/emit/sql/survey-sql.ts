import { FIRST_COUNT, NO, YES } from "../../codebook/meaning/states.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { ColumnReadings, LARGEST, type UnknownTexts } from "./columns.js";
import { countWhere, type Dialect, numberLiteral } from "./dialect.js";
import { type ToldBy, Writer, type Written } from "./expressions.js";
import { Layers, type Made } from "./layers.js";
import { among } from "./states.js";
import type { SqlTable } from "./table.js";

/** A plan and a design, as they are asked of a table. */
export interface AskedOfTable {
	plan: Plan;
	/** The weight, then its replicates; none where every row has weight 1. */
	weights: readonly string[];
	/** Weights that stand for "no weight". */
	noWeight: readonly number[];
	/** Columns that name the sampling unit of a row, where the variance is linearised; else null. */
	units: UnitNames | null;
}

/** Columns that together name a stratum, the one that names the unit in it, and that of the population correction. */
export interface UnitNames {
	strata: readonly string[];
	psu?: string;
	fpc?: string;
}

/** A breakdown as columns. */
interface GroupColumns {
	/** Columns that groups are made by. */
	by: readonly Made[];
	/** True where a row has a value in it. */
	isValued: string;
	/** What states from FIRST_COUNT on stand for; none where it is an answer or a number. */
	values: readonly (number | string)[];
	/** Name of a value, by what stands in the columns; "" where a row has none. */
	nameOf(row: readonly unknown[]): string;
}

/** Sums that are asked for at once: PostgreSQL answers with at most 1664 columns. */
const MOST_SUMS = 1500;

/** A condition, and the columns that it names. */
interface Where {
	sql: string;
	from: readonly Made[];
}

/** A query for tables of patterns. */
export interface PatternQuery {
	sql: string;
	/** Places of the tables that its rows are of. */
	tables: readonly number[];
}

/** Whether one of a school's teachers has all of some variables, and of one a state. */
export interface SchoolFlag {
	all: readonly number[];
	of?: { place: number; state: number };
}

/** A number of a row: that of a variable's column, or what each of its states stands for. */
export interface SqlNumber {
	place: number;
	/** By state; null where the column has the number. */
	numbers: ReadonlyMap<number, number> | null;
}

/** Sums of products of numbers, of rows that are alike in some variables. */
export interface AskedMoments {
	/** Places of the variables that a row has to have. */
	all: readonly number[];
	/** Places of those that it is alike in. */
	by: readonly number[];
	/** Numbers that are multiplied; none of them is 1. */
	products: readonly (readonly SqlNumber[])[];
}

/** Unknown texts, and their rows. */
export interface AskedUnknown extends UnknownTexts {
	/** The rows that are looked at. */
	where: Where;
}

/**
 * A plan written as SQL: subqueries that recode every row, and what is added up of them. A row of an answer is of one cell,
 * however many rows of the table that is.
 */
export class SurveySql {
	readonly variables: readonly Written[];
	readonly groups: readonly GroupColumns[];
	readonly unknown: readonly AskedUnknown[];
	readonly explained: readonly ToldBy[];
	private readonly layers: Layers;
	private readonly conditions: readonly Made[];
	private readonly weights: readonly Made[];
	/** 1 where some weight of a row is above 0; rows of others add nothing. */
	private readonly weighted: Made | null;
	private readonly school: readonly Made[];
	/** Names of the sampling unit: of its stratum, its own, and the correction. */
	private readonly unit: readonly Made[];

	constructor(
		private readonly asked: AskedOfTable,
		table: SqlTable,
		private readonly dialect: Dialect,
	) {
		const { plan, weights } = asked;
		this.layers = new Layers(table.relation, table.fields, dialect);
		const writer = new Writer(plan.expressions, new ColumnReadings(table, this.layers, dialect), this.layers);
		this.conditions = plan.conditions.map(({ holds }) => writer.read(holds, true).state);
		this.weights = weights.map((name, r) => {
			const { sql, kind } = table.column(name);
			return this.layers.named(`w${r}`, kind === "text" ? dialect.numberIn(sql) : dialect.double(sql));
		});
		const some = this.weights.map(({ name }) => `${name} <> 0`).join(" OR ");
		this.weighted =
			some === "" ? null : this.layers.named("weighted", `CASE WHEN ${some} THEN 1 ELSE 0 END`, this.weights);
		const named = (names: readonly string[], what: string) =>
			names.map((name, place) => {
				const { sql, kind } = table.column(name);
				return this.layers.named(`${what}${place}`, kind === "text" ? sql : dialect.asText(sql));
			});
		this.school = named(plan.school, "school");
		const { strata = [], psu, fpc } = asked.units ?? {};
		this.unit = named(
			[...strata, psu, fpc].filter((name) => name !== undefined),
			"unit",
		);
		const unknown: AskedUnknown[] = [];
		/** What has been met since, of the rows that are kept so far. */
		const take = (where: Where) => {
			unknown.push(...writer.unknown.splice(0).map((one) => ({ ...one, where })));
		};
		const groups: GroupColumns[] = [];
		for (const [place, { of }] of plan.groups.entries()) {
			const own = this.groupColumns(place, writer.read(of));
			take(this.kept(groups));
			groups.push(own);
		}
		this.groups = groups;
		const met = new Set(this.keys.map(({ name }) => name));
		this.variables = plan.variables.map((name, place) => {
			const own = this.variable(place, writer.read({ is: "named", name }), met);
			met.add(own.state.name);
			return own;
		});
		take(this.kept(groups));
		this.unknown = unknown;
		this.explained = writer.explained;
	}

	/** How many columns a group's key has in the answers. */
	get keyWidth(): number {
		return this.groups.reduce((sum, { by }) => sum + by.length, 0);
	}

	/** How many columns name a sampling unit in the answers. */
	get unitWidth(): number {
		return this.unit.length;
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
		const selected = this.satisfied();
		const without = this.groups.map(({ isValued }, place) => {
			return countWhere(`${this.kept(this.groups.slice(0, place)).sql} AND NOT (${isValued})`);
		});
		const counts = [
			"count(*)",
			countWhere(selected),
			countWhere(`${selected} AND ${this.withoutWeight()}`),
			...this.weights.map(({ name }) => countWhere(`${name} >= 0 AND ${name} <= ${LARGEST}`)),
			...without,
			...this.explained.map(({ used }) => `max(${used.name})`),
		];
		const from = [
			...this.kept().from,
			...this.weights,
			...this.keys,
			...this.explained.map(({ used }) => used),
		];
		return this.layers.query(from, counts.join(",\n\t"));
	}

	/** Unknown texts, each with its rows. */
	unknownTexts({ raw, is, from, where }: AskedUnknown): string {
		return this.select([raw], ["count(*)"], { sql: `${where.sql} AND ${is}`, from: where.from }, from);
	}

	/**
	 * The tables of patterns, in one query or several: the group's key, the states of the variables with the number after
	 * those that are one, all NULL but for those of the row's own table, the sampling unit, rows, and the sums of weights.
	 * @param tables Places of the variables that stand together.
	 */
	patterns(tables: readonly (readonly number[])[]): PatternQuery[] {
		const columns = tables.map((variables) => variables.flatMap((place) => this.columnsOf(place)));
		const { keys } = this;
		const what = ["count(*)", ...this.sums()];
		const query = (own: readonly Made[], by?: string) =>
			this.select([...keys, ...own, ...this.unit], what, this.kept(), this.weights, by);
		if (!this.dialect.groupingSets || tables.length < 2) {
			return columns.map((own, table) => ({ sql: query(own), tables: [table] }));
		}
		const sets = columns.map((own) => `(${namesOf([...keys, ...own, ...this.unit])})`);
		const by = `GROUPING SETS (${sets.join(",\n\t")})`;
		return [{ sql: query(columns.flat(), by), tables: [...tables.keys()] }];
	}

	/** By country, whether any of its rows has a value, one breakdown after the other. */
	systems(country: number): string {
		const own = this.groups[country] as GroupColumns;
		const valued = this.groups.map(({ isValued }) => `max(CASE WHEN ${isValued} THEN 1 ELSE 0 END)`);
		const { sql, from } = this.kept([]);
		return this.select(own.by, valued, { sql: `${sql} AND ${own.isValued}`, from }, this.keys);
	}

	/** Columns of a variable in the tables. */
	columnsOf(place: number): Made[] {
		const { state, value } = this.variables[place] as Written;
		return value === undefined ? [state] : [state, value];
	}

	/** Rows by group. */
	rows(): string {
		return this.select(this.keys, ["count(*)"], this.kept());
	}

	/** Sampling units of all rows that have a weight, whatever the conditions are. */
	units(): string {
		const [whole] = this.weights;
		const sql = `NOT (${this.withoutWeight()})`;
		return this.select(this.unit, ["count(*)"], { sql, from: whole === undefined ? [] : [whole] });
	}

	/** By group and sampling unit, how many rows with a weight have a value of each variable. */
	unitsOfGroups(): string {
		const rows = this.states.map((state) => countWhere(isValued(state)));
		return this.select([...this.keys, ...this.unit], rows, this.counted(), this.states);
	}

	/**
	 * Teachers with a weight who are alike in some variables: the group's key, the variables, the sampling unit, rows, and the
	 * sums of weights.
	 * @param places Those of the variables.
	 */
	alike(places: readonly number[]): string {
		const columns = places.flatMap((place) => this.columnsOf(place));
		return this.select(
			[...this.keys, ...columns, ...this.unit],
			["count(*)", ...this.sums()],
			this.counted(),
			this.weights,
		);
	}

	/** Of each variable how many states it has, and what they stand for; infinitely many where its column has numbers. */
	get sizes(): { size: number; values: readonly (number | string)[] | null }[] {
		return this.variables.map(({ value, values }) => {
			if (value !== undefined) return { size: Number.POSITIVE_INFINITY, values: [] };
			return { size: FIRST_COUNT + (values?.length ?? 0), values };
		});
	}

	/**
	 * The group's key, states, the sampling unit, rows, and by product its sum under each weight; several queries where these
	 * are more than an engine answers with, each with the next products.
	 */
	moments({ all, by, products }: AskedMoments): string[] {
		const most = Math.max(1, Math.floor(MOST_SUMS / this.width));
		const parts = Math.ceil(products.length / most);
		return Array.from({ length: parts }, (_, part) =>
			this.sumsOfProducts({ all, by, products: products.slice(part * most, (part + 1) * most) }),
		);
	}

	private sumsOfProducts({ all, by, products }: AskedMoments): string {
		const states = all.map((place) => this.states[place] as Made);
		const numbers = products.flat().map((one) => this.numberOf(one));
		const made = products.map((own) => this.productOf(own.map((one) => this.numberOf(one))));
		const sums = made.flatMap((one) =>
			this.weights.map(({ name }) => `sum(${one === undefined ? name : `${name} * ${one.name}`})`),
		);
		const { sql, from } = this.counted();
		const complete = [
			...states.map((state) => `(${isValued(state)})`),
			...new Set(numbers.map(({ name }) => `${name} IS NOT NULL`)),
		];
		const where = { sql: [sql, ...complete].join(" AND "), from };
		const named = [...this.weights, ...states, ...numbers, ...made.filter((one) => one !== undefined)];
		const key = [...this.keys, ...by.map((place) => this.states[place] as Made), ...this.unit];
		return this.select(key, ["count(*)", ...sums], where, named);
	}

	private productOf(numbers: readonly Made[]): Made | undefined {
		if (numbers.length < 2) return numbers[0];
		return this.layers.add(numbers.map(({ name }) => name).join(" * "), numbers);
	}

	private numberOf({ place, numbers }: SqlNumber): Made {
		const { state, value } = this.variables[place] as Written;
		if (numbers === null) return value as Made;
		const arms = [...numbers].map(
			([own, number]) => ` WHEN ${state.name} = ${own} THEN ${numberLiteral(number)}`,
		);
		return this.layers.add(`CASE${arms.join("")} END`, [state]);
	}

	/** Schools of each group: the key, what names a school, and 1 for each variable to which one of its teachers gave a valid answer. */
	schools(): string {
		const valid = this.variables.map(({ state }) => anyRow(isValued(state)));
		return this.select([...this.keys, ...this.school], valid, this.kept(), this.states);
	}

	/** The same with 1 for each of some flags, of teachers with a weight. */
	schoolsWith(flags: readonly SchoolFlag[]): string {
		const complete = flags.map(({ all, of }) => {
			const has = all.map((place) => `(${isValued(this.states[place] as Made)})`);
			const is = of === undefined ? [] : [`${this.states[of.place]?.name} = ${of.state}`];
			return anyRow([...has, ...is].join(" AND "));
		});
		return this.select([...this.keys, ...this.school], complete, this.counted(), this.states);
	}

	/**
	 * The distinct vectors of replicate factors of each group: the key, and the weights of a row that has one.
	 * @param counting Then also by variable how many rows with a value of it have that vector.
	 */
	vectors(counting = false): string {
		const [whole, ...replicates] = this.weights as readonly [Made, ...Made[]];
		const turns = [0, 1].map((turn) => this.vectorKey(whole, replicates, turn));
		const list = this.dialect.anyList(this.weights.map(({ name }) => name));
		const by = [...this.keys.map(({ name }) => name), ...turns].join(", ");
		const rows = counting ? this.states.map((state) => countWhere(isValued(state))) : [];
		const from = [...this.weights, ...(counting ? this.states : [])];
		return this.select(this.keys, [list, ...rows], this.counted(), from, by);
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

	private get states(): Made[] {
		return this.variables.map(({ state }) => state);
	}

	/** Rows of groups that have a weight of the full sample. */
	private counted(): Where {
		const { sql, from } = this.kept();
		const [whole] = this.weights;
		return whole === undefined
			? { sql, from }
			: { sql: `${sql} AND ${whole.name} > 0`, from: [...from, whole] };
	}

	/** Columns that make the key of a group. */
	private get keys(): Made[] {
		return this.groups.flatMap(({ by }) => by);
	}

	private sums(): string[] {
		if (this.weights.length === 0) return ["count(*)"];
		return this.weights.map(({ name }) => `sum(${name})`);
	}

	/** @param from Columns that are named beside those it is grouped by and those of the condition. */
	private select(
		by: readonly Made[],
		what: readonly string[],
		where: Where,
		from: readonly Made[] = [],
		grouping = namesOf(by),
	): string {
		const group = grouping === "" ? "" : `\nGROUP BY ${grouping}`;
		const columns = [...by.map(({ name }) => name), ...what].join(", ");
		return this.layers.query([...by, ...from, ...where.from], columns, `\nWHERE ${where.sql}${group}`);
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
	private kept(groups: readonly GroupColumns[] = this.groups): Where {
		const { noWeight, plan } = this.asked;
		const isNeeded = (_: GroupColumns, place: number) =>
			["standard", "asked"].includes(plan.groups[place]?.role ?? "");
		const valued = groups.filter(isNeeded);
		const { weighted } = this;
		const parts = [
			this.satisfied(),
			...(noWeight.length === 0 || weighted === null ? [] : [`NOT (${this.withoutWeight()})`]),
			...(weighted === null ? [] : [`${weighted.name} = 1`]),
			...valued.map((group) => `(${group.isValued})`),
		];
		return {
			sql: parts.join(" AND "),
			from: [
				...this.conditions,
				...(weighted === null ? [] : [weighted]),
				...(noWeight.length === 0 ? [] : this.weights.slice(0, 1)),
				...valued.flatMap(({ by }) => by),
			],
		};
	}

	/**
	 * Numbers of rows that have none would make patterns of their own, and are left out.
	 * @param met Columns that are of other variables: what two variables are has two columns, so that tables are told apart.
	 */
	private variable(place: number, written: Written, met: ReadonlySet<string>): Written {
		const { state, value } = written;
		const own = met.has(state.name) ? this.layers.named(`v${place}`, state.name, [state]) : state;
		if (value === undefined) return { ...written, state: own };
		return { ...written, state: own, value: this.numberIn(`n${place}`, state, value) };
	}

	private numberIn(name: string, state: Made, value: Made): Made {
		return this.layers.named(name, `CASE WHEN ${isValued(state)} THEN ${value.name} END`, [state, value]);
	}

	private groupColumns(place: number, { state, value, values }: Written): GroupColumns {
		const hasValue = (own: number) => own === YES || own === NO || own >= FIRST_COUNT;
		const about = { isValued: isValued(state), values: values ?? [] };
		if (value !== undefined) {
			return {
				...about,
				by: [state, this.numberIn(`g${place}`, state, value)],
				nameOf: ([found, number]) => (hasValue(Number(found)) ? String(Number(number)) : ""),
			};
		}
		const nameOf = ([found]: readonly unknown[]) => {
			const own = Number(found);
			if (own === YES || own === NO) return own === YES ? "yes" : "no";
			return hasValue(own) ? String(values?.[own - FIRST_COUNT]) : "";
		};
		return { ...about, by: [state], nameOf };
	}
}

function namesOf(columns: readonly Made[]): string {
	return columns.map(({ name }) => name).join(", ");
}

/** 1 where something holds for one of some rows. */
function anyRow(condition: string): string {
	return `max(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;
}

/** Whether a state is of a value, and not a reason why there is none. */
function isValued({ name }: Made): string {
	return `${among(name, [YES, NO])} OR ${name} >= ${FIRST_COUNT}`;
}
