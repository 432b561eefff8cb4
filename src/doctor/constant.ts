import type { Codebook } from "../codebook/definition/schema.js";
import { Lookup } from "../codebook/meaning/states.js";
import { watchedItems } from "../codebook/recognise/watched-columns.js";
import type { Dictionary } from "../read/block.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { Check, RowPage } from "./check.js";
import type { ColumnPicker } from "./column-picker.js";
import type { Findings } from "./findings.js";

/** Fewer identical answers often occur by chance. */
const LEAST = 30;

interface Seen {
	answer: string;
	rows: number;
}

/**
 * Finds items that all teachers of a country answer alike, which suggests that the column was filled in rather than
 * asked.
 */
export class Constant implements Check {
	private readonly items: {
		slot: number;
		name: string;
		answer: Lookup<string | null>;
		seen: Map<string, Seen>;
	}[];
	private readonly country: number | undefined;
	readonly together: readonly (readonly number[])[];

	constructor(
		{ ids, ...codebook }: Codebook,
		columns: readonly string[],
		picker: ColumnPicker,
		private readonly findings: Findings,
	) {
		const [country] = columnPlaces(columns, ids.country ?? "");
		this.country = country === undefined ? undefined : picker.slot(country);
		const watched = watchedItems({ ids, ...codebook }, columns);
		this.together = watched.map(({ column }) => (country === undefined ? [column] : [country, column]));
		this.items = watched.map(({ column, name, read }) => ({
			slot: picker.slot(column),
			name,
			answer: new Lookup(
				(text) => {
					const reading = text === "" ? undefined : read(text);
					return reading !== undefined && "given" in reading ? reading.given.join(";") : null;
				},
				(text) => text,
			),
			seen: new Map(),
		}));
	}

	take({ block, dictionaries, ...page }: RowPage, list?: number): void {
		const countries = this.country === undefined ? undefined : dictionaries[this.country]?.texts;
		const codes = this.country === undefined ? undefined : page.codes(this.country);
		const own = list === undefined ? this.items : this.items.slice(list, list + 1);
		for (const { slot, answer, seen } of own) {
			const given = page.codes(slot) as Int32Array;
			const answers = answer.of(dictionaries[slot] as Dictionary);
			for (let row = 0; row < block.rows; row++) {
				const one = answers[given[row] as number];
				if (one === null || one === undefined) continue;
				const country = countries?.[codes?.[row] as number] ?? "";
				const known = seen.get(country);
				if (known === undefined) seen.set(country, { answer: one, rows: page.rows(row) });
				else if (known.answer === one) known.rows += page.rows(row);
				// Once answers differ, further rows cannot make the column constant.
				else known.rows = Number.NEGATIVE_INFINITY;
			}
		}
	}

	end(): void {
		for (const { name, seen } of this.items) {
			for (const [country, { answer, rows }] of seen) {
				if (rows < LEAST) continue;
				const group = country === "" ? {} : { group: { country } };
				this.findings.say({
					...{ severity: "warning", code: "constant-item", column: name, text: answer },
					...{ expected: String(rows), ...group },
				});
			}
		}
	}
}
