import { canonicalCode } from "../codebook/meaning/states.js";
import { specialCodes } from "../codebook/recognise/special-codes.js";
import type { Dictionary, Variable } from "../read/block.js";
import type { Check, Columns, RowPage } from "./check.js";
import type { Findings } from "./findings.js";

/** A column with this many distinct texts holds no codes. */
const MOST = 2000;

/** Unknown columns whose largest values look like codes of missing answers. */
export class Undeclared implements Check {
	private readonly columns: { slot: number; name: string; rows: Map<string, number> }[];
	readonly together: readonly (readonly number[])[];
	readonly most = MOST;

	/** @param read Positions of the columns with known meaning. */
	constructor(
		columns: readonly string[],
		variables: readonly Variable[] | undefined,
		read: ReadonlySet<number>,
		{ coded }: Columns,
		private readonly findings: Findings,
	) {
		const places = [...columns.keys()].filter(
			(column) => !read.has(column) && variables?.[column]?.missing == null,
		);
		this.together = places.map((column) => [column]);
		this.columns = places.map((column) => ({
			...{ slot: coded.slot(column), name: columns[column] as string },
			rows: new Map<string, number>(),
		}));
	}

	take({ block, dictionaries, ...page }: RowPage): void {
		for (const { slot, rows } of this.columns) {
			const codes = page.codes(slot);
			if (codes === undefined) continue;
			const { texts } = dictionaries[slot] as Dictionary;
			if (texts.length > MOST) continue;
			for (let row = 0; row < block.rows; row++) {
				const code = canonicalCode(texts[codes[row] as number] as string);
				rows.set(code, (rows.get(code) ?? 0) + page.rows(row));
			}
		}
	}

	end(): void {
		for (const { name, rows } of this.columns) {
			const codes = rows.size > MOST ? [] : specialCodes(rows);
			if (codes.length === 0) continue;
			const text = codes.map(([code, count]) => `${code} (${count})`).join(", ");
			this.findings.say({ severity: "warning", code: "undeclared-codes", column: name, text });
		}
	}
}
