import { describeError, UserError } from "../base/errors.js";
import { splitRun } from "../base/run-options.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { columnMeaning } from "../codebook/meaning/column-meaning.js";
import { withCodes } from "../codebook/meaning/labelled-columns.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { withImplied } from "../codebook/recognise/implied-columns.js";
import { knownVariable } from "../codebook/variables/library.js";
import type { Block, Dictionary, Header, Source } from "../read/block.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { OnFault } from "../read/csv/faults.js";
import { isTable, type TableSource } from "../read/database/table.js";
import { withSource } from "../read/index.js";
import type { SurveyData } from "../read/memory/data.js";
import type { Diagnosis, Finding } from "../results/about-files.js";
import { type FileOptions, normalizeFile } from "../settings/file.js";
import { type Check, Columns, type RowPage } from "./check.js";
import { CodeCheck } from "./codes.js";
import { Constant } from "./constant.js";
import { Decimals } from "./decimals.js";
import { WrongEncoding } from "./encoding.js";
import { Findings } from "./findings.js";
import { FreeText } from "./free-text.js";
import { checkHeader } from "./header.js";
import { Ids } from "./ids.js";
import { Replicates } from "./replicates.js";
import { Routing } from "./routing.js";
import { askTable } from "./table-pages.js";
import { Undeclared } from "./undeclared.js";
import { Units } from "./units.js";
import { Weights } from "./weights.js";

/**
 * All faults of a survey file, found in one pass that continues after each fault. Only counts, first places and
 * distinct teacher ids are kept in memory.
 * @param path One survey file; `-` is standard input.
 * @throws UserError where the file is absent, empty, or of a format that is not read.
 * @example
 * import { doctor, samplePath } from "talis-pd";
 *
 * const { errors, warnings, findings } = await doctor(samplePath());
 * console.log(errors, warnings, findings.length); // 0 0 0
 */
export async function doctor(path: SurveyData, options: FileOptions = {}): Promise<Diagnosis> {
	const [spec, run] = splitRun(options);
	const asked = normalizeFile(spec);
	const findings = new Findings();
	let columns = 0;
	const onFault: OnFault = ({ code, line, fields }) => {
		const text = fields === undefined ? {} : { text: String(fields), expected: String(columns) };
		findings.count({ severity: "error", code, column: "", ...text }, { line });
	};
	return withSource(path, { ...run, onFault }, (source) => {
		columns = source.columns.length;
		return diagnosed(source, asked, findings);
	});
}

async function diagnosed(
	opened: Source,
	{ codebook: asked, language }: ReturnType<typeof normalizeFile>,
	findings: Findings,
): Promise<Diagnosis> {
	const codebook = codebookOf(asked, opened, findings);
	const read = (part: Source) =>
		codebook === null ? part : withCodes(withImplied(part, codebook), codebook);
	const source = read(opened);
	const picked = new Columns();
	const { checks, known } =
		codebook === null ? { checks: [], known: [] } : checksOf(codebook, opened, source, picked, findings);
	const encoding = new WrongEncoding(opened.columns, new Set(known), findings);
	const all = [...checks, encoding];
	const rows =
		isTable(opened) && opened.table.parsed !== true
			? await askTable({ opened, source: source as TableSource, read, picked }, all, unreadable(findings))
			: await readThrough(source, picked, all, findings);
	for (const check of checks) check.end?.();
	const found = isTable(source) ? findings.list().map(withoutPlace) : findings.list();
	const count = (wanted: string) => found.filter(({ severity }) => severity === wanted).length;
	return {
		schema: "talis-pd/doctor@1",
		file: source.name,
		format: source.format,
		sha256: await source.sha256(),
		rows,
		columns: opened.columns.length,
		codebook: codebook && { id: codebook.id, title: inLanguage(codebook.title, language) },
		errors: count("error"),
		warnings: count("warning"),
		findings: found,
	};
}

function codebookOf(asked: string | null, { columns, name }: Source, findings: Findings): Codebook | null {
	try {
		return chooseCodebook(asked, columns, name);
	} catch (error) {
		// A codebook named by the user must exist; if none was named, the lack of a match is a finding.
		if (asked !== null || !(error instanceof UserError)) throw error;
		const weightless = codebookIds().map(loadCodebook).find(lacksWeight(columns));
		if (weightless !== undefined) return weightless;
		// The finding has its own hint.
		findings.say({ severity: "error", code: "codebook", column: "", text: `the file ${error.message}` });
		return null;
	}
}

