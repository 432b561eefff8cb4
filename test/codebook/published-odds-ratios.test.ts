import { existsSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { chartSpec, kindsFor } from "../../src/chart/index.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { type Model, published } from "../../src/index.js";
import { loadLocale } from "../../src/wording/locale.js";
import { run } from "../cli/support.js";

const source = new URL("../../../shared/data/oecd-talis-2024/estimates.csv", import.meta.url);
const facts = new URL("../../../shared/facts/countries.json", import.meta.url);
const present = existsSync(source) && existsSync(facts);

const all = published({ statistic: "odds-ratio", cycle: 2024 });
const models = all.models ?? [];

/** A coefficient with all that tells it from others. */
const coefficients = models.flatMap(({ name, group, outcome, coefficients, flag = "" }) =>
	coefficients.map((one) => ({ ...one, name, group, flag, outcome: `${outcome.topic}:${outcome.item}` })),
);

test("all 1 344 odds ratios ship, and say where they are from", () => {
	expect(coefficients).toHaveLength(1344);
	expect(all.source[0]?.file).toContain("OECD (2025)");
	expect(all.notes.map(({ code }) => code)).toEqual(["published-odds-ratios", "published-flagged"]);
});

test("averages are means of their members", () => {
	const { averages = {} } = loadCodebook("talis-2024-teacher");
	let checked = 0;
	for (const one of coefficients) {
		const [, id = "", k] = /^average:(oecd|talis)-(\d+)$/.exec(one.group.country ?? "") ?? [];
		if (id === "") continue;
		const { population = "" } = one.group;
		const same = coefficients.filter(
			(other) =>
				averages[id]?.members[population]?.includes(other.group.country ?? "") &&
				other.oddsRatio !== null &&
				JSON.stringify([other.outcome, other.name, other.term, { ...other.group, country: "" }]) ===
					JSON.stringify([one.outcome, one.name, one.term, { ...one.group, country: "" }]),
		);
		const mean = same.reduce((sum, { oddsRatio }) => sum + (oddsRatio?.estimate as number), 0) / same.length;
		expect(same).toHaveLength(Number(k));
		expect(Math.abs(mean / (one.oddsRatio?.estimate as number) - 1)).toBeLessThan(1e-10);
		checked++;
	}
	expect(checked).toBe(64);
});

describe.skipIf(!present)(`OECD's workbook${present ? "" : " (skipped: ../shared is absent)"}`, () => {
	test("has the same odds ratios, standard errors, symbols and marks", () => {
		const { list } = JSON.parse(readFileSync(facts, "utf8"))["2024"];
		const codes = new Map((list as { name: string; code: string }[]).map(({ name, code }) => [name, code]));
		const { data } = Papa.parse<Record<string, string>>(readFileSync(source, "utf8"), {
			header: true,
			skipEmptyLines: true,
		});
		const cells = data.filter(({ key = "" }) => key.startsWith("odr_"));
		const left = new Set(coefficients);
		for (const { table = "", key = "", country = "", isced, estimate, se, flag } of cells) {
			const [, outcome = "", term = "", controls = ""] =
				/^odr_d_(\w+)\.(\w+)\.\.(\w+)_controls$/.exec(key) ?? [];
			const code = codes.get(country);
			const found = [...left].filter(
				(one) =>
					one.outcome === OUTCOMES[outcome] &&
					one.term === TERMS[term] &&
					one.name === { no: "none", tch: "teacher", tch_sch: "teacher-school" }[controls] &&
					one.group.population === `isced${isced}` &&
					(one.group.novice === "yes") === (table === "4.36") &&
					(code === undefined
						? one.group.country?.startsWith(AVERAGES[country.split("-")[0] ?? ""] ?? "?")
						: one.group.country === code),
			);
			expect(found, `${table} ${key} ${country}`).toHaveLength(1);
			const [one] = found as [(typeof found)[number]];
			left.delete(one);
			const shown = { a: "not-administered", m: "no-data" }[estimate ?? ""];
			if (shown === undefined) {
				expect(one.oddsRatio?.estimate).toBeCloseTo(Number(estimate), 10);
				expect(one.oddsRatio?.se).toBeCloseTo(Number(se), 10);
				expect(one.se).toBeCloseTo(Number(se) / Number(estimate), 9);
			} else expect([one.status, one.oddsRatio]).toEqual([shown, null]);
			expect(one.flag).toBe(flag === "dagger" ? "†" : flag);
		}
		expect(left.size).toBe(0);
	});
});

const OUTCOMES: Record<string, string> = {
	tt4g17induction: "induction:any",
	tt4g24ghigh: "needs:ai",
	tt4g24hhigh: "needs:behaviour",
};
const TERMS: Record<string, string> = {
	...{
		d_tt4g21gyes: "focus:ai",
		d_tt4g21hyes: "focus:behaviour",
		d_female: "gender=female",
		c_agestd: "age",
	},
	...{ d_schlocrural_cfix: "location=rural", d_schtypepub_cfix: "management=public" },
	...{ d_schdisadv30_cfix: "intake=over-30", d_schdiflang10_cfix: "intake-instruction=over-10" },
	d_schspneed30_cfix: "intake-special-needs=over-30",
};
const AVERAGES: Record<string, string> = {
	...{ "OECD average": "average:oecd", "EU total": "average:eu-total", "TALIS average": "average:talis" },
	...{ "TALIS ISCED 1 average": "average:talis", "TALIS ISCED 3 average": "average:talis" },
};

describe("asked for", () => {
	const kazakhstan = published({ statistic: "odds-ratio", countries: ["KAZ"], items: ["needs:behaviour"] });

	test("an odds ratio has its interval and test on the logarithmic scale", () => {
		const [first] = kazakhstan.models as [Model];
		const [one] = first.coefficients as [Model["coefficients"][number]];
		const [ratio, se] = [1.60772059753263, 0.166096151666704];
		expect(one.oddsRatio?.estimate).toBeCloseTo(ratio, 10);
		expect(one.estimate).toBeCloseTo(Math.log(ratio), 10);
		expect(one.oddsRatio?.ciLow).toBeCloseTo(ratio * Math.exp((-1.959963984540054 * se) / ratio), 9);
		expect(one.t).toBeCloseTo((Math.log(ratio) * ratio) / se, 9);
		expect(first).toMatchObject({ name: "none", n: null, group: { country: "KAZ" }, status: "ok" });
		expect(one.label).toBe("Student behaviour and classroom management");
	});

	test("systems are put together on that scale, averages are none of them", () => {
		const { syntheses = [] } = published({
			...{ statistic: "odds-ratio", items: ["needs:ai"], synthesis: "reml" },
			where: ["population=isced2", "controls=none"],
		});
		expect(syntheses).toHaveLength(1);
		expect(syntheses[0]).toMatchObject({ k: 54, excluded: [{ system: "BEL", why: "parts-are-in" }] });
		expect(syntheses[0]?.of).toMatchObject({ kind: "coefficient", term: "focus:ai", model: "none" });
	});

	test.each([
		[["--item", "coaching"], /topics of 2024: induction, needs|topics of 2024: needs, induction/],
		[["--cycle", "2018"], /another cycle/],
		[["--cycle", "2013,2024"], /"2013,2024" is not a value of --cycle.*use one year/],
		[["--average", "oecd"], /no averages of our own/],
		[["--statistic", "odds"], /odds-ratio/],
	])("%s is refused", async (words, message) => {
		const { code, err } = await run(["published", "--statistic", "odds-ratio", ...words]);
		expect(code).toBe(2);
		expect(err).toMatch(message);
	});

	test.each(["table", "csv", "markdown", "html", "latex", "json"])("as %s", async (format) => {
		const { code, out } = await run([
			...["published", "--statistic", "odds-ratio", "--item", "induction:any", "--country", "KAZ,NLD"],
			...["--where", "population=isced2", "--format", format],
		]);
		expect(code).toBe(0);
		expect(out).toMatch(/0\.5(6|590)/);
		if (format !== "table") return;
		expect(out).toMatch(/Netherlands[*†]/);
		expect(Math.max(...out.split("\n").map((line) => [...line].length))).toBeLessThanOrEqual(80);
	});

	test("they are drawn", () => {
		expect(kindsFor(kazakhstan)).toContain("coefficients");
		expect(JSON.stringify(chartSpec(kazakhstan, { locale: loadLocale("en") }))).toContain("1.61");
	});
});
