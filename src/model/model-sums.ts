import { addVector, CrossProducts, UnitProducts, type WeightVector } from "./cross-products.js";
import { DesignColumns, type ModelVariable, type Term } from "./design-columns.js";
import { momentCount, sumMoments } from "./loops.js";
import { ModelRows } from "./model-rows.js";

/** Rows of a block. */
export interface ValueBlock {
	rows: number;
	/** Group of each row; −1 leaves it out. */
	group: Int32Array;
	/** School of each row; null where the file has none. */
	school: Int32Array | null;
	/** Sampling unit of each row, for a linearised variance. */
	unit: Int32Array | null;
	/** Number of teachers per row; one if absent. */
	counts?: Int32Array;
	/** By variable and row: a level from 0 on, or a number; NaN where there is none. */
	values: readonly Float64Array[];
	/** Vectors of `width` weights, and the number of each row's. */
	weights: Float64Array;
	vector: Int32Array;
	width: number;
}

/** The sums needed by models with the same outcome and the same teachers. */
export interface SumsPlan {
	/** The outcome first. */
	variables: readonly ModelVariable[];
	/** Terms of all models, without the outcome. */
	terms: readonly Term[];
	family: "linear" | "logistic";
	/** Weights per row: 1 + R, or 1 for a linearised variance. */
	width: number;
	/** Number of sampling units, known once the files are read; null where the variance is replicated. */
	units: (() => number) | null;
}

/** Teachers with a level, and their schools. */
export interface LevelCount {
	rows: number;
	schools: Set<number>;
	/** The last school seen; −1 before the first. */
	lastSchool: number;
}

/** Most cells of a group before they are put into cross-products. */
const MOST_CELLS = 512;
/** Greater than any level, unit or pattern number, so that two of them fit into one key. */
const RADIX = 2 ** 26;

/**
 * Adds up what models need, block by block. Rows of a group with the same levels make a cell; of a cell the products of the
 * numbers are added up under every weight, so there is one pass over the weights for each product of numbers and not for
 * each pair of columns. Only logistic models with numbers keep rows.
 */
export class ModelSums {
	readonly design: DesignColumns;
	readonly groups = new Map<number, GroupSums>();
	/** Places of the variables that are read by their levels. */
	readonly factors: readonly number[];
	private readonly numbers: readonly number[];
	/** Products of numbers that terms have, by their variables; none first. */
	readonly features: readonly (readonly number[])[];
	/** By term of the design and the intercept before them, its feature. */
	private readonly featureOf: readonly number[];
	private readonly patterns = new Patterns();
	private readonly keepsRows: boolean;

	constructor(private readonly plan: SumsPlan) {
		const { variables, terms, family } = plan;
		const isLinear = family === "linear";
		this.design = new DesignColumns(variables, isLinear ? [[0], ...terms] : terms);
		const places = [...variables.keys()];
		const isFactor = (place: number) => variables[place]?.kind === "factor" || (!isLinear && place === 0);
		this.factors = places.filter(isFactor);
		this.numbers = places.filter((place) => !isFactor(place));
		this.keepsRows = !isLinear && this.numbers.length > 0;
		const numbersOf = (term: Term) => term.filter((place) => this.numbers.includes(place));
		const byKey = new Map<string, number[]>([["", []]]);
		const keys = [[], ...this.design.terms].map((term) => {
			const own = numbersOf(term);
			byKey.set(own.join(), own);
			return own.join();
		});
		this.features = [...byKey.values()];
		this.featureOf = keys.map((key) => [...byKey.keys()].indexOf(key));
	}

	/** Adds the rows of a block that have all variables and a weight. */
	add(block: ValueBlock): void {
		const cells = this.cellsOf(block);
		if (!this.keepsRows) this.addCells(block, cells);
	}

	/**
	 * Adds teachers of one group with the same levels, whose products others have added up; of linear models.
	 * @param of Their group, their sampling unit (−1 where there is none), and one level per factor.
	 * @param sums By product of two features, in the order of the first and then of the second, its sum under each weight.
	 */
	addMade(
		{ group, unit, levels }: { group: number; unit: number; levels: readonly number[] },
		teachers: number,
		sums: (product: number) => Float64Array,
	): void {
		const own = this.group(group);
		const row = new Float64Array(this.plan.variables.length);
		let pattern = this.patterns.begin(unit);
		for (const [place, factor] of this.factors.entries()) {
			row[factor] = levels[place] as number;
			pattern = this.patterns.next(pattern, levels[place] as number);
		}
		own.count(this.factors, row, -1, teachers);
		own.addCell(pattern, (product) => ({ values: sums(product), start: 0 }));
		if (own.cellCount > MOST_CELLS) own.settle(this.design, this.featureOf);
	}

