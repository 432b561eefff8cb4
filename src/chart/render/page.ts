import { readFileSync } from "node:fs";
import type { TopLevelSpec } from "vega-lite";
import { escapeMarkup } from "../../base/escape.js";
import { policyTag } from "../../base/page-head.js";
import { builtPath } from "../../platform/assets.js";
import { type Locale, loadLocale } from "../../wording/locale.js";
import { coloursOf } from "../theme/theme.js";
import { chartWords } from "./citation.js";
import { emojiRules, letterRules } from "./embed-fonts.js";
import { factsOf } from "./metadata.js";

/** Title, language and layout of a chart's page. */
export interface HtmlOptions {
	/** Of the page, in the browser's tab. */
	title: string;
	/** Language tag of the page. */
	language: string;
	/** Colours follow the reader's choice of light or dark; printed light. By default they are the specification's. */
	follow?: boolean;
	/** The same chart for screens narrower than 600 pixels. */
	narrow?: TopLevelSpec;
}

// The faces are loaded first, as Vega measures text only once. Its expressions are interpreted, as the page's policy lets no
// code be compiled.
const DRAW = `
const specOf = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const narrow = matchMedia("(max-width: 599px)");
const faces = [...document.fonts].map((face) => face.load());
async function draw() {
	const spec = (narrow.matches ? specOf("narrow") : null) ?? specOf("spec");
	const drawn = await new vega.View(vega.parse(vegaLite.compile(spec).spec, null, { ast: true }), { expr: interpreter.expressionInterpreter, renderer: "svg", container: "#chart", hover: true }).runAsync();
	for (const mark of document.querySelectorAll("#chart :is(.mark-symbol, .mark-rect, .mark-shape) path")) {
		const { tooltip } = mark.__data__ ?? {};
		if (typeof tooltip !== "object" || tooltip === null) continue;
		mark.setAttribute("tabindex", "0");
		mark.setAttribute("role", "img");
		mark.setAttribute("aria-label", Object.entries(tooltip).map(([name, value]) => name + ": " + value).join(", "));
	}
	return drawn;
}
let view = Promise.all(faces).then(draw);
narrow.addEventListener("change", async () => {
	(await view).finalize();
	view = draw();
	if (typeof show === "function") show(wish.matches);
});`;

/** Downloads for readers: a picture, the figures, and their sources. */
const TOOLS = `
const said = document.getElementById("said");
const save = (name, address) => Object.assign(document.createElement("a"), { download: name, href: address }).click();
const asFile = (text, type) => URL.createObjectURL(new Blob([text], { type }));
const cell = (value) => {
	const text = String(value ?? "");
	const isFormula = /^[=+@\\t\\r-]/.test(text) && Number.isNaN(Number(text));
	return '"' + (isFormula ? "'" + text : text).replaceAll('"', '""') + '"';
};
function csv() {
	const { values } = specOf("spec").data;
	const names = ["item", "label", "group", "year", "estimate", "value", "share", "difference", "low", "high", "n", "text"].filter((name) => values.some((row) => row[name] !== undefined && row[name] !== null && row[name] !== ""));
	return [names, ...values.map((row) => names.map((name) => row[name]))].map((row) => row.map(cell).join(",")).join("\\r\\n");
}
const actions = {
	csv: () => save("chart.csv", asFile("\\ufeff" + csv(), "text/csv")),
	svg: async () => save("chart.svg", asFile(await (await view).toSVG(), "image/svg+xml")),
	png: async () => save("chart.png", await (await view).toImageURL("png", 2)),
	cite: async () => {
		const text = document.getElementById("citation").textContent;
		try {
			await navigator.clipboard.writeText(text);
			said.textContent = said.dataset.copied;
		} catch {
			getSelection().selectAllChildren(document.getElementById("citation"));
		}
	},
};
for (const [name, act] of Object.entries(actions)) document.getElementById(name).addEventListener("click", act);`;

/** Colours are signals of the view, so that a change of theme draws nothing anew. */
const FOLLOW = `
const themes = ${JSON.stringify({ light: coloursOf("light"), dark: coloursOf("dark") })};
const wish = matchMedia("(prefers-color-scheme: dark)");
const show = (dark) => view.then((drawn) => {
	for (const { name, value } of themes[dark ? "dark" : "light"]) {
		drawn.signal(name, value);
		if (name === "paper") document.body.style.background = value;
	}
	drawn.run();
});
show(wish.matches);
wish.addEventListener("change", () => show(wish.matches));
addEventListener("beforeprint", () => show(false));
addEventListener("afterprint", () => show(wish.matches));`;

/**
 * A page that shows the chart offline: libraries, fonts and data are inside it.
 * @example
 * import { published } from "talis-pd";
 * import { chart, renderHtml } from "talis-pd/chart";
 *
 * const spec = await chart(published({ countries: ["KAZ"], topics: ["focus"] }), { format: "vega-lite" });
 * console.log((await renderHtml(spec, { title: "Focus", language: "en" })).slice(0, 15)); // <!doctype html>
 */
