import type { Dialect } from "./dialect.js";

/** A column that has been worked out, and the subquery it is of: those further out can name it. */
export interface Made {
	readonly name: string;
	readonly level: number;
}

/** Characters of a query in which no expression has a name: far from what ClickHouse refuses by default. */
const MOST_WRITTEN_OUT = 500_000;

interface Column extends Made {
	readonly sql: string;
	readonly from: readonly Made[];
}

/** Subqueries in each other, each with the columns that the next one is made of, so that nothing is written twice. */
export class Layers {
	private readonly columns = new Map<string, Column>();
	/** Columns without a name of their own, by what they are. */
	private readonly made = new Map<string, Made>();

	/**
	 * @param relation What the innermost one reads.
	 * @param fields Columns that it has.
	 */
	constructor(
		private readonly relation: string,
		private readonly fields: readonly string[],
		private readonly dialect: Dialect,
	) {}

	/**
	 * The column that an expression is, made where it is new.
	 * @param from Columns that it names.
	 * @param sql What it is, by their names.
	 */
	add(sql: string, from: readonly Made[] = []): Made {
		const known = this.made.get(sql) ?? this.named(`x${this.made.size}`, sql, from);
		this.made.set(sql, known);
		return known;
	}

	/** The same under a name of its own, whether it is there already or not. */
	named(name: string, sql: string, from: readonly Made[] = []): Made {
		const level = from.reduce((highest, one) => Math.max(highest, one.level + 1), 0);
		const column = { name, level, sql, from };
		this.columns.set(name, column);
		return column;
	}

	/**
	 * A query about rows with some columns, and with nothing that they are not made of.
	 * @param what Stands behind SELECT.
	 * @param rest Stands behind what is read.
	 */
	query(wanted: readonly Made[], what: string, rest = ""): string {
		const needed = this.neededFor(wanted);
		if (!this.isFlat(needed, `${what}${rest}`))
			return `SELECT ${what}\nFROM ${this.nested(wanted, needed)} AS recoded${rest}`;
		const names = needed.map(({ name, sql }) => `${sql} AS ${name}`);
		return `WITH ${names.join(",\n\t")}\nSELECT ${what}\nFROM ${this.relation}${rest}`;
	}

	/** Whether columns may be named in one query: a server then adds up its own part, and rows do not leave it. */
	private isFlat(needed: readonly Column[], query: string): boolean {
		if (!this.dialect.namesExpressions || this.fields.some((field) => this.columns.has(field))) return false;
		// Engines that let them be named write them out wherever they are, and refuse what gets too long.
		const lengths = new Map<string, number>();
		const writtenOut = (sql: string) =>
			[...sql.matchAll(/\b[a-z]+\d*\b/g)].reduce((sum, [name]) => sum + (lengths.get(name) ?? 0), sql.length);
		for (const { name, sql } of needed) lengths.set(name, writtenOut(sql));
		return writtenOut(query) < MOST_WRITTEN_OUT;
	}

	private neededFor(wanted: readonly Made[]): Column[] {
		const needed = new Map<string, Column>();
		const visit = ({ name }: Made): void => {
			if (needed.has(name)) return;
			const column = this.columns.get(name) as Column;
			needed.set(name, column);
			column.from.forEach(visit);
		};
		wanted.forEach(visit);
		return [...needed.values()].sort((a, b) => a.level - b.level);
	}

	/** Subqueries in each other. */
	private nested(wanted: readonly Made[], all: readonly Column[]): string {
		const outermost = all.reduce((highest, { level }) => Math.max(highest, level), 0);
		const isCarried = (level: number, { name }: Column) =>
			wanted.some((one) => one.name === name) ||
			all.some((other) => other.level > level && other.from.some((one) => one.name === name));
		const carried = Array.from({ length: outermost + 1 }, (_, level) => {
			return all.filter((column) => column.level <= level && isCarried(level, column));
		});
		return carried.reduce((inner, columns, level) => {
			const own = columns.map((column) =>
				column.level === level ? `${column.sql} AS ${column.name}` : column.name,
			);
			const from = level === 0 ? inner : `${inner} AS l${level - 1}`;
			return `(\nSELECT ${own.join(",\n\t")}\nFROM ${from}${this.dialect.fence})`;
		}, this.relation);
	}
}
