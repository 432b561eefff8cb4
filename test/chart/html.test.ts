import { describe, expect, it } from "vitest";
import { chartSpec, renderHtml } from "../../src/chart/index.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { hostileLabels, oneGroup } from "./examples.js";
import { locale } from "./fixtures.js";

describe("the page", () => {
	it("holds the specification, unchanged", async () => {
		const spec = chartSpec(hostileLabels(), { locale: locale("en") });
		const page = await renderHtml(spec, { title: "Chart", language: "en" });
		const json = /<script type="application\/json" id="spec">(.*?)<\/script>/s.exec(page)?.[1];
		expect(JSON.parse(json ?? "")).toEqual(JSON.parse(JSON.stringify(spec)));
	});

	it("lets no text end a script or start a tag", async () => {
		const spec = chartSpec(hostileLabels(), { locale: locale("en") });
		const page = await renderHtml(spec, { title: "</title><script>alert(1)</script>", language: "en" });
		expect(page.match(/<script[\s>]/g)).toHaveLength(5);
		expect(page.match(/<\/script/g)).toHaveLength(5);
		expect(page).toMatch(/<title>[^<>]*&lt;\/title&gt;&lt;script&gt;alert\(1\)&lt;\/script&gt;<\/title>/);
	});

	it("follows its reader's choice of light or dark where it is told to, and only there", async () => {
		const spec = chartSpec(oneGroup("en"), { locale: locale("en") });
		const page = (follow: boolean) => renderHtml(spec, { title: "Chart", language: "en", follow });
		expect(await page(true)).toContain('matchMedia("(prefers-color-scheme: dark)")');
		expect(await page(false)).not.toContain('matchMedia("(prefers-color-scheme: dark)")');
	});

	it("has the emoji that its labels use inside, and no font of them where they use none", async () => {
		const page = async (results: ResultSet) =>
			renderHtml(chartSpec(results, { locale: locale("en") }), { title: "Chart", language: "en" });
		const faces = [...(await page(hostileLabels())).matchAll(/@font-face\{[^}]*;unicode-range:([^}]*)\}/g)];
		expect(faces).toHaveLength(2);
		for (const [, range = ""] of faces) {
			expect(range.split(",")).toEqual(expect.arrayContaining(["U+1f393", "U+1f469", "U+200d"]));
		}
		expect(await page(oneGroup("en"))).not.toMatch(/Noto Emoji|unicode-range/);
	});

	it("fetches nothing", async () => {
		const spec = chartSpec(oneGroup("kk"), { locale: locale("kk") });
		const page = await renderHtml(spec, { title: "Диаграмма", language: "kk" });
		expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)=/);
		expect(page).not.toContain("sourceMappingURL");
		expect(page).toContain("default-src 'none'");
	});
});
