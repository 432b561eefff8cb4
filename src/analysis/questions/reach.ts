import { groupBy } from "../../base/group-by.js";
import { keyOf } from "../../base/key-of.js";
import { countColumns } from "../../reach/count-columns.js";
import { type Count, CountReader } from "../../reach/count-rows.js";
import { COUNTS_CODEBOOK, reachWords } from "../../reach/words.js";
import { columnPlaces } from "../../read/columns/column-names.js";
import type { AnalysisContext } from "../../read/context.js";
import { openIn } from "../../read/index.js";
import type { Estimate, Note, ResultsOf } from "../../results/result-set.js";
import { normalizeSettings } from "../../settings/rates.js";
import { names } from "../../settings/values.js";
import { type Locale, loadLocale } from "../../wording/locale.js";
import { buildResults } from "../result/build.js";

export interface ReachSpec {
	/** `program=COLUMN` and so on, where names do not tell. */
	columns?: readonly string[] | undefined;
	language?: string | undefined;
}

/**
 * Administrative counts of trained and eligible teachers → the share of teachers reached, by programme and year,
 * and its change since the year before. Everybody is counted, so nothing has a sampling error.
 * @throws UserError for columns that are not found and counts that cannot be, with file, line and column.
 */
export async function reach(
	path: string,
	spec: ReachSpec = {},
	context: AnalysisContext = {},
): Promise<ResultsOf<"reach">> {
	const { language } = normalizeSettings({ language: spec.language });
	const source = await openIn(path, context);
	const { name, columns } = source;
	const wanted = countColumns(columns, name, names(spec.columns ?? []));
	const reader = new CountReader(name, columns, wanted);
	const { blocks } = source.read({ coded: [], weights: [], texts: columns.map((_, place) => place) });
	for await (const { rows, texts, place } of blocks) {
		for (let row = 0; row < rows; row++) {
			const cell = (column: number) => texts[column]?.[row] ?? "";
			reader.add(cell, place(row));
		}
	}
	const synthetic = columnPlaces(columns, "SYNTHETIC").length > 0;
	const locale = loadLocale(language);
	const { title, labels } = reachWords(locale);
	return buildResults("reach", {
		source: [
			{
				...{ file: name, format: source.format, sha256: await source.sha256(), rows: reader.counts.length },
				...(synthetic ? { synthetic } : {}),
			},
		],
		codebook: { id: COUNTS_CODEBOOK, version: "1.0.0", title },
		design: { weight: null, method: "counts", replicates: 0 },
		settings: { by: ["year"], lang: language },
		labels,
		estimates: estimatesOf(reader.counts),
		comparisons: [],
		notes: notesOf(reader.counts, locale, synthetic),
	});
}

/** By programme in the order of the file, years in their own. */
function estimatesOf(counts: readonly Count[]): Estimate[] {
	const taken = new Set<string>();
	return [...groupBy(counts, ({ program }) => program.toLowerCase()).values()].flatMap((rows) => {
		const { program } = rows[0] as Count;
		const item = keyOf(program, "program", taken);
		const ordered = rows.toSorted((a, b) => (a.year < b.year ? -1 : 1));
		return ordered.flatMap((count, index) => {
			const { year, trained, eligible, share } = count;
			const before = ordered[index - 1];
			const row = { ...NOTHING, topic: "reach", item, label: program, group: { year }, n: eligible };
			const change = before === undefined ? {} : { change: share - before.share, since: before.year };
			return [
				{ ...row, statistic: "percent" as const, estimate: share, ...change },
				{ ...row, statistic: "count" as const, estimate: trained },
			];
		});
	});
}

/** What counts of everybody do not have. */
const NOTHING = {
	...{ variable: null, base: "eligible", se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null },
	...{ schools: null, weightedN: null, coverage: null, deff: null, status: "ok" as const },
};

function notesOf(counts: readonly Count[], locale: Locale, synthetic: boolean): Note[] {
	const published = counts
		.filter(({ eligible }) => eligible === null)
		.map(({ program, year }) => `${program} ${year}`);
	const note = (code: string, detail: Record<string, string> = {}) => ({
		code,
		text: locale.text(`note.${code}`, detail),
	});
	return [
		...(synthetic ? [note("synthetic-data")] : []),
		note("no-sampling-error"),
		...(published.length === 0 ? [] : [note("share-published", { rows: published.join(", ") })]),
	];
}
