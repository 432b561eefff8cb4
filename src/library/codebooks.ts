export { type CheckOptions, check, type DraftSummary, draft } from "../authoring/index.js";
export {
	codebookText as text,
	listCodebooks as list,
	loadCodebook as load,
} from "../codebook/definition/library.js";
export type { Codebook } from "../codebook/definition/schema.js";
export { findVariables } from "../codebook/variables/find.js";
export {
	type KnownVariable,
	knownVariable as variable,
	variablesOf as variables,
} from "../codebook/variables/library.js";
