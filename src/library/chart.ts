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
	/** By default what suits the results. */
	kind?: ChartKindName | undefined;
	/** `light` by default; a page then follows its reader's choice of light or dark. */
	theme?: Theme | undefined;
	/** What stands over it: what it shows (`finding`, the default), its `topic`, or a text of one's own. */
	title?: string | undefined;
	/** Systems, other groups or items that are pointed at, by their ids, such as KAZ, and averages, such as `oecd`. */
	highlight?: readonly string[] | undefined;
	/** The average that a line is drawn at; by default the one that there is. */
	benchmarkLine?: string | undefined;
	/** `value`, `name` or `change`, or a group by whose figures items stand. */
	sort?: string | undefined;
	/** So many groups or items, the highest, and those pointed at. */
	top?: number | undefined;
	/** Of labels and notes; the results' own by default. */
	language?: Language | undefined;
	/** Of an svg, png or pdf: social, square, story, slide, a4, or such as `1200x675`; by default as large as it needs. */
	size?: string | undefined;
	/** Pixels of a PNG for each pixel of the drawing; 2 by default, and 1 where a size is said. */
	scale?: number | undefined;
}

/** What a chart is, by its format: text, bytes, or the specification itself. */
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
 * Results as a chart: a drawing with the letters it needs inside, a page that needs no network, or a Vega-Lite
 * specification with its data, which opens in the Vega editor. The same bytes for the same results.
 * @throws UserError for an option there is not, and where the kind cannot show the results.
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
