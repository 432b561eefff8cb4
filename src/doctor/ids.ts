import type { Codebook } from "../codebook/schema.js";
import { ordinal } from "../errors.js";
import { columnPlaces } from "../read/names.js";
import { spreadsheetDamage } from "./damage.js";
import type { Findings } from "./findings.js";
import { Met } from "./met.js";
import type { Check, Columns, Page } from "./page.js";

/** A column of ids, and its place among the texts. */
interface Column {
	name: string;
	slot: number;
}

/** Teachers that are there twice, and ids that a spreadsheet has spoilt. */
export class Ids implements Check {
	private readonly met = new Met();
	/** Columns that together name a teacher, and those whose cells are looked at. */
	private readonly keys: readonly number[];
	private readonly watched: readonly Column[];
	private readonly teacher: Column | undefined;

	constructor(
		{ ids }: Codebook,
		columns: readonly string[],
		/** Columns of the file itself; those that its name tells have no cells. */
		own: number,
		picked: Columns,
		private readonly findings: Findings,
	) {
		const column = (name = ""): Column | undefined => {
			const places = columnPlaces(columns, name);
			if (places.length === 0) findings.say({ severity: "warning", code: "id-column", column: name });
			const place = places.find((one) => one < own);
			return place === undefined
				? undefined
				: { name: columns[place] as string, slot: picked.texts.slot(place) };
		};
		const found = new Map(Object.entries(ids).map(([id, name]) => [id, column(name)]));
		const present = (...wanted: string[]) => wanted.flatMap((id) => found.get(id) ?? []);
		this.teacher = found.get("teacher");
		this.keys = present("country", "population", "teacher").map(({ slot }) => slot);
		this.watched = present("school", "teacher");
	}

	take(page: Page): void {
		for (const column of this.watched) this.spoilt(column, page);
		if (this.teacher === undefined) return;
		const { block, texts, place } = page;
		const { name, slot } = this.teacher;
		const keys = this.keys.map(texts);
		for (let row = 0; row < block.rows; row++) {
			const text = texts(slot)[row] as string;
			if (text === "") continue;
			const here = place(row);
			const first = this.met.meet(keys.map((cells) => cells[row]).join("\t"), ordinal(here));
			if (first === undefined) continue;
			this.findings.countText({ severity: "error", code: "duplicate-id", column: name, text, first }, here);
		}
	}

	private spoilt({ name, slot }: Column, { texts, place }: Page): void {
		for (const [row, text] of texts(slot).entries()) {
			const code = text === "" ? "id-empty" : spreadsheetDamage(text);
			if (code === undefined) continue;
			this.findings.count(
				{ severity: text === "" ? "warning" : "error", code, column: name, text },
				place(row),
			);
		}
	}
}
