// The public API for programs that work with surveys. Finer parts are in talis-pd/chart, talis-pd/report and
// talis-pd/synth.

export { compare } from "./analysis/questions/compare.js";
export { gaps } from "./analysis/questions/gaps.js";
export { means } from "./analysis/questions/means.js";
export { model } from "./analysis/questions/model.js";
export { published } from "./analysis/questions/published.js";
export { rates } from "./analysis/questions/rates.js";
export { reach } from "./analysis/questions/reach.js";
export { relate } from "./analysis/questions/relate.js";
export { readResults } from "./analysis/saved/read-saved.js";
export { describeError, type ErrorCode, UserError, type Where } from "./base/errors.js";
export type { Progress, RunOptions } from "./base/run-options.js";
export { type Converted, convert } from "./convert/index.js";
export { doctor } from "./doctor/index.js";
export { inspect } from "./inspect/index.js";
export { inspectVariables } from "./inspect/variables.js";
export { type ChartOptions, type Charts, chart } from "./library/chart.js";
export { type CiteOptions, cite } from "./library/cite.js";
export * as codebooks from "./library/codebooks.js";
export { explain } from "./library/explain.js";
export { explore } from "./library/explore.js";
export { type ProfileOptions, profile } from "./library/profile.js";
export { type RenderOptions, render } from "./library/render.js";
export { type ReportOptions, report, type WrittenReport } from "./library/report.js";
export { samplePath } from "./library/sample.js";
export { type ScriptLanguage, script } from "./library/script.js";
export { type SynthOptions, synth } from "./library/synth.js";
export type { ProfileFormat } from "./profile/formats.js";
export { disclosures } from "./protect/index.js";
export type {
	ArrowData,
	BytesData,
	ColumnsData,
	MemoryData,
	Row,
	RowsData,
	SurveyData,
	SurveyInput,
} from "./read/memory/data.js";
export type {
	CodebookCheck,
	Diagnosis,
	Disclosure,
	Finding,
	FindingCode,
	Inspection,
	ListedCodebook,
	ListedVariable,
	VariableListing,
} from "./results/about-files.js";
export type { AssociationTest } from "./results/associations.js";
export type { AnswerCovariance } from "./results/covariances.js";
export { differencesOf, type ResultDifference } from "./results/differences.js";
export type { Explanation } from "./results/explanation.js";
export type {
	Coefficient,
	Model,
	ModelOutcome,
	ModelStatus,
	Prediction,
	TermTest,
} from "./results/models.js";
export type { Alpha, Relation } from "./results/relations.js";
export type {
	Comparison,
	ComparisonKind,
	DesignSummary,
	Estimate,
	Grid,
	Group,
	IntervalMethod,
	Labels,
	Note,
	ResultKind,
	ResultSet,
	ResultsOf,
	Side,
	SourceFile,
	Statistic,
	Status,
} from "./results/result-set.js";
export type { ModeratorTest, Synthesis, SynthesisSubject } from "./results/syntheses.js";
export { type Checked, selftest } from "./selftest/index.js";
export type { CompareOptions, CompareSpec, GapsOptions, GapsSpec } from "./settings/compare.js";
export type { ConvertFormat, ConvertOptions, ConvertSpec } from "./settings/convert.js";
export type { ExploreOptions, ExploreSpec } from "./settings/explore.js";
export type {
	FileOptions,
	FileSpec,
	ReachOptions,
	ReachSpec,
	VariablesOptions,
	VariablesSpec,
} from "./settings/file.js";
export type { MeansOptions, MeansSpec } from "./settings/means.js";
export type { ModelOptions, ModelSpec } from "./settings/model.js";
export type { ProfileSpec } from "./settings/profile.js";
export type { PublishedSpec } from "./settings/published.js";
export type { RatesOptions, RatesSpec } from "./settings/rates.js";
export type { RelateOptions, RelateSpec } from "./settings/relate.js";
export type { SynthesisSpec } from "./settings/synthesis.js";
export { verify } from "./verify/index.js";
export { LANGUAGES, type Language } from "./wording/locale.js";
