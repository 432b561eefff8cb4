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

/** Teachers whose schools are described nowhere. */
export interface Unmatched {
	files: string;
	teachers: number;
	of: number;
	schools: number;
}

/** Files of schools that teachers look their school up in; null where there are none. */
export function joinSchools(
	files: readonly Source[],
	teachers: readonly Source[],
	codebook: Codebook,
): JoinedSchools | null {
	return files.length === 0 ? null : new JoinedSchools(files, teachers, codebook);
}

/** What files of schools say, beside the teachers' own files. */
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
	 * @param wanted Columns of teachers and schools that are read.
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

	/** Whether a table of teachers can be joined to that of the schools where both are. */
	isBeside(teachers: TableSource): boolean {
		const [schools, ...others] = this.files;
		if (schools === undefined || others.length > 0 || !isTable(schools)) return false;
		const { engine, database } = schools.table;
		return engine === teachers.table.engine && database === teachers.table.database;
	}

	/**
	 * Joins both in their database, where no row of either leaves it.
	 * @param wanted Columns of teachers and schools that are read.
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

	/** What is looked up, as plain data. @param wanted Columns of teachers and schools that are read. */
	explain(wanted: readonly string[]) {
		const columns = wanted.filter((column) => this.placeOf(column) !== undefined);
		return { files: this.names, keys: this.table.keys, columns };
	}

	/** Which file a column of both together is from, where it is of schools. */
	readonly origin = (column: string): string | undefined =>
		this.placeOf(column) === undefined ? undefined : this.names;

	/** @throws UserError where no teacher found a school: the files do not belong together. */
	rejectStrangers(teachers: readonly Source[]): void {
		const { asked, lost, keys } = this.table;
		if (asked === 0 || lost < asked) return;
		throw new UserError(`none of the schools of ${namesOf(teachers)} is in it`, {
			where: { file: this.names },
			hint: `give the file of the same schools, with the same ${keys.join(", ")}`,
		});
	}

	/** What a question that looks something up there has missed. */
	unmatched({ plan }: Question): Unmatched | null {
		const { asked, lost, lostKeys } = this.table;
		const looksUp = columnsOfPlan(plan).some((column) => this.placeOf(column) !== undefined);
		if (lost === 0 || !looksUp) return null;
		return { files: this.names, teachers: lost, of: asked, schools: lostKeys.size };
	}

	/** Place of a column in the table of schools, if it is one of theirs. */
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
