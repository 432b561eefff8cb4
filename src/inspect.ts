import { ordinal, type Place } from "./base/errors.js";
import { inLanguage } from "./codebook/definition/in-language.js";
import type { Codebook } from "./codebook/definition/schema.js";
import { type Breakdown, resolveBreakdown, SAMPLES } from "./codebook/meaning/breakdown.js";
import { defaultTopics } from "./codebook/meaning/select-items.js";
import { canonicalCode } from "./codebook/meaning/states.js";
import { chooseCodebook } from "./codebook/recognise/choose.js";
import { withImplied } from "./codebook/recognise/implied-columns.js";
import { type Watched, watchedGroups, watchedItems } from "./codebook/recognise/watched-columns.js";
import { findWeights } from "./design/weight-columns.js";
import type { Block, Dictionary, Source, Variable } from "./read/block.js";
import { columnIndex } from "./read/columns/column-names.js";
import type { AnalysisContext } from "./read/context.js";
import { openSource } from "./read/index.js";
import type { Inspection } from "./results/about-files.js";
import type { Language } from "./wording/locale.js";

/**
 * Tells what a file is, without estimating anything.
 * @throws UserError where the file cannot be read or is of no known survey.
 */
export async function inspect(
	path: string,
	options: { codebook?: string | undefined; language?: Language } = {},
	{ stdin, progress }: AnalysisContext = {},
): Promise<Inspection> {
	const opened = await openSource(path, {
		stdin: stdin ?? process.stdin,
		...(progress === undefined ? {} : { progress: (read, size) => progress(path, read, size) }),
	});
	const { name } = opened;
	const codebook = chooseCodebook(options.codebook ?? null, opened.columns, name);
	const source = withImplied(opened, codebook);
	const { columns } = source;
	const language = options.language ?? "en";
	const census = new Census(codebook, columns);
	await census.take(source);
	const { weight, replicates, missing, repeated } = findWeights(columns, codebook.design);
	const count = replicates.length;
	const found = {
		schema: "talis-pd/inspect@1" as const,
		file: name,
		format: source.format,
		sha256: await source.sha256(),
		rows: census.rows,
		columns: opened.columns.length,
		codebook: { id: codebook.id, title: inLanguage(codebook.title, language), cycle: codebook.cycle },
		synthetic: codebook.synthetic !== undefined && columnIndex(columns, codebook.synthetic) !== undefined,
		systems: census.systems(),
		weights: {
			weight: (weight.length > 0 ? codebook.design.weight : undefined) ?? null,
			...(codebook.design.weight === undefined ? { none: true as const } : {}),
			replicates: count - missing.length,
			expected: count,
			missing,
			repeated,
		},
		topics: topicsOf(codebook, columns, language),
		groups: groupsOf(codebook, columns),
		...labelsOf(source),
		unknownCodes: census.unknownCodes(),
		duplicateTeachers: census.duplicates,
	};
	const file = [path, ...(options.codebook === undefined ? [] : ["--codebook", options.codebook])];
	return { ...found, next: nextCommands(file.map(quoted).join(" "), found, defaultTopics(codebook)) };
}

function topicsOf(codebook: Codebook, columns: readonly string[], language: Language): Inspection["topics"] {
	return Object.entries(codebook.topics).map(([topic, { label, items }]) => {
		const variables = Object.values(items).map(({ variable }) => variable);
		const missing = variables.filter((variable) => columnIndex(columns, variable) === undefined);
		return { topic, label: inLanguage(label, language), found: variables.length - missing.length, missing };
	});
}

function labelsOf({ variables }: Source): Pick<Inspection, "labels"> {
	if (variables === undefined) return {};
	const count = (has: (variable: Variable) => boolean) => variables.filter(has).length;
	return {
		labels: {
			columns: count(({ label }) => label !== ""),
			values: count(({ values }) => values.size > 0),
			missing: count(({ missing }) => missing !== null),
		},
	};
}

function groupsOf(codebook: Codebook, columns: readonly string[]): Inspection["groups"] {
	const has = (id: string) => columnIndex(columns, codebook.groups[id]?.variable ?? "") !== undefined;
	const ids = Object.keys(codebook.groups);
	const elsewhere = (id: string) => codebook.groups[id]?.file === "schools";
	return { found: ids.filter(has), missing: ids.filter((id) => !has(id) && !elsewhere(id)) };
}

/** A word of a command line. */
function quoted(word: string): string {
	return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function nextCommands(
	file: string,
	{ systems, topics, groups }: Omit<Inspection, "next">,
	standard: readonly string[],
): string[] {
	const others = topics.filter(({ topic, found }) => found > 0 && !standard.includes(topic)).slice(0, 2);
	const group = groups.found.find((id) => !SAMPLES.includes(id));
	const place = groups.found.includes("country") ? "country," : "";
	return [
		`talis-pd rates ${file}`,
		...(group === undefined ? [] : [`talis-pd rates ${file} --by ${place}${group}`]),
		...(others.length === 0
			? []
			: [
					`talis-pd rates ${file} --topic ${others.map(({ topic }) => topic).join(",")} --chart ${others[0]?.topic}.svg`,
				]),
		...(systems.length > 1 && place !== ""
			? [`talis-pd rates ${file} --where country=${systems[0]?.country ?? ""}`]
			: []),
	];
}

/** Counts teachers, schools, odd codes and repeated ids while the rows go by. */
class Census {
	rows = 0;
	readonly duplicates: Inspection["duplicateTeachers"] = [];
	private readonly places: Record<"country" | "population" | "school" | "teacher", number | undefined>;
	private readonly watched: Watched[];
	private readonly population: Breakdown | null;
	private readonly found = new Map<string, { teachers: number; schools: Set<string> }>();
	private readonly teachers = new Map<string, number>();
	private readonly odd = new Map<string, Inspection["unknownCodes"][number]>();

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
				: resolveBreakdown(codebook, { columns }, "population");
		this.watched = [...watchedItems(codebook, columns), ...watchedGroups(codebook, columns)];
	}

	async take(source: Source): Promise<void> {
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
	}

	systems(): Inspection["systems"] {
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

	unknownCodes(): Inspection["unknownCodes"] {
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
		return this.population?.classify(canonicalCode(code)) ?? code;
	}
}
