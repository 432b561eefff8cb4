import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import type { ResultSet } from "../../src/index.js";
import { run } from "../cli/support.js";
import { contents, reportFolder, SHIPPED } from "./support.js";

const shipped = contents(join(SHIPPED, "build"));

describe("the shipped report", () => {
	test("is built again to the same bytes, in any folder and at any time", async () => {
		const out = join(mkdtempSync(join(tmpdir(), "talis-pd-report-")), "year");
		const { code } = await run(["report", join(SHIPPED, "report.yaml"), "--allow-outside", "--out", out], {
			env: { TZ: "Pacific/Apia", LANG: "ru_RU.UTF-8" },
		});
		expect(code).toBe(0);
		const rebuilt = contents(out);
		expect(Object.keys(rebuilt)).toEqual(Object.keys(shipped));
		expect(Object.keys(rebuilt).filter((file) => rebuilt[file] !== shipped[file])).toEqual([]);
	}, 120_000);

	test("is small and names no folder of the machine it was built on", () => {
		const bytes = Object.values(shipped).reduce((sum, content) => sum + content.length, 0);
		expect(bytes).toBeLessThan(4 * 2 ** 20);
		for (const [file, content] of Object.entries(shipped)) {
			expect(content.includes(process.cwd()), file).toBe(false);
			expect(/(?:\/home|\/tmp|\/Users|\/work)\//.test(content), file).toBe(false);
		}
	});

	test("has the hash of every file and of what it was made from in its manifest", () => {
		const manifest = JSON.parse(shipped["manifest.json"] as string);
		const hash = (content: string | Buffer) =>
			createHash("sha256")
				.update(typeof content === "string" ? Buffer.from(content, "latin1") : content)
				.digest("hex");
		const files = Object.keys(shipped).filter((file) => file !== "manifest.json");
		expect(manifest.outputs.map(({ path }: { path: string }) => path)).toEqual(files);
		for (const { path, sha256, bytes } of manifest.outputs) {
			expect([sha256, bytes], path).toEqual([hash(shipped[path] as string), shipped[path]?.length]);
		}
		const [config, data] = manifest.inputs;
		expect(config.sha256).toBe(hash(readFileSync(join(SHIPPED, "report.yaml"))));
		const sample = "../../data/samples/synthetic-kazakhstan-2018.csv";
		expect(data.sha256).toBe(hash(readFileSync(join(SHIPPED, sample))));
	});

	test("has the font of its charts once in the page, and its letters in every SVG", () => {
		const faces = (text: string | undefined) => text?.match(/@font-face/g)?.length;
		expect(faces(shipped["index.html"])).toBe(2);
		const svgs = Object.keys(shipped).filter((file) => file.endsWith(".svg"));
		expect(svgs.length).toBeGreaterThan(3);
		for (const file of svgs) expect(faces(shipped[file]), file).toBe(2);
	});

	test("says the same numbers in tables, charts, results and words", () => {
		const results: ResultSet = JSON.parse(shipped["results.json"] as string);
		const own = results.estimates.filter(
			({ topic, group, statistic }) =>
				topic === "needs" && statistic === "percent" && Object.keys(group).join() === "country",
		);
		const key = (country: string, item: string) => `${country} ${item}`;
		const { data: rows } = Papa.parse<Record<string, string>>(shipped["tables/needs.csv"] as string, {
			header: true,
			skipEmptyLines: true,
		});
		const table = new Map(
			rows.map((row) => [key(row.country as string, row.item as string), Number(row.estimate)]),
		);
		const chart = JSON.parse(Buffer.from(shipped["charts/needs.vl.json"] as string, "latin1").toString());
		const drawn = numbersIn(chart);
		expect(own.length).toBeGreaterThan(20);
		for (const { item, group, estimate } of own) {
			expect(table.get(key(group.country as string, item))).toBe(estimate);
			expect(drawn.has(estimate as number), `${item} is drawn`).toBe(true);
		}
		const mine = own.filter(({ group }) => group.country === "KAZ");
		const top = mine.toSorted((a, b) => (b.estimate ?? 0) - (a.estimate ?? 0))[0];
		expect(shipped["summary.md"]).toContain(`${top?.estimate?.toFixed(1)}%`);
		expect(shipped["index.html"]).toContain(`${top?.estimate?.toFixed(1)} (${top?.se?.toFixed(1)})`);
	});
});

/** Every number anywhere in a specification. */
function numbersIn(value: unknown): Set<number> {
	if (typeof value === "number") return new Set([value]);
	if (typeof value !== "object" || value === null) return new Set();
	return new Set(Object.values(value).flatMap((part) => [...numbersIn(part)]));
}

test("the report of the four-system sample builds in one command, with every file", async () => {
	const out = join(mkdtempSync(join(tmpdir(), "talis-pd-report-")), "year");
	const config = join(SHIPPED, "../synthetic-talis-2024/report.yaml");
	const { code } = await run(["report", config, "--allow-outside", "--out", out]);
	expect(code).toBe(0);
	const files = Object.keys(contents(out));
	expect(files).toEqual(
		expect.arrayContaining(["index.html", "results.json", "summary.md", "tables.xlsx", "charts/gaps.png"]),
	);
	const { estimates }: ResultSet = JSON.parse(readFileSync(join(out, "results.json"), "utf8"));
	const systems = new Set(estimates.map(({ group }) => group.country));
	expect([...systems]).toEqual(expect.arrayContaining(["KAZ", "EST", "FIN", "SGP"]));
}, 120_000);

describe("a report of one's own", () => {
	const evil = {
		kk: `</style><script>document.title="x"</script> ${"ұзын".repeat(50)} & "тырнақша" 🙂`,
		en: `</script><script>alert(1)</script> & "quotes" 🙂`,
	};
	let page: string;
	let summary: string;

	beforeAll(async () => {
		const { config, out, folder } = reportFolder({
			title: evil,
			introduction: evil,
			publisher: evil,
			languages: ["kk", "en"],
			charts: "topics",
			data: "<b>&'\"🙂.csv",
		});
		cpSync(join(folder, "teachers.csv"), join(folder, "<b>&'\"🙂.csv"));
		const { code, err } = await run(["report", config, "--out", out, "--as-of", "2026-09-01"]);
		expect([code, err]).toEqual([0, expect.stringContaining("index.html")]);
		page = readFileSync(join(out, "index.html"), "utf8");
		summary = readFileSync(join(out, "summary.md"), "utf8");
	}, 60_000);

	test("holds nothing of its texts as markup", () => {
		// Other languages are data.
		expect(page.match(/<script\b[^>]*>/g)).toEqual([
			'<script type="application/json" id="languages">',
			"<script>",
		]);
		expect(page.match(/<\/style>/g)).toHaveLength(2);
		expect(page).not.toContain("<b>");
		expect(page).toContain(
			"&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quotes&quot; 🙂",
		);
		expect(summary).not.toMatch(/(^|[^\\])<script/);
	});

	test("bears the day it was asked to", () => {
		expect(page).toContain("September 1, 2026");
		expect(page).toContain("2026 ж. 1 қыркүйек");
	});
});

test("a report of some teachers says so on its page and in its summary", async () => {
	const { config, out } = reportFolder({ where: ["gender=female"], languages: ["en", "ru"] });
	expect((await run(["report", config, "--out", out])).code).toBe(0);
	const files = contents(out);
	expect(files["summary.md"]).toContain("Only: Female");
	const page = readFileSync(join(out, "index.html"), "utf8");
	expect(page).toContain("<span>Only: Female</span>");
	expect(page).toContain('"Только: Женщины"');
});
