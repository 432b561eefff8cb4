import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { chosenTable, settled } from "../../src/explore/model/choice.js";
import { chosenFigures } from "../../src/explore/model/figures.js";
import type { Pack } from "../../src/explore/pack.js";
import { explore, LANGUAGES, published, rates, render, samplePath } from "../../src/index.js";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-explore-"));
const at = (name: string) => join(folder, name);

function packIn(page: string): Pack {
	const [, json = ""] = /<script type="application\/json" id="pack">(.*?)<\/script>/s.exec(page) ?? [];
	return JSON.parse(json);
}

describe("what the page holds", () => {
	let page = "";
	let pack: Pack;

	beforeAll(async () => {
		page = await explore([]);
		pack = packIn(page);
	});

	test("every published figure of topics that are printed of all teachers, and nothing else", () => {
		expect(pack.editions.map(({ id }) => id)).toEqual(["2024", "2018", "2013"]);
		const systems = pack.editions[0]?.systems.filter((code) => !code.startsWith("average:"));
		expect(systems).toHaveLength(55);
		const cells = (edition: number) =>
			pack.tables
				.filter((table) => table.edition === edition)
				.reduce((sum, table) => sum + table.cells.filter((cell) => cell !== null).length, 0);
		const tables = ["isced1", "isced2", "isced3"].map((level) =>
			readFileSync(join(root, `data/published/talis-2024-${level}.csv`), "utf8")
				.trim()
				.split("\n"),
		);
		// The first seven columns of a table say what a line is of: its topic first, its group fifth.
		const lines = tables.flatMap(([, ...lines]) => lines.map((line) => line.split(",")));
		// Of what is printed by groups alone the page says nothing.
		const topics = new Set(lines.filter(([, , , , breakdown]) => breakdown === "").map(([topic]) => topic));
		expect(topics.size).toBeGreaterThan(3);
		const printed = lines
			.filter(([topic]) => topics.has(topic))
			.flatMap((line) => line.slice(7).filter((cell) => cell.trim() !== ""));
		expect(cells(0)).toBe(printed.length);
	});

	test("names in every language, and every message that it says", () => {
		for (const { label, items } of pack.topics) {
			for (const texts of [label, ...items.map((item) => item.label)]) {
				expect(Object.keys(texts).sort()).toEqual([...LANGUAGES].sort());
			}
		}
		const client = join(root, "src/explore/client");
		const code = readdirSync(client)
			.filter((name) => name.endsWith(".ts"))
			.map((name) => readFileSync(join(client, name), "utf8"))
			.join("\n");
		const keys = [...code.matchAll(/\.text\(\s*"([\w.-]+)"/g)].map(([, key]) => key as string);
		expect(keys.length).toBeGreaterThan(40);
		for (const key of keys) expect(pack.messages.kk, key).toHaveProperty([key]);
	});

	test("its policy lets only its own script run, and its script compiles nothing", () => {
		expect(page).toMatch(/script-src 'sha256-[\w+/=]+';/);
		expect(page).not.toMatch(/unsafe-eval|new Function\(|[^.\w]eval\(/);
		expect(page).not.toMatch(/ style="/);
	});

	test("a choice that there is not becomes the nearest there is", () => {
		const wanted = { topic: "focus", item: "ict", edition: "2018", level: "isced2", group: "gender=female" };
		expect(settled(pack, wanted)).toEqual({ ...wanted, group: "" });
		expect(settled(pack, { ...wanted, edition: "1999", level: "isced9" })).toMatchObject({
			...{ edition: "2024", level: "isced2", group: "" },
		});
		const { topic, item } = settled(pack, { topic: "nothing", item: "at-all" });
		expect(pack.tables[0]).toMatchObject({ topic, item });
	});
});

describe("results of one's own", () => {
	test("are taken as they stand, with their intervals, n and status", async () => {
		const results = await rates([samplePath()], { topics: ["activities"] });
		writeFileSync(at("results.json"), String(await render(results, { format: "json" })));
		const pack = packIn(await explore([at("results.json")], { onlyOwn: true }));
		expect(pack.editions).toHaveLength(1);
		for (const row of results.estimates) {
			const table = chosenTable(pack, settled(pack, { topic: row.topic, item: row.item }));
			const [figure] = chosenFigures(pack, table as NonNullable<typeof table>);
			const { estimate, se, ciLow, ciHigh, n, df, status } = row;
			expect(figure?.estimate).toMatchObject({ estimate, se, ciLow, ciHigh, n, df, status });
		}
	});

	test("cannot break out of the page by what they are called", async () => {
		const results = published({ countries: ["KAZ"], topics: ["focus"], items: ["ict"] });
		const [row] = results.estimates as [(typeof results.estimates)[number]];
		const hostile = {
			...results,
			codebook: { ...results.codebook, id: "unknown-survey", title: "</script><script>alert(1)</script>" },
			estimates: [{ ...row, label: "<img src=x onerror=alert(1)>" }],
		};
		writeFileSync(at("hostile.json"), JSON.stringify(hostile));
		const page = await explore([at("hostile.json")], { onlyOwn: true });
		expect(page.match(/<script/g)).toHaveLength(2);
		expect(page).not.toContain("<img");
	});
});

describe("is refused in a sentence", () => {
	test("where files are of two kinds, have no figures, or are none", async () => {
		writeFileSync(
			at("some.json"),
			String(await render(published({ topics: ["focus"] }), { format: "json" })),
		);
		await expect(explore([at("some.json"), samplePath()])).rejects.toThrow(/holds results, and the others/);
		await expect(explore([], { onlyOwn: true })).rejects.toThrow(/no results of your own/);
		await expect(explore(["-"])).rejects.toThrow(/standard input is read once/);
		const empty = { ...published({ topics: ["focus"] }), estimates: [] };
		writeFileSync(at("empty.json"), JSON.stringify(empty));
		await expect(explore([at("empty.json")])).rejects.toThrow(/no percentages or means to explore/);
		await expect(explore([], { language: "xx" })).rejects.toThrow(/language/);
	});
});
