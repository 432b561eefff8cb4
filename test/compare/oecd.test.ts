import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { beforeAll, describe, expect, test } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { membershipOf } from "../../src/codebook/definition/memberships.js";
import { independent } from "../../src/compare/difference.js";
import { averageOf } from "../../src/estimate/combine.js";
import { apart, root } from "../support/golden.js";

const folder = join(root, "../shared/data/oecd-talis-2024");
const present = existsSync(join(folder, "estimates.csv"));
const title = present
	? "OECD's tables of TALIS 2024"
	: "OECD's tables of TALIS 2024 (skipped: ../shared is absent)";

interface Cell {
	table: string;
	key: string;
	country: string;
	isced: string;
	estimate: string;
	se: string;
}

interface Figure {
	estimate: number;
	se: number;
}

const infinite = Number.POSITIVE_INFINITY;
const AVERAGES = {
	"OECD average-27": ["oecd", "isced2"],
	"TALIS average-49": ["all", "isced2"],
	"TALIS ISCED 1 average-12": ["all", "isced1"],
	"TALIS ISCED 3 average-8": ["all", "isced3"],
} as const;

describe.skipIf(!present)(title, () => {
	/** Figures by column of a table and level, then by country. */
	const columns = new Map<string, Map<string, Figure | null>>();
	const codes = new Map<string, string>();
	const codebook = loadCodebook("talis-2024-teacher");

	beforeAll(() => {
		const { data } = Papa.parse<Cell>(readFileSync(join(folder, "estimates.csv"), "utf8"), {
			header: true,
			skipEmptyLines: true,
		});
		for (const { table, key, country, isced, estimate, se } of data) {
			const name = `${table}\t${isced}\t${key}`;
			const column = columns.get(name) ?? new Map<string, Figure | null>();
			columns.set(name, column);
			column.set(
				country,
				Number.isFinite(Number(estimate)) ? { estimate: Number(estimate), se: Number(se) } : null,
			);
		}
		const list = JSON.parse(readFileSync(join(root, "../shared/facts/countries.json"), "utf8"))["2024"].list;
		for (const { code, name } of list) codes.set(code, name);
	});

	test("every average is the mean of its members, to 1e-9", () => {
		let compared = 0;
		for (const [name, column] of columns) {
			// OECD averaged all 16 rows of these, communities and starred systems included.
			if (name.includes("_isc1)-(") || /odr_/.test(name)) continue;
			for (const [label, [request, level]] of Object.entries(AVERAGES)) {
				const printed = column.get(label);
				if (printed === null || printed === undefined) continue;
				const since = sinceOf(name);
				const { members } = membershipOf(codebook, request, level, [], since);
				const figures = members.flatMap((code) => column.get(codes.get(code) as string) ?? []);
				const found = averageOf(
					figures.map((figure) => ({ ...figure, df: infinite, weight: 1 })),
					"simple",
				);
				expect(apart(found.estimate, printed.estimate), `${name} ${label}`).toBeLessThan(1e-9);
				expect(apart(found.se, printed.se), `${name} ${label}`).toBeLessThan(1e-9);
				compared += 1;
			}
		}
		expect(compared).toBeGreaterThan(1500);
	});

	test("every change of a system is that of two independent samples, to 1e-9", () => {
		let compared = 0;
		for (const [name, column] of columns) {
			const [table, isced, key = ""] = name.split("\t");
			const [, later, earlier] = /^\((.+)\)-\((.+)\)$/.exec(key) ?? [];
			if (later === undefined || /_isc\d$/.test(later)) continue;
			for (const [country, change] of column) {
				const a = columns.get(`${table}\t${isced}\t${later}`)?.get(country);
				const b = columns.get(`${table}\t${isced}\t${earlier}`)?.get(country);
				if (!change || !a || !b || country.includes("average") || country.includes("total")) continue;
				const found = independent({ ...a, df: infinite }, { ...b, df: infinite });
				expect(found.difference, `${name} ${country}`).toBeCloseTo(change.estimate, 9);
				expect(apart(found.se, change.se), `${name} ${country}`).toBeLessThan(1e-9);
				compared += 1;
			}
		}
		expect(compared).toBeGreaterThan(1500);
	});
});

/** Columns of an earlier cycle, and tables that follow one, are averaged over the members of both. */
function sinceOf(name: string): number | undefined {
	const [table = ""] = name.split("\t");
	return ["4.9", "4.11", "4.23", "4.31", "4.33", "4.40"].includes(table) ? 2018 : undefined;
}
