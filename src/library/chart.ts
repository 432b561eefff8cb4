import type { TopLevelSpec } from "vega-lite";
import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import { option, say } from "../base/say.js";
import {
	CHART_FORMATS,
	CHART_KINDS,
	type ChartFormat,
	type ChartKindName,
	THEMES,
	type Theme,
} from "../chart/choices.js";
import type { ResultSet } from "../results/result-set.js";
import { checked } from "../settings/checked.js";
import { LANGUAGES, type Language, loadLocale } from "../wording/locale.js";
import { resultsIn } from "./results.js";

/** How results are drawn. */
export interface ChartOptions<Format extends ChartFormat = ChartFormat> {
	/** `svg` by default. */
	format?: Format | undefined;
	/** By default the kind that suits the results. */
	kind?: ChartKindName | undefined;
	/** `light` by default; a web page then follows the reader's choice of light or dark. */
	theme?: Theme | undefined;
	/** The title: the main finding (`finding`, the default), the `topic`, or your own text. */
	title?: string | undefined;
	/** Systems, other groups or items to highlight, by id, such as KAZ, and averages, such as `oecd`. */
	highlight?: readonly string[] | undefined;
	/** The average to draw as a line; by default the one in the results. */
	benchmarkLine?: string | undefined;
	/** `value`, `name` or `change`, or a group whose figures sort the items. */
	sort?: string | undefined;
	/** Keeps only so many groups or items: the highest, and the highlighted ones. */
	top?: number | undefined;
	/** Language of labels and notes; that of the results by default. */
	language?: Language | undefined;
	/**
	 * Size of an svg, png or pdf: social, square, story, slide, a4, or for example `1200x675`; by default as large as
	 * the chart needs.
	 */
	size?: string | undefined;
	/** PNG pixels per pixel of the drawing; 2 by default, 1 if a size is set. */
	scale?: number | undefined;
}

/** The type of a chart in each format: text, bytes, or the specification itself. */
export interface Charts {
	svg: string;
	png: Uint8Array;
	pdf: Uint8Array;
	html: string;
	"vega-lite": TopLevelSpec;
}

/** What has a size of its own; a page and a specification take that of where they are shown. */
const SIZED: readonly ChartFormat[] = ["svg", "png", "pdf"];

const schema = once(() =>
	z.strictObject({
		format: z.enum(CHART_FORMATS).default("svg"),
		kind: z.enum(CHART_KINDS).optional(),
		theme: z.enum(THEMES).optional(),
		title: z.string().min(1).optional(),
		highlight: z.array(z.string().min(1)).min(1).optional(),
		benchmarkLine: z.string().min(1).optional(),
		sort: z.string().min(1).optional(),
		top: z.int().min(1).optional(),
		language: z.enum(LANGUAGES).optional(),
		size: z.string().optional(),
		scale: z.number().positive().optional(),
	} satisfies Record<keyof ChartOptions, z.ZodType>),
);

/**
 * Results as a chart: a drawing with embedded fonts, a page that works offline, or a Vega-Lite specification with its
 * data, which opens in the Vega editor. The same results give the same bytes.
 * @throws UserError for an unknown option, and where the kind cannot show the results.
 * @example
 * import { writeFileSync } from "node:fs";
 * import { chart, published } from "talis-pd";
 *
 * const results = published({ countries: ["KAZ", "average"], topics: ["focus"] });
 * writeFileSync("focus.svg", await chart(results, { kind: "bars", theme: "print" }));
 * const spec = await chart(results, { format: "vega-lite", language: "kk" });
 * console.log(spec.$schema); // https://vega.github.io/schema/vega-lite/v6.json
 */
export async function chart<Format extends ChartFormat = "svg">(
	results: ResultSet,
	options: ChartOptions<Format> = {},
): Promise<Charts[Format]> {
	const { format, language, scale, size, kind, theme, ...look } = checked(schema(), options);
	const shown = resultsIn(results, language);
	const { chartSpec, drawSvg, fittedSvg, narrowSpec, pdfOf, pngOf, renderHtml, sizeNamed, withFont } =
		await import("../chart/index.js");
	const { lang } = shown.settings as { lang: Language };
	if (size !== undefined && !SIZED.includes(format)) {
		throw new UserError(say`a chart as ${format} has no ${option("size")}`, {
			hint: `pictures have one: ${SIZED.join(", ")}`,
		});
	}
	const asked = {
		locale: loadLocale(lang),
		...(kind === undefined ? {} : { kind }),
		...(theme === undefined ? {} : { theme }),
		...look,
	};
	const spec = chartSpec(shown, asked);
	const svg = () => (size === undefined ? drawSvg(spec) : fittedSvg(shown, asked, sizeNamed(size)));
	const draw: { [Name in ChartFormat]: () => Charts[Name] | Promise<Charts[Name]> } = {
		svg: async () => withFont(await svg()),
		png: async () => pngOf(await svg(), { scale: scale ?? (size === undefined ? 2 : 1) }),
		pdf: async () => pdfOf(await svg(), { title: shown.codebook.title }),
		html: () => {
			const narrow = narrowSpec(shown, asked);
			return renderHtml(spec, {
				...{ title: shown.codebook.title, language: lang, follow: theme === undefined },
				...(narrow === null ? {} : { narrow }),
			});
		},
		"vega-lite": () => spec,
	};
	return draw[format]() as Promise<Charts[Format]>;
}
