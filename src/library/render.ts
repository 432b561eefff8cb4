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
	/** `table` by default, which is for terminals. */
	format?: Format | undefined;
	/** Of labels and notes; the results' own by default. */
	language?: Language | undefined;
	/** csv and xlsx with a row a country or group, and a pair of columns, % and SE, an item. */
	wide?: boolean | undefined;
	/** Names of wide columns: the tool's `own` (default), or as the publisher calls them, such as `oecd`. */
	keys?: string | undefined;
	/** In wide tables, the number of teachers beside each pair of columns. */
	sizes?: boolean | undefined;
	/** In csv and xlsx, names beside the codes of topics, bases and groups. */
	labels?: boolean | undefined;
	/** In csv, a last column that says in each row what the numbers are made from, as one JSON object. */
	provenance?: boolean | undefined;
	/** Codebook of one's own that says so: the path of a YAML file. */
	codebook?: string | undefined;
	/** Columns of the terminal that a `table` is for; 80 by default. */
	width?: number | undefined;
	/** Where tables have groups: in `rows`, in `columns`, or `long`, each in a table of its own with intervals and n; by default what is read best. */
	layout?: Layout | undefined;
	/** Whether a `table` has colours. */
	color?: boolean | undefined;
	/** A `table` as points and intervals on axes, where there are estimates, differences or coefficients. */
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
 * Results as a table: text to be read, csv, JSON, a page, or the bytes of a workbook. Percentages are rounded for
 * reading, in csv, JSON and workbooks they are not.
 * @throws UserError for an option there is not, and for a layout the format does not have.
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

/** A chart of more rows is a poster, and no picture under a table. */
const MOST_DRAWN = 300;

/** The chart of results, where one can show them. */
async function picturesOf(results: ResultSet): Promise<Picture[]> {
	if (results.estimates.length + results.comparisons.length > MOST_DRAWN) return [];
	const { kindsFor, renderPng } = await import("../chart/index.js");
	if (kindsFor(results).length === 0) return [];
	const spec = await chart(results, { format: "vega-lite" });
	return [{ png: await renderPng(spec), title: spec.description ?? results.codebook.title }];
}