export async function renderHtml(
	spec: TopLevelSpec,
	{ title, language, follow = false, narrow }: HtmlOptions,
): Promise<string> {
	// Inside a script element only "<" could end it; in JSON it can always be written as an escape.
	const json = (one: TopLevelSpec) => JSON.stringify(one).replaceAll("<", "\\u003c");
	const locale = loadLocale(language);
	const button = (name: string) =>
		`<button type="button" id="${name}">${escapeMarkup(locale.text(`page.${name}`))}</button>`;
	const { heading, citation } = chartWords(spec);
	const tools = ["csv", "svg", "png", "cite"].map(button).join(" ");
	const table = figureTable(spec, locale);
	const written = [spec, narrow ?? "", table, tools, locale.text("page.copied")]
		.map((one) => JSON.stringify(one))
		.join("");
	const scripts = [
		...[library("vega"), library("vega-lite"), readFileSync(builtPath("vega-interpreter.js"), "utf8")],
		`${DRAW}${follow ? FOLLOW : ""}${TOOLS}\n`,
	];
	const facts = factsOf(spec);
	return `<!doctype html>
<html lang="${escapeMarkup(language)}">
<head>
<meta charset="utf-8">
${policyTag(scripts)}
<meta name="viewport" content="width=device-width, initial-scale=1">
${
	facts === null
		? ""
		: `<meta name="provenance" content="${escapeMarkup(JSON.stringify(facts))}">
`
}<title>${escapeMarkup(heading === "" ? title : `${heading} · ${title}`)}</title>
<style>${await letterRules(written)}${await emojiRules(JSON.stringify(spec))}${STYLE}</style>
</head>
<body>
<main>
<h1>${escapeMarkup(heading)}</h1>
<div id="chart"></div>
<p class="tools">${tools} <span id="said" role="status" data-copied="${escapeMarkup(locale.text("page.copied"))}"></span></p>
<p id="citation">${escapeMarkup(citation)}</p>
${table}</main>
<script type="application/json" id="spec">${json(spec)}</script>
${narrow === undefined ? "" : `<script type="application/json" id="narrow">${json(narrow)}</script>`}
${scripts.map((code) => `<script>${code}</script>`).join("\n")}
</body>
</html>
`;
}

const STYLE =
	"html{color-scheme:light dark}body{margin:0;font:16px/1.4 'Source Sans 3',sans-serif}h1{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);margin:0}#chart svg{max-width:100%;height:auto}.tools,#citation,details{margin:0 24px 12px;max-width:75ch}.tools button{font:inherit;padding:4px 10px;min-height:32px;cursor:pointer}#citation,details{font-size:14px;color:#5f6b76}td,th{text-align:left;font-weight:400;padding:3px 14px 3px 0;border-bottom:1px solid #84909c55;vertical-align:top}.scroll{overflow-x:auto}:focus-visible{outline:3px solid #0072b2;outline-offset:2px}@media (prefers-color-scheme:dark){#citation,details{color:#a3afba}}@media print{.tools,details{display:none}}";

/** Fields of a chart's data that are words to read, with their heads. */
const READ = {
	item: "chart.item",
	label: "chart.item",
	group: "chart.group",
	year: "reach.year",
	about: "chart.estimate",
	text: "chart.estimate",
	change: "chart.difference-pairs",
	difference: "chart.difference-pairs",
} as const;

/** The data in words, for those who prefer to read them; empty if there are none. */
function figureTable(spec: TopLevelSpec, locale: Locale): string {
	const { values = [] } = (spec.data ?? {}) as { values?: Record<string, unknown>[] };
	const fields = (Object.keys(READ) as (keyof typeof READ)[]).filter(
		(field) =>
			values.some((row) => typeof row[field] === "string" && row[field] !== "") &&
			!(field === "text" && values.some(({ about }) => about !== undefined)),
	);
	if (fields.length === 0) return "";
	const cells = (tag: string, texts: string[]) =>
		texts.map((text) => `<${tag}>${escapeMarkup(text)}</${tag}>`).join("");
	const heads = fields.map((field) => locale.text(READ[field]));
	const label = escapeMarkup(locale.text("page.table"));
	return `<details><summary>${label}</summary><div class="scroll" role="region" tabindex="0" aria-label="${label}"><table><thead><tr>${cells("th", heads)}</tr></thead><tbody>${values
		.map(
			(row) =>
				`<tr>${cells(
					"td",
					fields.map((field) => String(row[field] ?? "")),
				)}</tr>`,
		)
		.join("\n")}</tbody></table></div></details>
`;
}

/** A package as browsers run it, by which pictures are drawn, too. */
function library(name: "vega" | "vega-lite"): string {
	return readFileSync(builtPath(`packages/${name}.cjs`), "utf8")
		.replaceAll("\r\n", "\n")
		.replaceAll("</script", "<\\/script")
		.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}
