import * as z from "zod";
import { once } from "../base/once.js";
import { type RunOptions, splitRun } from "../base/run-options.js";
import { THEMES, type Theme } from "../chart/choices.js";
import { PROFILE_FORMATS, type ProfileFormat } from "../profile/formats.js";
import type { SurveyInput } from "../read/memory/data.js";
import { checked } from "../settings/checked.js";
import type { ProfileSpec } from "../settings/profile.js";
import { loadLocale } from "../wording/locale.js";

/** Which profiles to make, and how they look. */
export interface ProfileOptions extends ProfileSpec, RunOptions {
	/** `pdf` by default. */
	format?: ProfileFormat | undefined;
	/** `light` by default; a web page then follows the reader's choice of light or dark. */
	theme?: Theme | undefined;
}

const looks = once(() =>
	z.strictObject({ format: z.enum(PROFILE_FORMATS).default("pdf"), theme: z.enum(THEMES).default("light") }),
);

/**
 * A country's figures on one A4 page, beside those of all other systems and of an average: published figures, or those of a
 * survey file for the country and published ones for the others.
 * @param files Survey files of one cycle; null uses the published figures.
 * @returns Country → text of an SVG or HTML page, or bytes of a PDF or PNG.
 * @throws UserError for a country, cycle or level without published figures.
 * @example
 * import { writeFileSync } from "node:fs";
 * import { profile } from "talis-pd";
 *
 * const pages = await profile(null, { countries: ["KAZ", "EST"], format: "svg" });
 * for (const [country, page] of pages) writeFileSync(`${country}.svg`, page);
 * console.log([...pages.keys()].join()); // KAZ,EST
 */
export async function profile(
	files: SurveyInput | null,
	options: ProfileOptions,
): Promise<Map<string, string | Uint8Array>> {
	const [{ format: asked, theme: shade, ...spec }, run] = splitRun(options);
	const { format, theme } = checked(looks(), { format: asked, theme: shade });
	const [{ profileFigures }, { drawProfile }] = await Promise.all([
		import("../analysis/questions/profile.js"),
		import("../profile/index.js"),
	]);
	const locale = loadLocale(spec.language ?? "en");
	const pages = new Map<string, string | Uint8Array>();
	for (const figures of await profileFigures(files, { ...spec, ...run })) {
		pages.set(figures.country, await drawProfile(figures, { format, theme, locale }));
	}
	return pages;
}