/** Whether a file matches a codebook except for the weight, which is reported separately. */
function lacksWeight(columns: readonly string[]) {
	return ({ detect, design: { weight } }: Codebook) =>
		detect.columns.every((name) => name === weight || columnPlaces(columns, name).length > 0);
}

/** Measure columns whose missing codes neither the codebook nor the file declares. */
function silentMeasures(codebook: Codebook, header: Header): Set<number> {
	const places = Object.values(codebook.measures ?? {})
		.filter(({ missing }) => missing === undefined)
		.flatMap(({ variable }) => columnPlaces(header.columns, variable));
	return new Set(places.filter((place) => columnMeaning(codebook, header, place).missing === null));
}

/** The checks for a codebook, and the columns from which it reads answers and numbers. */
function checksOf(
	codebook: Codebook,
	opened: Source,
	{ columns, variables }: Source,
	picked: Columns,
	findings: Findings,
): { checks: Check[]; known: readonly number[] } {
	const decimals = new Decimals(findings);
	checkHeader(codebook, columns, findings);
	const codes = new CodeCheck(codebook, columns, picked, decimals, findings);
	const checks = [
		new Ids(codebook, columns, opened.columns.length, picked, findings),
		new Weights(codebook, columns, picked, decimals, findings),
		new Replicates(codebook.design, columns, picked, findings),
		new Units(codebook.design, columns, picked.coded, findings),
		codes,
		new FreeText(codebook, columns, picked, findings),
		new Routing(codebook, columns, picked.coded, findings),
		new Constant(codebook, columns, picked.coded, findings),
		decimals,
	];
	const known = [...picked.coded.columns, ...codes.read];
	const silent = silentMeasures(codebook, { columns, ...(variables === undefined ? {} : { variables }) });
	const told = columns.flatMap((name, column) =>
		knownVariable(codebook, name) === undefined ? [] : [column],
	);
	const said = [...known, ...told, ...picked.numbers.columns, ...picked.texts.columns];
	const read = new Set(said.filter((column) => !silent.has(column)));
	return { checks: [...checks, new Undeclared(columns, variables, read, picked, findings)], known };
}

/** Table rows have no order, so row numbers are dropped. */
function withoutPlace({ row: _, first: __, ...finding }: Finding): Finding {
	return finding;
}

/**
 * Passes all rows to the checks.
 * @returns The number of rows.
 */
async function readThrough(
	source: Source,
	{ coded, numbers, texts }: Columns,
	checks: readonly Check[],
	findings: Findings,
): Promise<number> {
	const { blocks, dictionaries } = source.read({
		coded: coded.columns,
		weights: numbers.columns,
		texts: texts.columns,
		unusual: true,
	});
	let rows = 0;
	try {
		for await (const block of blocks) {
			rows += block.rows;
			const page = pageOf(block, dictionaries);
			for (const check of checks) check.take?.(page);
		}
	} catch (error) {
		unreadable(findings)(error);
	}
	return rows;
}

/** An error that ends the reading becomes the last finding. */
function unreadable(findings: Findings): (error: unknown) => void {
	return (error) => {
		if (!(error instanceof UserError)) throw error;
		const { message, hint, where } = error;
		const { file: _, ...place } = where;
		const told = new UserError(message, { where: place, ...(hint === undefined ? {} : { hint }) });
		findings.say({ severity: "error", code: "unreadable", column: "", text: describeError(told) });
	};
}

function pageOf(block: Block, dictionaries: readonly Dictionary[]): RowPage {
	const { weights, vector, width, texts, unusual } = block;
	return {
		block,
		dictionaries,
		codes: (slot) => block.codes[slot],
		number: (slot, row) => weights[(vector[row] as number) * width + slot] as number,
		texts: (slot) => texts[slot] as readonly string[],
		unusual: (column) => unusual?.of(column) ?? [],
		unusualColumns: () => unusual?.columns() ?? [],
		place: (row) => block.place(row),
		rows: () => 1,
	};
}
