import { compareInquiry } from "../../analysis/questions/compare.js";
import { ratesInquiry } from "../../analysis/questions/rates.js";
import { isResultsFile, readResults } from "../../analysis/saved/read-saved.js";
import { askAll, type Inquiry } from "../../analysis/survey/inquiry.js";
import { UserError } from "../../base/errors.js";
import type { RunOptions } from "../../base/run-options.js";
import { option, say } from "../../base/say.js";
import { codebookOfResults } from "../../codebook/definition/family.js";
import { loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { chooseCodebook } from "../../codebook/recognise/choose.js";
import { columnIndex } from "../../read/columns/column-names.js";
import { withSource } from "../../read/index.js";
import { tellsSamples } from "../../results/samples.js";
import type { PackSource } from "./source.js";

/**
 * Results of one's own: read back, or made of a survey's files by the standard questions, which are the rates of the topics
 * that its codebook shows, of all teachers and by group, and the differences between the groups.
 * @param files Results, or survey files of one cycle.
 * @param by Groups; the codebook's gender, or else its first group, where none is named.
 * @throws UserError where results and survey files are given together, or results have no figures.
 */
export async function ownSource(
	id: string,
	files: readonly string[],
	{ codebook: name, by, protect }: { codebook: string | undefined; by: readonly string[]; protect: boolean },
	run: RunOptions,
): Promise<PackSource> {
	const saved = files.filter(isResultsFile);
	if (saved.length > 0) {
		if (protect) throw protectsNothing(saved[0] as string);
		return savedSource(id, saved, name);
	}
	const [first] = files as [string];
	const codebook = await withSource(first, run, async ({ columns, name: file }) => {
		const known = chooseCodebook(name ?? null, columns, file);
		return { known, groups: groupsIn(known, columns) };
	});
	const common = { codebook: name, topics: topicsOf(codebook.known), protect };
	const groups = by.length > 0 ? by : codebook.groups;
	const inquiries: [Inquiry, ...Inquiry[]] = [
		ratesInquiry(common),
		...groups.map((between) => compareInquiry({ ...common, between, pairs: "all" })),
	];
	return { id, own: true, codebook: codebook.known, results: await askAll([...files], inquiries, run) };
}

function protectsNothing(file: string): UserError {
	return new UserError("holds results, which are protected when they are made", {
		where: { file },
		hint: say`leave out ${option("protect")}, or make the results again with it`,
	});
}

function savedSource(id: string, files: readonly string[], name: string | undefined): PackSource {
	const results = files.map(readResults);
	const [empty] = results.flatMap(({ estimates }, place) =>
		estimates.length === 0 ? [files[place] as string] : [],
	);
	if (empty !== undefined) {
		throw new UserError("has no percentages or means to explore", {
			where: { file: empty },
			hint: "give results of rates, compare, means or published",
		});
	}
	const given = name === undefined ? undefined : loadCodebook(name);
	const [first] = results as [(typeof results)[number]];
	const codebook = codebookOfResults(first.codebook.id, first.settings.cycle, given);
	return { id, own: true, codebook, results };
}

function groupsIn(codebook: Codebook, columns: readonly string[]): string[] {
	const there = Object.entries(codebook.groups)
		.filter(([id, { variable }]) => !tellsSamples(id) && columnIndex(columns, variable) !== undefined)
		.map(([id]) => id);
	return there.includes("gender") ? ["gender"] : there.slice(0, 1);
}

/** Those that the codebook shows by default, and those its gaps are between; else all. */
function topicsOf({ defaults, gaps, topics }: Codebook): string[] {
	if (defaults === undefined) return Object.keys(topics);
	return [...new Set([...defaults.topics, ...Object.values(gaps ?? {})])] as string[];
}