	/**
	 * A school of a group, where blocks do not tell: one of its teachers has all variables.
	 * @param level The level that this teacher has of a factor.
	 */
	addSchool(group: number, school: number, level?: { factor: number; level: number }): void {
		const own = this.groups.get(group);
		if (level === undefined) own?.schools.add(school);
		else own?.levels.get(level.factor)?.[level.level]?.schools.add(school);
	}

	/** A group's sums, complete; call once all blocks are added. */
	finished(group: number): GroupSums | undefined {
		const own = this.groups.get(group);
		own?.settle(this.design, this.featureOf);
		return own;
	}

	/**
	 * Sums of several groups as if they were one; undefined where none of them has a complete row.
	 * @param parts Lists of groups; with several of them, the weights of each are made to add up to the same (factors by
	 *   the full sample's weights).
	 */
	together(parts: readonly (readonly number[])[]): GroupSums | undefined {
		const own = parts
			.map((part) => part.flatMap((group) => this.finished(group) ?? []))
			.filter((part) => part.length > 0);
		if (own.length === 1 && own[0]?.length === 1) return own[0][0];
		if (own.length === 0) return undefined;
		const weightOf = (part: readonly GroupSums[]) => part.reduce((sum, { weight }) => sum + weight, 0);
		const mean = weightOf(own.flat()) / own.length;
		const whole = this.make();
		for (const part of own) {
			const factor = own.length === 1 ? 1 : mean / weightOf(part);
			for (const one of part) whole.merge(one, factor);
		}
		return whole;
	}

	/** Counts the rows that are complete, and gives each the number of its cell within the block, from 1. */
	private cellsOf(block: ValueBlock): { of: Int32Array; met: readonly MetCell[] } {
		const { rows, group, school, unit, counts, values, weights, vector, width } = block;
		const of = new Int32Array(rows);
		const cells = new BlockCells(block, this.factors, this.patterns);
		const row = new Float64Array(values.length);
		let open: GroupSums | undefined;
		for (let place = 0; place < rows; place++) {
			const number = group[place] as number;
			const start = (vector[place] as number) * width;
			if (number < 0 || !((weights[start] as number) > 0)) continue;
			if (!readRow(values, place, row)) continue;
			const own = this.group(number);
			own.count(this.factors, row, school === null ? -1 : (school[place] as number), counts?.[place]);
			if (this.keepsRows) {
				if (open !== undefined && open !== own) open.endRun();
				open = own;
				own.keep(row, { values: weights, start }, unit === null ? -1 : (unit[place] as number));
				continue;
			}
			of[place] = cells.of(own, unit === null ? -1 : (unit[place] as number), row);
		}
		open?.endRun();
		return { of, met: cells.met };
	}

	private addCells(block: ValueBlock, { of, met }: ReturnType<ModelSums["cellsOf"]>): void {
		if (met.length === 0) return;
		const { features } = this;
		const size = features.length;
		const numbers = new Float64Array(block.rows * size);
		numbers.fill(1);
		for (const [place, feature] of features.entries()) {
			for (const one of feature) {
				const values = block.values[one] as Float64Array;
				for (let row = 0, at = place; row < block.rows; row++, at += size)
					numbers[at] = (numbers[at] as number) * (values[row] as number);
			}
		}
		const sums = sumMoments({
			...{ rows: block.rows, cells: of, count: met.length, numbers, size },
			...{ vector: block.vector, weights: block.weights, width: block.width },
			vectors: (block.vector[block.rows - 1] as number) + 1,
		});
		for (const [place, { group, pattern }] of met.entries()) {
			group.addCell(pattern, (product) => sums(place + 1, product));
		}
		for (const group of new Set(met.map((cell) => cell.group))) {
			if (this.plan.family === "linear" && group.cellCount > MOST_CELLS)
				group.settle(this.design, this.featureOf);
		}
	}

	private group(number: number): GroupSums {
		let own = this.groups.get(number);
		if (own === undefined) {
			own = this.make();
			this.groups.set(number, own);
		}
		return own;
	}

	private make(): GroupSums {
		return new GroupSums(this.plan, this.factors, this.patterns, momentCount(this.features.length));
	}
}

/** @returns Whether the row has all values. */
function readRow(values: readonly Float64Array[], place: number, into: Float64Array): boolean {
	for (let variable = 0; variable < values.length; variable++) {
		const value = (values[variable] as Float64Array)[place] as number;
		if (Number.isNaN(value)) return false;
		into[variable] = value;
	}
	return true;
}

