import { counted, describePlace, UserError } from "../../base/errors.js";
import { didYouMean } from "../../base/suggest.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { Question } from "../../codebook/plan/scope.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { isSchoolFile } from "../../codebook/recognise/school-files.js";
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
	columns: readonly string[],
	settings: RatesSettings,
	/** Which other file than the teachers' own a column is from. */
	origin: (column: number) => string | undefined = () => undefined,
): void {
	const unknown = report.unknown.list();
	const first = unknown[0];
	if (first !== undefined && settings.unknownCodes === "error") {
		const place = plan.picker.columns[first.slot] as number;
		const column = (columns[place] as string).toUpperCase();
		const elsewhere = origin(place);
		const where = elsewhere === undefined ? { file: first.file, ...first.place } : { file: elsewhere };
		const more =
			unknown.length > 1
				? `; ${counted(unknown.length - 1, "more such code")} ${unknown.length === 2 ? "follows" : "follow"}`
				: "";
		throw new UserError(
			`the code ${first.code} is not in the codebook (${counted(first.rows, "row")}, first at ${describePlace(first.place)}${elsewhere === undefined ? "" : ` of ${first.file}`})${more}`,
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
