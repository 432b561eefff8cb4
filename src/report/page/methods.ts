import { html, type Markup } from "../../base/html.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { methodLines } from "../../present/content/footnotes.js";
import { designLine } from "../../wording/design-line.js";
import type { Locale } from "../../wording/locale.js";
import { shareText } from "../../wording/numbers.js";
import type { Report } from "../analyse.js";

/** How the numbers are made, in paragraphs. */
export function methodsOf({ results, parts, codebook, config }: Report, locale: Locale): Markup {
	const { design, suppression } = codebook;
	const weighted = !("weights" in design && design.weights === "none");
	const tested = parts.find(({ results }) => results.comparisons.some(({ p }) => p !== null));
	const [rule = ""] = tested === undefined ? [] : methodLines(tested.results, locale);
	const lines = [
		locale.text(weighted ? "report.methods.percent" : "report.methods.percent.unweighted"),
		locale.text("report.methods.error", { design: designLine(results, locale) }),
		...(tested === undefined
			? []
			: [locale.text("report.methods.tests", { rule: rule.replace(/^\*\s*/, "") })]),
		...(parts.some(({ kind }) => kind === "change") ? [locale.text("report.methods.change")] : []),
		...(config.suppress !== "talis" || suppression === undefined ? [] : [ruleText(suppression, locale)]),
		...(config.protect ? [locale.text("report.methods.protect")] : []),
		locale.text("report.sort"),
	];
	return html`${lines.map(
		(line) => html`<p>${line}</p>
`,
	)}`;
}

/** What is hidden, by the rules that can hide something. */
function ruleText(
	{ teachers, schools, nonresponse }: NonNullable<Codebook["suppression"]>,
	locale: Locale,
): string {
	const rules =
		`report.methods.suppression${schools > 0 ? ".schools" : ""}${nonresponse < 100 ? ".nonresponse" : ""}` as const;
	return locale.text(rules, { teachers, schools, percent: shareText(nonresponse / 100, locale) });
}
