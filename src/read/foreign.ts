import { UserError } from "../errors.js";

interface Foreign {
	/** The first bytes of such files, as Latin-1 text. */
	signature: RegExp;
	what: string;
	hint: string;
}

const FROM_R = (reader: string) =>
	`export it as CSV or SPSS there, or convert it in R: haven::write_sav(${reader}, "new.sav")`;

/** Formats that are known but not read, and what to do with each. */
const FOREIGN: readonly Foreign[] = [
	{
		signature: /^(?:<stata_dta>|[\x68-\x73][\x01\x02]\x01\x00)/,
		what: "a Stata file",
		hint: FROM_R('haven::read_dta("old.dta")'),
	},
	{
		signature: /^\0{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92/,
		what: "a SAS file",
		hint: FROM_R('haven::read_sas("old.sas7bdat")'),
	},
	{
		signature: /^HEADER RECORD\*{7}LIB/,
		what: "a SAS transport file",
		hint: FROM_R('haven::read_xpt("old.xpt")'),
	},
	{
		signature: /^[\s\S]{40,400}SPSS PORT FILE/,
		what: "an SPSS portable file",
		hint: FROM_R('haven::read_por("old.por")'),
	},
	{
		signature: /^(?:X\n\0\0\0|A\n[23]\n|RD[AX][23]\n)/,
		what: "an R data file",
		hint: 'write it from R as Parquet or CSV: write.csv(data, "new.csv", row.names = FALSE)',
	},
	{
		signature: /^(?:ARROW1|FEA1)/,
		what: "an Arrow or Feather file",
		hint: "write the data as Parquet instead: arrow::write_parquet(data, file)",
	},
	{
		signature: /^PK\x03\x04[\s\S]{26}(?:\[Content_Types\]|_rels\/|xl\/|docProps\/)/,
		what: "an Excel file",
		hint: "save the sheet with the data as CSV UTF-8",
	},
	{
		signature: /^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/,
		what: "an old Excel file",
		hint: "save the sheet with the data as CSV UTF-8",
	},
	{ signature: /^PK\x03\x04/, what: "a zip file", hint: "unpack it and give the survey file in it" },
];

const START_BYTES = 512;

/** @throws UserError where the first bytes are those of a format that is not read. */
export function rejectForeign(first: Buffer, file: string): void {
	const start = first.subarray(0, START_BYTES).toString("latin1");
	const known = FOREIGN.find(({ signature }) => signature.test(start));
	if (known === undefined) return;
	throw new UserError(`is ${known.what}, which is not read`, { where: { file }, hint: known.hint });
}
