import { UserError } from "../../base/errors.js";
import { command, say } from "../../base/say.js";
import type { SourceFile } from "../../results/result-set.js";
import { argument, call, named, text, texts } from "./write.js";

/** A file as it was named, and what it is. */
export interface ScriptFile {
	path: string;
	source: SourceFile;
	/** Columns it does not have: their one value in every row. */
	constants: Readonly<Record<string, string>>;
	/** Column → text → the code that it stands for, where answers are written out. */
	words?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const READERS: Readonly<Record<string, (path: string) => string>> = {
	csv: (path) => call("read_text", path),
	sav: (path) => call("read_sav", path, "user_na = TRUE"),
	dta: (path) => call("read_dta", path),
	rds: (path) => call("readRDS", path),
};

/** Whether survey, haven and data.table can read a file unchanged. */
export function isReadable({ path, source }: Pick<ScriptFile, "path" | "source">): boolean {
	return source.format in READERS && !/\.zip(\/|$)/.test(path) && path !== "-";
}

/**
 * The rows of files of survey data, as columns of texts and numbers.
 * @throws UserError where survey, haven and data.table do not read them.
 */
export function filesAsR(files: readonly ScriptFile[], columns: string): string {
	const each = files.map(({ path, source, constants, words = {} }) => {
		const read = READERS[source.format];
		if (read === undefined || !isReadable({ path, source })) throw unreadable(path, source.format);
		const own = Object.entries(constants);
		const written = Object.entries(words).map(([column, codes]) =>
			argument(text(column), named(Object.entries(codes))),
		);
		return call(
			"columns_of",
			read(text(path)),
			columns,
			own.length === 0 ? null : argument("constants", named(own)),
			written.length === 0 ? null : argument("words", call("list", ...written)),
		);
	});
	return each.length === 1 ? (each[0] as string) : `rows_together(\n  ${each.join(",\n  ")}\n)`;
}

/** Has R say where a file has other bytes than the one of the table. */
export function unchangedAsR(files: readonly ScriptFile[]): string {
	if (files.length === 0) return "";
	const [paths, sums] = [files.map(({ path }) => path), files.map(({ source }) => source.sha256)];
	return call("tell_changes", texts(paths), texts(sums));
}

/** Packages that read the files. */
export function packagesOf(files: readonly ScriptFile[]): string[] {
	return [...new Set(files.map(({ source }) => (source.format === "csv" ? "data.table" : "haven")))];
}

function unreadable(path: string, format: string): UserError {
	return new UserError(
		`an R script with haven or data.table does not read ${path === "-" ? "standard input" : format}`,
		{
			where: { file: path },
			hint: say`make it csv first: ${command("convert", `convert ${path} data.csv`)}`,
		},
	);
}

/** Columns that teachers take from files of schools. */
export function schoolsAsR(
	files: readonly ScriptFile[],
	{ keys, columns }: { keys: readonly string[]; columns: readonly string[] },
): string {
	return [
		"# What principals say of the schools, looked up by teachers' country, level and school.",
		`of_schools <- ${filesAsR(files, texts([...keys, ...columns]))}`,
		`keys <- ${texts(keys)}`,
		"key_of <- function(table) do.call(paste, lapply(keys, function(name) toupper(spelt(table[[name]]))))",
		"school_row <- match(key_of(data), key_of(of_schools))",
		`for (name in ${texts(columns)}) data[[name]] <- ifelse(is.na(school_row), "", text_of(of_schools[[name]])[school_row])`,
	].join("\n");
}
