import { groupBy } from "../../base/group-by.js";
import { keyOf } from "../../base/key-of.js";
import { splitRun } from "../../base/run-options.js";
import { countColumns } from "../../reach/count-columns.js";
import { type Count, CountReader } from "../../reach/count-rows.js";
import { COUNTS_CODEBOOK, reachWords } from "../../reach/words.js";
import type { Source } from "../../read/block.js";
import { columnPlaces } from "../../read/columns/column-names.js";
import { withSource } from "../../read/index.js";
import type { Estimate, Note, ResultsOf } from "../../results/result-set.js";
import { normalizeReach, type ReachOptions } from "../../settings/file.js";
import { type Locale, loadLocale } from "../../wording/locale.js";
import { buildResults } from "../result/build.js";

/**
 * Turns administrative counts of trained and eligible teachers into the share of teachers reached, by programme and
 * year, and its change since the previous year, in percent and percentage points. These are full counts, so figures
 * have no sampling error.
 * @param path Counts by programme and year; `-` is standard input.
 * @throws UserError for missing columns and impossible counts, with file, line and column.
 * @example
 * import { Readable } from "node:stream";
 * import { reach } from "talis-pd";
 *
 * const counts = "program,year,trained,eligible\nCoaching,2023,50,200\nCoaching,2024,80,200\n";
 * const { estimates } = await reach("-", { stdin: Readable.from([Buffer.from(counts)]) });
 * for (const { group, statistic, estimate } of estimates) console.log(group.year, statistic, estimate);
 * // 2023 percent 25
 * // 2023 count 50
 * // 2024 percent 40
 * // 2024 count 80
 */
export async function reach(path: string, options: ReachOptions = {}): Promise<ResultsOf<"reach">> {
	const [spec, run] = splitRun(options);
	const asked = normalizeReach(spec);
	return withSource(path, run, (source) => reached(source, asked));
}

async function reached(
	source: Source,
	{ columns: named, language }: ReturnType<typeof normalizeReach>,
): Promise<ResultsOf<"reach">> {
	const { name, columns } = source;
	const wanted = countColumns(columns, name, named);
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

/** Programmes in file order, years ascending. */
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

/** Fields that full counts leave empty. */
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
