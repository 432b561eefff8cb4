import type { Codebook } from "../codebook/schema.js";
import { columnPlaces } from "../read/names.js";
import { spreadsheetDamage } from "./damage.js";
import type { Findings } from "./findings.js";
import type { Check, Page } from "./page.js";

/** Teachers that are there twice, and ids that a spreadsheet has spoilt. */
export class Ids implements Check {
	private readonly seen = new Map<string, number>();
	private readonly places: { country?: number; population?: number; school?: number; teacher?: number };

	constructor(
		{ ids }: Codebook,
		private readonly columns: readonly string[],
		/** Columns of the file itself; those that its name tells have no cells. */
		own: number,
		private readonly findings: Findings,
	) {
		const place = (name = "") => columnPlaces(columns, name).find((column) => column < own);
		this.places = Object.fromEntries(
			Object.entries(ids).flatMap(([id, name]) => {
				const column = place(name);
				if (column !== undefined) return [[id, column]];
				if (columnPlaces(columns, name ?? "").length === 0) {
					findings.say({ severity: "warning", code: "id-column", column: name ?? "" });
				}
				return [];
			}),
		);
	}

	take({ block, texts, place }: Page): void {
		const { country, population, school, teacher } = this.places;
		for (const column of [school, teacher])
			if (column !== undefined) this.spoilt(column, { block, texts, place });
		if (teacher === undefined) return;
		const keys = [country, population, teacher].flatMap((column) =>
			column === undefined ? [] : [texts(column)],
		);
		for (let row = 0; row < block.rows; row++) {
			const id = texts(teacher)[row] as string;
			if (id === "") continue;
			const key = keys.map((cells) => cells[row]).join("\t");
			const here = place(row);
			const first = this.seen.get(key);
			if (first === undefined) this.seen.set(key, "line" in here ? here.line : here.row);
			else {
				const column = this.columns[teacher] as string;
				this.findings.countText({ severity: "error", code: "duplicate-id", column, text: id, first }, here);
			}
		}
	}

	private spoilt(column: number, { texts, place }: Pick<Page, "block" | "texts" | "place">): void {
		const name = this.columns[column] as string;
		for (const [row, text] of texts(column).entries()) {
			const code = text === "" ? "id-empty" : spreadsheetDamage(text);
			if (code === undefined) continue;
			this.findings.count(
				{ severity: text === "" ? "warning" : "error", code, column: name, text },
				place(row),
			);
		}
	}
}
