import type { ProfileFigures } from "../analysis/questions/profile.js";
import { pdfOf, pngOf, type Theme, withFont, withMetadata } from "../chart/index.js";
import { provenanceOf } from "../results/provenance.js";
import type { Locale } from "../wording/locale.js";
import { contentOf } from "./content.js";
import type { ProfileFormat } from "./formats.js";
import { A4, layOutProfile, type Paper } from "./layout.js";
import { pageOf } from "./page.js";

const PAPER: Paper = { ...A4, margin: 36, columns: 2 };

/** A country's profile: one A4 page, or a web page. The same figures give the same bytes. */
export async function drawProfile(
	figures: ProfileFigures,
	{ format, theme, locale }: { format: ProfileFormat; theme: Theme; locale: Locale },
): Promise<string | Uint8Array> {
	const content = contentOf(figures, locale);
	const provenance = provenanceOf(figures.current);
	if (format === "html") return pageOf(content, locale, provenance);
	const svg = withMetadata(layOutProfile(content, PAPER, theme, locale.language), provenance);
	if (format === "svg") return withFont(svg);
	return format === "png" ? pngOf(svg) : pdfOf(svg, { title: `${content.name} · ${content.subtitle}` });
}
