// What the command line and the build need beside the library.

export { resultsJsonSchema } from "./analysis/saved/json-schema.js";
export { parseResults } from "./analysis/saved/read-saved.js";
export { languageOf, translated } from "./analysis/saved/translate.js";
export { counted } from "./base/errors.js";
export { legible } from "./base/escape.js";
export { FLAGS, option, say, spoken } from "./base/say.js";
export { areChoices } from "./base/suggest.js";
export { inLanguage as textIn } from "./codebook/definition/in-language.js";
export { codebookIds, compileCodebook } from "./codebook/definition/library.js";
export { compileVariables, variablesIds } from "./codebook/variables/library.js";
export { conversion } from "./convert/index.js";
export { type SurveyNames, surveyNames } from "./inspect/names.js";
export { checkScript, SCRIPTS, scriptOf } from "./library/script.js";
export { LAYOUTS } from "./present/format-list.js";
export { checkFormat, formatOfFile, isData, isText } from "./present/index.js";
export { renderChoices } from "./present/pages/choices.js";
export { renderCodebookList } from "./present/pages/codebook-list.js";
export { renderCodebookCheck, renderDiagnosis } from "./present/pages/diagnosis.js";
export { renderDifferences } from "./present/pages/differences.js";
export { renderDisclosures } from "./present/pages/disclosures.js";
export { renderExplanation } from "./present/pages/explanation.js";
export { worded } from "./present/pages/findings.js";
export { renderInspection } from "./present/pages/inspection.js";
export { publishedItems, renderPublishedList } from "./present/pages/published-list.js";
export { renderReference } from "./present/pages/reference-figures.js";
export { renderVariables } from "./present/pages/variables.js";
export { checkKeys } from "./publisher-columns/index.js";
export { findFiles } from "./read/find-files.js";
export { isFolder, verifyFolder } from "./report/verify-folder.js";
export { chosenRows } from "./results/chosen-rows.js";
export { checkGate, failedGate } from "./results/gates.js";
export { normalizeConvert } from "./settings/convert.js";
export { oneOf } from "./settings/values.js";
export { glossary } from "./wording/glossary.js";
export { loadLocale } from "./wording/locale.js";
export { sentencesIn } from "./wording/sentences.js";

/** What a report can be made of, as text; loaded only when it is asked for. */
export async function loadConfigTemplate() {
	return (await import("./report/template.js")).configTemplate;
}

/** Figures that the shipped sample was made to show. */
export async function referenceFigures() {
	const { calibrationFrom } = await import("./synth/calibration/library.js");
	const { listTargets } = await import("./synth/calibration/parse.js");
	return listTargets(calibrationFrom().calibration);
}
export { type Unchecked, uncheckedIn } from "./verify/unchecked.js";
