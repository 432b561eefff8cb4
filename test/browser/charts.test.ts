import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHART_KINDS, chartSpec, renderPng, renderSvg } from "../../src/chart/index.js";
import { textWidth } from "../../src/chart/text/text-runs.js";
import { drawChart } from "../../src/cli/charts.js";
import {
	compare,
	gaps,
	LANGUAGES,
	type Language,
	means,
	model,
	published,
	type ResultSet,
	rates,
	reach,
} from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { genders, hostileLabels, manySystems, oneGroup, oneItem, trend } from "../chart/examples.js";
import { SAMPLE } from "../cli/support.js";
import { root } from "../support/golden.js";
import { hasBrowser, openBrowser, openPage, pagesOf, SKIPPED } from "./browser.js";

const FOLDER = mkdtempSync(join(tmpdir(), "talis-pd-pages-"));

function programmes(language: Language): Promise<ResultSet> {
	const file = join(FOLDER, "programmes.csv");
	writeFileSync(file, "program,year,trained,eligible\nPhysics,2023,40,90\nPhysics,2024,70,95\n");
	return reach(file, { language });
}

function coaching(language: Language): ResultSet {
	return published({ items: ["activities:coaching"], where: ["population=isced2"], language });
}

function systemsTogether(language: Language): ResultSet {
	const items = ["activities:coaching"];
	return published({ items, where: ["population=isced2"], synthesis: "reml", language });
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
	map: coaching,
	tiles: coaching,
	differences: (language) => compare([SAMPLE], { between: "gender", topics: ["activities"], language }),
	means: (language) => means([SAMPLE], { by: ["gender"], language }),
	reach: programmes,
	stacked: (language) =>
		rates([join(root, "data/samples/synthetic-talis-2024.csv")], {
			topics: ["modes"],
			where: ["country=KAZ"],
			language,
		}),
	forest: systemsTogether,
	"leave-one-out": systemsTogether,
	coefficients: (language) => published({ statistic: "odds-ratio", items: ["needs:ai"], language }),
	effects: (language) =>
		model([SAMPLE], { outcomes: ["peer-coaching"], predict: "gender,age", effects: true, language }),
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
		const spoken = { ...results, settings: { ...results.settings, lang } } as ResultSet;
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

	test("the head of a column, however long, leaves a table of HTML room for what its rows are", async () => {
		const results = genders("kk");
		const values = { female: "ұйымдастырушылық".repeat(13), male: "ерлер" };
		const groups = { ...results.labels?.groups, gender: { label: "Gender", values } };
		const labels = { ...(results.labels as NonNullable<ResultSet["labels"]>), groups };
		const file = join(FOLDER, "table.html");
		const view = { locale: loadLocale("kk"), width: 80, color: false };
		writeFileSync(file, renderText("html", { ...results, labels }, view));
		const page = await openPage(browser, pathToFileURL(file).href, { heard: [], asked: [] }, { width: 700 });
		expect(await page.locator("thead").textContent()).toContain(values.female);
		expect((await page.locator("tbody th").first().boundingBox())?.width).toBeGreaterThan(180);
		const head = await page.locator("thead th", { hasText: values.female }).boundingBox();
		expect(head?.width).toBeLessThan(300);
		await page.close();
	});

	test("a table's page breaks no policy, and asks for nothing but itself", async () => {
		const file = join(FOLDER, "alone.html");
		writeFileSync(
			file,
			renderText("html", hostileLabels(), { locale: loadLocale("en"), width: 80, color: false }),
		);
		const overheard = { heard: [] as string[], asked: [] as string[] };
		const page = await openPage(browser, pathToFileURL(file).href, overheard);
		expect(await page.locator("tbody tr").count()).toBeGreaterThan(3);
		expect(overheard.heard).toEqual([]);
		expect(pagesOf(overheard.asked)).toEqual([pathToFileURL(file).href]);
		await page.close();
	});

	test.each(["a table", "a chart"])("the policy of %s lets no script in and nothing out", async (kind) => {
		const url =
			kind === "a chart"
				? await pageOf(oneGroup("en"), "en")
				: pathToFileURL(join(FOLDER, "strict.html")).href;
		if (kind === "a table") {
			const view = { locale: loadLocale("en"), width: 80, color: false };
			writeFileSync(join(FOLDER, "strict.html"), renderText("html", oneGroup("en"), view));
		}
		const overheard = { heard: [] as string[], asked: [] as string[] };
		const page = await openPage(browser, url, overheard);
		const did = await page.evaluate(async () => {
			const script = document.createElement("script");
			script.textContent = "window.ran = true";
			document.body.append(script);
			const image = document.createElement("img");
			image.src = "http://127.0.0.1:9/pixel.png";
			document.body.append(image);
			document.body.insertAdjacentHTML("beforeend", '<button onclick="window.ran = true">x</button>');
			document.querySelector<HTMLButtonElement>("body > button")?.click();
			const fetched = await fetch("http://127.0.0.1:9/").catch((error) => String(error));
			return { ran: "ran" in window, fetched: String(fetched) };
		});
		expect(did).toEqual({ ran: false, fetched: expect.stringMatching(/Failed to fetch/) });
		const broken = overheard.heard.join("\n");
		for (const directive of ["script-src", "img-src", "connect-src"]) expect(broken).toContain(directive);
		expect(page.url()).toBe(url);
		await page.close();
	});

	test("emoji of an SVG are as wide as they were laid out for, whatever fonts there are", async () => {
		const file = join(FOLDER, "emoji.svg");
		writeFileSync(file, await renderSvg(chartSpec(hostileLabels(), { locale: loadLocale("en") })));
		const page = await openPage(browser, pathToFileURL(file).href, { heard: [], asked: [] });
		const drawn = await page.evaluate(() =>
			[...document.querySelectorAll<SVGTSpanElement>("tspan[font-family*=Emoji]")].map((span) => ({
				text: (span.textContent ?? "").trim(),
				width: span.getSubStringLength(0, (span.textContent ?? "").trim().length),
				size: Number.parseFloat(getComputedStyle(span).fontSize),
			})),
		);
		expect(drawn.map(({ text }) => text)).toEqual(
			expect.arrayContaining(["🎓", "👩🏽‍🏫", "👍🏿", "🇰🇿", "1️⃣"]),
		);
		for (const { text, width, size } of drawn) expect(width, text).toBeCloseTo(textWidth(text, size), 0);
		await page.close();
	});

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

describe.skipIf(!hasBrowser)(`a chart's SVG as a picture of a page${SKIPPED}`, () => {
	let browser: BrowserContext;

	beforeAll(async () => {
		browser = await openBrowser();
	}, 60_000);
	afterAll(() => browser?.close());

	test.each(LANGUAGES)("looks as the PNG does where nobody has its font (%s)", async (language) => {
		for (const results of [oneGroup(language), manySystems(language)]) {
			const spec = chartSpec(results, { locale: loadLocale(language) });
			const svg = await renderSvg(spec);
			const png = Buffer.from(await renderPng(spec));
			expect(await unlikeness(browser, svg, png)).toBeLessThan(0.0005);
			// What other fonts would do, whichever are installed: letters stand a little further apart.
			const spaced = svg.replace("<style>", "<style>text{letter-spacing:1px}");
			expect(await unlikeness(browser, spaced, png)).toBeGreaterThan(0.005);
		}
	});

	test("is asked for by the address of its file, and asks for nothing", async () => {
		const file = join(FOLDER, "picture.svg");
		writeFileSync(file, await renderSvg(chartSpec(oneGroup("kk"), { locale: loadLocale("kk") })));
		const overheard = { heard: [], asked: [] };
		const page = await openPage(browser, pathToFileURL(file).href, overheard);
		const widths = await page.evaluate(() =>
			[...document.querySelectorAll("text")]
				.filter((text) => text.children.length === 0)
				.map((text) => ({
					text: text.textContent ?? "",
					width: text.getComputedTextLength(),
					size: Number.parseFloat(text.getAttribute("font-size") ?? ""),
					weight: text.getAttribute("font-weight") === "600" ? 600 : 400,
				})),
		);
		expect(widths.length).toBeGreaterThan(20);
		for (const { text, width, size, weight } of widths) {
			const laidOut = textWidth(text, size, weight as 400 | 600);
			expect(width, text).toBeLessThanOrEqual(laidOut + 1);
			expect(width, text).toBeGreaterThan(0.95 * laidOut - 1);
		}
		expect(pagesOf(overheard.asked)).toEqual([pathToFileURL(file).href]);
		expect(overheard.heard).toEqual([]);
		await page.close();
	});
});

/** The share of squares of 4 pixels in which two pictures of a chart differ by more than a quarter of black to white. */
async function unlikeness(browser: BrowserContext, svg: string, png: Buffer): Promise<number> {
	const page = await browser.newPage();
	const sources = [
		`data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`,
		`data:image/png;base64,${png.toString("base64")}`,
	];
	await page.setContent(sources.map((source) => `<img src="${source}">`).join(""));
	const share = await page.evaluate(async () => {
		const images = [...document.images] as [HTMLImageElement, HTMLImageElement];
		await Promise.all(images.map((image) => image.decode()));
		const [{ naturalWidth, naturalHeight }] = images;
		const drawn = (image: CanvasImageSource, scale: number) => {
			const canvas = document.createElement("canvas");
			canvas.width = naturalWidth * scale;
			canvas.height = naturalHeight * scale;
			const context = canvas.getContext("2d") as CanvasRenderingContext2D;
			context.imageSmoothingQuality = "high";
			context.drawImage(image, 0, 0, canvas.width, canvas.height);
			return { canvas, context };
		};
		const pixels = images.map((image) => {
			const { canvas, context } = drawn(drawn(image, 2).canvas, 1 / 4);
			return context.getImageData(0, 0, canvas.width, canvas.height).data;
		});
		const [one, two] = pixels as [Uint8ClampedArray, Uint8ClampedArray];
		let different = 0;
		for (let at = 0; at < one.length; at += 4) {
			if (Math.abs((one[at] as number) - (two[at] as number)) > 64) different += 1;
		}
		return different / (one.length / 4);
	});
	await page.close();
	return share;
}

const textsOf = (svg: string) => [...svg.matchAll(/>([^<>]+)</g)].map(([, text]) => text);
