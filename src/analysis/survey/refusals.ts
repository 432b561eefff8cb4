import { counted, describePlace, UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { Question } from "../../codebook/plan/scope.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { isSchoolFile } from "../../codebook/recognise/school-files.js";
import { specialCodes } from "../../codebook/recognise/special-codes.js";
import { type KnownVariable, knownVariable } from "../../codebook/variables/library.js";
import type { Source } from "../../read/block.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Tabulated } from "../../tabulate/run.js";

/** Files of one run must be of one survey. */
export function rejectOtherSurveys(
	[, ...others]: readonly Source[],
	{ id }: Codebook,
	asked: string | null,
): void {
	for (const { name, columns } of others) {
		const other = chooseCodebook(asked, columns, name).id;
		if (other !== id) {
			throw new UserError(`is of ${other}, but the first file is of ${id}`, {
				where: { file: name },
				hint: "give files of one cycle",
			});
		}
	}
}

/** Files that describe schools of another survey say nothing of these teachers. */
export function rejectOtherSchools(files: readonly Source[], codebook: Codebook, asked: string | null): void {
	if (asked !== null) return;
	const others = codebookIds().map(loadCodebook);
	for (const file of files) {
		const other = others.find((one) => isSchoolFile(file, one));
		if (other === undefined || isSchoolFile(file, codebook)) continue;
		throw new UserError(
			`describes schools of ${other.survey.en}, but the teachers are of ${codebook.survey.en}`,
			{
				where: { file: file.name },
				hint: "give files of one cycle",
			},
		);
	}
}

/** What only the rows can show: codes and values nobody knows, and conditions nobody satisfies. */
export function rejectUnusable(
	{ report, texts }: Tabulated,
	{ plan }: Question,
	{ columns, codebook }: { columns: readonly string[]; codebook: Codebook },
	settings: RatesSettings,
	/** Which other file than the teachers' own a column is from. */
	origin: (column: number) => string | undefined = () => undefined,
): void {
	const nameOf = (slot: number) => (columns[plan.picker.columns[slot] as number] as string).toUpperCase();
	for (const [slot, rows] of report.undeclared) rejectSpecialCodes(nameOf(slot), rows);
	const unknown = report.unknown.list();
	const first = unknown[0];
	if (first !== undefined && settings.unknownCodes === "error") {
		const place = plan.picker.columns[first.slot] as number;
		const column = nameOf(first.slot);
		const elsewhere = origin(place);
		const where = elsewhere === undefined ? { file: first.file, ...first.place } : { file: elsewhere };
		const more =
			unknown.length > 1
				? `; ${counted(unknown.length - 1, "more such code")} ${unknown.length === 2 ? "follows" : "follow"}`
				: "";
		throw new UserError(
			`${faultOf(first.code, knownVariable(codebook, column))} (${counted(first.rows, "row")}, first at ${describePlace(first.place)}${elsewhere === undefined ? "" : ` of ${first.file}`})${more}`,
			{
				where: { ...where, column },
				hint: "correct the file, or count such codes as missing with --unknown-codes missing",
			},
		);
	}
	for (const { breakdown, operator, values } of plan.conditions) {
		if (breakdown.values !== null || (operator !== "=" && operator !== "!=")) continue;
		const seen = texts(plan.picker.slot(breakdown.column))
			.map((text) => breakdown.classify(breakdown.spell(text)))
			.filter((value) => typeof value === "string");
		const lost = values.find((value) => !seen.includes(value));
		if (lost === undefined) continue;
		throw new UserError(`${breakdown.id} has no value "${lost}" in this file`, {
			hint: didYouMean(lost, [...new Set(seen)]),
		});
	}
	if (report.selected === 0) {
		throw new UserError(
			`no teacher satisfies ${settings.where.map((text) => `--where "${text}"`).join(" and ")}`,
			{
				hint: "leave one of the conditions out",
			},
		);
	}
}

/** Why a code cannot be read. */
function faultOf(code: string, column: KnownVariable | undefined): string {
	const value = Number(code.replace(",", "."));
	const { label, from, to } = column ?? {};
	const possible = value >= (from ?? -Infinity) && value <= (to ?? Infinity);
	if (possible || Number.isNaN(value) || column?.answers !== null)
		return `the code ${code} is not in the codebook`;
	const bounds = to == null ? `from ${from} on` : `from ${from} to ${to}`;
	return `the value ${code} is not possible, as ${label?.en} goes ${bounds}`;
}

/** Codes of missing answers that nobody declares would be taken for values. */
function rejectSpecialCodes(column: string, rows: ReadonlyMap<string, number>): void {
	const codes = specialCodes(rows);
	if (codes.length === 0) return;
	const shown = codes.map(([code, count]) => `${code} (${counted(count, "row")})`).join(", ");
	const list = codes.map(([code]) => code).join(",");
	throw new UserError(
		`the largest values of ${column} look like codes of missing answers, and nobody says what they are: ${shown}`,
		{
			where: { column },
			hint: `say --missing ${column}=${list}, or --missing ${column}=none where they are values`,
		},
	);
}

/** The same file twice would count its teachers twice. Known once the files are read. */
export async function rejectTwins(sources: readonly Source[]): Promise<void> {
	if (sources.length < 2) return;
	const seen = new Map<string, string>();
	for (const { name, sha256 } of sources) {
		const hash = await sha256();
		const twin = seen.get(hash);
		if (twin !== undefined) {
			throw new UserError(`holds the same data as ${twin}`, {
				where: { file: name },
				hint: "name each file once, or its teachers count twice",
			});
		}
		seen.set(hash, name);
	}
}
