import type { Codebook } from "../codebook/definition/schema.js";
import { isMostlyFree, type WatchedItem, watchedItems } from "../codebook/recognise/watched-columns.js";
import type { Dictionary } from "../read/block.js";
import type { Check, Columns, RowPage } from "./check.js";
import type { Findings } from "./findings.js";

/** A list-valued column, with counts of its cells and of those with free text. */
interface List {
	slot: number;
	item: WatchedItem & Required<Pick<WatchedItem, "isFree">>;
	cells: number;
	free: number;
	/** The first of them. */
	text: string;
}

/**
 * Finds list-valued columns with mostly free text, for example because the file uses another separator than the
 * codebook.
 */
export class FreeText implements Check {
	private readonly lists: List[];
	readonly together: readonly (readonly number[])[];

	constructor(
		codebook: Codebook,
		columns: readonly string[],
		{ coded }: Columns,
		private readonly findings: Findings,
	) {
		this.lists = watchedItems(codebook, columns).flatMap((item) => {
			const { isFree, column } = item;
			if (isFree === undefined) return [];
			return [{ slot: coded.slot(column), item: { ...item, isFree }, cells: 0, free: 0, text: "" }];
		});
		this.together = this.lists.map(({ item }) => [item.column]);
	}

	take({ block, dictionaries, codes, rows }: RowPage): void {
		for (const list of this.lists) {
			const places = codes(list.slot);
			if (places === undefined) continue;
			const { texts } = dictionaries[list.slot] as Dictionary;
			const free = texts.map(list.item.isFree);
			for (let row = 0; row < block.rows; row++) {
				const code = places[row] as number;
				if (texts[code] === "") continue;
				list.cells += rows(row);
				if (!free[code]) continue;
				if (list.free === 0) list.text = texts[code] as string;
				list.free += rows(row);
			}
		}
	}

	end(): void {
		for (const { item, cells, free, text } of this.lists) {
			if (!isMostlyFree(free, cells)) continue;
			this.findings.say({
				severity: "error",
				code: "mostly-unlisted",
				column: item.name,
				...{ text, rows: free },
			});
		}
	}
}
