import type { Dialect } from "./dialect.js";

/** A column that has been worked out, and the subquery it is of: those further out can name it. */
export interface Made {
	readonly name: string;
	readonly level: number;
}

/** Subqueries in each other, each with the columns that the next one is made of, so that nothing is written twice. */
export class Layers {
	private readonly columns: { name: string; sql: string }[][] = [];
	private readonly made = new Map<string, Made>();

	/** @param relation What the innermost one reads. */
	constructor(
		private readonly relation: string,
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
		this.columns[level] ??= [];
		this.columns[level].push({ name, sql });
		return { name, level };
	}

	/** All of it, as what stands behind FROM. */
	get sql(): string {
		return this.columns.reduce((inner, columns, level) => {
			const own = columns.map(({ name, sql }) => `${sql} AS ${name}`).join(",\n\t");
			const all = level === 0 ? own : `*,\n\t${own}`;
			const from = level === 0 ? inner : `${inner} AS l${level - 1}`;
			return `(\nSELECT ${all}\nFROM ${from}${this.dialect.fence})`;
		}, this.relation);
	}
}
