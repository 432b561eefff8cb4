export { type AnalysisContext, rates } from "./analysis.js";
export { describeError, UserError } from "./errors.js";
export { LANGUAGES, type Language, type Locale, loadLocale } from "./locale.js";
export * from "./results.js";
export { CI_METHODS, DEFAULT_TOPICS, normalizeSettings, type RatesSpec } from "./settings.js";
