import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { convert, type Explanation, explain, type RatesSpec } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { hasR, withoutR } from "../emit/support.js";
import { root } from "../support/golden.js";
import { ownCodebook } from "../support/own-survey.js";

const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");
const NATIONAL = join(root, "data/samples/synthetic-national-pd-survey.csv");
const SPSS = join(root, "../shared/data/talis-2018-noisy/teachers.sav");
const KAZAKHSTAN = { where: ["country=KAZ"] };
const FEW = 70;
/** And so many where one column decides. Both numbers stand in docs/check.md. */
const FEWEST = 20;

const own = (design: object) =>
	ownCodebook(
		{ weight: "TCHWGT", missing: ["999999"], ...design },
		{ items: { low: { variable: "TT3G22A", label: { en: "Courses" } } } },
	);
const replicates = { prefix: "TRWGT", count: 100 };

/** A question with one percentage, and whether R says it in a few lines. */
type Question = readonly [name: string, file: string, asked: RatesSpec, isShort: boolean];

const QUESTIONS: readonly Question[] = [
	["one column", SAMPLE, { items: ["peer-coaching"] }, true],
	["one column, of those who were asked", SAMPLE, { items: ["focus:ict"] }, true],
	["a condition", SAMPLE, { items: ["network"], where: ["gender=female"] }, true],
	[
		"a band as a group",
		SAMPLE,
		{ items: ["focus:ict"], by: ["experience"], where: ["experience=0-5"] },
		true,
	],
	["a Wald interval", SAMPLE, { items: ["network"], ci: "wald", level: 0.9 }, true],
	["the other logit, normal", SAMPLE, { items: ["network"], ci: "xlogit", df: "inf" }, true],
	["an interval R has not", SAMPLE, { items: ["network"], ci: "beta" }, true],
	["a jackknife", SAMPLE, { codebook: own({ method: "jk1", replicates }) }, false],
	["schools as units", SAMPLE, { codebook: own({ method: "taylor", psu: "IDSCHOOL" }) }, false],
	["several factors", SAMPLE, { codebook: own({ method: "jkn", replicates, stratumSizes: 3 }) }, false],
	["led past, as no", SAMPLE, { items: ["focus:ict"], base: "all" }, true],
	["participants", SAMPLE, { items: ["needs:ict"], base: "participants" }, true],
	["one of several columns", SAMPLE, { items: ["activities:any"] }, true],
	["a defined item", SAMPLE, { define: ["both = all(needs:ict, needs:assessment)"], items: ["both"] }, true],
	["a number in a condition", SAMPLE, { items: ["network"], where: ["experience<=20"] }, true],
	["a number above, in a condition", SAMPLE, { items: ["network"], where: ["experience>20"] }, true],
	["not a group", SAMPLE, { items: ["network"], where: ["gender!=male"] }, true],
	["an answer of a scale", SAMPLE, { items: ["needs:assessment"], yes: ["3"] }, true],
	["forms", TALIS_2024, { items: ["needs:ai"], ...KAZAKHSTAN }, true],
	["systems together", TALIS_2024, { items: ["needs:ict"], pool: ["country", "population"] }, false],
	["a linearised design", NATIONAL, { items: ["activities:conferences"], where: ["gender=female"] }, true],
	["several columns, linearised", NATIONAL, { items: ["activities:any"] }, true],
	...(existsSync(SPSS)
		? ([
				["an SPSS file", SPSS, { items: ["network"], where: ["country=ITA", "gender=female"] }, true],
				["an SPSS file, of all", SPSS, { items: ["focus:ict"], base: "all", where: ["country=ITA"] }, true],
			] as const)
		: []),
];

/** What R works out: percentage, standard error, and the ends of the interval where the script makes one. */
const RUN = `
for (file in commandArgs(trailingOnly = TRUE)) {
  own <- new.env()
  last <- NULL
  printed <- capture.output(last <- source(file, local = own)$value)
  numbers <- 100 * c(coef(own$figure), SE(own$figure))
  cat(sprintf("%.15g", c(numbers, if (any(grepl("svyciprop", readLines(file)))) last)), "\\n")
}`;

describe.skipIf(!hasR)(`what R makes of an explanation${withoutR}`, () => {
	const found = new Map<string, Explanation>();
	const worked = new Map<string, number[]>();

	beforeAll(async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-explain-"));
		for (const [place, [name, file, asked]] of QUESTIONS.entries()) {
			const explained = await explain([file], { suppress: "none", unknownCodes: "missing", ...asked });
			found.set(name, explained);
			writeFileSync(join(folder, `${place}.R`), explained.inR.join("\n"));
		}
		const files = QUESTIONS.map((_, place) => join(folder, `${place}.R`));
		writeFileSync(join(folder, "run.R"), `suppressPackageStartupMessages(library(survey))${RUN}`);
		const { stdout, stderr } = spawnSync("Rscript", [join(folder, "run.R"), ...files], {
			encoding: "utf8",
			env: { ...process.env, LC_ALL: "C.UTF-8" },
		});
		const lines = stdout.trim().split("\n");
		if (lines.length !== QUESTIONS.length) throw new Error(stderr);
		for (const [place, [name]] of QUESTIONS.entries()) {
			worked.set(name, (lines[place] as string).trim().split(" ").map(Number));
		}
	}, 120_000);

	test.each(QUESTIONS)("is the figure itself: %s", (name, _, __, isShort) => {
		const { estimate, inR } = found.get(name) as Explanation;
		const [percent, se, ...ends] = worked.get(name) as number[];
		expect(percent).toBeCloseTo(estimate.estimate as number, 9);
		expect(se).toBeCloseTo(estimate.se as number, 9);
		if (ends.length > 0) {
			expect(ends[0]).toBeCloseTo(estimate.ciLow as number, 6);
			expect(ends[1]).toBeCloseTo(estimate.ciHigh as number, 6);
		}
		expect(ends.length).toBe(estimate.ciMethod === "beta" ? 0 : 2);
		expect(inR.length < FEW, `${inR.length} lines`).toBe(isShort);
	});
});

test("the page says how many lines there are", async () => {
	const page = readFileSync(join(root, "docs/check.md"), "utf8").replace(/\s+/g, " ");
	expect(page).toContain(
		`fewer than ${FEWEST} lines where one column decides, fewer than ${FEW} where several do`,
	);
	for (const [, file, asked] of QUESTIONS.slice(0, 4)) {
		const { inR } = await explain([file], { suppress: "none", ...asked });
		expect(inR.length).toBeLessThan(FEWEST);
	}
});

test("files that R does not read are to be converted first", async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-explain-"));
	const file = join(folder, "teachers.parquet");
	await convert(SAMPLE, file);
	const { inR } = await explain([file], { items: ["network"] });
	expect(inR.join(" ")).toContain(`# First make it csv: talis-pd convert ${file} teachers.csv`);
	expect(inR.join(" ")).toContain('data.table::fread("teachers.csv"');
});
