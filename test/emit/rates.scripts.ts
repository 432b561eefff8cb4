import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { codebooks, means, type RatesSpec, rates, script } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { root } from "../support/golden.js";
import { isLong } from "../support/long.js";
import { ownCodebook } from "../support/own-survey.js";
import { file } from "../support/survey.js";
import { chosenOf, recompute, scriptsOf, TALIS_2024 } from "./support.js";

const NATIONAL = join(root, "data/samples/synthetic-national-pd-survey.csv");
const shared = join(root, "../shared");
const NOISY = join(shared, "data/talis-2018-noisy/teachers.csv");

const ratesScript = (path: string) => (spec: RatesSpec) =>
	script("r", [path], (files, run) => rates(files, { suppress: "none", ...spec, ...run }));

recompute("topics, bases, groups, intervals, degrees of freedom", async () => {
	const questions = chosenOf({
		items: isLong
			? [
					["activities:any", "activities:types"],
					["focus:types", "focus:ict"],
					["needs:ict", "barriers:cost"],
					["support:other", "impact:any", "induction:any"],
				]
			: [
					["activities:any", "focus:types"],
					["needs:ict", "barriers:cost"],
				],
		base: [undefined, "all", "participants"],
		by: [[], ["gender"], ["experience", "age"], ["TT3G01"]],
		total: [false, true],
		counts: [false, true],
		ci: ["logit", "wald", "beta", "wilson", "xlogit"] as const,
		df: ["design", "inf", 30] as const,
		where: [[], ["experience<=20"], ["gender!=male"]],
	});
	const scripts = await scriptsOf(questions, ratesScript(SAMPLE));
	expect(scripts.size).toBeGreaterThan(8);
	return scripts;
});

recompute("forms, averages and defined concepts of TALIS 2024", async () => {
	const questions = chosenOf({
		topics: [["modes"], ["needs"]],
		items: [["ict"], ["other"], ["any"]],
		average: [undefined, "oecd", ["EST", "KAZ"]],
		averageKind: ["simple", "weighted", "pooled"] as const,
		by: [undefined, ["gender"]],
		pool: [undefined, ["population"]],
		define: [[], ["both = all(needs:ict, needs:ai)", "many = types >= 3"]],
		ci: ["logit", "beta"] as const,
	});
	return await scriptsOf(questions, ratesScript(TALIS_2024));
});

recompute("questions that empty cells show were not asked of all", async () => {
	const answers = ["yes", "no", ""];
	const rows = Array.from({ length: 90 }, (_, row) => {
		const took = row % 3 === 0 ? "no" : "yes";
		return [row, took, took === "no" ? "" : answers[row % 7 === 0 ? 2 : row % 2]].join();
	});
	const path = file(`id,took_part,useful\n${rows.join("\n")}\n`);
	const { text } = await codebooks.draft(path);
	expect(text).toContain("emptyCells: inferred");
	return await scriptsOf([{ codebook: file(text, ".yaml") }], ratesScript(path));
});

recompute("every answer of an item, and ratios, also linearised", async () => {
	const asked = { items: ["needs:assessment"], answers: true };
	const ratios = { ratios: ["focus:types/types", "TT3G11A/TT3G11B"] };
	const scripts = new Map([
		["answers", await ratesScript(SAMPLE)(asked)],
		[
			"ratios",
			await script("r", [TALIS_2024], (files, run) =>
				means(files, { ratios: ["types/any"], average: "all", ...run }),
			),
		],
		["several ratios", await script("r", [SAMPLE], (files, run) => means(files, { ...ratios, ...run }))],
		[
			"linearised",
			await script("r", [NATIONAL], (files, run) =>
				means(files, { ratios: ["types/any"], by: ["locality"], ...run }),
			),
		],
	]);
	return scripts;
});

recompute("answers that are written out, in any language", async () => {
	const [head = "", ...lines] = readFileSync(SAMPLE, "utf8").split("\n");
	const columns = head.split(",");
	const words: Record<string, Record<string, string>> = {
		TT3G22G: { "1": "Yes", "2": "no", "9": "Omitted or invalid" },
		TT3G22H: { "1": "Да", "2": "Нет" },
		TT3G01: { "1": "Female", "2": "Male" },
	};
	const places = Object.entries(words).map(([name, own]) => [columns.indexOf(name), own] as const);
	const written = lines.map((line) => {
		const cells = line.split(",");
		for (const [place, own] of places) cells[place] = own[cells[place] ?? ""] ?? cells[place] ?? "";
		return line === "" ? line : cells.join(",");
	});
	const file = join(mkdtempSync(join(tmpdir(), "talis-pd-words-")), "teachers.csv");
	writeFileSync(file, [head, ...written].join("\n"));
	const spec = { items: ["peer-coaching", "network", "any"], by: ["gender"] };
	const inWords = await ratesScript(file)(spec);
	expect(inWords).toContain('"Yes" = "1"');
	return new Map([["words", inWords]]);
});

