import { assetPath } from "./read/open.js";

export { compare } from "./analysis/compare.js";
export type { AnalysisContext } from "./analysis/context.js";
export { gaps } from "./analysis/gaps.js";
export { means } from "./analysis/means.js";
export { type PublishedSpec, published } from "./analysis/published.js";
export { rates } from "./analysis/rates.js";
export { parseResults, readResults } from "./analysis/saved.js";
export { languageOf, translated } from "./analysis/translate.js";
export {
	codebookIds,
	codebookText,
	compileCodebook,
	listCodebooks,
	loadCodebook,
} from "./codebook/library.js";
export { counted, describeError, UserError, unwritableError } from "./errors.js";
export { checkGate, failedGate, GATES } from "./gates.js";
export { inspect } from "./inspect.js";
export { KEYS, wideKeys } from "./keys.js";
export { LANGUAGES, type Language, type Locale, loadLocale } from "./locale.js";
export { renderCodebookCheck, renderDiagnosis } from "./present/checks.js";
export { renderCodebookList } from "./present/codebooks.js";
export { type WordedFinding, worded } from "./present/findings.js";
export {
	checkFormat,
	FORMATS,
	formatOfFile,
	isText,
	render,
	renderFile,
	type View,
} from "./present/index.js";
export { renderInspection } from "./present/inspection.js";
export { renderReference } from "./present/reference.js";
export { findFiles } from "./read/paths.js";
export { makeFolders } from "./report/make-folders.js";
export * from "./results.js";
export {
	CI_METHODS,
	type CompareSpec,
	type GapsSpec,
	type MeansSpec,
	normalizeSettings,
	oneOf,
	type RatesSpec,
} from "./settings.js";

/** Charts, with the libraries they need; loaded only when one is drawn. */
export function loadCharts() {
	return import("./chart/index.js");
}

/** Yearly reports, with the libraries they need; loaded only when one is built. */
export function loadReport() {
	return import("./report/index.js");
}

/** Conversion between file formats; loaded only when it is asked for. */
export function loadConvert() {
	return import("./convert/index.js");
}

/** Everything that is wrong with a file; loaded only when asked for. */
export function loadDoctor() {
	return import("./doctor/index.js");
}

/** Administrative counts; loaded only when asked for. */
export function loadReach() {
	return import("./reach/index.js");
}

/** Synthetic surveys; loaded only when one is made. */
export async function loadSynth() {
	return { ...(await import("./synth/index.js")), ...(await import("./synth/library.js")) };
}

/** Path of the shipped synthetic survey file. */
export function samplePath(): string {
	return assetPath("samples/synthetic-kazakhstan-2018.csv");
}

/** Codebooks of one's own: drafted from a file, and held against one; loaded only when asked for. */
export function loadOwn() {
	return import("./own/index.js");
}
