import { UserError } from "../base/errors.js";

interface Foreign {
	/** How such files may begin, as Latin-1 text. */
	starts: readonly string[];
	/** What else their first bytes contain. */
	holds?: RegExp;
	what: string;
	hint: string;
}

const FROM_R = (reader: string) =>
	`export it as CSV or SPSS there, or convert it in R: haven::write_sav(${reader}, "new.sav")`;

/** Formats that are known but not read, and what to do with each. */
const FOREIGN: readonly Foreign[] = [
	{
		starts: [`${"\0".repeat(12)}\u00c2\u00ea\u0081\u0060\u00b3\u0014\u0011\u00cf\u00bd\u0092`],
		what: "a SAS file",
		hint: FROM_R('haven::read_sas("old.sas7bdat")'),
	},
	{
		starts: ["HEADER RECORD*******LIB"],
		what: "a SAS transport file",
		hint: FROM_R('haven::read_xpt("old.xpt")'),
	},
	{
		starts: [""],
		holds: /^.{40,}SPSS PORT FILE/s,
		what: "an SPSS portable file",
		hint: FROM_R('haven::read_por("old.por")'),
	},
	{
		starts: ["\u001c\0\0\0\0\0\0\0ENCRYPTEDSAV"],
		what: "an SPSS file with a password",
		hint: "save it in SPSS without a password",
	},
	{
		starts: ["ARROW1", "FEA1"],
		what: "an Arrow or Feather file",
		hint: "write the data as Parquet instead: arrow::write_parquet(data, file)",
	},
	{
		starts: ["\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1"],
		what: "an Excel file that is old or has a password",
		hint: "save it as .xlsx without a password",
	},
];

/** Archives that are one file of a program, by a file in them. */
const FOREIGN_ARCHIVES: readonly { holds: string; what: string }[] = [
	{ holds: "content.xml", what: "an OpenDocument spreadsheet" },
	{ holds: "xl/workbook.bin", what: "a binary Excel file" },
];

const START_BYTES = 512;

/** @throws UserError where the first bytes are those of a format that is not read. */
export function rejectForeign(first: Buffer, file: string): void {
	const start = first.subarray(0, START_BYTES).toString("latin1");
	const known = FOREIGN.find(
		({ starts, holds }) => starts.some((mark) => start.startsWith(mark)) && (holds?.test(start) ?? true),
	);
	if (known === undefined) return;
	throw new UserError(`is ${known.what}, which is not read`, { where: { file }, hint: known.hint });
}

/** @throws UserError where an archive's files are those of a format that is not read. */
export function rejectForeignArchive(paths: readonly string[], file: string): void {
	const known = FOREIGN_ARCHIVES.find(({ holds }) => paths.includes(holds));
	if (known === undefined) return;
	throw new UserError(`is ${known.what}, which is not read`, { where: { file }, hint: "save it as .xlsx" });
}
