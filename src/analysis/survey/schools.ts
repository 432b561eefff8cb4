import { UserError } from "../../base/errors.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { withCodes } from "../../codebook/meaning/labelled-columns.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import type { Question } from "../../codebook/plan/scope.js";
import { withImplied } from "../../codebook/recognise/implied-columns.js";
import { schoolTable } from "../../codebook/recognise/school-files.js";
import type { Source } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import { commonHeader } from "../../read/columns/common-header.js";
import type { LookupTable } from "../../read/columns/lookup-table.js";
import { isTable, type TableSource } from "../../read/database/table.js";
import type { SourceFile } from "../../results/result-set.js";
import { joinTables } from "../../tabulate/tables/join-tables.js";
import { hashesOf, sourceFiles } from "./provenance.js";

/** Teachers without a description of their school. */
export interface Unmatched {
	files: string;
	teachers: number;
	of: number;
	schools: number;
}

/** Files of schools in which teachers' schools are looked up; null if there are none. */
export function joinSchools(
	files: readonly Source[],
	teachers: readonly Source[],
	codebook: Codebook,
): JoinedSchools | null {
	return files.length === 0 ? null : new JoinedSchools(files, teachers, codebook);
}

/** School data that supplement the teachers' own files. */
export class JoinedSchools {
	readonly table: LookupTable;
	private readonly files: readonly Source[];

	constructor(
		files: readonly Source[],
		teachers: readonly Source[],
		private readonly codebook: Codebook,
	) {
		this.files = files.map((source) => withCodes(withImplied(source, codebook), codebook));
		this.table = schoolTable(this.files, commonHeader(teachers).columns, codebook);
	}

	/**
	 * Reads the files.
	 * @param wanted Columns of teachers and schools to read.
	 */
	async load(wanted: readonly string[]): Promise<SourceFile[]> {
		const ours = wanted.flatMap((column) => this.placeOf(column) ?? []);
		return this.described(await this.table.load(ours));
	}

	private async described(rows: readonly number[]): Promise<SourceFile[]> {
		const { files, codebook } = this;
		const described = sourceFiles(files, rows, codebook, await hashesOf(files));
		return described.map((file) => ({ ...file, role: "schools" as const }));
	}

	/** Whether the tables of teachers and schools are in one database and can be joined there. */
	isBeside(teachers: TableSource): boolean {
		const [schools, ...others] = this.files;
		if (schools === undefined || others.length > 0 || !isTable(schools)) return false;
		const { engine, database } = schools.table;
		return engine === teachers.table.engine && database === teachers.table.database;
	}

	/**
	 * Joins both tables inside their database; no row leaves it.
	 * @param wanted Columns of teachers and schools to read.
	 * @throws UserError for a duplicate school, or one without a name.
	 */
	async joinTo(
		teachers: TableSource,
		wanted: readonly string[],
	): Promise<{ teachers: TableSource; files: SourceFile[] }> {
		const { table, files } = this;
		const schools = files[0] as TableSource;
		const columns = wanted.filter((column) => this.placeOf(column) !== undefined);
		const { keys } = table;
		const joined = await joinTables(teachers, schools, { keys, wanted: columns }, (key, rows) => {
			const nameless = key.indexOf("");
			throw new UserError(
				nameless >= 0
					? `a row has no ${keys[nameless]}, so it is not known which school it is of`
					: `the school ${key.join(" ")} is there ${rows} times`,
				{ where: { file: schools.name }, hint: "keep one row a school" },
			);
		});
		const described = await this.described([joined.schools]);
		if (columns.length === 0) return { teachers, files: described };
		table.count(joined.asked, joined.lost);
		return { teachers: joined.teachers, files: described };
	}

	/**
	 * The look-ups as plain data.
	 * @param wanted Columns of teachers and schools to read.
	 */
	explain(wanted: readonly string[]) {
		const columns = wanted.filter((column) => this.placeOf(column) !== undefined);
		return { files: this.names, keys: this.table.keys, columns };
	}

	/** The file of a joined column, if it comes from a file of schools. */
	readonly origin = (column: string): string | undefined =>
		this.placeOf(column) === undefined ? undefined : this.names;

	/** @throws UserError if no teacher's school was found: the files do not belong together. */
	rejectStrangers(teachers: readonly Source[]): void {
		const { asked, lost, keys } = this.table;
		if (asked === 0 || lost < asked) return;
		throw new UserError(`none of the schools of ${namesOf(teachers)} is in it`, {
			where: { file: this.names },
			hint: `give the file of the same schools, with the same ${keys.join(", ")}`,
		});
	}

	/** The schools that a question looked up and did not find. */
	unmatched({ plan }: Question): Unmatched | null {
		const { asked, lost, lostKeys } = this.table;
		const looksUp = columnsOfPlan(plan).some((column) => this.placeOf(column) !== undefined);
		if (lost === 0 || !looksUp) return null;
		return { files: this.names, teachers: lost, of: asked, schools: lostKeys.size };
	}

	/** Position of a column in the table of schools, if it is there. */
	private placeOf(column: string): number | undefined {
		return columnIndex(this.table.header.columns, column);
	}

	private get names(): string {
		return namesOf(this.files);
	}
}

function namesOf(files: readonly Source[]): string {
	return files.map(({ name }) => name).join(", ");
}
