import { ordinal, type Place } from "../base/errors.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { groupColumn } from "../codebook/meaning/breakdown.js";
import { nameReader } from "../codebook/meaning/cells.js";
import { type Watched, watchedGroups, watchedItems } from "../codebook/recognise/watched-columns.js";
import type { Block, Dictionary, Source } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import type { Inspection } from "../results/about-files.js";

/** Counts teachers, schools, unknown codes and repeated ids as rows stream by. */
export class Census {
	private rows = 0;
	private readonly duplicates: Inspection["duplicateTeachers"] = [];
	private readonly places: Record<"country" | "population" | "school" | "teacher", number | undefined>;
	private readonly watched: Watched[];
	private readonly population: ((text: string) => string | null | undefined) | null;
	private readonly found = new Map<string, { teachers: number; schools: Set<string> }>();
	private readonly teachers = new Map<string, number>();
	private readonly odd = new Map<string, { column: string; code: string; rows: number } & Place>();

	constructor(codebook: Codebook, columns: readonly string[]) {
		const place = (name: string | undefined) => (name === undefined ? undefined : columnIndex(columns, name));
		const { country, population, school, teacher } = codebook.ids;
		this.places = {
			country: place(country),
			population: place(population),
			school: place(school),
			teacher: place(teacher),
		};
		this.population =
			this.places.population === undefined || codebook.groups.population === undefined
				? null
				: nameReader(groupColumn(codebook, { columns }, "population"));
		this.watched = [...watchedItems(codebook, columns), ...watchedGroups(codebook, columns)];
	}

	/** Reads all rows and reports what was found. */
	async take(
		source: Source,
	): Promise<Pick<Inspection, "rows" | "systems" | "unknownCodes" | "duplicateTeachers">> {
		const ids = Object.values(this.places).filter((column) => column !== undefined);
		const coded = [...new Set([...ids, ...this.watched.map(({ column }) => column)])];
		const { blocks, dictionaries } = source.read({ coded, weights: [] });
		const slot = new Map(coded.map((column, index) => [column, index]));
		for await (const block of blocks) {
			const text = (column: number | undefined, row: number): string => {
				const place = column === undefined ? undefined : slot.get(column);
				if (place === undefined) return "";
				return dictionaries[place]?.texts[block.codes[place]?.[row] as number] ?? "";
			};
			for (let row = 0; row < block.rows; row++) this.addRow((column) => text(column, row), block.place(row));
			for (const watched of this.watched) {
				const place = slot.get(watched.column) as number;
				this.addCodes(watched, block, block.codes[place] as Int32Array, dictionaries[place] as Dictionary);
			}
		}
		return {
			rows: this.rows,
			systems: this.systems(),
			unknownCodes: this.unknownCodes(),
			duplicateTeachers: this.duplicates,
		};
	}

	private systems(): Inspection["systems"] {
		return [...this.found]
			.map(([key, { teachers, schools }]) => {
				const [country, population] = JSON.parse(key) as [string, string];
				return {
					country: this.places.country === undefined ? null : country,
					population: this.places.population === undefined ? null : this.populationName(population),
					teachers,
					schools: this.places.school === undefined ? null : schools.size,
				};
			})
			.sort((a, b) => `${a.country} ${a.population}`.localeCompare(`${b.country} ${b.population}`, "en"));
	}

	private unknownCodes(): Inspection["unknownCodes"] {
		return [...this.odd.values()].sort((a, b) => ordinal(a) - ordinal(b));
	}

	private addRow(text: (column: number | undefined) => string, place: Place): void {
		const { country, population, school, teacher } = this.places;
		this.rows += 1;
		const key = JSON.stringify([text(country), text(population)]);
		const system = this.found.get(key) ?? { teachers: 0, schools: new Set<string>() };
		this.found.set(key, system);
		system.teachers += 1;
		system.schools.add(text(school));
		if (teacher === undefined) return;
		const id = `${text(country)} ${text(population)} ${text(teacher)}`;
		const first = this.teachers.get(id);
		if (first === undefined) this.teachers.set(id, ordinal(place));
		else if ("line" in place) this.duplicates.push({ id: text(teacher), ...place, firstLine: first });
		else this.duplicates.push({ id: text(teacher), ...place, firstRow: first });
	}

	private addCodes(
		{ name, knows }: Watched,
		{ rows, place }: Block,
		codes: Int32Array,
		dictionary: Dictionary,
	): void {
		const known = dictionary.texts.map(knows);
		for (let row = 0; row < rows; row++) {
			const code = codes[row] as number;
			if (known[code]) continue;
			const key = `${name} ${code}`;
			const odd = this.odd.get(key);
			const text = dictionary.texts[code] as string;
			if (odd !== undefined) odd.rows += 1;
			else this.odd.set(key, { column: name, code: text, rows: 1, ...place(row) });
		}
	}

	private populationName(code: string): string {
		return this.population?.(code) ?? code;
	}
}