/** A group's teachers with the same levels. */
interface MetCell {
	group: GroupSums;
	pattern: number;
}

/** Numbers the cells that rows of a block fall into, from 1. */
class BlockCells {
	readonly met: MetCell[] = [];
	/** By factor, how many levels the block may have; null where they do not fit one key together. */
	private readonly spans: readonly number[] | null;
	private readonly known = new Map<GroupSums, Map<number, number>>();
	private group: GroupSums | undefined;
	private cells = new Map<number, number>();

	constructor(
		{ values, unit }: ValueBlock,
		private readonly factors: readonly number[],
		private readonly patterns: Patterns,
	) {
		const spans = factors.map((factor) => mostOf(values[factor] as Float64Array) + 1);
		const keys = spans.reduce((product, span) => product * span, unit === null ? 1 : mostOf(unit) + 2);
		this.spans = keys < Number.MAX_SAFE_INTEGER ? spans : null;
	}

	/** @param unit −1 where there is none. */
	of(group: GroupSums, unit: number, row: Float64Array): number {
		if (group !== this.group) this.turnTo(group);
		const key = this.spans === null ? this.patternOf(unit, row) : this.keyOf(this.spans, unit, row);
		let cell = this.cells.get(key);
		if (cell === undefined) {
			cell = this.met.push({ group, pattern: this.patternOf(unit, row) });
			this.cells.set(key, cell);
		}
		return cell;
	}

	private turnTo(group: GroupSums): void {
		this.group = group;
		this.cells = this.known.get(group) ?? new Map();
		this.known.set(group, this.cells);
	}

	private keyOf(spans: readonly number[], unit: number, row: Float64Array): number {
		let key = unit + 1;
		for (let place = 0; place < spans.length; place++)
			key = key * (spans[place] as number) + (row[this.factors[place] as number] as number);
		return key;
	}

	private patternOf(unit: number, row: Float64Array): number {
		let pattern = this.patterns.begin(unit);
		for (const factor of this.factors) pattern = this.patterns.next(pattern, row[factor] as number);
		return pattern;
	}
}

/** The largest level or unit; −1 if there is none. */
function mostOf(numbers: Float64Array | Int32Array): number {
	let most = -1;
	for (let place = 0; place < numbers.length; place++) {
		const number = numbers[place] as number;
		if (number > most) most = number;
	}
	return most;
}

/** Numbers combinations of a sampling unit and levels, from 0. */
class Patterns {
	private readonly parents: number[] = [];
	private readonly values: number[] = [];
	private readonly known = new Map<number, number>();

	/** @param unit −1 where there is none. */
	begin(unit: number): number {
		return this.number(0, unit + 1);
	}

	next(pattern: number, level: number): number {
		return this.number(pattern + 1, level);
	}

	/** The unit and the levels of a combination of so many factors. */
	of(pattern: number, factors: number): { unit: number; levels: number[] } {
		const levels: number[] = [];
		let rest = pattern;
		for (let factor = 0; factor < factors; factor++) {
			levels.unshift(this.values[rest] as number);
			rest = (this.parents[rest] as number) - 1;
		}
		return { unit: (this.values[rest] as number) - 1, levels };
	}

	private number(parent: number, value: number): number {
		const key = parent * RADIX + value;
		let number = this.known.get(key);
		if (number === undefined) {
			number = this.parents.push(parent) - 1;
			this.values.push(value);
			this.known.set(key, number);
		}
		return number;
	}
}

/** The sums that models of one group are fitted from. */
export class GroupSums {
	n = 0;
	readonly schools = new Set<number>();
	/** By factor's variable and level. */
	readonly levels = new Map<number, LevelCount[]>();
	/** Of linear models. */
	readonly products: CrossProducts | UnitProducts;
	/** Of logistic models. */
	readonly rows: ModelRows;
	private readonly slots = new Map<number, number>();
	private sums = new Float64Array(0);
	private lastSchool = -1;
	private run: { values: Float64Array; start: number } | undefined;

	constructor(
		private readonly plan: SumsPlan,
		private readonly factors: readonly number[],
		private readonly patterns: Patterns,
		/** Number of products of numbers per cell. */
		private readonly moments: number,
	) {
		const { width, units, variables } = plan;
		this.products = units === null ? new CrossProducts(width) : new UnitProducts(units);
		this.rows = new ModelRows(variables.length, width);
	}

	get cellCount(): number {
		return this.slots.size;
	}

