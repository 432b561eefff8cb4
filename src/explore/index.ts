import { isResultsFile } from "../analysis/saved/read-saved.js";
import { UserError } from "../base/errors.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { codebookIds } from "../codebook/definition/library.js";
import { readBuiltText } from "../platform/assets.js";
import { findFiles } from "../read/find-files.js";
import { provenanceOf } from "../results/provenance.js";
import type { ExploreSettings } from "../settings/explore.js";
import { type PackSource, packOf, publishedSources } from "./packing/index.js";
import { ownSource } from "./packing/own-source.js";
import { explorePage } from "./page.js";

/**
 * One page over your own results, if files are given, and over the published estimates of their survey.
 * @param names Results, or survey files of one cycle.
 * @throws UserError for anything the caller can correct.
 */
export async function explorerPage(
	names: readonly string[],
	{ codebook, by, onlyOwn, protect, language }: ExploreSettings,
	run: RunOptions,
): Promise<string> {
	const parts = partsOf(await findFiles(names));
	if (parts.length === 0 && onlyOwn) {
		throw new UserError("there are no results of your own to explore", { hint: "name their files" });
	}
	const own: PackSource[] = [];
	for (const [place, files] of parts.entries()) {
		own.push(
			await ownSource(`own-${place + 1}`, files, { codebook: codebook ?? undefined, by, protect }, run),
		);
	}
	const printed = onlyOwn ? [] : published(codebook, own);
	const client = readBuiltText("explore-client.js");
	if (client === null) throw new Error("dist/explore-client.js is missing: run npm run build");
	const sources = [...own, ...printed];
	const provenance = sources.flatMap(({ results }) => results.slice(0, 1).map(provenanceOf));
	return explorePage(await packOf(sources, language), client, provenance);
}

/**
 * Files that make an edition together: each of results by itself, survey files all.
 * @throws UserError where results and survey files are given together, and for standard input.
 */
function partsOf(files: readonly string[]): string[][] {
	if (files.includes("-")) {
		throw new UserError("standard input is read once, and a page takes several readings", {
			hint: "write it to a file first",
		});
	}
	const saved = files.filter(isResultsFile);
	if (saved.length === 0) return files.length === 0 ? [] : [[...files]];
	if (saved.length === files.length) return saved.map((file) => [file]);
	throw new UserError("holds results, and the others are survey files", {
		where: { file: saved[0] as string },
		hint: say`make results of the survey files first, with ${option("format", "json")}`,
	});
}

/** Of the codebook named, or that of the results; where results have no known one, nothing is published of them. */
function published(codebook: string | null, own: readonly PackSource[]): PackSource[] {
	if (codebook !== null || own.length === 0) return publishedSources(codebook ?? undefined);
	const known = own[0]?.codebook?.id ?? "";
	return codebookIds().includes(known) ? publishedSources(known) : [];
}
