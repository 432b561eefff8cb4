import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHART_KINDS } from "../../src/chart/index.js";
import { drawChart } from "../../src/cli/charts.js";
import { compare, gaps, LANGUAGES, type Language, means, type ResultSet } from "../../src/index.js";
import { reach } from "../../src/reach/index.js";
import { genders, hostileLabels, manySystems, oneGroup, oneItem, trend } from "../chart/examples.js";
import { SAMPLE } from "../cli/support.js";
import { hasBrowser, openBrowser, openPage, pagesOf, SKIPPED } from "./browser.js";

const FOLDER = mkdtempSync(join(tmpdir(), "talis-pd-pages-"));

function programmes(language: Language): Promise<ResultSet> {
	const file = join(FOLDER, "programmes.csv");
	writeFileSync(file, "program,year,trained,eligible\nPhysics,2023,40,90\nPhysics,2024,70,95\n");
	return reach(file, { language });
}

/** A result for every kind of chart. */
const DRAWN: Record<(typeof CHART_KINDS)[number], (language: Language) => ResultSet | Promise<ResultSet>> = {
	dots: oneGroup,
	bars: genders,
	dumbbell: genders,
	heatmap: manySystems,
	slope: trend,
	matrix: (language) => gaps([SAMPLE], { language }),
	rank: oneItem,
	differences: (language) => compare([SAMPLE], { between: "gender", topics: ["activities"], language }),
	means: (language) => means([SAMPLE], { by: ["gender"], language }),
	reach: programmes,
};

describe.skipIf(!hasBrowser)(`a chart's own page in a browser${SKIPPED}`, () => {
	let browser: BrowserContext;

	beforeAll(async () => {
		browser = await openBrowser();
	}, 60_000);
	afterAll(() => browser?.close());

	/** The address of the page that `--chart` writes. */
	async function pageOf(results: ResultSet, lang: Language, kind?: string): Promise<string> {
		const file = join(FOLDER, `${kind ?? "page"}.html`);
		const spoken = { ...results, settings: { ...results.settings, lang } };
		writeFileSync(file, await drawChart(spoken, file, kind === undefined ? {} : { kind }));
		return pathToFileURL(file).href;
	}

	const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const lightness = (colour: string) => Math.min(...(colour.match(/\d+/g) ?? []).map(Number));

	test.each(CHART_KINDS)(
		"%s is drawn in both colours, silent, and asks for nothing but itself",
		async (kind) => {
			const language = LANGUAGES[CHART_KINDS.indexOf(kind) % LANGUAGES.length] as Language;
			const url = await pageOf(await DRAWN[kind](language), language, kind);
			const overheard = { heard: [], asked: [] };
			const page = await openPage(browser, url, overheard);
			const chart = page.locator("#chart svg");
			await chart.waitFor();
			const box = await chart.boundingBox();
			expect(box?.width).toBeGreaterThan(300);
			expect(box?.height).toBeGreaterThan(100);
			expect(await chart.locator("[class*=mark-] :is(path, text)").count()).toBeGreaterThan(10);
			expect(await page.evaluate(() => document.fonts.check("12px 'Source Sans 3'"))).toBe(true);
			expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);

			const light = await chart.innerHTML();
			expect(lightness(await paper(page))).toBeGreaterThan(240);
			await page.emulateMedia({ colorScheme: "dark" });
			await expect.poll(async () => lightness(await paper(page))).toBeLessThan(60);
			const dark = await chart.innerHTML();
			expect(dark).not.toBe(light);
			expect(textsOf(dark)).toEqual(textsOf(light));

			expect(overheard.heard).toEqual([]);
			expect(pagesOf(overheard.asked)).toEqual([url]);
			await page.close();
		},
	);

	test("a page opened in the dark is dark from the start", async () => {
		const url = await pageOf(oneGroup("en"), "en");
		const page = await openPage(browser, url, { heard: [], asked: [] }, { colorScheme: "dark" });
		await expect.poll(async () => lightness(await paper(page))).toBeLessThan(60);
		await page.close();
	});

	test("hostile labels are drawn as text and run nothing", async () => {
		const overheard = { heard: [] as string[], asked: [] as string[] };
		const page = await openPage(browser, await pageOf(hostileLabels(), "en"), overheard);
		let asked = "";
		page.on("dialog", (dialog) => {
			asked = dialog.message();
			return dialog.dismiss();
		});
		await page.reload();
		const chart = page.locator("#chart svg");
		await chart.waitFor();
		expect(await chart.textContent()).toContain("</script><script>alert(");
		expect(await chart.locator("script, b").count()).toBe(0);
		expect([asked, overheard.heard]).toEqual(["", []]);
		await page.close();
	});
});

const textsOf = (svg: string) => [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text);
