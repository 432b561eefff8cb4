import * as z from "zod";
import { once } from "../base/once.js";
import { type BinaryFormat, FORMATS, type FormatName, LAYOUTS, type Layout } from "../present/format-list.js";
import { type Picture, renderFile } from "../present/index.js";
import { wideKeys } from "../publisher-columns/index.js";
import type { ResultSet } from "../results/result-set.js";
import { checked } from "../settings/checked.js";
import { flag } from "../settings/fields.js";
import { LANGUAGES, type Language, loadLocale } from "../wording/locale.js";
import { chart } from "./chart.js";
import { resultsIn } from "./results.js";

/** How results are laid out as a table. */
export interface RenderOptions<Format extends FormatName = FormatName> {
	/** `table` by default, for terminals. */
	format?: Format | undefined;
	/** Language of labels and notes; that of the results by default. */
	language?: Language | undefined;
	/** csv and xlsx with one row per country or group, and two columns, % and SE, per item. */
	wide?: boolean | undefined;
	/** Names of wide columns: the tool's `own` (default), or the publisher's, such as `oecd`. */
	keys?: string | undefined;
	/** In wide tables, adds the number of teachers to each pair of columns. */
	sizes?: boolean | undefined;
	/** In csv and xlsx, adds names to the codes of topics, bases and groups. */
	labels?: boolean | undefined;
	/** In csv, adds a last column with the provenance of each row, as one JSON object. */
	provenance?: boolean | undefined;
	/** Your own codebook that defines them: the path of a YAML file. */
	codebook?: string | undefined;
	/** Width of a `table` in characters; 80 by default. */
	width?: number | undefined;
	/**
	 * Where tables put groups: in `rows`, in `columns`, or `long`, each in a table of its own with intervals and n; by
	 * default the most readable layout.
	 */
	layout?: Layout | undefined;
	/** Whether a `table` has colours. */
	color?: boolean | undefined;
	/** Draws a `table` as points and intervals on axes, if it has estimates, differences or coefficients. */
	plot?: boolean | undefined;
}

const schema = once(() =>
	z.strictObject({
		format: z.enum(FORMATS).default("table"),
		language: z.enum(LANGUAGES).optional(),
		wide: flag(),
		keys: z.string().optional(),
		sizes: flag(),
		labels: flag(),
		provenance: flag(),
		codebook: z.string().optional(),
		width: z.int().min(1).default(80),
		layout: z.enum(LAYOUTS).optional(),
		color: flag(),
		plot: flag(),
	} satisfies Record<keyof RenderOptions, z.ZodType>),
);

/**
 * Results as a table: plain text, csv, JSON, a page, or the bytes of a workbook. Percentages are rounded in text and
 * pages, but not in csv, JSON and workbooks.
 * @throws UserError for an unknown option, and for a layout that the format does not support.
 * @example
 * import { published, render } from "talis-pd";
 *
 * const results = published({ countries: ["KAZ"], items: ["focus:ict"] });
 * console.log((await render(results, { format: "csv" })).split("\n")[0]?.slice(0, 34)); // topic,item,variable,label,country,
 */
export async function render<Format extends FormatName = "table">(
	results: ResultSet,
	options: RenderOptions<Format> = {},
): Promise<Format extends BinaryFormat ? Uint8Array : string> {
	const { format, language, wide, keys, codebook, ...view } = checked(schema(), options);
	const shown = resultsIn(results, language);
	const content = await renderFile(format, shown, {
		...view,
		locale: loadLocale(shown.settings.lang as Language),
		...(wide || keys !== undefined ? { wide: wideKeys(keys, shown, codebook) } : {}),
		...(format === "xlsx" ? { pictures: await picturesOf(shown) } : {}),
	});
	return content as Format extends BinaryFormat ? Uint8Array : string;
}

/** A chart with more rows is too large for a picture under a table. */
const MOST_DRAWN = 300;

/** The chart of results, if a kind can show them. */
async function picturesOf(results: ResultSet): Promise<Picture[]> {
	if (results.estimates.length + results.comparisons.length > MOST_DRAWN) return [];
	const { kindsFor, renderPng } = await import("../chart/index.js");
	if (kindsFor(results).length === 0) return [];
	const spec = await chart(results, { format: "vega-lite" });
	return [{ png: await renderPng(spec), title: spec.description ?? results.codebook.title }];
}
