import type { Codebook } from "../codebook/definition/schema.js";
import { groupColumn } from "../codebook/meaning/breakdown.js";
import { nameReader } from "../codebook/meaning/cells.js";
import { watchedGroups, watchedItems } from "../codebook/recognise/watched-columns.js";
import { dialectOf } from "../emit/sql/dialect.js";
import { columnIndex } from "../read/columns/column-names.js";
import type { TableSource } from "../read/database/table.js";
import type { Inspection } from "../results/about-files.js";
import { censusOf } from "../tabulate/tables/census.js";
import { columnAt } from "../tabulate/tables/plan-table.js";

type Found = Pick<Inspection, "rows" | "systems" | "unknownCodes" | "duplicateTeachers">;

/** The findings of `Census` for a database table; the database does the counting. */
export async function censusOfTable(source: TableSource, codebook: Codebook): Promise<Found> {
	const dialect = dialectOf(source.table.engine);
	const { columns, table } = source;
	/** An id as text, empty if missing. */
	const id = (name: string | undefined) => {
		const place = name === undefined ? undefined : columnIndex(columns, name);
		if (place === undefined) return undefined;
		const { sql, kind } = columnAt(source, place, dialect);
		return kind === "text" ? sql : dialect.asText(sql);
	};
	const { country, population, school, teacher } = codebook.ids;
	const ids = { country: id(country), population: id(population), school: id(school), teacher: id(teacher) };
	const nameOf =
		ids.population === undefined || codebook.groups.population === undefined
			? (code: string) => code
			: (code: string) => nameReader(groupColumn(codebook, { columns }, "population"))(code) ?? code;
	const none = dialect.text("");
	const inner = Object.entries(ids).map(([name, sql]) => `${sql ?? none} AS ${name}_id`);
	const from = `(SELECT ${inner.join(", ")} FROM ${table.relation}) AS ids`;
	const systems = await table.ask(
		`SELECT country_id, population_id, count(*), count(DISTINCT school_id) FROM ${from} GROUP BY country_id, population_id`,
	);
	const twice =
		ids.teacher === undefined
			? []
			: await table.ask(
					`SELECT teacher_id, count(*) FROM ${from} GROUP BY country_id, population_id, teacher_id HAVING count(*) > 1 ORDER BY teacher_id`,
				);
	const text = (value: unknown) => String(value ?? "");
	return {
		rows: systems.reduce((sum, row) => sum + Number(row[2]), 0),
		systems: systems
			.map(([own, level, teachers, schools]) => ({
				country: ids.country === undefined ? null : text(own),
				population: ids.population === undefined ? null : nameOf(text(level)),
				teachers: Number(teachers),
				schools: ids.school === undefined ? null : Number(schools),
			}))
			.sort((a, b) => `${a.country} ${a.population}`.localeCompare(`${b.country} ${b.population}`, "en")),
		unknownCodes: await unknownCodes(source, codebook),
		duplicateTeachers: twice.map(([own, rows]) => ({ id: text(own), rows: Number(rows) })),
	};
}

async function unknownCodes(source: TableSource, codebook: Codebook): Promise<Found["unknownCodes"]> {
	const dialect = dialectOf(source.table.engine);
	const watched = [...watchedItems(codebook, source.columns), ...watchedGroups(codebook, source.columns)];
	const places = [...new Set(watched.map(({ column }) => column))];
	const counted = places.map((place) => ({
		name: source.columns[place] as string,
		column: columnAt(source, place, dialect),
		wordsOnly: false,
	}));
	const census = await censusOf(source, counted, codebook, dialect);
	return watched.flatMap(({ column, name, knows }) => {
		const { texts = [], rows = [] } = census.get(source.columns[column] as string) ?? {};
		return texts.flatMap(({ code }, place) =>
			knows(code) ? [] : [{ column: name, code, rows: rows[place] as number }],
		);
	});
}