recompute("schools, several files, levels of confidence, answers that count", async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-files-"));
	const [head = "", ...lines] = readFileSync(SAMPLE, "utf8").trimEnd().split("\n");
	const halves = [lines.slice(0, 700), lines.slice(700)].map((own, place) => {
		const file = join(folder, `part-${place + 1}.csv`);
		writeFileSync(file, [head, ...own].join("\n"));
		return file;
	});
	const principals = join(root, "test/fixtures/schools/BCGKAZT3.csv");
	const of = (files: string[], spec: RatesSpec) =>
		script("r", files, (names, run) => rates(names, { suppress: "none", ...spec, ...run }));
	const scripts = new Map([
		["schools", await of([principals, SAMPLE], { items: ["network"], by: ["location"], level: 0.9 })],
		["files", await of(halves, { topics: ["needs"], items: ["ict"], yes: ["3", "4"], level: 0.8 })],
	]);
	if (!isLong) return scripts;
	const topics = ["activities", "focus", "support", "impact", "needs", "barriers", "induction", "mentoring"];
	scripts.set("all topics", await of([SAMPLE], { topics, by: ["gender"] }));
	const management = { topics: ["activities"], by: ["management", "intake"] };
	scripts.set("several groups of schools", await of([principals, SAMPLE], management));
	return scripts;
});

const design = (own: object) =>
	ownCodebook(
		{ weight: "TCHWGT", missing: ["999999"], ...own },
		{
			groups: {
				sex: {
					variable: "TT3G01",
					label: { en: "Sex" },
					values: { f: { label: { en: "F" }, codes: ["1"] }, m: { label: { en: "M" }, codes: ["2"] } },
				},
			},
			items: { low: { variable: "TT3G22A", label: { en: "Courses" } } },
		},
	);
const replicates = { prefix: "TRWGT", count: 100 };
const DESIGNS = {
	"fay-brr": { method: "fay-brr", replicates, fay: 0.3 },
	brr: { method: "brr", replicates },
	jk1: { method: "jk1", replicates },
	"jk2, one a zone": { method: "jk2", replicates },
	"jk2, two a zone": { method: "jk2", replicates, perZone: 2 },
	"jkn, factors": {
		method: "jkn",
		replicates,
		rscales: Array.from({ length: 100 }, (_, r) => 0.5 + r / 200),
	},
	"jkn, sizes": { method: "jkn", replicates, stratumSizes: 3 },
	bootstrap: { method: "bootstrap", replicates },
	sdr: { method: "sdr", replicates },
	scale: { method: "brr", replicates, scale: 0.02 },
	"mean of replicates": { method: "bootstrap", replicates, centre: "replicate-mean" },
	"schools as units": { method: "taylor", psu: "IDSCHOOL" },
	"strata of schools": { method: "taylor", psu: "IDSCHOOL", strata: "IDPOP" },
	"weights alone": { method: "weights-only" },
};
recompute("designs", async () => {
	const scripts = new Map<string, string>();
	for (const [name, own] of Object.entries(DESIGNS)) {
		const spec = {
			codebook: design(own),
			by: ["sex"],
			counts: true,
			total: true,
			unknownCodes: "missing" as const,
		};
		scripts.set(name, await ratesScript(SAMPLE)(spec));
	}
	scripts.set("national", await ratesScript(NATIONAL)({ counts: true, by: ["gender"] }));
	return scripts;
});

recompute("quotation marks in headings and answers", async () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-quoted-"));
	const file = join(folder, "quoted.csv");
	const rows = [
		'2,Yes,"so ""far"""',
		'3,No,"so ""far"""',
		'1,Yes,"so ""far"""',
		"2,No,near",
		"4,Yes,near",
		"1,No,near",
	];
	writeFileSync(file, ['wt,"Courses ""online"", all","Way ""home"""', ...rows, ""].join("\n"));
	const values = {
		far: { label: { en: "Far" }, codes: ['so "far"'] },
		near: { label: { en: "Near" }, codes: ["near"] },
	};
	const codebook = ownCodebook(
		{ weight: "wt", method: "weights-only" },
		{
			groups: { way: { variable: 'Way "home"', label: { en: "Way" }, values } },
			items: { online: { variable: 'Courses "online", all', label: { en: "Online" } } },
		},
	);
	return new Map([["quoted", await ratesScript(file)({ codebook, by: ["way"] })]]);
});

recompute("means, quantiles and distributions", async () => {
	const questions = chosenOf({
		variables: [["types"], ["TT3G11B"], ["self-efficacy"]],
		by: [[], ["gender"]],
		quantileInterval: ["auto", "replicates", "woodruff"] as const,
		ci: ["logit", "xlogit"] as const,
		base: [undefined, "participants"],
	});
	const scripts = await scriptsOf(questions, (spec) =>
		script("r", [SAMPLE], (files, run) => means(files, { suppress: "none", ...spec, ...run })),
	);
	scripts.set("national", await script("r", [NATIONAL], (files, run) => means(files, run)));
	expect(scripts.size).toBeGreaterThan(5);
	return scripts;
});

if (existsSync(NOISY))
	recompute("missing, routed and unknown answers, as csv and as sav", async () => {
		const scripts = new Map<string, string>();
		for (const file of [NOISY, NOISY.replace(".csv", ".sav")]) {
			for (const base of [undefined, "all", "participants"]) {
				const spec = { topics: ["activities", "needs"], base, by: ["novice"], pool: ["population"] };
				scripts.set(`${file} ${base}`, await ratesScript(file)(spec));
			}
		}
		return scripts;
	});
