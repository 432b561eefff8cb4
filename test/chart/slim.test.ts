import { Resvg } from "@resvg/resvg-js";
import { expect, test } from "vitest";
import { chartSpec, drawSvg, slimmed, svgText } from "../../src/chart/index.js";
import { parseSvg } from "../../src/chart/svg-tree.js";
import { FONT_FAMILY, FONT_FILES } from "../../src/chart/text/font.js";
import { EXAMPLES } from "./examples.js";
import { locale } from "./fixtures.js";

function pixelsOf(svg: string): Buffer {
	const font = {
		loadSystemFonts: false,
		fontFiles: Object.values(FONT_FILES),
		defaultFontFamily: FONT_FAMILY,
	};
	return new Resvg(svg, { font }).render().pixels;
}

test.each(["genders", "manySystems", "systemsByGender", "hiddenRows", "hostileLabels"] as const)(
	"a slimmed drawing of %s looks the same in far fewer letters",
	async (name) => {
		const drawing = await drawSvg(chartSpec(EXAMPLES[name]("kk"), { locale: locale("kk") }));
		const slim = svgText(slimmed(parseSvg(drawing)));
		expect(slim.length).toBeLessThan(drawing.length * 0.6);
		const [before, after] = [pixelsOf(drawing), pixelsOf(slim)];
		expect(after.length).toBe(before.length);
		// Hundredths of a pixel are rounded away, which tints edges; a letter or mark that is gone is another colour.
		const most = before.reduce(
			(most, value, at) => Math.max(most, Math.abs(value - (after[at] as number))),
			0,
		);
		expect(most).toBeLessThan(100);
	},
);
