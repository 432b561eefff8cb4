import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { compare, published, rates, samplePath } from "../../src/index.js";
import { renderText } from "../../src/present/index.js";
import { wideKeys } from "../../src/publisher-columns/index.js";
import type { ResultSet } from "../../src/results/result-set.js";
import { loadLocale } from "../../src/wording/locale.js";

const FOLDER = new URL("../../../shared/data/oecd-talis-2024/", import.meta.url);
const there = existsSync(FOLDER);
const skipped = there ? "" : " (skipped: ../shared/data/oecd-talis-2024 is not there)";

/** Data rows of the wide CSV, by head. */
function wide(results: ResultSet, keys: string): Record<string, string>[] {
	const view = { locale: loadLocale("en"), width: 80, color: false, wide: wideKeys(keys, results) };
	return Papa.parse<Record<string, string>>(renderText("csv", results, view), {
		header: true,
		skipEmptyLines: true,
	}).data;
}

function estimates(): Record<string, string>[] {
	const text = readFileSync(new URL("estimates.csv", FOLDER), "utf8");
	return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** Cells of a table of OECD's by key, system and level; differences are none of our published figures. */
function printed(
	table: string,
): { key: string; country: string; isced: string; estimate: string; se: string }[] {
	return estimates().flatMap(({ table: of, key = "", country = "", isced = "", estimate = "", se = "" }) =>
		of === table && !/diff|\)-\(|\.\.\(/.test(key) ? [{ key, country, isced, estimate, se }] : [],
	);
}

/** OECD's own words where our English labels are others; averages go by their kind, whatever their number. */
const NAMES: Record<string, string> = {
	"Flemish Comm. (Belgium)": "BFL",
	"French Comm. (Belgium)": "BFR",
	"Viet Nam": "VNM",
};

/** OECD prints 0 at ISCED 1 for an activity that is not asked there; our tables say that it is not. */
const NOT_ASKED = /^meanpct\.d_tt4g20e\w+ \S+ 1$/;

function systemOf(name: string, codes: ReadonlyMap<string, string>): string {
	const [, kind] = /^(OECD|EU|TALIS) .*\d+$/.exec(name) ?? [];
	if (kind !== undefined)
		return { OECD: "average:oecd", EU: "average:eu-total", TALIS: "average:talis" }[kind] ?? "";
	return NAMES[name] ?? codes.get(name) ?? name;
}

describe.skipIf(!there)(`OECD's keys and numbers${skipped}`, () => {
	test.each([
		["4.12", ["activities", "modes"], undefined],
		["4.19", ["activities"], "experience"],
		["4.22", ["focus"], "experience"],
		["4.27", ["needs"], "experience"],
		["4.39", ["barriers"], undefined],
	])("table %s is made again cell by cell", (table, topics, by) => {
		const sets = [published({ topics }), ...(by === undefined ? [] : [published({ topics, by: [by] })])];
		const ours = new Map<string, [string, string]>();
		const codes = new Map<string, string>();
		for (const row of sets.flatMap((results) => wide(results, "oecd"))) {
			const system = (row.country ?? "").replace(/-\d+$/, "");
			codes.set((row.name ?? "").split(" · ")[0] ?? "", system);
			for (const head of Object.keys(row)) {
				const key = head.slice(2);
				const figure: [string, string] = [row[head] ?? "", row[`se.${key}`] ?? ""];
				// An average over fewer members has a row of its own, empty where the other has its figure.
				const cell = `${key} ${system} ${row.population?.slice(-1)}`;
				// The average of the tables on change, over fewer systems, comes second.
				if (head.startsWith("b.") && figure[0] !== "" && !ours.has(cell)) ours.set(cell, figure);
			}
		}
		const cells = printed(table);
		expect(cells.length).toBeGreaterThan(500);
		const differing = cells.filter(({ key, country, isced, estimate, se }) => {
			const cell = `${key} ${systemOf(country, codes)} ${isced}`;
			const found = ours.get(cell);
			if (found === undefined) return true;
			if (NOT_ASKED.test(cell)) return found[0] !== "a" && !(near(found[0], estimate) && near(found[1], se));
			return !near(found[0], estimate) || !near(found[1], se);
		});
		expect(differing).toEqual([]);
	});
});

test.skipIf(!there)(`changes between cycles have OECD's keys and numbers${skipped}`, async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-keys-"));
	const saved = [2018, 2024].map((cycle) => {
		const file = join(folder, `${cycle}.json`);
		writeFileSync(file, JSON.stringify(published({ cycle, topics: ["focus", "needs"] })));
		return file;
	});
	const results = await compare(saved, { between: "cycle", topics: ["focus", "needs"] });
	const row = wide(results, "oecd").find(
		({ country, population }) => country === "KAZ" && population === "isced2",
	);
	const theirs = estimates().filter(
		({ table = "", key = "", country, isced }) =>
			["4.23", "4.31"].includes(table) &&
			key.includes(")-(meanpct.d_tt3") &&
			country === "Kazakhstan" &&
			isced === "2",
	);
	expect(theirs.length).toBeGreaterThan(10);
	for (const { key = "", estimate = "", se = "" } of theirs) {
		expect([key, near(row?.[`b.${key}`] ?? "", estimate), near(row?.[`se.${key}`] ?? "", se)]).toEqual([
			key,
			true,
			true,
		]);
	}
});

/** To twelve digits, as our tables keep; symbols are the same letter. */
function near(ours: string, theirs: string): boolean {
	if (!Number.isFinite(Number(theirs))) return ours === theirs;
	return Math.abs(Number(ours) - Number(theirs)) <= 1e-9 * Math.max(1, Math.abs(Number(theirs)));
}

test("a difference between groups is called as OECD calls it, and the question as in its cycle", async () => {
	const results = await compare([samplePath()], {
		between: "experience",
		items: ["coaching"],
		topics: ["activities"],
		reference: "0-5",
	});
	const [row] = wide(results, "oecd");
	const key = "meanpct.d_tt3g22gyes..exp..(3 over_10yrs-1 under_5yrs)";
	const found = results.comparisons.find(({ between }) => between.a === "11-plus");
	expect(found).toBeDefined();
	expect(Number(row?.[`b.${key}`])).toBe(found?.difference);
	expect(Number(row?.[`se.${key}`])).toBe(found?.se);
});

test("other bases and other answers have other names", async () => {
	const heads = async (spec: Parameters<typeof rates>[1]) =>
		Object.keys(
			wide(await rates([samplePath()], { topics: ["focus"], items: ["ict"], ...spec }), "oecd")[0] ?? {},
		);
	expect(await heads({})).toContain("b.meanpct.d_tt3g23ict");
	expect(await heads({ base: "all" })).toContain("b.meanpct.d_tt3g23ict..base..all");
});
