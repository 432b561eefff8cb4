import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, gaps, means, model, type ResultSet, rates, relate, script } from "../../src/index.js";
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

/** Variables that a script makes, and the results that it is of. */
async function madeBy(
	language: "stata" | "spss",
	file: string,
	ask: (files: string[], run: object) => Promise<ResultSet>,
) {
	let results: ResultSet | undefined;
	const text = await script(language, [file], async (files, run) => {
		results = asSav(await ask(files, run), language);
		return results;
	});
	const spelling = (name: string) => (language === "stata" ? name.toLowerCase() : name);
	const made = runStatements(text, language, columnsOf(file, spelling));
	const numbers = (name: string) => made.get(name) as number[];
	const weights = (r: number) => numbers(spelling(r === 0 ? "TCHWGT" : `TRWGT${r}`));
	return { text, results: results as ResultSet, numbers, weights };
}

/** Under weights, the mean of a product over some rows. */
function meanOf(of: (row: number) => number, rows: readonly number[], weights: readonly number[]): number {
	const sum = rows.reduce((total, row) => total + (weights[row] as number), 0);
	return rows.reduce((total, row) => total + (weights[row] as number) * of(row), 0) / sum;
}

describe.each(["stata", "spss"] as const)("%s has the variables of models and relations", (language) => {
	test("of which the tool's coefficients solve the equations", async () => {
		const { text, results, numbers, weights } = await madeBy(language, SAMPLE, (files, run) =>
			model(files, {
				...{ outcomes: ["types", "activities:network"], predict: "gender * TT3G02, experience" },
				...{ by: ["novice"], ...run },
			}),
		);
		const models = (results.models ?? []).filter(({ coefficients }) => coefficients.length > 0);
		expect(models.length).toBeGreaterThan(1);
		for (const [index, { coefficients, family, n }] of models.entries()) {
			const place = index + 1;
			const rows = [...numbers(`m${place}_`).entries()].filter(([, one]) => one === 1).map(([row]) => row);
			expect(rows).toHaveLength(n as number);
			const known = coefficients.filter(({ estimate, term }) => estimate !== null && term !== "(intercept)");
			const X = known.map((_, term) => numbers(`x${place}_${term + 1}_`));
			const [first] = coefficients;
			const foretold = (row: number) =>
				known.reduce(
					(sum, { estimate }, term) => sum + (estimate as number) * (X[term]?.[row] as number),
					first?.estimate as number,
				);
			const mu = (row: number) => (family === "linear" ? foretold(row) : 1 / (1 + Math.exp(-foretold(row))));
			const rest = (row: number) => (numbers(`o${place}_`)[row] as number) - mu(row);
			expect(meanOf(rest, rows, weights(0))).toBeCloseTo(0, 9);
			for (const x of X) {
				expect(meanOf((row) => (x[row] as number) * rest(row), rows, weights(0))).toBeCloseTo(0, 8);
			}
		}
		expect(text).toContain(language === "stata" ? "estimate(stata: logit o" : "LOGISTIC REGRESSION");
	});

	test.each([
		["differences of groups", compare, { between: "gender", items: ["needs:ict", "barriers:cost"] }],
		["gaps", gaps, { items: ["ict"], by: ["gender"] }],
	] as const)("%s", async (_, ask, spec) => {
		const { results, numbers, weights } = await madeBy(language, SAMPLE, (files, run) =>
			(ask as typeof compare)(files, { ...spec, ...run }),
		);
		expect(results.comparisons.length).toBeGreaterThan(1);
		for (const [index, { difference, se }] of results.comparisons.entries()) {
			const [rows, y] = [numbers(`dm${index + 1}_`), numbers(`d${index + 1}_`)];
			const x = ask === compare ? numbers(`dx${index + 1}_`) : undefined;
			const has = (one: number) =>
				[...rows.keys()].filter((row) => rows[row] === 1 && (x === undefined || x[row] === one));
			const value = (r: number) => {
				const mean = (one: number) => meanOf((row) => y[row] as number, has(one), weights(r));
				return x === undefined ? mean(1) : mean(1) - mean(0);
			};
			const own = value(0);
			expect(own).toBeCloseTo(difference as number, 9);
			const variance = Array.from({ length: 100 }, (_, r) => 0.04 * (value(r + 1) - own) ** 2);
			expect(Math.sqrt(variance.reduce((sum, one) => sum + one, 0))).toBeCloseTo(se as number, 9);
		}
	});

	test("correlations and scales", async () => {
		const { text, results, numbers, weights } = await madeBy(language, SAMPLE, (files, run) =>
			relate(files, {
				...{ variables: ["types", "TT3G02", "activities:network"], alpha: ["TT3G22A,TT3G22B,-TT3G22C"] },
				...{ by: ["gender"], ...run },
			}),
		);
		const { relations = [], alphas = [] } = results;
		for (const [index, row] of [...relations, ...alphas].entries()) {
			const rows = [...numbers(`c${index + 1}_`).entries()].filter(([, one]) => one === 1).map(([at]) => at);
			const k = index < relations.length ? 2 : 3;
			const z = Array.from({ length: k }, (_, one) => numbers(`z${index + 1}_${one + 1}_`));
			const w = weights(0);
			const means = z.map((one) => meanOf((at) => one[at] as number, rows, w));
			const cov = (a: number, b: number) =>
				meanOf(
					(at) =>
						((z[a]?.[at] as number) - (means[a] as number)) * ((z[b]?.[at] as number) - (means[b] as number)),
					rows,
					w,
				);
			const all = z.flatMap((_, a) => z.map((_, b) => cov(a, b))).reduce((sum, one) => sum + one, 0);
			const own = z.reduce((sum, _, a) => sum + cov(a, a), 0);
			const expected =
				k === 2 ? cov(0, 1) / Math.sqrt(cov(0, 0) * cov(1, 1)) : (k / (k - 1)) * (1 - own / all);
			expect(expected).toBeCloseTo(row.estimate as number, 10);
			expect(rows).toHaveLength(row.n as number);
		}
		expect(text).toContain(language === "stata" ? "estimate(corr z1_1_ z1_2_)" : "RELIABILITY /VARIABLES=");
	});
});

test.each(["stata", "spss"] as const)("%s says which models it does not write", async (language) => {
	const asked = { outcomes: ["types"], predict: "TT3G02", standardize: true };
	await expect(madeBy(language, SAMPLE, (files, run) => model(files, { ...asked, ...run }))).rejects.toThrow(
		"does not compute models with",
	);
});

test.each([
	["stata", "model.do"],
	["spss", "model.sps"],
] as const)("models and relations in %s", async (language, name) => {
	const own = async (ask: (files: string[], run: object) => Promise<ResultSet>, file = SAMPLE) => {
		const text = await script(language, [file], async (files, run) => asSav(await ask(files, run), language));
		return relative(text);
	};
	const parts = [
		await own((files, run) => model(files, { outcomes: ["activities:network"], predict: "gender", ...run })),
		await own((files, run) => relate(files, { variables: ["types", "TT3G02"], rank: true, ...run })),
		await own((files, run) => compare(files, { between: "gender", items: ["needs:ict"], ...run })),
		await own((files, run) => model(files, { outcomes: ["types"], predict: "locality", ...run }), NATIONAL),
	];
	await expect(parts.join("\n")).toMatchFileSnapshot(`../snapshots/emit/${name}.txt`);
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

/** Without where the project is, and which version. */
function relative(text: string): string {
	return text.replaceAll(root.replace(/\/?$/, "/"), "").replace(/(Written by talis-pd) [\d.]+/g, "$1");
}
