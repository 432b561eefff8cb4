import { splitRun } from "../base/run-options.js";
import { type ExploreOptions, normalizeExplore } from "../settings/explore.js";

/**
 * One web page to explore figures: choose, sort, pin, compare and download them, offline and in all languages. It
 * covers the published estimates, and your own results if files are given.
 * @param names Results saved with `--format json`, each a separate edition, or survey files of one cycle.
 * @returns HTML.
 * @throws UserError for anything the caller can correct.
 * @example
 * import { explore } from "talis-pd";
 *
 * const page = await explore([], { language: "kk" });
 * console.log(page.startsWith("<!doctype html>"), page.length < 3_000_000); // true true
 */
export async function explore(names: readonly string[] = [], options: ExploreOptions = {}): Promise<string> {
	const [spec, run] = splitRun(options);
	const settings = normalizeExplore(spec);
	const { explorerPage } = await import("../explore/index.js");
	return explorerPage(names, settings, run);
}
