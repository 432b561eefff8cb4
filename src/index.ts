import { assetPath } from "./platform/assets.js";

export { compare } from "./analysis/questions/compare.js";
export { gaps } from "./analysis/questions/gaps.js";
export { means } from "./analysis/questions/means.js";
export { model } from "./analysis/questions/model.js";
export { type PublishedSpec, published } from "./analysis/questions/published.js";
export { rates } from "./analysis/questions/rates.js";
export { relate } from "./analysis/questions/relate.js";
export { parseResults, readResults } from "./analysis/saved/read-saved.js";
export { languageOf, translated } from "./analysis/saved/translate.js";
export { counted, describeError, UserError, unwritableError } from "./base/errors.js";
export {
	codebookIds,
	codebookText,
	compileCodebook,
	listCodebooks,
	loadCodebook,
} from "./codebook/definition/library.js";
export { findVariables } from "./codebook/variables/find.js";
export {
	compileVariables,
	type KnownVariable,
	knownVariable,
	variablesIds,
	variablesOf,
} from "./codebook/variables/library.js";
export { inspect } from "./inspect/index.js";
export { inspectVariables } from "./inspect/variables.js";
export {
	checkFormat,
	FORMATS,
	formatOfFile,
	isText,
	render,
	renderFile,
	type View,
} from "./present/index.js";
export { renderCodebookList } from "./present/pages/codebook-list.js";
export { renderCodebookCheck, renderDiagnosis } from "./present/pages/diagnosis.js";
export { type WordedFinding, worded } from "./present/pages/findings.js";
export { renderInspection } from "./present/pages/inspection.js";
export { renderReference } from "./present/pages/reference-figures.js";
export { renderVariables } from "./present/pages/variables.js";
export { KEYS, wideKeys } from "./publisher-columns/index.js";

export type { AnalysisContext } from "./read/context.js";
export { findFiles } from "./read/find-files.js";
export * from "./results/about-files.js";
export { GAP_SIDES, type GapSide, gapTopicsOf } from "./results/gap-topics.js";
export { checkGate, failedGate } from "./results/gates.js";
export { GATES } from "./results/kinds.js";
export * from "./results/result-set.js";

export type { CompareSpec, GapsSpec } from "./settings/compare.js";

export type { MeansSpec } from "./settings/means.js";
export type { ModelSpec } from "./settings/model.js";
export { CI_METHODS, normalizeSettings, type RatesSpec } from "./settings/rates.js";
export type { RelateSpec } from "./settings/relate.js";
export { oneOf } from "./settings/values.js";
export { LANGUAGES, type Language, type Locale, loadLocale } from "./wording/locale.js";

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
	return import("./analysis/questions/reach.js");
}

/** Synthetic surveys; loaded only when one is made. */
export async function loadSynth() {
	return { ...(await import("./synth/index.js")), ...(await import("./synth/calibration/library.js")) };
}

/** Path of the shipped synthetic survey file. */
export function samplePath(): string {
	return assetPath("samples/synthetic-kazakhstan-2018.csv");
}

/** Codebooks of one's own: drafted from a file, and held against one; loaded only when asked for. */
export function loadOwn() {
	return import("./authoring/index.js");
}
