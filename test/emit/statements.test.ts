import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { means, type ResultSet, rates, script } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { root } from "../support/golden.js";
import { runStatements } from "./statements.js";

const NATIONAL = join(root, "data/samples/synthetic-national-pd-survey.csv");

/** SPSS opens sav, whose codes are those of the csv. */
function asSav(results: ResultSet, language: string): ResultSet {
	if (language === "stata") return results;
	return { ...results, source: results.source.map((file) => ({ ...file, format: "sav" })) } as ResultSet;
}

/** A file's columns as the languages read them: texts of numbers as numbers. */
function columnsOf(file: string, spelling: (name: string) => string) {
	const [head = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
	const cells = lines.map((line) => line.split(","));
	return new Map(
		head.split(",").map((name, place) => {
			const own = cells.map((row) => row[place] ?? "");
			const isText = own.some((cell) => cell !== "" && Number.isNaN(Number(cell)));
			return [spelling(name), isText ? own : own.map((cell) => (cell === "" ? Number.NaN : Number(cell)))];
		}),
	);
}

/** Figures of all teachers that a script's variables give, with standard errors from the replicates. */
function figures(
	text: string,
	file: string,
	language: "stata" | "spss",
): { estimate: number; se: number; n: number }[] {
	const spelling = (name: string) => (language === "stata" ? name.toLowerCase() : name);
	const made = runStatements(text, language, columnsOf(file, spelling));
	const counted = made.get("counted_") as number[];
	const weights = Array.from(
		{ length: 101 },
		(_, r) => made.get(spelling(r === 0 ? "TCHWGT" : `TRWGT${r}`)) as number[],
	);
	const ys = [...made.keys()].filter((name) => /^y\d+_$/.test(name));
	return ys.map((name) => {
		const y = made.get(name) as number[];
		const kept = [...y.keys()].filter((row) => counted[row] === 1 && !Number.isNaN(y[row]));
		const [estimate = 0, ...others] = weights.map((w) => {
			const sum = kept.reduce((total, row) => total + (w[row] as number), 0);
			return kept.reduce((total, row) => total + (w[row] as number) * (y[row] as number), 0) / sum;
		});
		const variance = others.reduce((total, one) => total + 0.04 * (one - estimate) ** 2, 0);
		return { estimate, se: Math.sqrt(variance), n: kept.length };
	});
}

describe.each(["stata", "spss"] as const)("%s recodes as the tool does", (language) => {
	const SHARES = {
		items: ["activities:any", "activities:network", "needs:ict", "barriers:cost", "focus:ict"],
		where: ["gender=female"],
	};
	test.each([
		["percentages", rates, SHARES],
		["of participants", rates, { ...SHARES, base: "participants" }],
		["of all", rates, { ...SHARES, base: "all", where: ["experience<=20", "age!=under-30"] }],
		["means", means, { variables: ["types", "TT3G11B"] }],
	] as const)("%s", async (_, ask, spec) => {
		let results: ResultSet | undefined;
		const text = await script(language, [SAMPLE], async (files, run) => {
			results = asSav(await (ask as typeof rates)(files, { ...spec, ...run }), language);
			return results;
		});
		const shown = (results as ResultSet).estimates.filter(
			({ statistic, estimate }) => estimate !== null && statistic === (ask === means ? "mean" : "percent"),
		);
		const own = figures(text, SAMPLE, language);
		expect(shown.length).toBeGreaterThan(0);
		for (const { estimate, se, n, statistic } of shown) {
			const unit = statistic === "percent" && language === "stata" ? 100 : 1;
			const found = own.find((one) => Math.abs(unit * one.estimate - (estimate as number)) < 1e-9);
			expect(found, String(estimate)).toBeDefined();
			expect(unit * (found?.se ?? 0)).toBeCloseTo(se as number, 9);
			expect(found?.n).toBe(n);
		}
	});
});

test("a do-file of a linearised design", async () => {
	const text = await script("stata", [NATIONAL], (files, run) =>
		rates(files, { by: ["locality"], total: true, ...run }),
	);
	expect(text).not.toContain("\nrepest ");
	await expect(relative(text)).toMatchFileSnapshot("../snapshots/emit/national.do.txt");
});

test("a do-file of TALIS, with repest and svy", async () => {
	const text = await script("stata", [SAMPLE], (files, run) =>
		rates(files, { items: ["activities:network"], by: ["gender"], counts: true, ...run }),
	);
	await expect(relative(text)).toMatchFileSnapshot("../snapshots/emit/talis-2018.do.txt");
});

test("SPSS syntax", async () => {
	const text = await script("spss", [SAMPLE], async (files, run) =>
		asSav(await rates(files, { items: ["activities:network"], by: ["gender"], ...run }), "spss"),
	);
	await expect(relative(text)).toMatchFileSnapshot("../snapshots/emit/talis-2018.sps.txt");
});

test("SPSS is told to open only what it opens", async () => {
	await expect(
		script("spss", [SAMPLE], (files, run) => rates(files, { items: ["network"], ...run })),
	).rejects.toThrow("list of all its columns");
});

/** Without where the project is. */
function relative(text: string): string {
	return text.replaceAll(root.replace(/\/?$/, "/"), "");
}
