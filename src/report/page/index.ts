import { html, type Markup, unsafe } from "../../base/html.js";
import { pageHead } from "../../base/page-head.js";
import { coloursOf, emojiRules, letterRules, Shades, type Theme } from "../../chart/index.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { readAsset } from "../../platform/assets.js";
import { provenanceText } from "../../results/provenance.js";
import { loadLocale } from "../../wording/locale.js";
import type { Report } from "../analyse.js";
import { type Drawn, SHARED, sharedPath } from "../charts.js";
import { findingsOf } from "../key-findings.js";
import { tableNames } from "../tables.js";
import { body } from "./body.js";
import { drawings, firstSentence } from "./drawing.js";
import { changesBetween } from "./languages.js";

/**
 * One page with the report in all its languages. It is self-contained: style, script, font and drawings are inside.
 * @param charts Those of each report.
 */
export async function reportPage(
	reports: readonly [Report, ...Report[]],
	charts: readonly (readonly Drawn[])[],
): Promise<string> {
	const [{ config, language }] = reports;
	const shades = new Shades();
	const bodies = reports.map((report, index) =>
		body(report, drawings(charts[index] ?? [], report.language, tableNames(report), shades)),
	);
	const title = inLanguage(config.title, language);
	const script = readAsset("report/page.js");
	const written = bodies.map(({ text }) => text).join("");
	const [letters, emoji] = [await letterRules(written), await emojiRules(written)];
	return html`${pageHead(language, [script], provenanceText(reports[0].results))}
<title>${title}</title>
${card(reports[0], charts[0] ?? [])}
<style>${unsafe(letters)}${unsafe(emoji)}${unsafe(colours(shades))}${unsafe(readAsset("report/page.css"))}</style>
<noscript><style>.languages{display:none}</style></noscript>
</head>
<body>
${switcher(reports)}
${bodies[0]}
<div class="spoken" role="status" aria-live="polite"></div>
${otherLanguages(reports, bodies)}
<script>${unsafe(script)}</script>
</body>
</html>
`.text;
}

/** What link previews show of the page: its title, its first finding and its first chart. */
function card(report: Report, charts: readonly Drawn[]): Markup {
	const { config, language } = report;
	const [finding] = findingsOf(report);
	const [chart] = charts;
	const address = config.url === undefined ? "" : `${config.url.replace(/\/$/, "")}/`;
	const facts: [name: string, content: string | number][] = [
		["og:type", "article"],
		["og:title", inLanguage(config.title, language)],
		["og:locale", language],
		...(finding === undefined ? [] : [["og:description", finding] as [string, string]]),
		...(config.url === undefined ? [] : [["og:url", address] as [string, string]]),
		...(chart === undefined
			? []
			: ([
					["og:image", `${address}${sharedPath(chart.id)}`],
					["og:image:width", SHARED.width],
					["og:image:height", SHARED.height],
					["og:image:alt", firstSentence(String(chart.spec.description ?? ""))],
					["twitter:card", "summary_large_image"],
				] as [string, string | number][])),
	];
	return html`${facts.map(
		([name, content]) => html`<meta property="${name}" content="${String(content)}">
`,
	)}`;
}

/** One button per language, in that language; none if there is only one. */
function switcher(reports: readonly Report[]): Markup {
	if (reports.length < 2) return html``;
	const [first] = reports as [Report];
	const button = ({ language }: Report) =>
		html`<button type="button" lang="${language}" data-switch="${language}" data-title="${inLanguage(first.config.title, language)}" aria-pressed="${String(language === first.language)}">${loadLocale(language).text("report.language-name")}</button>`;
	return html`<nav class="languages" aria-label="${reports.map(({ language }) => loadLocale(language).text("report.language")).join(" · ")}">${reports.map(button)}</nav>`;
}

/** The texts of the other languages, as data for the script, and a notice where scripts do not run. */
function otherLanguages(reports: readonly Report[], bodies: readonly Markup[]): Markup {
	const [, ...others] = reports.map(({ language }) => language);
	if (others.length === 0) return html``;
	const data = JSON.stringify({ others, ...changesBetween(bodies) }).replaceAll("<", "\\u003c");
	return html`<script type="application/json" id="languages">${unsafe(data)}</script>
<noscript>${others.map((language) => html`<p class="report" lang="${language}">${loadLocale(language).text("report.needs-script")}</p>`)}</noscript>`;
}

/** Page and charts have one palette: light or dark as the reader chose, and that of print on paper. */
function colours(shades: Shades): string {
	const rule = (theme: Theme) => {
		const own = coloursOf(theme).filter(({ name }) => OWN.includes(name));
		return `:root{${own.map(({ name, value }) => `--${name}:${value}`).join(";")};${shades.declarations(theme)}}`;
	};
	return `${rule("light")}
@media screen and (prefers-color-scheme:dark){${rule("dark")}}
@media print{${rule("print")}}
`;
}

/** Colours that the style sheet takes from the charts' themes. */
const OWN = ["paper", "ink", "muted", "rule"];
