import { createRequire } from "node:module";
import type { Readable } from "node:stream";
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
