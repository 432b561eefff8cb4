import { counted, describePlace, UserError } from "../../base/errors.js";
import { joined, option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { nameReader } from "../../codebook/meaning/cells.js";
import type { AnswerExpression, Expression } from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { isSchoolFile } from "../../codebook/recognise/school-files.js";
import { specialCodes } from "../../codebook/recognise/special-codes.js";
import { type KnownVariable, knownVariable } from "../../codebook/variables/library.js";
import type { Source } from "../../read/block.js";
import type { ColumnSlots } from "../../read/columns/column-slots.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Tabulated } from "../../tabulate/run.js";

/** All files of a run must belong to one survey. */
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

/** Files of schools from another survey do not describe these teachers' schools. */
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

/** Refuses what only the rows can reveal: unknown codes and values, and conditions that no row satisfies. */
export function rejectUnusable(
	{ report, texts }: Tabulated,
	{ conditions, groups, expressions, variables }: Plan,
	{ columns }: ColumnSlots,
	codebook: Codebook,
	settings: RatesSettings,
	/** The file a column comes from, if it is not the teachers' own. */
	origin: (column: string) => string | undefined = () => undefined,
): void {
	for (const [slot, rows] of report.undeclared)
		rejectSpecialCodes((columns[slot] as string).toUpperCase(), rows);
	const unknown = report.unknown.list();
	const first = unknown[0];
	if (first !== undefined && settings.unknownCodes === "error") {
		const name = columns[first.slot] as string;
		const column = name.toUpperCase();
		const elsewhere = origin(name);
		const where = elsewhere === undefined ? { file: first.file, ...first.place } : { file: elsewhere };
		const place =
			first.place === null
				? ""
				: `, first at ${describePlace(first.place)}${elsewhere === undefined ? "" : ` of ${first.file}`}`;
		const more =
			unknown.length > 1
				? `; ${counted(unknown.length - 1, "more such code")} ${unknown.length === 2 ? "follows" : "follow"}`
				: "";
		throw new UserError(
			`${faultOf(first.code, knownVariable(codebook, column))} (${counted(first.rows, "row")}${place})${more}`,
			{
				where: { ...where, column },
				hint: say`correct the file, or count such codes as missing with ${option("unknownCodes", "missing")}`,
			},
		);
	}
	for (const { id, holds } of conditions) rejectLostValues(id, holds, texts);
	const factors = variables.map((name) => expressions[name] as Expression);
	for (const of of [...groups.map((group) => group.of), ...factors]) rejectContinuous(of, texts);
	if (report.selected === 0) {
		const conditions = settings.where.map((text) => option("where", `"${text}"`));
		throw new UserError(say`no teacher satisfies ${joined(conditions, " and ")}`, {
			hint: "leave one of the conditions out",
		});
	}
}

/** Why a code cannot be interpreted. */
function faultOf(code: string, column: KnownVariable | undefined): string {
	const value = Number(code.replace(",", "."));
	const { label, answers, from = null, to = null } = column ?? {};
	const possible = value >= (from ?? -Infinity) && value <= (to ?? Infinity);
	if (possible || Number.isNaN(value) || answers !== null) return `the code ${code} is not in the codebook`;
	const bounds = to === null ? `from ${from} on` : `from ${from} to ${to}`;
	return `the value ${code} is not possible, as ${label?.en} goes ${bounds}`;
}

/** Undeclared missing codes would be taken for values. */
function rejectSpecialCodes(column: string, rows: ReadonlyMap<string, number>): void {
	const codes = specialCodes(rows);
	if (codes.length === 0) return;
	const shown = codes.map(([code, count]) => `${code} (${counted(count, "row")})`).join(", ");
	const list = codes.map(([code]) => code).join(",");
	throw new UserError(
		`${codes.some(([code]) => Number(code) < 0) ? "some" : "the largest"} values of ${column} look like codes of missing answers, but are not declared as such: ${shown}`,
		{
			where: { column },
			hint: say`say ${option("missing", `${column}=${list}`)}, or ${option("missing", `${column}=none`)} where they are values`,
		},
	);
}

/** Refuses a condition on a value that only the file could define and does not contain. */
function rejectLostValues(id: string, holds: AnswerExpression, texts: Tabulated["texts"]): void {
	if (holds.is === "not") rejectLostValues(id, holds.of, texts);
	if (holds.is !== "in" || holds.of.is !== "category" || holds.of.others === "unknown") return;
	const nameOf = nameReader(holds.of);
	const seen = texts(holds.of.column)
		.map(nameOf)
		.filter((value) => typeof value === "string");
	const lost = holds.values.find((value) => !seen.includes(value));
	if (lost === undefined) return;
	throw new UserError(`${id} has no value "${lost}" in this file`, {
		hint: didYouMean(lost, [...new Set(seen)]),
	});
}

/** More distinct fractions than this are not groups. */
const MOST_FRACTIONS = 20;

/** Refuses a scale or other continuous number as a breakdown: every value would be a group. */
function rejectContinuous(of: Expression, texts: Tabulated["texts"]): void {
	if (of.is !== "category" || of.others !== "as-written") return;
	const nameOf = nameReader(of);
	const numbers = [...new Set(texts(of.column).map(nameOf))]
		.filter((name) => typeof name === "string")
		.map(Number)
		.filter(Number.isFinite);
	if (numbers.filter((number) => !Number.isInteger(number)).length <= MOST_FRACTIONS) return;
	const column = of.column.toUpperCase();
	const [low, high] = thirdsOf(numbers);
	throw new UserError(`${column} is continuous: its ${numbers.length} values make no groups`, {
		hint: say`make some, such as ${option("define", `"level = band(${column}: -${low}, ${low}-${high}, ${high}-)"`)}, and use level`,
	});
}

/** The terciles of the values, in two digits or as many as separate them. */
function thirdsOf(numbers: readonly number[]): [string, string] {
	const sorted = numbers.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] as number;
	const digits = [2, 3, 4].find((one) => at(1 / 3).toPrecision(one) !== at(2 / 3).toPrecision(one)) ?? 6;
	const shown = (number: number) => String(Number(number.toPrecision(digits)));
	return [shown(at(1 / 3)), shown(at(2 / 3))];
}

/**
 * A file given twice would count its teachers twice.
 * @param hashes SHA-256 of each; empty strings if no two can be the same.
 */
export function rejectTwins(sources: readonly Source[], hashes: readonly string[]): void {
	const seen = new Map<string, string>();
	for (const [index, { name }] of sources.entries()) {
		const hash = hashes[index] as string;
		const twin = hash === "" ? undefined : seen.get(hash);
		if (twin !== undefined) {
			throw new UserError(`holds the same data as ${twin}`, {
				where: { file: name },
				hint: "name each file once, or its teachers count twice",
			});
		}
		seen.set(hash, name);
	}
}
