import { Chalk } from "chalk";
import { legible } from "../../base/escape.js";
import type { Inspection } from "../../results/about-files.js";
import type { Locale } from "../../wording/locale.js";
import { drawTexts } from "../terminal/draw-table.js";
import { hanging, pad, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

const LISTED = 8;

/** What a file is, as a page for the terminal. */
export function renderInspection(found: Inspection, { locale, width, color }: View): string {
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const sections: [heading: string, lines: string[]][] = [
		[locale.text("inspect.file"), fileLines(found, locale)],
		[rowsHead(found, locale), systemLines(found, locale)],
		[locale.text("inspect.weights"), weightLines(found, locale)],
		[locale.text("inspect.items"), itemLines(found, locale)],
		[locale.text("inspect.groups"), groupLines(found, locale)],
		[locale.text("inspect.unknown-codes"), unknownLines(found, locale)],
		...duplicateSection(found, locale),
	];
	const page = sections.map(([heading, lines]) =>
		[
			chalk.bold(heading),
			...lines.flatMap((line) => hanging(line, width - 2)).map((line) => `  ${line}`),
		].join("\n"),
	);
	const next = [
		chalk.bold(locale.text("inspect.next")),
		...found.next.map((line) => `  ${legible(line)}`),
	].join("\n");
	return `${[...page, next].join("\n\n")}\n`;
}

function fileLines(found: Inspection, locale: Locale): string[] {
	const { rows, columns, labels, codebook, synthetic, remarks = [] } = found;
	const file = legible(found.file);
	return [
		`${file}: ${locale.text("inspect.rows-columns", { rows: locale.number(rows, 0), columns: locale.number(columns, 0) })}`,
		...(labels === undefined ? [] : [locale.text("inspect.labels", labels)]),
		`${locale.text("inspect.survey")}: ${codebook.title} (${codebook.id})`,
		...(synthetic ? [locale.text("note.synthetic-data")] : []),
		...remarks.map((remark) => locale.text(`note.${remark.code}`, { file, ...remark })),
	];
}

/** What the rows are: teachers, or the principals of schools. */
function rowsHead({ rowsAre }: Inspection, locale: Locale): string {
	return locale.text(rowsAre === "schools" ? "inspect.principals" : "inspect.rows");
}

function systemLines(found: Inspection, locale: Locale): string[] {
	const head = ["system", "population"].map((name) => locale.text(`inspect.${name}`));
	const rows = [
		[...head, rowsHead(found, locale), locale.text("inspect.schools")],
		...found.systems.map(({ country, population, teachers, schools }) => [
			country ?? "–",
			population ?? "–",
			locale.number(teachers, 0),
			schools === null ? "–" : locale.number(schools, 0),
		]),
	];
	return drawTexts(rows, 2).split("\n");
}

function weightLines({ weights }: Inspection, locale: Locale): string[] {
	const { weight, none, replicates, expected, missing, repeated } = weights;
	return [
		weight === null
			? locale.text(none ? "note.unweighted" : "inspect.weights-none")
			: expected === 0
				? locale.text("inspect.weight-alone", { weight })
				: locale.text("inspect.weights-found", { weight, found: replicates, expected }),
		...(missing.length > 0 ? [locale.text("inspect.weights-missing", { names: some(missing, locale) })] : []),
		...(repeated.length > 0
			? [locale.text("inspect.weights-repeated", { names: some(repeated, locale) })]
			: []),
	];
}

function itemLines({ topics }: Inspection, locale: Locale): string[] {
	const width = Math.max(...topics.map(({ topic }) => widthOf(topic)));
	return topics.map(({ topic, found, missing }) => {
		const text =
			missing.length === 0
				? locale.text("inspect.items-all", { found })
				: locale.text("inspect.items-some", { found, names: some(missing, locale) });
		return `${pad(topic, width)}  ${text}`;
	});
}

function groupLines({ groups }: Inspection, locale: Locale): string[] {
	const missing = groups.missing.join(", ");
	return [
		groups.found.join(", "),
		...(missing === "" ? [] : [locale.text("inspect.groups-missing", { names: missing })]),
	];
}

function unknownLines({ unknownCodes }: Inspection, locale: Locale): string[] {
	if (unknownCodes.length === 0) return [locale.text("inspect.unknown-none")];
	return limited(
		unknownCodes.map((unknown) => locale.text(`inspect.unknown-code${placeOf(unknown)}`, { ...unknown })),
		locale,
	);
}

/** Ending of a message: of a row, of a table, which has no places, or of a line. */
function placeOf(unknown: Inspection["unknownCodes"][number]): "-row" | "-table" | "" {
	if ("row" in unknown) return "-row";
	return "line" in unknown ? "" : "-table";
}

function duplicateSection({ duplicateTeachers }: Inspection, locale: Locale): [string, string[]][] {
	if (duplicateTeachers.length === 0) return [];
	const lines = duplicateTeachers.map((twice) => {
		if ("rows" in twice) return locale.text("inspect.duplicate-table", twice);
		return "row" in twice
			? locale.text("inspect.duplicate-rows", { ...twice, first: twice.firstRow })
			: locale.text("inspect.duplicate", { ...twice, first: twice.firstLine });
	});
	return [[locale.text("inspect.duplicates"), limited(lines, locale)]];
}

function some(names: readonly string[], locale: Locale): string {
	return limited(names, locale).join(", ");
}

function limited(lines: readonly string[], locale: Locale): string[] {
	if (lines.length <= LISTED) return [...lines];
	return [...lines.slice(0, LISTED), locale.text("inspect.more", { count: lines.length - LISTED })];
}
