import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { TopLevelSpec } from "vega-lite";
import { escapeMarkup } from "../../base/escape.js";
import { FONT_FAMILY, fontBytes } from "../text/font.js";
import { coloursOf } from "../theme/theme.js";
import { emojiRules } from "./embed-fonts.js";

export interface HtmlOptions {
	/** Of the page, in the browser's tab. */
	title: string;
	/** Language tag of the page. */
	language: string;
	/** Colours follow the reader's choice of light or dark; printed light. By default they are the specification's. */
	follow?: boolean;
}

/** Nothing may be fetched, whatever a label says; Vega compiles its expressions, hence unsafe-eval. */
const POLICY =
	"default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline'; font-src data:";

// The faces are loaded first, as Vega measures text only once.
const DRAW = `
const spec = JSON.parse(document.getElementById("spec").textContent);
const faces = [...document.fonts].map((face) => face.load());
const view = Promise.all(faces).then(() =>
	new vega.View(vega.parse(vegaLite.compile(spec).spec), { renderer: "svg", container: "#chart", hover: true }).runAsync(),
);`;

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
	{ title, language, follow = false }: HtmlOptions,
): Promise<string> {
	// Inside a script element only "<" could end it; in JSON it can always be written as an escape.
	const json = JSON.stringify(spec).replaceAll("<", "\\u003c");
	return `<!doctype html>
<html lang="${escapeMarkup(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<title>${escapeMarkup(title)}</title>
<style>${faceRules()}${await emojiRules(JSON.stringify(spec))}body{margin:0}</style>
</head>
<body>
<div id="chart"></div>
<script type="application/json" id="spec">${json}</script>
<script>${library("vega")}</script>
<script>${library("vega-lite")}</script>
<script>${DRAW}${follow ? FOLLOW : ""}
</script>
</body>
</html>
`;
}

/** The browser build of an installed package, next to the build that Node imports. */
function library(name: "vega" | "vega-lite"): string {
	const entry = createRequire(import.meta.url).resolve(name);
	const code = readFileSync(join(dirname(entry), `${name}.min.js`), "utf8");
	return code.replaceAll("</script", "<\\/script").replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}

function faceRules(): string {
	return ([400, 600] as const)
		.map((weight) => {
			const data = fontBytes(weight).toString("base64");
			return `@font-face{font-family:"${FONT_FAMILY}";font-weight:${weight};src:url(data:font/ttf;base64,${data})}`;
		})
		.join("\n");
}
