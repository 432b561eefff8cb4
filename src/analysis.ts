import type { Readable } from "node:stream";
import { rejectOtherSurveys, rejectTwins, rejectUnusable } from "./checks.js";
import { chooseCodebook } from "./codebook/library.js";
import { planQuestion, type Question } from "./codebook/plan.js";
import { resolveDesign } from "./design/columns.js";
import { describeDesign } from "./design/method.js";
import { UserError } from "./errors.js";
import { estimateAll } from "./estimate/estimates.js";
import { labelsOf } from "./labels.js";
import { loadLocale } from "./locale.js";
import { notesOf } from "./notes.js";
import { recordOf, sourceFiles, TOOL } from "./provenance.js";
import type { Source } from "./read/block.js";
import { openSource } from "./read/index.js";
import { RESULTS_SCHEMA, type ResultSet } from "./results.js";
import { normalizeSettings, type RatesSettings, type RatesSpec } from "./settings.js";
import { type GroupCell, regroup } from "./tabulate/groups.js";
import { type Tabulated, tabulateSources } from "./tabulate/run.js";

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
	rejectTwins(sources);
	rejectUnusable(tabulated, question, columns, settings);
	const groups = groupCells(tabulated, question, settings);
	const hasSchools = question.plan.school.length > 0;
	const rule = codebook.suppression ?? null;
	const { estimates, dropped } = estimateAll(groups, question.items, design, rule, hasSchools, settings);
	const breakdowns = question.plan.breakdowns.filter(({ id }) => groups.some(({ group }) => id in group));
	const topics = [...new Set(question.items.map(({ topic }) => topic))];
	const locale = loadLocale(settings.language);
	const source = sourceFiles(sources, tabulated.rows, codebook);
	return {
		schema: RESULTS_SCHEMA,
		tool: TOOL,
		source,
		codebook: {
			id: codebook.id,
			version: codebook.version,
			title: codebook.title[settings.language] ?? codebook.title.en,
		},
		design: describeDesign(design),
		settings: recordOf(
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
