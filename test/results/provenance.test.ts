import { DOMParser } from "@xmldom/xmldom";
import { readXlsx } from "hucre";
import { beforeAll, describe, expect, test } from "vitest";
import { chart, renderPng, renderSvg } from "../../src/chart.js";
import { explore, profile, type ResultSet, rates, render, samplePath } from "../../src/index.js";
import { provenanceOf } from "../../src/results/provenance.js";

let results: ResultSet;
let facts: Record<string, string | number>;

beforeAll(async () => {
	results = await rates([samplePath()], {
		items: ["peer-coaching", "needs:ict"],
		where: ["age!=under-30", "gender=female"],
		base: "participants",
	});
	facts = Object.fromEntries(provenanceOf(results));
});

test("it says what made the numbers, and from what", () => {
	expect(facts).toMatchObject({
		"tool.name": "talis-pd",
		"source.0.file": "synthetic-kazakhstan-2018.csv",
		"source.0.rows": 2000,
		"codebook.id": "talis-2018-teacher",
		"design.method": "fay-brr",
		"design.replicates": 100,
		"settings.base": "participants",
		bases: "participants",
		"settings.where": "age!=under-30, gender=female",
		"counted.missing.not-administered": "8",
		"counted.missing.not-reached": "7",
	});
	expect(facts["counted.missing.omitted"]).toMatch(/^\(empty\), .*\b9\b/);
	expect(facts["tool.version"]).toMatch(/^\d/);
	expect(facts["source.0.sha256"]).toMatch(/^[0-9a-f]{64}$/);
	expect(facts["codebook.rules"]).toMatch(/^[0-9a-f]+$/);
	expect(facts["counted.used"]).toBeLessThan(2000);
	expect(facts["counted.used"]).toBeGreaterThan(500);
});

test("how many rows are used is not told of protected results", async () => {
	const { counted } = await rates([samplePath()], { items: ["peer-coaching"], protect: true });
	expect(counted?.used).toBeUndefined();
	expect(counted?.missing.omitted).toContain("9");
});

const unescaped = (text: string) =>
	new DOMParser().parseFromString(`<a>${text}</a>`, "text/xml").documentElement?.textContent ?? "";
const meta = (page: string) =>
	JSON.parse(unescaped(/<meta name="provenance" content="([^"]*)"/.exec(page)?.[1] ?? ""));
const inXmp = (text: string) => JSON.parse(unescaped(/<own:provenance[^>]*>([^<]*)</.exec(text)?.[1] ?? ""));

