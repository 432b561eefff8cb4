import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { distanceFrom, SAME } from "../../src/base/distance.js";
import {
	type Comparison,
	compare,
	explore,
	LANGUAGES,
	published,
	render,
	samplePath,
} from "../../src/index.js";
import { hasBrowser, openBrowser, openPage, pagesOf, SKIPPED, violations } from "./browser.js";

/** Numbers of the page and of the library: engines differ in the last digits of an exponential. */
function expectNear(
	found: readonly number[] | undefined,
	expected: readonly (number | null)[],
	name: string,
): void {
	expect(found, name).toHaveLength(expected.length);
	for (const [place, value] of expected.entries()) {
		const own = found?.[place] ?? Number.NaN;
		if (value === null) expect(own, name).toBeNaN();
		else expect(distanceFrom(value, own), `${name}: ${own} and ${value}`).toBeLessThan(SAME);
	}
}

const FOLDER = mkdtempSync(join(tmpdir(), "talis-pd-explore-"));
const FILE = join(FOLDER, "explore.html");
const PAGE = pathToFileURL(FILE).href;
const WIDTHS = [390, 768, 1280];
const VIEWS = ["rank", "map", "table", "trend", "groups"];

describe.skipIf(!hasBrowser)(`the page to explore figures in${SKIPPED}`, () => {
	let browser: BrowserContext;
	const overheard = { heard: [] as string[], asked: [] as string[] };

	beforeAll(async () => {
		// The sample's results stand beside all that is published.
		writeFileSync(FILE, await explore([samplePath()]));
		browser = await openBrowser();
	}, 60_000);
	afterAll(() => browser?.close());

	const open = (place = "", width = 1280) => openPage(browser, PAGE + place, overheard, { width });
	const addressOf = async (page: Page) => new URL(page.url()).hash;
	const optionsOf = (page: Page, id: string) =>
		page.locator(`#${id} option`).evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value));
	const overflowOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

	/** Numbers in the cells of the table of figures, by code of the system. */
	const tableOf = async (page: Page) =>
		new Map(
			await page.locator("table.figures tr[data-code]").evaluateAll((rows) =>
				rows.map((row) => {
					const data = [...row.querySelectorAll<HTMLElement>("td")].map(({ dataset }) => dataset);
					const find = (name: string) => data.find((own) => own[name] !== undefined)?.[name];
					const values = data.flatMap(({ value }) => (value === undefined ? [] : [Number(value)]));
					const numbers = [values[0], values[1], find("low"), find("high")].map(Number);
					return [(row as HTMLElement).dataset.code as string, numbers] as const;
				}),
			),
		);

	/** Numbers of a table of differences. */
	const differencesOf = (page: Page, within = "") =>
		page.locator(`${within} table.differences tbody tr`).evaluateAll((rows) =>
			rows.map((row) => {
				const own = Object.assign(
					{},
					...[...row.querySelectorAll<HTMLElement>("td")].map((td) => ({ ...td.dataset })),
				);
				const { difference, se, low, high, p, adjusted, kind } = own;
				const { a, b, code } = (row as HTMLElement).dataset;
				return {
					a,
					b,
					code,
					kind,
					numbers: [difference, se, low, high, p].map(Number),
					adjusted: Number(adjusted),
				};
			}),
		);

	const numbersOf = ({ difference, se, ciLow, ciHigh, p }: Comparison) => [difference, se, ciLow, ciHigh, p];

	test("is one file of at most 3 MB that asks for nothing and says nothing on the console", async () => {
		const page = await open();
		expect(readFileSync(FILE).length).toBeLessThan(3_000_000);
		expect(pagesOf(overheard.asked)).toEqual([PAGE]);
		expect(overheard.heard).toEqual([]);
		await page.close();
	});

	test.each([
		["courses", { cycle: 2024, population: "isced2", by: [] }],
		["courses", { cycle: 2024, population: "isced1", by: ["experience"] }],
		["ict", { cycle: 2018, population: "isced3", by: [] }],
	] as const)("figures of %s are those of the command line (%j)", async (item, { cycle, population, by }) => {
		const topic = item === "ict" ? "needs" : "activities";
		const group = by.length === 0 ? "" : "&group=experience=0-5";
		const page = await open(`#item=${topic}:${item}&cycle=${cycle}&level=${population}${group}&view=table`);
		const { estimates } = published({
			...{ cycle, topics: [topic], items: [item], by: ["population", ...by] },
			where: [`population=${population}`],
		});
		const own = estimates.filter((row) => (row.group.experience ?? "0-5") === "0-5");
		const seen = await tableOf(page);
		expect(own.length).toBeGreaterThan(5);
		for (const {
			group: { country = "" },
			estimate,
			se,
			ciLow,
			ciHigh,
			status,
		} of own) {
			const shown = seen.get(country);
			if (estimate !== null) expectNear(shown, [estimate, se, ciLow, ciHigh], country);
			else if (!country.startsWith("average:")) {
				const note = await page.locator(`tr[data-code="${country}"] td`).last().textContent();
				expect(note, country).toMatch(status === "not-administered" ? /not asked/ : /hidden|no data/);
			}
		}
		await page.click("#view-rank");
		const shown = own.filter((row) => row.estimate !== null && !row.group.country?.startsWith("average:"));
		expect(await page.locator("#drawing .mark").count()).toBe(shown.length);
		const [first] = shown as [(typeof shown)[number]];
		const said = await page
			.locator(`#drawing .mark[data-code="${first.group.country}"]`)
			.getAttribute("aria-label");
		expect(said).toContain(`${first.estimate?.toFixed(1)}%, 95% interval ${first.ciLow?.toFixed(1)}% to`);
		await page.close();
	});

	test("countries and averages are compared as the command line compares them", async () => {
		const file = join(FOLDER, "published.json");
		const all = { topics: ["needs"], by: ["population"], where: ["population=isced2"] };
		const question = { ...all, items: ["ict"] };
		// Of all items, as these together tell how much of Belgium a part of it is.
		writeFileSync(file, String(await render(published(all), { format: "json" })));
		const page = await open("#item=needs:ict&cycle=2024&level=isced2&pins=KAZ,FRA,BFL,SGP&with=FRA");
		const pairs = await differencesOf(page, ".comparison");
		expect(pairs.map(({ a, b }) => `${a}-${b}`)).toEqual(["KAZ-FRA", "BFL-FRA", "SGP-FRA"]);
		const few = join(FOLDER, "few.json");
		const four = published({ ...question, countries: ["KAZ", "FRA", "BFL", "SGP"] });
		writeFileSync(few, String(await render(four, { format: "json" })));
		const { comparisons } = await compare([few], { between: "country", reference: "FRA" });
		expect(comparisons.length).toBe(3);
		for (const row of comparisons) {
			const own = pairs.find(({ a }) => a === row.between.a);
			expect(own?.kind, row.between.a).toBe(row.kind);
			expectNear(
				[...(own?.numbers ?? []), own?.adjusted ?? Number.NaN],
				[...numbersOf(row), row.pAdjusted],
				row.between.a,
			);
		}
		await page.selectOption("#reference", "oecd");
		const average = await compare([file], { between: "country", reference: "average:oecd" });
		const seen = await differencesOf(page, ".comparison");
		const kinds = new Map(seen.map(({ a, kind }) => [a, kind]));
		expect(Object.fromEntries(kinds)).toEqual({
			...{ KAZ: "independent", FRA: "part-whole", SGP: "independent", BFL: "part-whole" },
		});
		for (const code of ["KAZ", "FRA", "SGP", "BFL"]) {
			const row = average.comparisons.find(
				({ item, between }) => item === "ict" && between.a === code,
			) as Comparison;
			expectNear(seen.find(({ a }) => a === code)?.numbers, numbersOf(row), code);
		}
		await page.goto(
			page.url().replace(/#.*/, "#item=needs:ict&cycle=2024&level=isced2&pins=BFL,BEL&with=BEL"),
		);
		const [part] = await differencesOf(page, ".comparison");
		const whole = await compare([file], { between: "country", reference: "BEL" });
		const same = whole.comparisons.find(
			({ item, between }) => item === "ict" && between.a === "BFL",
		) as Comparison;
		expect([part?.kind, same.kind]).toEqual(["part-whole", "part-whole"]);
		expectNear(part?.numbers, numbersOf(same), "BFL");
		await page.close();
	});

	test("a part of a country whose share nobody can tell has no test against it, and why is said in each language", async () => {
		const own = join(FOLDER, "communities.json");
		const asked = { topics: ["needs"], countries: ["BEL", "BFL"], where: ["population=isced2"] };
		writeFileSync(own, String(await render(published(asked), { format: "json" })));
		writeFileSync(join(FOLDER, "communities.html"), await explore([own]));
		const address = pathToFileURL(join(FOLDER, "communities.html")).href;
		const said: Record<string, string> = {
			en: "Flemish Community (Belgium) is part of Belgium: not tested",
			kk: "құрамындағы бөлік: екеуіне ортақ үлес белгісіз",
			ru: "проверки нет, так как общая для них доля неизвестна",
		};
		for (const language of LANGUAGES) {
			const place = `#lang=${language}&item=needs:ict&pins=BFL,BEL&with=BEL`;
			const page = await openPage(browser, address + place, overheard);
			expect(await page.locator(".comparison td[data-kind]").textContent()).toContain(
				said[language] ?? "no sentence",
			);
			await page.close();
		}
	});

	test("changes are those of the command line, and cycles that do not compare are not joined", async () => {
		const saved = (["2018", "2024"] as const).map((cycle) => {
			const file = join(FOLDER, `${cycle}.json`);
			return { cycle, file };
		});
		for (const { cycle, file } of saved) {
			const question = {
				cycle,
				topics: ["needs"],
				items: ["ict"],
				by: ["population"],
				where: ["population=isced2"],
			};
			writeFileSync(file, String(await render(published(question), { format: "json" })));
		}
		const page = await open("#item=needs:ict&cycle=2024&level=isced2&pins=KAZ,SGP&view=trend");
		const seen = await differencesOf(page);
		const { comparisons } = await compare(
			saved.map(({ file }) => file),
			{ between: "cycle", average: ["oecd"] },
		);
		for (const code of ["KAZ", "SGP", "average:oecd-25"]) {
			const row = comparisons.find(({ group }) => group.country === code) as Comparison;
			const own = seen.find((one) => one.code === code && one.a === "2024");
			expectNear(own?.numbers, numbersOf(row), code);
		}
		await page.goto(`${PAGE}#item=barriers:cost&cycle=2024&level=isced2&view=trend`);
		expect(await page.locator("#drawing .path").count()).toBeGreaterThan(20);
		await page.goto(`${PAGE}#item=activities:courses&cycle=2024&level=isced2&view=trend`);
		expect(await page.locator("#drawing").textContent()).toContain("only one cycle");
		await page.close();
	});

	test("groups of one sample are tested only where the results have their covariance", async () => {
		const page = await open("#item=activities:courses-online&cycle=own-1&view=groups");
		const [own] = await differencesOf(page);
		const question = { between: "gender", topics: ["activities"], items: ["courses-online"] };
		const [row] = (await compare([samplePath()], question)).comparisons;
		expect(own).toMatchObject({ a: "female", b: "male", kind: "same-sample" });
		expectNear(own?.numbers, numbersOf(row as Comparison), "female − male");
		await page.goto(`${PAGE}#item=activities:courses&cycle=2024&view=groups&pins=KAZ&by=experience`);
		expect(await page.locator("#drawing .panel .mark").count()).toBe(4);
		expect(await page.locator("#drawing table.differences").count()).toBe(0);
		expect(await page.locator("#drawing .note").textContent()).toContain("covariances");
		await page.close();
	});

	test.each(WIDTHS)(
		"figures of one system open on its groups, and stand by item, at %i pixels",
		async (width) => {
			const page = await open("#item=activities:courses-online&cycle=own-1", width);
			expect(await page.locator("#view-groups").getAttribute("aria-pressed")).toBe("true");
			await page.locator("#by").selectOption("item");
			expect(await addressOf(page)).toContain("by=item");
			const items = (await optionsOf(page, "item")).toSorted();
			const drawn = await page
				.locator("#drawing .mark")
				.evaluateAll((marks) => marks.map((mark) => mark.getAttribute("data-group") ?? ""));
			expect(drawn.length).toBeGreaterThan(9);
			expect(items).toEqual(expect.arrayContaining(drawn));
			expect(drawn[0]).toBe("any");
			expect(await overflowOf(page)).toBeLessThanOrEqual(0);
			await page.locator("#view-rank").click();
			expect(await addressOf(page)).toContain("view=rank");
			await page.close();
		},
	);

	test.each(WIDTHS)(
		"every control does what it says at %i pixels, and the address has it",
		async (width) => {
			const page = await open("#cycle=2024&item=activities:courses", width);
			for (const [id, name] of [
				["topic", "item"],
				["item", "item"],
				["level", "level"],
				["group", "group"],
				["average", "average"],
				["sort", "sort"],
			] as const) {
				const options = await optionsOf(page, id);
				const now = await page.inputValue(`#${id}`);
				const other = options.find((one) => one !== now) as string;
				await page.focus(`#${id}`);
				await page.selectOption(`#${id}`, other);
				expect(await page.inputValue(`#${id}`), id).toBe(other);
				expect(new URLSearchParams((await addressOf(page)).slice(1)).get(name), id).toContain(other);
				expect(await page.evaluate(() => document.activeElement?.id)).toBe(id);
				expect(await page.locator("#drawing svg .mark").count()).toBeGreaterThan(0);
			}
			await page.selectOption("#topic", "needs");
			await page.selectOption("#item", "ict");
			for (const cycle of await optionsOf(page, "cycle")) {
				await page.selectOption("#cycle", cycle);
				expect(await addressOf(page)).toContain(`cycle=${cycle}`);
			}
			await page.selectOption("#cycle", "2024");
			await page.selectOption("#level", "isced2");
			await page.fill("#search", "kaza");
			await page.press("#search", "Enter");
			await page.fill("#search", "nowhere");
			await page.press("#search", "Tab");
			expect(await page.locator(".missing").textContent()).not.toBe("");
			await page.click('#drawing .mark[data-code="FRA"] .point', { force: true });
			expect(await addressOf(page)).toContain("pins=KAZ,FRA");
			await page.selectOption("#reference", "KAZ");
			expect(await page.locator(".comparison tbody tr").count()).toBe(1);
			for (const view of VIEWS) {
				await page.click(`#view-${view}`);
				expect(await page.getAttribute(`#view-${view}`, "aria-pressed")).toBe("true");
				expect(await overflowOf(page), view).toBeLessThanOrEqual(0);
				expect((await page.locator("#drawing").boundingBox())?.height, view).toBeGreaterThan(60);
			}
			await page.selectOption("#by", { index: 0 });
			await page.click("#view-table");
			await page.check("#pin-SGP");
			await page.selectOption("#sort", "high");
			await page.click("#sort-high");
			expect(await addressOf(page)).toContain("sort=low");
			const first = page.locator("table.figures tbody:last-of-type tr").first();
			const lowest = Math.min(
				...[...(await tableOf(page))].map(([, [value = 0]]) => value).filter(Number.isFinite),
			);
			expect(Number(await first.locator("td[data-value]").first().getAttribute("data-value"))).toBe(lowest);
			await page.click("#sort-name");
			for (const language of LANGUAGES) {
				await page.click(`#lang-${language}`);
				expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
				expect(await page.locator("main").textContent()).not.toMatch(/undefined|\{\w+\}|NaN/);
				expect(await overflowOf(page), language).toBeLessThanOrEqual(0);
			}
			await page.selectOption("#theme", "dark");
			const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
			expect(await paper()).toBe("rgb(20, 24, 29)");
			await page.selectOption("#theme", "light");
			expect(await paper()).toBe("rgb(255, 255, 255)");
			await page.click(".pin >> nth=0");
			expect(await addressOf(page)).toContain("pins=FRA,SGP");
			const address = await addressOf(page);
			await page.reload();
			expect(await page.locator(".pin").count()).toBe(2);
			expect(await addressOf(page)).toBe(address);
			await page.click(".pins button:last-child");
			expect(await addressOf(page)).not.toContain("pins");
			expect(overheard.heard).toEqual([]);
			await page.close();
		},
		60_000,
	);

	test("the keyboard moves between countries, hears their figures and pins them", async () => {
		const page = await open("#item=activities:courses&cycle=2024");
		const stop = page.locator('#drawing .mark[tabindex="0"]');
		expect(await stop.count()).toBe(1);
		await stop.focus();
		const codeOf = () => page.evaluate(() => document.activeElement?.getAttribute("data-code"));
		const start = await codeOf();
		await page.keyboard.press("ArrowDown");
		const next = await codeOf();
		expect(next).not.toBe(start);
		expect(await page.locator(".tooltip").textContent()).toMatch(
			/: \d+\.\d%, 95% interval \d+\.\d% to \d+\.\d%/,
		);
		await page.keyboard.press("Enter");
		expect(await addressOf(page)).toContain(`pins=${next}`);
		expect(await codeOf()).toBe(next);
		expect(await page.locator(`.mark[data-code="${next}"]`).getAttribute("aria-pressed")).toBe("true");
		expect(await page.locator("[role=status]").textContent()).toMatch(/points (above|below)/);
		await page.keyboard.press("Escape");
		expect(await page.locator(".tooltip").isVisible()).toBe(false);
		await page.locator("#drawing .mark .hit").nth(5).hover();
		expect(await page.locator(".tooltip").isVisible()).toBe(true);
		await page.close();
	});

	test("an enlarged map makes small countries large enough to be hit, pinned ones in the middle", async () => {
		const page = await open("#item=activities:courses&cycle=2024&view=map&pins=SVN", 390);
		const slovenia = page.locator('#drawing .mark[data-code="SVN"] .area');
		const before = await slovenia.boundingBox();
		await page.selectOption("#zoom", "8");
		expect(await addressOf(page)).toContain("zoom=8");
		const after = await slovenia.boundingBox();
		// A target of a pointer is 24 pixels large at least (WCAG 2.5.8).
		expect(before?.width).toBeLessThan(24);
		expect(after?.width).toBeGreaterThan(24);
		const place = await page.locator(".world").boundingBox();
		const middle = (after?.x ?? 0) + (after?.width ?? 0) / 2;
		expect(Math.abs(middle - (place?.x ?? 0) - (place?.width ?? 0) / 2)).toBeLessThan(20);
		expect(await overflowOf(page)).toBeLessThanOrEqual(0);
		await slovenia.click();
		expect(await addressOf(page)).not.toContain("SVN");
		await page.close();
	});

	test("what is hidden or absent is named with the reason, and hatched on the map", async () => {
		const page = await open("#item=focus:ict&cycle=2024&level=isced3&pins=KAZ&view=map");
		const lines = await page.locator(".absent").allTextContents();
		expect(lines.find((line) => line.includes("Croatia"))).toMatch(/^hidden: too few teachers or schools/);
		expect(lines.find((line) => line.includes("Kazakhstan"))).toMatch(/^no data/);
		const croatia = page.locator('#drawing .mark[data-code="HRV"]');
		expect(await croatia.getAttribute("aria-label")).toContain("hidden");
		expect(await croatia.locator(".area.none").count()).toBe(1);
		await page.close();
	});

	test("downloads hold what is shown, with its source and licence", async () => {
		const page = await open("#item=needs:ict&cycle=2024&level=isced2&pins=KAZ");
		const saved = async (id: string) => {
			const [download] = await Promise.all([page.waitForEvent("download"), page.click(`#${id}`)]);
			return readFileSync(await download.path());
		};
		const csv = (await saved("csv")).toString("utf8");
		const rows = published({
			topics: ["needs"],
			items: ["ict"],
			by: ["population"],
			where: ["population=isced2"],
		});
		const own = rows.estimates.find(({ group }) => group.country === "KAZ");
		const line = csv.split("\n").find((text) => text.includes(",KAZ,")) ?? "";
		expect(line).toContain(`KAZ,Kazakhstan,isced2,,2024,all,percent,${own?.estimate},${own?.se},`);
		const [low, high] = line.split(",").slice(12, 14).map(Number);
		expectNear([low ?? 0, high ?? 0], [own?.ciLow ?? 0, own?.ciHigh ?? 0], "interval");
		expect(csv).toContain("CC BY 4.0");
		for (const view of ["rank", "map", "trend", "groups"]) {
			await page.click(`#view-${view}`);
			const drawing = (await saved("svg")).toString("utf8");
			expect(drawing, view).toMatch(/^<svg [\s\S]*CC BY 4\.0[\s\S]*<\/svg>$/);
			expect(drawing).not.toMatch(/class=|tabindex|var\(/);
		}
		const picture = await saved("png");
		expect(picture.subarray(1, 4).toString()).toBe("PNG");
		expect(picture.length).toBeGreaterThan(10_000);
		expect(overheard.heard).toEqual([]);
		await page.close();
	});

	test.each(["light", "dark"] as const)(
		"axe finds nothing wrong in any view, %s",
		async (colorScheme) => {
			// A level of few systems, as axe looks at every mark.
			const page = await open("#item=needs:ict&cycle=2024&level=isced3&pins=TUR,BFL");
			await page.emulateMedia({ colorScheme });
			for (const view of colorScheme === "light" ? VIEWS : ["map", "table"]) {
				await page.click(`#view-${view}`);
				expect(await violations(page), view).toEqual([]);
			}
			await page.close();
		},
		60_000,
	);
});
