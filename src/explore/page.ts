import { html, unsafe } from "../base/html.js";
import { pageHead } from "../base/page-head.js";
import { coloursOf, letterRules, type Theme } from "../chart/index.js";
import { readAsset } from "../platform/assets.js";
import type { Provenance } from "../results/provenance.js";
import { loadLocale } from "../wording/locale.js";
import type { Pack } from "./pack.js";

/**
 * The page that explores a pack: style, font, data and script are inside. Its policy lets nothing else in: no other script,
 * no style, and no request.
 * @param client What the browser runs, as text.
 * @param provenance Of each edition.
 */
export async function explorePage(
	pack: Pack,
	client: string,
	provenance: readonly Provenance[],
): Promise<string> {
	const [language = "en"] = pack.languages;
	const locale = loadLocale(language);
	const script = client.replaceAll("</script", "<\\/script").trim();
	const texts = jsonInside(pack);
	// The page sets some of them in capitals.
	const letters = await letterRules(`${texts}${texts.toLocaleUpperCase(language)}${script}`);
	const style = `${letters}\n${colours()}${readAsset("explore/page.css")}`;
	return html`${pageHead(language, [script], JSON.stringify(provenance.map((one) => Object.fromEntries(one))))}
<title>${locale.text("explore.title")}</title>
<style>${unsafe(style)}</style>
</head>
<body>
<noscript>${locale.text("explore.pages-need-script")}</noscript>
<script type="application/json" id="pack">${unsafe(texts)}</script>
<script>${unsafe(script)}</script>
</body>
</html>
`.text;
}

/** JSON in which nothing ends a script. */
function jsonInside(value: unknown): string {
	return JSON.stringify(value)
		.replaceAll("<", "\\u003c")
		.replaceAll("\u2028", "\\u2028")
		.replaceAll("\u2029", "\\u2029");
}

/** Colours by theme: the reader's system decides until the reader does. */
function colours(): string {
	const rule = (selector: string, theme: Theme) => {
		const own = coloursOf(theme).flatMap(({ name, value }) =>
			Array.isArray(value)
				? value.map((one, place) => `--${name}-${place}:${one}`)
				: typeof value === "string"
					? [`--${name}:${value}`]
					: [],
		);
		return `${selector}{color-scheme:${theme === "dark" ? "dark" : "light"};${own.join(";")}}\n`;
	};
	return `${rule(":root", "light")}@media (prefers-color-scheme:dark){${rule(":root:not([data-theme=light])", "dark")}}
${rule(":root[data-theme=dark]", "dark")}@media print{${rule(":root", "print")}}
`;
}
