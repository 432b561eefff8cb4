import { html, type Markup, unsafe } from "../base/html.js";
import { pageHead } from "../base/page-head.js";
import { coloursOf, letterRules, Shades, svgText, THEMES, type Theme, themed } from "../chart/index.js";
import type { Provenance } from "../results/provenance.js";
import type { Locale } from "../wording/locale.js";
import type { ProfileContent, StripGroup } from "./content.js";
import { A4, layOutProfile, type Paper } from "./layout.js";

const WIDE: Paper = { width: A4.width, margin: 36, columns: 2 };
const NARROW: Paper = { width: 390, margin: 14, columns: 1 };

const STYLE =
	"html{color-scheme:light dark}body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.4 'Source Sans 3',sans-serif}main{max-width:794px;margin:0 auto}h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}svg{display:block;width:100%;height:auto}.narrow{display:none}details{margin:0 14px 24px}.scroll{overflow-x:auto}td,th{text-align:left;font-weight:400;padding:3px 12px 3px 0;vertical-align:top}:focus-visible{outline:3px solid #0072b2;outline-offset:2px}@media (max-width:599px){.wide{display:none}.narrow{display:block}}@media print{@page{size:A4;margin:0}.narrow,details{display:none}.wide{display:block}}";

/** A self-contained page: the profile for wide and narrow screens, and its figures as a table. */
export async function pageOf(
	content: ProfileContent,
	locale: Locale,
	provenance: Provenance,
): Promise<string> {
	const { language } = locale;
	const shades = new Shades();
	const drawn = (paper: Paper): Markup => {
		const svgs = THEMES.map((theme) => layOutProfile(content, paper, theme, language));
		return unsafe(svgText(themed(svgs, shades)));
	};
	const drawings = { wide: drawn(WIDE), narrow: drawn(NARROW) };
	const table = figureTable(content, locale);
	const letters = drawings.wide.text + drawings.narrow.text + table.text;
	return html`${pageHead(language, [], JSON.stringify(Object.fromEntries(provenance)))}
<title>${content.name} · ${content.subtitle}</title>
<style>${unsafe(await letterRules(letters))}${unsafe(colours(shades))}${unsafe(STYLE)}</style>
</head>
<body>
<main>
<h1>${content.name}: ${content.subtitle}</h1>
<div class="wide">${drawings.wide}</div>
<div class="narrow">${drawings.narrow}</div>
${table}</main>
</body>
</html>
`.text;
}

function colours(shades: Shades): string {
	const rule = (theme: Theme) => {
		const own = coloursOf(theme).filter(({ name }) => name === "paper" || name === "ink");
		return `:root{${own.map(({ name, value }) => `--${name}:${value}`).join(";")};${shades.declarations(theme)}}`;
	};
	return `${rule("light")}@media screen and (prefers-color-scheme:dark){${rule("dark")}}@media print{${rule("print")}}`;
}

/** The figures as a table, for readers who prefer text. */
function figureTable({ topics, needs, legend, name }: ProfileContent, locale: Locale): Markup {
	const rows = ({
		title,
		strips,
	}: StripGroup) => html`<tr><th colspan="4" scope="colgroup"><strong>${title}</strong></th></tr>
${strips.map(
	({ label, value, average, beside }) =>
		html`<tr><th scope="row">${label}</th><td>${value}</td><td>${average === null ? "" : locale.number(average, 1)}</td><td>${beside}</td></tr>
`,
)}`;
	const label = locale.text("page.table");
	return html`<details><summary>${label}</summary><div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr><th scope="col">${locale.text("chart.item")}</th><th scope="col">${name}</th><th scope="col">${legend.average}</th><th scope="col">${locale.text("chart.difference-pairs")}</th></tr></thead><tbody>
${topics.map(rows)}${needs === null ? "" : rows(needs)}</tbody></table></div></details>
`;
}
