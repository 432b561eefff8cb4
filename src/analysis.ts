import { createRequire } from "node:module";
import type { Readable } from "node:stream";
import { canonicalCode } from "./codebook/coding.js";
import { chooseCodebook } from "./codebook/library.js";
import { planQuestion, type Question } from "./codebook/plan.js";
import { columnIndex } from "./codebook/resolve.js";
import type { Codebook } from "./codebook/schema.js";
import { resolveDesign } from "./design/columns.js";
import { describeDesign } from "./design/method.js";
import { UserError } from "./errors.js";
import { estimateAll } from "./estimate/estimates.js";
import { labelsOf } from "./labels.js";
import { loadLocale } from "./locale.js";
import { notesOf } from "./notes.js";
import type { Source } from "./read/block.js";
import { openSource } from "./read/index.js";
import { RESULTS_SCHEMA, type ResultSet, type SettingsRecord, type SourceFile } from "./results.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./settings.js";
import { didYouMean } from "./suggest.js";
import { type GroupCell, regroup } from "./tabulate/groups.js";
import { type Tabulated, tabulateSources } from "./tabulate/run.js";

const { version } = createRequire(import.meta.url)("../package.json") as { version: string };

/** What the outside world gives an analysis. */
export interface AnalysisContext {
	/** Read where a file is named `-`. */
	stdin?: Readable;
	/** Called now and then while a file is read, with bytes read and its size (null: unknown). */
	progress?: (file: string, read: number, size: number | null) => void;
}

/**
 * Participation rates: for every item of the asked topics and every group the weighted percentage (0–100)
 * with its design-based standard error and interval, n, schools, Σw, coverage, design effect and status.
 * @param files Paths of survey files of one cycle; `-` is standard input.
 * @throws UserError for anything the caller can put right.
 */
export async function rates(
	files: readonly string[],
	spec: RatesSpec = {},
	context: AnalysisContext = {},
): Promise<ResultSet> {
	const settings = normalizeSettings(spec);
	const sources = await openAll(files, context);
	const { columns, name } = sources[0] as Source;
	const codebook = chooseCodebook(settings.codebook, columns, name);
	rejectOtherSurveys(sources, codebook, settings.codebook);
	const design = resolveDesign(columns, name, codebook.design);
	const question = planQuestion(codebook, columns, settings);
	const tabulated = await tabulateSources(sources, columns, question.plan, design);
	rejectUnusable(tabulated, question, columns, settings);
	const groups = groupCells(tabulated, question, settings);
	const hasSchools = question.plan.school.length > 0;
	const rule = codebook.suppression ?? null;
	const { estimates, dropped } = estimateAll(groups, question.items, design, rule, hasSchools, settings);
	const breakdowns = question.plan.breakdowns.filter(({ id }) => groups.some(({ group }) => id in group));
	const topics = [...new Set(question.items.map(({ topic }) => topic))];
	const locale = loadLocale(settings.language);
	const source = sourceFiles(sources, tabulated, codebook);
	return {
		schema: RESULTS_SCHEMA,
		tool: { name: "talis-pd", version },
		source,
		codebook: {
			id: codebook.id,
			version: codebook.version,
			title: codebook.title[settings.language] ?? codebook.title.en,
		},
		design: describeDesign(design),
		settings: record(
			settings,
			codebook,
			breakdowns.map(({ id }) => id),
		),
		labels: labelsOf(
			codebook,
			topics,
			groups.map(({ group }) => group),
			breakdowns,
			settings,
		),
		estimates,
		comparisons: [],
		notes: notesOf(
			{
				codebook,
				settings,
				synthetic: source.some(({ synthetic }) => synthetic === true),
				absent: question.absent,
				groups,
				breakdowns,
				report: tabulated.report,
				columnName: (slot) => (columns[question.plan.picker.columns[slot] as number] as string).toUpperCase(),
				dropped,
				hasSchools,
			},
			locale,
		),
	};
}

async function openAll(files: readonly string[], { stdin, progress }: AnalysisContext): Promise<Source[]> {
	if (files.length === 0) {
		throw new UserError("no file is named", { hint: "give a survey file, or - for standard input" });
	}
	return Promise.all(
		files.map((file) =>
			openSource(file, {
				stdin: stdin ?? process.stdin,
				...(progress === undefined ? {} : { progress: (read, size) => progress(file, read, size) }),
			}),
		),
	);
}

/** Files of one run must be of one survey. */
function rejectOtherSurveys([, ...others]: readonly Source[], { id }: Codebook, asked: string | null): void {
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

/** What only the rows can show: codes and values nobody knows, and conditions nobody satisfies. */
function rejectUnusable(
	{ report, texts }: Tabulated,
	{ plan }: Question,
	columns: readonly string[],
	settings: RatesSettings,
): void {
	const unknown = report.unknown.list();
	const first = unknown[0];
	if (first !== undefined && settings.unknownCodes === "error") {
		const column = (columns[plan.picker.columns[first.slot] as number] as string).toUpperCase();
		const more = unknown.length > 1 ? `; ${unknown.length - 1} more such codes follow` : "";
		throw new UserError(
			`the code ${first.code} is not in the codebook (${first.rows} rows, first on line ${first.line})${more}`,
			{
				where: { file: first.file, line: first.line, column },
				hint: "correct the file, or count such codes as missing with --unknown-codes missing",
			},
		);
	}
	for (const { breakdown, operator, values } of plan.conditions) {
		if (breakdown.values !== null || (operator !== "=" && operator !== "!=")) continue;
		const seen = texts(plan.picker.slot(breakdown.column))
			.map((text) => breakdown.classify(canonicalCode(text)))
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

/** Groups asked for. A default population breakdown stays only where the file mixes populations. */
function groupCells(
	{ cells, report }: Tabulated,
	{ plan, byDefault }: Question,
	settings: RatesSettings,
): GroupCell[] {
	if (cells.size === 0) {
		throw new UserError("no row has a value in every breakdown asked for", {
			hint: "ask for other groups with --by",
		});
	}
	const { breakdowns, asked } = plan;
	const last = asked - 1;
	const populations = new Set([...cells.keys()].map((number) => report.valuesOf(number)[last]));
	const one = byDefault && breakdowns[last]?.id === "population" && populations.size === 1;
	return regroup(cells, {
		breakdowns,
		asked: one ? last : asked,
		valuesOf: report.valuesOf,
		total: settings.total,
	});
}

function sourceFiles(sources: readonly Source[], { rows }: Tabulated, { synthetic }: Codebook): SourceFile[] {
	const seen = new Map<string, string>();
	for (const { name, sha256 } of sources) {
		const twin = seen.get(sha256());
		if (twin !== undefined) {
			throw new UserError(`holds the same data as ${twin}`, {
				where: { file: name },
				hint: "name each file once, or its teachers count twice",
			});
		}
		seen.set(sha256(), name);
	}
	return sources.map(({ name, format, sha256, columns }, index) => ({
		file: name,
		format,
		sha256: sha256(),
		rows: rows[index] as number,
		...(synthetic !== undefined && columnIndex(columns, synthetic) !== undefined ? { synthetic: true } : {}),
	}));
}

/** Everything that decides the numbers, defaults written out. */
function record(settings: RatesSettings, { cycle }: Codebook, by: readonly string[]): SettingsRecord {
	const { language, codebook, df, ...rest } = settings;
	return {
		command: "rates",
		cycle,
		...rest,
		by: [...by],
		df: df === Number.POSITIVE_INFINITY ? "inf" : df,
		centre: "full-sample",
		lang: language,
		...(codebook === null ? {} : { codebook }),
	};
}
