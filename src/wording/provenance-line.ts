import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** So many digits of a hash tell files apart to a reader; programs read all of them. */
const DIGITS = 12;

/** What made the numbers, in a line for people: tool, codebook and its rules, rows, and hashes; empty where nothing is known. */
export function provenanceLine(
	{ tool, codebook, source, counted }: ResultSet,
	locale: Locale,
	{ hashed = true } = {},
): string {
	const rows = source.reduce((sum, file) => sum + (file.rows ?? 0), 0);
	const hashes = source.flatMap(({ sha256 = "" }) =>
		sha256 === "" || !hashed ? [] : [sha256.slice(0, DIGITS)],
	);
	const number = (value: number) => locale.number(value, 0);
	const used = counted?.used;
	return [
		`${tool.name} ${tool.version}`,
		`${codebook.id} ${codebook.version}`,
		...(codebook.rules === undefined
			? []
			: [locale.text("provenance.rules", { rules: codebook.rules.slice(0, DIGITS) })]),
		...(used === undefined
			? []
			: [locale.text("provenance.rows", { rows: number(rows), used: number(used) })]),
		...(hashes.length === 0 ? [] : [`SHA-256 ${hashes.join(", ")}`]),
	].join("; ");
}
