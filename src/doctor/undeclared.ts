import { canonicalCode } from "../codebook/meaning/states.js";
import { specialCodes } from "../codebook/recognise/special-codes.js";
import type { Dictionary, Variable } from "../read/block.js";
import type { Check, Columns, Page } from "./check.js";
import type { Findings } from "./findings.js";

/** Distinct texts from which on a column holds no codes. */
const MOST = 2000;

/** Columns that nobody knows, whose largest values look like codes of missing answers. */
export class Undeclared implements Check {
	private readonly columns: { slot: number; name: string; rows: Map<string, number> }[];

	/** @param read Places of the columns that something is known of. */
	constructor(
		columns: readonly string[],
		variables: readonly Variable[] | undefined,
		read: ReadonlySet<number>,
		{ coded }: Columns,
		private readonly findings: Findings,
	) {
		this.columns = columns.flatMap((name, column) =>
			read.has(column) || variables?.[column]?.missing != null
				? []
				: [{ slot: coded.slot(column), name, rows: new Map<string, number>() }],
		);
	}

	take({ block, dictionaries }: Page): void {
		for (const { slot, rows } of this.columns) {
			const { texts } = dictionaries[slot] as Dictionary;
			if (texts.length > MOST) continue;
			const codes = block.codes[slot] as Int32Array;
			for (let row = 0; row < block.rows; row++) {
				const code = canonicalCode(texts[codes[row] as number] as string);
				rows.set(code, (rows.get(code) ?? 0) + 1);
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
