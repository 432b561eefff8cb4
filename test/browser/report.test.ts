import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inflateSync } from "node:zlib";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES, type ResultSet } from "../../src/index.js";
import { run } from "../cli/support.js";
import { reportFolder, SHIPPED } from "../report/support.js";
import { pairsOf, sampled } from "../support/long.js";
import { hasBrowser, openBrowser, openPage, pagesOf, SKIPPED, violations } from "./browser.js";

const PAGE = pathToFileURL(join(SHIPPED, "build/index.html")).href;

/** Content box of an A4 page with the style sheet's margins, in CSS pixels. */
const PAPER = { width: Math.floor(((210 - 28) / 25.4) * 96), height: Math.floor(((297 - 34) / 25.4) * 96) };

describe.skipIf(!hasBrowser)(`the shipped report in a browser${SKIPPED}`, () => {
	let browser: BrowserContext;
	const overheard = { heard: [] as string[], asked: [] as string[] };

	beforeAll(async () => {
		browser = await openBrowser();
	}, 60_000);
	afterAll(() => browser?.close());

	const open = (place = "", width = 1280) => openPage(browser, PAGE + place, overheard, { width });

	test("draws every chart with its font, and says nothing on the console", async () => {
		const page = await open();
		const charts = page.locator(".report .chart svg:visible");
		expect(await charts.count()).toBe(5);
		for (const chart of await charts.all()) {
			const box = await chart.boundingBox();
			expect(box?.width).toBeGreaterThan(500);
			expect(await chart.locator("path, circle, line").count()).toBeGreaterThan(10);
			expect((await chart.getAttribute("aria-label"))?.length).toBeGreaterThan(60);
		}
		expect(await page.evaluate(() => document.fonts.check("12px 'Source Sans 3'"))).toBe(true);
		expect(overheard.heard).toEqual([]);
		await page.close();
	});

	test("has each figure's files beside it, and says how to name it", async () => {
		const page = await open();
		const tools = page.locator(".report .chart .tools");
		expect(await tools.count()).toBe(5);
		const links = await page
			.locator(".report :is(.tools, dl) a")
			.evaluateAll((all) => all.map((one) => one.getAttribute("href") ?? ""));
		expect(links.length).toBe(5 * 3 + 3);
		for (const link of links) expect(existsSync(join(SHIPPED, "build", link)), link).toBe(true);
		const cite = await tools.first().locator("button").getAttribute("data-cite");
		expect(cite).toContain("Source: synthetic-kazakhstan-2018.csv");
		await page.close();
	});

	test("is small enough for a slow line", () => {
		expect(statSync(join(SHIPPED, "build/index.html")).size).toBeLessThan(400_000);
	});

	test("asks for nothing but itself", async () => {
		const page = await open("#ru");
		expect(pagesOf(overheard.asked)).toEqual([PAGE]);
		await page.close();
	});

	test.each(LANGUAGES)("switches to %s, by hand and by address", async (language) => {
		const page = await open(language === "en" ? "#ru" : "");
		await page.click(`[data-switch="${language}"]`);
		const shown = () =>
			page.evaluate(() => ({
				page: document.documentElement.lang,
				report: document.querySelector("div.report")?.getAttribute("lang"),
				title: document.title,
				heading: document.querySelector("h1")?.textContent,
			}));
		const seen = await shown();
		expect(seen).toMatchObject({ page: language, report: language });
		expect(seen.title).toBe(seen.heading);
		await page.goto(`${PAGE}#${language}-methods`);
		await page.reload();
		expect(await shown()).toEqual(seen);
		expect(await page.locator("#methods").isVisible()).toBe(true);
		await page.close();
	});

	test("in another language it is the report made in that language alone, and in the first again as it was", async () => {
		const asked = {
			topics: ["activities"],
			breakdowns: ["gender"],
			comparisons: ["gender"],
			charts: "topics",
		};
		const made = async (languages: string[]) => {
			const { config, out } = reportFolder({ ...asked, languages });
			expect((await run(["report", config, "--out", out])).code).toBe(0);
			return openPage(browser, pathToFileURL(join(out, "index.html")).href, overheard);
		};
		const [whole, alone] = [await made(["en", "ru", "kk"]), await made(["kk"])];
		const report = (page: Page) => page.locator("div.report").evaluate((part) => part.outerHTML);
		const english = await report(whole);
		await whole.locator("th button").nth(1).click();
		await whole.locator("th button").nth(1).click();
		await alone.locator("th button").nth(1).click();
		await alone.locator("th button").nth(1).click();
		await whole.click('[data-switch="ru"]');
		await whole.click('[data-switch="kk"]');
		expect(inOrder(await report(whole))).toEqual(inOrder(await report(alone)));
		await whole.reload();
		await whole.click('[data-switch="en"]');
		expect(inOrder(await report(whole))).toEqual(inOrder(english));
		for (const page of [whole, alone]) await page.close();
	}, 60_000);

	test.each(LANGUAGES)(
		"sorts a table by number and by name in %s, with the keyboard alone",
		async (language) => {
			const page = await open(`#${language}`);
			const table = page.locator("#topic-activities table").first();
			const column = (place: number) =>
				table
					.locator(`tbody tr > :nth-child(${place})`)
					.evaluateAll((cells) =>
						cells.map((cell) => (cell as HTMLElement).dataset.value ?? cell.textContent),
					);
			const before = (await column(2)).map(Number);
			await table.locator("thead button").nth(1).focus();
			await page.keyboard.press("Enter");
			const up = [...before].sort((a, b) => a - b);
			expect((await column(2)).map(Number)).toEqual(up);
			expect(await table.locator("thead th").nth(1).getAttribute("aria-sort")).toBe("ascending");
			expect(await page.locator(".spoken").textContent()).toMatch(/.+: .+/);
			await page.keyboard.press("Space");
			expect((await column(2)).map(Number)).toEqual(up.toReversed());
			await table.locator("thead button").first().click();
			const names = await column(1);
			const sorted = [...names].sort((a, b) =>
				String(a).localeCompare(String(b), language, { numeric: true }),
			);
			expect(names).toEqual(sorted);
			await page.close();
		},
	);

	test("shows the numbers of results.json", async () => {
		const results: ResultSet = JSON.parse(readFileSync(join(SHIPPED, "build/results.json"), "utf8"));
		const page = await open();
		const cells = await page
			.locator("#topic-barriers table")
			.first()
			.locator("tbody tr")
			.evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
		const rows = results.estimates.filter(
			({ topic, group }) => topic === "barriers" && Object.keys(group).length === 1,
		);
		const own = rows.filter(({ group }) => group.country === "KAZ");
		expect(cells.map(([label]) => label)).toEqual(own.map(({ label }) => label));
		for (const [index, { estimate, se }] of own.entries()) {
			expect(cells[index]?.[1]).toBe(`${estimate?.toFixed(1)} (${se?.toFixed(1)})`);
		}
		await page.close();
	});

	test("a row's name of 200 letters leaves the figures beside it in view", async () => {
		const page = await open();
		const row = page.locator(".report tbody tr:has(td[data-value])").first();
		await row.locator("th").evaluate((name) => {
			name.textContent = "Қазақстандық".repeat(17);
		});
		const figure = await row.locator("td[data-value]").first().boundingBox();
		expect((figure?.x ?? 1280) + (figure?.width ?? 0)).toBeLessThan(1280);
		await page.close();
	});

	test.each([390, 1280])(
		"a word of 200 letters stands out of a window of %i pixels nowhere",
		async (width) => {
			const page = await open("", width);
			await page.evaluate(() => {
				for (const part of document.querySelectorAll(
					"h1, h2, h3, .contents a, .findings li, p, caption strong",
				)) {
					part.textContent = "Қазақстандық".repeat(17);
				}
			});
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
			await page.close();
		},
	);

	test("the keyboard reaches the content first, and every control shows that it has the focus", async () => {
		const page = await open();
		for (let step = 0; step <= LANGUAGES.length; step++) await page.keyboard.press("Tab");
		expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
		await page.keyboard.press("Enter");
		expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
		await page.keyboard.press("Tab");
		const outline = await page.evaluate(
			() => getComputedStyle(document.activeElement as Element).outlineStyle,
		);
		expect(outline).not.toBe("none");
		await page.locator("summary").first().focus();
		await page.keyboard.press("Enter");
		expect(await page.locator("details").first().getAttribute("open")).toBe("");
		await page.close();
	});

	const schemes = ["light", "dark"] as const;
	test.each(sampled(pairsOf(schemes, LANGUAGES), 2))(
		"axe finds nothing wrong, %s, in %s",
		async (colorScheme, language) => {
			const page = await open(`#${language}`);
			await page.emulateMedia({ colorScheme });
			await page.evaluate(() => {
				for (const part of document.querySelectorAll("details")) part.open = true;
			});
			expect(await violations(page)).toEqual([]);
			await page.close();
		},
		120_000,
	);

	test.each(sampled(pairsOf([390, 800, 1600], LANGUAGES), 2))(
		"nothing stands out of a window of %i pixels in %s",
		async (width, language) => {
			const page = await open(`#${language}`, width);
			expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
			await page.close();
		},
	);

	test("prints without a cut chart or table: each chart is one piece and fits a page, nothing scrolls", async () => {
		for (const language of LANGUAGES) {
			const page = await open(`#${language}`, PAPER.width);
			await page.emulateMedia({ media: "print" });
			await page.evaluate(() => {
				for (const part of document.querySelectorAll("details")) part.open = true;
			});
			const found = await page.evaluate(() =>
				[...document.querySelectorAll(".report :is(.chart, .table)")].map((part) => {
					const { width, height, left, right } = part.getBoundingClientRect();
					const inner = part.querySelector("svg, table")?.getBoundingClientRect();
					return {
						chart: part.matches(".chart"),
						whole: getComputedStyle(part).breakInside === "avoid",
						...{ width, height, left, right },
						inner: inner?.right ?? 0,
					};
				}),
			);
			expect(found.filter(({ chart }) => chart).length).toBe(5);
			for (const one of found) {
				expect(one.inner).toBeLessThanOrEqual(PAPER.width + 0.5);
				if (!one.chart) continue;
				expect(one.whole).toBe(true);
				expect(one.height).toBeLessThanOrEqual(PAPER.height);
			}
			await page.evaluate(() => {
				for (const part of document.querySelectorAll("details")) part.open = false;
			});
			const pdf = await page.pdf({ preferCSSPageSize: true });
			expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
			expect(pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length).toBeLessThanOrEqual(12);
			await page.close();
		}
	}, 60_000);

	test("repeats a table's head where the table goes on on the next page of paper", async () => {
		const page = await open();
		await page.evaluate(() => {
			for (const part of document.querySelectorAll("details")) part.open = true;
		});
		const runs = async () => textRuns(await page.pdf({ preferCSSPageSize: true }));
		const repeated = await runs();
		await page.addStyleTag({ content: "@media print { thead { display: table-row-group !important } }" });
		expect(repeated).toBeGreaterThan((await runs()) + 5);
		await page.close();
	}, 60_000);
});

/** Markup in lines, in which attributes stand in the order of their names. */
function inOrder(markup: string): string[] {
	return markup
		.replace(/<([\w-]+)((?: [\w:-]+="[^"]*")+)/g, (_, name: string, attributes: string) =>
			[`<${name}`, ...(attributes.match(/[\w:-]+="[^"]*"/g) ?? []).sort()].join(" "),
		)
		.split(/(?=<)/);
}

/** How many pieces of text a PDF of Chromium's sets. */
function textRuns(pdf: Buffer): number {
	let runs = 0;
	for (let at = pdf.indexOf("stream\n"); at !== -1; at = pdf.indexOf("stream\n", at + 1)) {
		if (pdf.subarray(at - 3, at).toString() === "end") continue;
		try {
			const content = inflateSync(pdf.subarray(at + 7)).toString("latin1");
			runs += content.match(/\bT[jJ]\b/g)?.length ?? 0;
		} catch {
			// Not compressed, so no page.
		}
	}
	return runs;
}
