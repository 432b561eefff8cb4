import { ordinal } from "../base/errors.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { columnPlaces } from "../read/columns/column-names.js";
import { type AskedTable, type Check, type Columns, NOWHERE, type RowPage } from "./check.js";
import { spreadsheetDamage } from "./damage.js";
import { Findings } from "./findings.js";
import { Met } from "./seen-texts.js";

/** Number of teachers whose ids are compared: more than any survey has, and few enough to fit in memory. */
const MOST_TEACHERS = 1_500_000;

/** Number of id patterns to query in a table; the ids of a survey follow few patterns. */
const MOST_SHAPES = 2000;

/** A column of ids with its position among the texts. */
interface Column {
	name: string;
	place: number;
	slot: number;
	/** Ids that look damaged; not reported if all ids of the column do. */
	damaged: Findings;
	sound: boolean;
}

/** Ids seen so far, and repeated ones. */
interface Register {
	/** Columns that together identify a teacher. */
	keys: readonly Column[];
	met: Met;
	repeats: number;
	found: Findings;
}

/** Duplicate teachers, and ids damaged by a spreadsheet. */
export class Ids implements Check {
	private rows = 0;
	/** By teacher id alone, and together with the school's: some surveys number teachers within schools. */
	private readonly alone: Register;
	private readonly within: Register;
	private readonly watched: readonly Column[];
	private readonly teacher: Column | undefined;

	constructor(
		{ ids }: Codebook,
		columns: readonly string[],
		/** Number of columns in the file itself; values implied by its name have no cells. */
		own: number,
		picked: Columns,
		private readonly findings: Findings,
		private readonly mostTeachers = MOST_TEACHERS,
	) {
		const column = (name = ""): Column | undefined => {
			const places = columnPlaces(columns, name);
			if (places.length === 0) findings.say({ severity: "warning", code: "id-column", column: name });
			const place = places.find((one) => one < own);
			return place === undefined
				? undefined
				: {
						...{ name: columns[place] as string, place, slot: picked.texts.slot(place) },
						...{ damaged: new Findings(), sound: false },
					};
		};
		const found = new Map(Object.entries(ids).map(([id, name]) => [id, column(name)]));
		const present = (...wanted: string[]) => wanted.flatMap((id) => found.get(id) ?? []);
		this.teacher = found.get("teacher");
		const register = (...keys: string[]): Register => ({
			...{ keys: present(...keys), met: new Met() },
			...{ repeats: 0, found: new Findings() },
		});
		this.alone = register("country", "population", "teacher");
		this.watched = present("school", "teacher");
		this.within =
			this.watched.length < 2 ? this.alone : register("country", "population", "school", "teacher");
	}

	take(page: RowPage): void {
		this.rows += page.block.rows;
		for (const column of this.watched) this.spoilt(column, page);
		for (const register of new Set([this.alone, this.within])) this.enter(register, page);
	}

	async askTable(table: AskedTable): Promise<void> {
		const { ask, relation } = table;
		const [[rows] = []] = await ask(`SELECT count(*) FROM ${relation}`);
		this.rows += Number(rows);
		for (const column of this.watched) await this.askSpoilt(column, table);
		for (const register of new Set([this.alone, this.within])) await this.askTwice(register, table);
	}

	private async askTwice(register: Register, { ask, ...table }: AskedTable): Promise<void> {
		const { teacher } = this;
		const { keys, found } = register;
		if (teacher === undefined) return;
		const names = keys.map((_, key) => `k${key}`);
		const own = `k${keys.indexOf(teacher)}`;
		const cells = keys.map((key, place) => `${textOf(key, table)} AS ${names[place]}`);
		const twice = await ask(
			`SELECT ${own}, count(*) FROM (SELECT ${cells.join(", ")} FROM ${table.relation}) AS ids WHERE ${own} <> ${table.dialect.text("")} GROUP BY ${names.join(", ")} HAVING count(*) > 1 ORDER BY ${own}`,
		);
		for (const [id, rows] of twice) {
			const more = Number(rows) - 1;
			register.repeats += more;
			const text = canonicalCode(String(id));
			found.countText({ severity: "error", code: "duplicate-id", column: teacher.name, text }, NOWHERE, more);
		}
	}

	/**
	 * Spreadsheet damage shows in the characters that replace digits, so one id is examined per pattern of digit
	 * positions.
	 */
	private async askSpoilt(column: Column, { ask, dialect, relation, ...table }: AskedTable): Promise<void> {
		const { name, damaged } = column;
		const text = textOf(column, { ...table, dialect });
		const shapes = await ask(
			`SELECT shape, min(t), count(*) FROM (SELECT t, ${dialect.shape("t")} AS shape FROM (SELECT ${text} AS t FROM ${relation}) AS ids) AS shapes GROUP BY shape LIMIT ${MOST_SHAPES}`,
		);
		for (const [, one, rows] of shapes) {
			const id = String(one ?? "");
			const code = spreadsheetDamage(id);
			const about = { column: name, text: id };
			if (id === "") {
				this.findings.count({ severity: "warning", code: "id-empty", ...about }, NOWHERE, Number(rows));
			} else if (code === undefined) column.sound = true;
			else damaged.count({ severity: "error", code, ...about }, NOWHERE, Number(rows));
		}
	}

	end(): void {
		for (const { sound, damaged } of this.watched) if (sound) this.findings.take(damaged);
		const { alone, within } = this;
		this.findings.take(2 * alone.repeats > this.rows ? within.found : alone.found);
	}

	private enter(register: Register, { block, texts, place }: RowPage): void {
		if (this.teacher === undefined) return;
		const { name, slot } = this.teacher;
		const keys = register.keys.map((key) => texts(key.slot));
		for (let row = 0; row < block.rows; row++) {
			const text = texts(slot)[row] as string;
			if (text === "") continue;
			const here = place(row);
			if (register.met.size >= this.mostTeachers) {
				const expected = String(this.mostTeachers);
				register.found.count({ severity: "warning", code: "ids-many", column: name, expected }, here);
				continue;
			}
			const first = register.met.meet(keys.map((cells) => cells[row]).join("\t"), ordinal(here));
			if (first === undefined) continue;
			register.repeats += 1;
			register.found.countText({ severity: "error", code: "duplicate-id", column: name, text, first }, here);
		}
	}

	private spoilt(column: Column, { texts, place }: RowPage): void {
		const { name, slot, damaged } = column;
		for (const [row, text] of texts(slot).entries()) {
			const code = spreadsheetDamage(text);
			if (text === "") {
				this.findings.count({ severity: "warning", code: "id-empty", column: name, text }, place(row));
			} else if (code === undefined) column.sound = true;
			else damaged.count({ severity: "error", code, column: name, text }, place(row));
		}
	}
}

/** A column of ids as texts, empty where there is none. */
function textOf({ place }: Column, { column, dialect }: Pick<AskedTable, "column" | "dialect">): string {
	const { sql, kind } = column(place);
	const text = kind === "text" ? dialect.trimmed(sql) : dialect.asText(sql);
	return `coalesce(${text}, ${dialect.text("")})`;
}