	/** Counts the teachers a row stands for, and their levels. */
	count(factors: readonly number[], row: Float64Array, school: number, teachers = 1): void {
		this.n += teachers;
		if (school >= 0 && school !== this.lastSchool) this.schools.add(school);
		this.lastSchool = school;
		for (const factor of factors) {
			const level = this.level(factor, row[factor] as number);
			level.rows += teachers;
			// Rows of one school usually follow each other.
			if (school >= 0 && school !== level.lastSchool) level.schools.add(school);
			level.lastSchool = school;
		}
	}

	/** Keeps a row; rows that follow each other with the same weights are a run. */
	keep(row: Float64Array, weight: { values: Float64Array; start: number }, unit: number): void {
		if (this.run !== undefined && this.run.start !== weight.start) this.endRun();
		this.run = weight;
		this.rows.add(row, unit);
	}

	endRun(): void {
		if (this.run !== undefined) this.rows.endRun(this.run);
		this.run = undefined;
	}

	/** Adds the sums of a cell. */
	addCell(pattern: number, sums: (product: number) => WeightVector): void {
		const { moments } = this;
		const { width } = this.plan;
		let slot = this.slots.get(pattern);
		if (slot === undefined) {
			slot = this.slots.size;
			this.slots.set(pattern, slot);
			const length = (slot + 1) * moments * width;
			if (length > this.sums.length) {
				const larger = new Float64Array(2 * length);
				larger.set(this.sums);
				this.sums = larger;
			}
		}
		for (let product = 0; product < moments; product++)
			addVector(this.sums, (slot * moments + product) * width, sums(product), width);
	}

	/** Puts the cells into what models are fitted from: cross-products, or rows with the sums of their weights. */
	settle(design: DesignColumns, featureOf: readonly number[]): void {
		const { slots, plan, patterns, factors, moments, products } = this;
		products.rows = this.n;
		const values = new Float64Array(plan.variables.length).fill(1);
		const places = new Int32Array(design.terms.length + 1);
		const entries = new Float64Array(design.terms.length + 1);
		const size = Math.max(...featureOf) + 1;
		for (const [pattern, slot] of slots) {
			const { unit, levels } = patterns.of(pattern, factors.length);
			for (const [place, factor] of factors.entries()) values[factor] = levels[place] as number;
			const first = slot * moments * plan.width;
			if (plan.family === "logistic") {
				this.rows.add(values, unit);
				this.rows.endRun({ values: this.sums, start: first });
				continue;
			}
			design.row(values, places, entries);
			for (let a = 0; a < places.length; a++) {
				for (let b = a; b < places.length; b++) {
					const product = momentOf(featureOf[a] as number, featureOf[b] as number, size);
					const own = { values: this.sums, start: first + product * plan.width };
					const [i, j] = [places[a] as number, places[b] as number];
					if (products instanceof CrossProducts) products.addSums(i, j, own);
					else products.addSums(unit, i, j, own);
				}
			}
		}
		slots.clear();
		this.sums.fill(0);
		if (plan.family !== "logistic") return;
		if (plan.units === null) this.rows.mergeAlike();
		this.rows.meet(design);
	}

	/** Σ w under the full sample's weights; complete once the group is settled. */
	get weight(): number {
		return this.plan.family === "linear" ? this.products.at(0, 0, 0) : this.rows.weight;
	}

	/**
	 * Adds the sums of another group of the same plan; both are complete.
	 * @param factor Multiplies the other's weights.
	 */
	merge(other: GroupSums, factor: number): void {
		this.n += other.n;
		for (const school of other.schools) this.schools.add(school);
		for (const [factor, levels] of other.levels) {
			for (const [level, { rows, schools }] of levels.entries()) {
				const own = this.level(factor, level);
				own.rows += rows;
				for (const school of schools) own.schools.add(school);
			}
		}
		if (this.products instanceof CrossProducts) this.products.merge(other.products as CrossProducts, factor);
		else this.products.merge(other.products as UnitProducts, factor);
		this.rows.merge(other.rows, factor);
	}

	private level(factor: number, level: number): LevelCount {
		let levels = this.levels.get(factor);
		if (levels === undefined) {
			levels = [];
			this.levels.set(factor, levels);
		}
		while (levels.length <= level) levels.push({ rows: 0, schools: new Set(), lastSchool: -1 });
		return levels[level] as LevelCount;
	}
}

/** Place of the product of two numbers among those of `size`. */
function momentOf(a: number, b: number, size: number): number {
	const [i, j] = [Math.min(a, b), Math.max(a, b)];
	return i * size - (i * (i - 1)) / 2 + (j - i);
}
