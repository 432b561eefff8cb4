import {
	type Color,
	differenceCiede2000,
	filterDeficiencyDeuter,
	filterDeficiencyProt,
	filterDeficiencyTrit,
	formatHex,
	interpolate,
	lab,
	parse,
	wcagContrast,
} from "culori";
import { describe, expect, test } from "vitest";
import { coloursOf, THEMES } from "../../src/chart/index.js";

/** Sight without one kind of cones, as Machado, Oliveira and Fernandes (2009) simulate it. */
const SIGHTS: [string, (colour: string) => string][] = [
	["all cones", (colour) => colour],
	...(
		[
			["no long ones", filterDeficiencyProt(1)],
			["no middle ones", filterDeficiencyDeuter(1)],
			["no short ones", filterDeficiencyTrit(1)],
		] as const
	).map(([name, see]): [string, (colour: string) => string] => [
		name,
		(colour) => formatHex(see(parse(colour) as Color)) ?? "",
	]),
];

/**
 * Differences by CIEDE2000. A just noticeable one is about 2; Okabe and Ito's own six colours come as near as 11.0.
 * Of seven greys from black to a contrast of 3 on white, the nearest cannot be further apart than about 8.
 */
const LEAST = { light: 10, dark: 10, print: 7.5 };
/** WCAG 2.2: 1.4.3 for text, 1.4.11 for marks. */
const TEXT = 4.5;
const MARK = 3;

const difference = differenceCiede2000();

function palette(theme: (typeof THEMES)[number]) {
	const own = Object.fromEntries(coloursOf(theme).map(({ name, value }) => [name, value]));
	return own as unknown as Record<"paper" | "ink" | "muted" | "guide", string> & {
		series: string[];
		ramp: string[];
		onRamp: [string, string];
		turn: number;
	};
}

describe.each(THEMES)("%s", (theme) => {
	const { paper, ink, muted, guide, series, ramp, onRamp, turn } = palette(theme);
	const along = interpolate(ramp, "lab") as (share: number) => Color;
	const shares = Array.from({ length: 201 }, (_, step) => step / 200);

	test.each(SIGHTS)("keeps groups and averages apart for a reader with %s", (_, see) => {
		const seen = [...series, ink].map(see);
		for (const [index, one] of seen.entries()) {
			for (const other of seen.slice(index + 1)) {
				expect(difference(one, other), `${one} ${other}`).toBeGreaterThan(LEAST[theme]);
			}
		}
	});

	test.each(SIGHTS)("keeps higher, lower and no different apart for a reader with %s", (_, see) => {
		const [above = "", below = "", neither = ""] = [series[0] ?? "", series[1] ?? "", muted].map(see);
		expect(difference(above, below)).toBeGreaterThan(LEAST[theme]);
		expect(difference(above, neither)).toBeGreaterThan(LEAST[theme]);
		expect(difference(below, neither)).toBeGreaterThan(LEAST[theme]);
	});

	test("has text and marks that stand out from the paper", () => {
		for (const text of [ink, muted]) expect(wcagContrast(text, paper), text).toBeGreaterThanOrEqual(TEXT);
		for (const mark of [...series, guide])
			expect(wcagContrast(mark, paper), mark).toBeGreaterThanOrEqual(MARK);
	});

	test("has figures that can be read all along the ramp", () => {
		for (const share of shares) {
			const text = onRamp[share > turn ? 1 : 0];
			expect(wcagContrast(text, formatHex(along(share)) ?? ""), String(share)).toBeGreaterThanOrEqual(TEXT);
		}
	});

	test.each(SIGHTS)("has a ramp that only ever gets darker, or lighter, for a reader with %s", (_, see) => {
		const lightness = shares.map((share) => lab(see(formatHex(along(share)) ?? ""))?.l ?? 0);
		const way = Math.sign((lightness.at(-1) ?? 0) - (lightness[0] ?? 0));
		// Colours have whole bytes, so a step of a two-hundredth may stand still.
		for (const [index, step] of lightness.slice(10).entries()) {
			expect(way * (step - (lightness[index] ?? 0))).toBeGreaterThan(1);
		}
		expect(Math.abs((lightness.at(-1) ?? 0) - (lightness[0] ?? 0))).toBeGreaterThan(50);
	});
});
