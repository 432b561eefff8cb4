import { once } from "../../base/once.js";
import { RepeatedTeachers } from "../../codebook/recognise/repeated-teachers.js";
import type { SourceFile } from "../../results/result-set.js";
import { type Tabulated, type Tabulation, tabulateSources } from "../../tabulate/run.js";
import { tabulateTable } from "../../tabulate/tables/tabulate-table.js";
import { onlyTable } from "./only-table.js";
import type { AskedOfFiles, Planned } from "./planned.js";
import { hashesOf, sourceFiles } from "./provenance.js";
import { rejectTwins, rejectUnusable } from "./refusals.js";
import { type Sample, sampleOf } from "./sample.js";

/** Third phase of a run: the files have been read once, for all questions. */
export interface CountedFiles<A extends AskedOfFiles = AskedOfFiles> {
	readonly planned: Planned<A>;
	/** One sample per question, in order. Each can be taken once, because the samples of a report are large. */
	readonly samples: Sample[];
	/** The files with their SHA-256, which may take longer than the estimates. */
	source(): Promise<SourceFile[]>;
}

/**
 * Reads the files and keeps what the questions need.
 * @throws UserError for anything in the rows that the caller can correct.
 */
export async function countSurvey<A extends AskedOfFiles>(planned: Planned<A>): Promise<CountedFiles<A>> {
	const { opened, design, asked, sources, teacher, slots } = planned;
	const { codebook, schools, header } = opened;
	const { columns } = header;
	const repeated =
		teacher.length === 0 ? null : new RepeatedTeachers(teacher.map((column) => slots.slot(column)));
	const tabulations = asked.map(({ by, question }): Tabulation => {
		return { plan: question.plan, collector: by.collect?.(question) };
	});
	const look = repeated?.look.bind(repeated);
	const teachers = onlyTable(planned);
	const joined = teachers && (await schools?.joinTo(teachers, slots.columns));
	const table = joined?.teachers ?? teachers;
	const schoolFiles = joined?.files ?? (await schools?.load(slots.columns)) ?? [];
	const tabulated =
		table === undefined
			? await tabulateSources(sources, columns, tabulations, design, slots, look)
			: await tabulateTable(table, columns, tabulations, design, slots, codebook);
	const hashes = hashing(sources);
	if (sources.length > 1) rejectTwins(sources, await hashes());
	schools?.rejectStrangers(sources);
	const [first] = tabulated;
	const { now, hashed } = sourceOf(planned, first?.rows ?? [], schoolFiles, hashes);
	const samples = asked.map(({ by: { settings }, question }, index) => {
		const found = tabulated[index] as Tabulated;
		rejectUnusable(found, question.plan, slots, codebook, settings, schools?.origin);
		const { collector } = tabulations[index] as Tabulation;
		return sampleOf(planned, { settings, question, tabulated: found, collector, source: now });
	});
	return { planned, samples, source: hashed };
}

const hashing = (sources: Planned["sources"]) => once(() => hashesOf(sources));

/**
 * Describes the files, now and after hashing. A function of its own, so that waiting for the hashes keeps no sample in
 * memory.
 */
function sourceOf(
	{ opened: { codebook }, sources }: Planned,
	rows: Tabulated["rows"],
	schoolFiles: readonly SourceFile[],
	hashes: () => Promise<string[]>,
) {
	const about = (known: readonly string[]) => [
		...sourceFiles(sources, rows, codebook, known),
		...schoolFiles,
	];
	return { now: about([]), hashed: async () => about(await hashes()) };
}