describe("it is read back from", () => {
	test("json", async () => {
		const json = JSON.parse(await render(results, { format: "json" }));
		expect(Object.fromEntries(provenanceOf(json))).toEqual(facts);
	});

	test("a workbook's sheet", async () => {
		const { sheets } = await readXlsx(await render(results, { format: "xlsx" }));
		const rows = sheets.find(({ name }) => name === "Provenance")?.rows ?? [];
		expect(Object.fromEntries(rows.map(([name, value]) => [name, value]))).toEqual(facts);
	});

	test("html, markdown and latex", async () => {
		expect(meta(await render(results, { format: "html" }))).toEqual(facts);
		const markdown = await render(results, { format: "markdown" });
		expect(JSON.parse(/<!-- provenance (.*) -->/.exec(markdown)?.[1] ?? "")).toEqual(facts);
		const latex = await render(results, { format: "latex" });
		expect(JSON.parse(/^% provenance (.*)$/m.exec(latex)?.[1] ?? "")).toEqual(facts);
	});

	test("the foot of a table: tool, codebook, rules and rows; no hash, which a terminal's table does not wait for", async () => {
		const text = (await render(results, { format: "table", width: 400 })).replace(/\s+/g, " ");
		expect(text).toContain(
			`talis-pd ${facts["tool.version"]}; talis-2018-teacher ${facts["codebook.version"]};`,
		);
		expect(text).not.toContain("SHA-256");
		expect(text).toContain(`rules ${String(facts["codebook.rules"]).slice(0, 12)}`);
		expect(text).toMatch(/ [\d,]+ of 2,000 rows/);
	});

	test("svg and png of results, of any size, and of a specification that was drawn later", async () => {
		const spec = await chart(results, { format: "vega-lite" });
		const drawings = [
			await chart(results),
			await chart(results, { size: "social" }),
			await renderSvg(JSON.parse(JSON.stringify(spec))),
		];
		for (const svg of drawings) expect(inXmp(svg)).toEqual(facts);
		for (const png of [await chart(results, { format: "png" }), await renderPng(spec)]) {
			expect(inXmp(packetIn(png))).toEqual(facts);
		}
	});

	test("pdf, a chart's page, and a specification", async () => {
		const pdf = Buffer.from(await chart(results, { format: "pdf" })).toString("latin1");
		const texts = [...pdf.matchAll(/ obj\n\(((?:\\.|[^\\)])*)\)/gs)].map(([, written = ""]) =>
			inPdf(written),
		);
		const text = texts.find((one) => one.startsWith("{")) ?? "";
		expect(JSON.parse(text)).toEqual(facts);
		expect(meta(await chart(results, { format: "html" }))).toEqual(facts);
		const { usermeta } = await chart(results, { format: "vega-lite" });
		expect(usermeta).toEqual({ "talis-pd": facts });
	});
});

describe("pages and drawings of several questions say it, too", () => {
	const known = { "source.0.sha256": expect.any(String), "counted.used": 2000, "design.method": "fay-brr" };
	const asked = { topics: ["focus"], countries: [] };

	test("a profile: page, drawing, picture and pdf, with the file and what was published", async () => {
		const [svg = "", png = Buffer.of(), html = "", pdf = Buffer.of()] = await Promise.all(
			(["svg", "png", "html", "pdf"] as const).map(async (format) => {
				const pages = await profile([samplePath()], { ...asked, format });
				return pages.get("KAZ");
			}),
		);
		const made = meta(String(html));
		expect(made).toMatchObject({ ...known, "source.1.format": "published", bases: "participants" });
		expect(made["codebook.rules"]).toBe(facts["codebook.rules"]);
		expect(inXmp(String(svg))).toEqual(made);
		expect(inXmp(packetIn(png as Uint8Array))).toEqual(made);
		expect(Buffer.from(pdf as Uint8Array).toString("latin1")).toContain("source.0.sha256");
	});

	test("explore: each edition", async () => {
		const page = await explore([samplePath()]);
		const editions = meta(page) as Record<string, string>[];
		expect(editions[0]).toMatchObject(known);
		expect(editions.length).toBeGreaterThan(2);
		for (const edition of editions) expect(edition["tool.version"]).toBe(facts["tool.version"]);
	});
});

const PDF_SIGNS: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** A text of a PDF; one with letters beyond ASCII is UTF-16 after a mark that says so. */
function inPdf(written: string): string {
	const bytes = Buffer.from(
		written.replace(/\\([()\\nrtbf])/g, (_, sign) => PDF_SIGNS[sign] ?? sign),
		"latin1",
	);
	const isWide = bytes.length > 1 && bytes.readUInt16BE(0) === 0xfeff;
	return isWide ? bytes.subarray(2).swap16().toString("utf16le") : bytes.toString("latin1");
}

/** The XMP of a PNG, whose chunks are walked as a reader of the format does. */
function packetIn(png: Uint8Array): string {
	const bytes = Buffer.from(png);
	for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
		const content = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
		const keyword = "XML:com.adobe.xmp\0";
		const isXmp = bytes.toString("latin1", at + 4, at + 8) === "iTXt" && content.indexOf(keyword) === 0;
		if (isXmp) return content.toString("utf8", keyword.length + 4);
	}
	return "";
}
