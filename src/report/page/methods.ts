import { html, type Markup } from "../../base/html.js";
import { methodLines } from "../../present/content/footnotes.js";
import { designLine } from "../../wording/design-line.js";
import type { Locale } from "../../wording/locale.js";
import { shareText } from "../../wording/numbers.js";
import type { Report } from "../analyse.js";

/** How the numbers are made, in paragraphs. */
export function methodsOf({ results, parts, codebook, config }: Report, locale: Locale): Markup {
	const { suppression } = codebook;
	const tested = parts.find(({ results }) => results.comparisons.some(({ p }) => p !== null));
	const [rule = ""] = tested === undefined ? [] : methodLines(tested.results, locale);
	const lines = [
		locale.text("report.methods.percent"),
		locale.text("report.methods.error", { design: designLine(results, locale) }),
		...(tested === undefined
			? []
			: [locale.text("report.methods.tests", { rule: rule.replace(/^\*\s*/, "") })]),
		...(parts.some(({ kind }) => kind === "change") ? [locale.text("report.methods.change")] : []),
		...(config.suppress !== "talis" || suppression === undefined
			? []
			: [
					locale.text("report.methods.suppression", {
						teachers: suppression.teachers,
						schools: suppression.schools,
						percent: shareText(suppression.nonresponse / 100, locale),
					}),
				]),
		...(config.protect ? [locale.text("report.methods.protect")] : []),
		locale.text("report.sort"),
	];
	return html`${lines.map(
		(line) => html`<p>${line}</p>
`,
	)}`;
}
