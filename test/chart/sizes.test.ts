import { describe, expect, test } from "vitest";
import { PICTURE_SIZES } from "../../src/chart/choices.js";
import { CHART_KINDS, fittedSvg, sizeNamed } from "../../src/chart/index.js";
import { compare, gaps, type Language, means, model, published, rates, samplePath } from "../../src/index.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { isLong } from "../support/long.js";
import { locale } from "./fixtures.js";
import { coaching, four, LOWER, reached } from "./shipped.js";

/** Of a picture people share, the least height of type in pixels. */
const FLOOR = 9.5;

const focus = (language: Language) => published({ topics: ["focus"], where: LOWER, language });
const terms = (language: Language) =>
	model([samplePath()], {
		...{
			outcomes: ["coaching", "courses-online"],
			predict: "gender,experience,age",
			effects: true,
			language,
		},
	});

/** For every kind a result with about as many rows as people have. */
const LARGE: Record<(typeof CHART_KINDS)[number], (language: Language) => ResultSet | Promise<ResultSet>> = {
	dots: focus,
	bars: (language) => gaps([four], { language }),
	dumbbell: (language) => compare([samplePath(), four], { between: "cycle", topics: ["needs"], language }),
	heatmap: focus,
	slope: (language) => compare([samplePath(), four], { between: "cycle", topics: ["needs"], language }),
	matrix: (language) => gaps([four], { language }),
	rank: coaching,
	map: coaching,
	tiles: coaching,
	differences: (language) => compare([four], { between: "country", topics: ["barriers"], language }),
	means: (language) => means([four], { language }),
	reach: (language) => {
		const counts = Array.from({ length: 15 }, (_, row) =>
			[2023, 2024].map((year) => `Physics ${row},${year},40,90`),
		);
		return reached(counts.flat(), language);
	},
	stacked: (language) => rates([four], { topics: ["modes"], where: ["country=KAZ"], language }),
	forest: coaching,
	"leave-one-out": coaching,
	coefficients: (language) =>
		published({ statistic: "odds-ratio", items: ["needs:ai"], where: [...LOWER, "controls=none"], language }),
	effects: terms,
};

/** The least height of type in a picture, in its pixels. */
function leastType(svg: string): number {
	const scale = Number(/<g transform="translate\([^)]*\) scale\(([\d.]+)\)">/.exec(svg)?.[1]);
	return scale * Math.min(...[...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size)));
}

/** One size a kind, in turn; `npm run check:long` tries them all. */
const SIZES = Object.keys(PICTURE_SIZES);
const ALWAYS = ["matrix", "means", "differences"];

describe.each(CHART_KINDS)("of a large result, %s", (kind) => {
	const place = CHART_KINDS.indexOf(kind);
	const sizes = isLong ? SIZES : [ALWAYS.includes(kind) ? "social" : (SIZES[place % SIZES.length] as string)];
	test.each(sizes)("can be read as a picture of size %s", async (size) => {
		const svg = await fittedSvg(await LARGE[kind]("ru"), { kind, locale: locale("ru") }, sizeNamed(size));
		expect(leastType(svg)).toBeGreaterThanOrEqual(FLOOR);
	});
});
