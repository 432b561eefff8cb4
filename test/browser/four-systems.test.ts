import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LANGUAGES } from "../../src/index.js";
import { run } from "../cli/support.js";
import { SHIPPED } from "../report/support.js";
import { hasBrowser, openBrowser, openPage, pagesOf, SKIPPED, violations } from "./browser.js";

const CONFIG = join(SHIPPED, "../synthetic-talis-2024/report.yaml");
const SYSTEMS: Record<string, string[]> = {
	en: ["Estonia", "Finland", "Kazakhstan", "Singapore", "Mean of 4 of 49 TALIS systems"],
	kk: ["Эстония", "Финляндия", "Қазақстан", "Сингапур", "TALIS жүйелерінің орташасы (49 ішінен 4)"],
	ru: ["Эстония", "Финляндия", "Казахстан", "Сингапур", "Среднее по 4 из 49 систем TALIS"],
};

describe.skipIf(!hasBrowser)(`the report of four systems in a browser${SKIPPED}`, () => {
	let browser: BrowserContext;
	let page: Page;
	let url: string;
	const overheard = { heard: [] as string[], asked: [] as string[] };

	beforeAll(async () => {
		const out = join(mkdtempSync(join(tmpdir(), "talis-pd-four-")), "year");
		expect((await run(["report", CONFIG, "--allow-outside", "--out", out])).code).toBe(0);
		url = pathToFileURL(join(out, "index.html")).href;
		browser = await openBrowser();
		page = await openPage(browser, url, overheard);
	}, 120_000);
	afterAll(() => browser?.close());

	test.each(LANGUAGES)("draws its charts and names the systems in %s", async (language) => {
		await page.click(`[data-switch="${language}"]`);
		const part = page.locator(`div.report[lang="${language}"]`);
		expect(await part.isVisible()).toBe(true);
		const charts = part.locator(".chart svg:visible");
		expect(await charts.count()).toBe(4);
		for (const chart of await charts.all()) {
			const box = await chart.boundingBox();
			expect(box?.width).toBeGreaterThan(500);
			expect(await chart.locator("path").count()).toBeGreaterThan(30);
			const text = await chart.textContent();
			for (const system of (SYSTEMS[language] ?? []).slice(0, 4)) expect(text).toContain(system);
		}
		const head = await part.locator("table").first().locator("thead th").allTextContents();
		expect(head.slice(1)).toEqual(SYSTEMS[language]);
	});

	test.each(LANGUAGES)(
		"prints tables of many columns across the paper, and cuts none (%s)",
		async (language) => {
			const pixels = (millimetres: number) => Math.floor((millimetres / 25.4) * 96);
			const cut = async (selector: string, width: number) => {
				const paper = await openPage(browser, `${url}#${language}`, overheard, { width });
				await paper.emulateMedia({ media: "print" });
				await paper.evaluate(() => {
					for (const part of document.querySelectorAll("details")) part.open = true;
				});
				const tables = paper.locator(`.report ${selector} table`);
				const rights = await tables.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
				const squeezed = await tables
					.locator("tbody th")
					.evaluateAll((cells) => cells.filter((cell) => cell.getBoundingClientRect().width < 50).length);
				await paper.close();
				expect(squeezed).toBe(0);
				expect(rights.length).toBeGreaterThan(2);
				expect(rights.filter((right) => right > width + 0.5)).toEqual([]);
			};
			await cut(".wide", pixels(297 - 28));
			await cut(".table:not(.wide)", pixels(210 - 28));
		},
	);

	test("sorts the items by any system's figures", async () => {
		await page.click('[data-switch="en"]');
		const table = page.locator("#topic-needs table").first();
		for (const column of [2, 5]) {
			const figures = () =>
				table
					.locator(`tbody tr > :nth-child(${column})`)
					.evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset.value)));
			const before = await figures();
			await table
				.locator("thead button")
				.nth(column - 1)
				.click();
			expect(await figures()).toEqual(before.toSorted((a, b) => a - b));
		}
	});

	test("a table wider than its place scrolls, and its title and labels stay", async () => {
		await page.click('[data-switch="en"]');
		const place = page.locator("#topic-activities .table").nth(1);
		await place.evaluate((box) => {
			const part = box.closest("details");
			if (part !== null) part.open = true;
		});
		const edges = () =>
			place.evaluate((box) =>
				["caption strong", "thead th", "tbody th", "tbody td"].map((part) =>
					Math.round(
						(box.querySelector(part)?.getBoundingClientRect().left ?? Number.NaN) -
							box.getBoundingClientRect().left,
					),
				),
			);
		const before = await edges();
		const moved = await place.evaluate((box) => {
			box.scrollLeft = 1e4;
			return Math.round(box.scrollLeft);
		});
		expect(moved).toBeGreaterThan(100);
		expect(await edges()).toEqual([...before.slice(0, 3), (before[3] as number) - moved]);
	});

	test("axe finds nothing wrong, nothing stands out of a phone's window", async () => {
		await page.evaluate(() => {
			for (const part of document.querySelectorAll("details")) part.open = true;
		});
		expect(await violations(page)).toEqual([]);
		await page.setViewportSize({ width: 390, height: 800 });
		expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
	});

	test("said nothing on the console and asked for nothing but itself", () => {
		expect(overheard.heard).toEqual([]);
		expect(pagesOf(overheard.asked)).toEqual([url]);
	});

	test("a chart wider than its place is cut nowhere, and begins at the text's edge", async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-wide-"));
		const data = fileURLToPath(new URL("../../data/samples/synthetic-talis-2024.csv", import.meta.url));
		const config = { title: "Wide", data, topics: ["activities"], breakdowns: ["gender"], charts: "all" };
		writeFileSync(join(folder, "report.yaml"), JSON.stringify(config));
		const out = join(folder, "year");
		expect((await run(["report", join(folder, "report.yaml"), "--allow-outside", "--out", out])).code).toBe(
			0,
		);
		for (const width of [1280, 375]) {
			const wide = await openPage(browser, pathToFileURL(join(out, "index.html")).href, overheard, { width });
			const charts = await wide.locator(".chart > :is(.scroll, .narrow):visible").evaluateAll((boxes) =>
				boxes.map((box) => {
					const texts = [...box.querySelectorAll("text")].map((text) => text.getBoundingClientRect());
					const left = Math.min(...texts.filter((text) => text.width > 0).map((text) => text.left));
					return {
						left,
						box: box.getBoundingClientRect().left,
						width: box.querySelector("svg")?.viewBox.baseVal.width,
					};
				}),
			);
			const widest = Math.max(...charts.map(({ width }) => width ?? 0));
			// On a telephone each is drawn for a telephone.
			if (width === 375) expect(widest).toBeLessThan(400);
			else expect(widest).toBeGreaterThan(1000);
			const heading = await wide.locator("#topic-activities h2").boundingBox();
			for (const { left, box } of charts) {
				expect(left).toBeGreaterThanOrEqual(box);
				expect(Math.abs(left - (heading?.x ?? 0))).toBeLessThan(12);
			}
			await wide.close();
		}
	}, 60_000);
});
