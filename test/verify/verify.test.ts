import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { once } from "../../src/base/once.js";
import {
	compare,
	differencesOf,
	type Estimate,
	gaps,
	means,
	model,
	published,
	type ResultDifference,
	type ResultSet,
	rates,
	readResults,
	relate,
	verify,
} from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");
const folder = temporaryFolder();

/** As a file has it. */
const saved = <R extends ResultSet>(results: R): R => JSON.parse(JSON.stringify(results)) as R;

const QUESTIONS: Readonly<Record<string, [file: string, ask: () => Promise<ResultSet>]>> = {
	rates: [
		SAMPLE,
		() =>
			rates([SAMPLE], {
				...{ by: ["gender"], total: true, counts: true, extras: ["cv", "n-eff"], where: ["experience<=20"] },
				...{ define: ["many = types >= 3"], ci: "beta", df: "inf", level: 0.9 },
			}),
	],
	country: [
		TALIS_2024,
		() => rates([TALIS_2024], { items: ["ict"], by: ["country"], total: true, average: "all" }),
	],
	benchmark: [SAMPLE, () => rates([SAMPLE], { topics: ["focus"], benchmark: ["KAZ@2024"] })],
	synthesis: [TALIS_2024, () => rates([TALIS_2024], { items: ["ict"], synthesis: "reml" })],
	protected: [TALIS_2024, () => rates([TALIS_2024], { items: ["ict"], by: ["gender"], protect: true })],
	compare: [
		SAMPLE,
		() => compare([SAMPLE], { between: "gender", topics: ["focus"], test: "joint", within: 4 }),
	],
	average: [
		TALIS_2024,
		() => compare([TALIS_2024], { between: "country", reference: "average:all", items: ["ict"] }),
	],
	gaps: [SAMPLE, () => gaps([SAMPLE], { items: ["ict"] })],
	means: [SAMPLE, () => means([SAMPLE], { variables: ["types"], quantiles: [0.3] })],
	model: [
		SAMPLE,
		() =>
			model([SAMPLE], {
				...{ outcomes: ["types", "activities:network"], predict: "gender,experience", effects: true },
				...{ reference: ["gender=male"], at: ["gender=male"] },
			}),
	],
	models: [
		SAMPLE,
		() => model([SAMPLE], { outcomes: ["types"], models: ["one: gender", "two: gender, experience"] }),
	],
	relate: [SAMPLE, () => relate([SAMPLE], { variables: ["types", "TT3G11B"], rank: true })],
};

describe.each(Object.entries(QUESTIONS))("%s", (_, [file, ask]) => {
	test("nothing differs from its file, and nothing contradicts itself", async () => {
		const results = saved(await ask());
		expect(await verify(results, [file])).toEqual([]);
		expect(await verify(results)).toEqual([]);
	});
});

type Change = (results: Record<string, never> & ResultSet) => void;
// biome-ignore lint/suspicious/noExplicitAny: changed by hand, as a file of JSON would be.
const loose = (change: (results: any) => void): Change => change as Change;

/** What is changed by hand, and what is told of it: the kind, and the field where one differs. */
const PLANTED: readonly [name: string, change: Change, what: string, field: string | null][] = [
	["an estimate", loose((r) => (r.estimates[0].estimate += 0.001)), "number", "estimate"],
	["an estimate by little", loose((r) => (r.estimates[0].estimate *= 1 + 1e-7)), "number", "estimate"],
	["a standard error", loose((r) => (r.estimates[1].se = 1)), "number", "se"],
	["the lower end", loose((r) => (r.estimates[0].ciLow -= 1)), "number", "ciLow"],
	["the upper end", loose((r) => (r.estimates[0].ciHigh -= 1)), "number", "ciHigh"],
	["degrees of freedom", loose((r) => (r.estimates[0].df = 99)), "number", "df"],
	["n", loose((r) => (r.estimates[0].n += 1)), "number", "n"],
	["schools", loose((r) => (r.estimates[0].schools -= 1)), "number", "schools"],
	["weighted N", loose((r) => (r.estimates[0].weightedN += 1)), "number", "weightedN"],
	["coverage", loose((r) => (r.estimates[0].coverage = 100)), "number", "coverage"],
	["the design effect", loose((r) => (r.estimates[0].deff = 1)), "number", "deff"],
	["a number that is taken out", loose((r) => (r.estimates[0].se = null)), "number", "se"],
	["the interval's method", loose((r) => (r.estimates[0].ciMethod = "wald")), "text", "ciMethod"],
	["a variable", loose((r) => (r.estimates[0].variable = "TT3G22A")), "text", "variable"],
	["a status", loose((r) => (r.estimates[0].status = "few-teachers")), "status", "status"],
	["a row less", loose((r) => r.estimates.pop()), "row", null],
	["a row more", loose((r) => r.estimates.push({ ...r.estimates[0], item: "other" })), "row", null],
	["a row twice", loose((r) => r.estimates.push(r.estimates[0])), "row", null],
	["a difference", loose((r) => (r.comparisons[0].difference += 1)), "number", "difference"],
	["its error", loose((r) => (r.comparisons[0].se *= 2)), "number", "se"],
	["its p-value", loose((r) => (r.comparisons[0].p = 0.04)), "number", "p"],
	["an adjusted p-value", loose((r) => (r.comparisons[0].pAdjusted = 0.04)), "number", "pAdjusted"],
	["a side", loose((r) => (r.comparisons[0].a.estimate += 1)), "number", "a.estimate"],
	["the kind of comparison", loose((r) => (r.comparisons[0].kind = "independent")), "text", "kind"],
	["a note less", loose((r) => r.notes.shift()), "note", null],
	[
		"a note's numbers",
		loose((r) => (r.notes.find((n: { detail?: object }) => n.detail !== undefined).detail = { x: 1 })),
		"note",
		"detail.x",
	],
	["the hash of the data", loose((r) => (r.source[0].sha256 = "0")), "data", null],
	["the rules of the codebook", loose((r) => (r.codebook.rules = "0")), "codebook", "rules"],
	["the version of the codebook", loose((r) => (r.codebook.version = "0")), "codebook", "version"],
	["the version of the tool", loose((r) => (r.tool.version = "0")), "tool", "version"],
	["the constant of the design", loose((r) => (r.design.fay = 0.3)), "design", "fay"],
	["the populations asked", loose((r) => (r.settings.populations = ["isced1"])), "settings", "populations.0"],
];

describe("each change by hand is found, and no other", () => {
	const ask = () =>
		compare([SAMPLE], { between: "gender", items: ["focus:ict", "focus:parents"], total: true });

	test.each(PLANTED)("%s", async (_name, change, what, field) => {
		const results = saved(await ask());
		change(results as never);
		const found = await verify(results, [SAMPLE]);
		expect(found.length).toBeGreaterThan(0);
		expect(new Set(found.map((one) => one.what))).toEqual(
			new Set(field?.startsWith("detail") ? ["note"] : [what]),
		);
		if (what === "data") expect(found[0]?.field).toContain("sha256");
		else if (what !== "note") expect(found.map((one) => one.field)).toEqual([field]);
	});

	test.each([
		["the level", { level: 0.9 }, ["ciHigh", "ciLow"]],
		["the interval", { ci: "wald" }, ["ciHigh", "ciLow", "ciMethod"]],
		["degrees of freedom", { df: 20 }, ["ciHigh", "ciLow", "df"]],
	])("a setting that decides numbers: %s", async (_name, setting, fields) => {
		const results = saved(await rates([SAMPLE], { items: ["focus:ict"] }));
		Object.assign(results.settings, setting);
		const found = await verify(results, [SAMPLE]);
		expect([...new Set(found.map(({ field }) => field))].sort()).toEqual(fields);
	});

	test("how many rows are used, and what counts as missing", async () => {
		const results = saved(await rates([SAMPLE], { items: ["focus:ict"] }));
		const counted = { used: 1, missing: { ...results.counted?.missing, omitted: [] } };
		const found = await verify({ ...results, counted } as ResultSet, [SAMPLE]);
		expect(found.map(({ what, field }) => [what, field?.split(".")[0]])).toEqual(
			expect.arrayContaining([
				["data", "used"],
				["settings", "omitted"],
			]),
		);
		expect(new Set(found.map(({ where }) => where))).toEqual(new Set(["counted"]));
		const other = { ...results.codebook, rules: "0".repeat(64) };
		const ruled = await verify({ ...results, counted, codebook: other } as ResultSet, [SAMPLE]);
		expect(ruled).toContainEqual(expect.objectContaining({ what: "codebook", field: "omitted", first: "" }));
	});

	const NUMBERS = ["estimate", "se", "ciLow", "ciHigh", "deff"];
	const SUMS = ["weightedN", "coverage"];

	// What is changed in the file, and all fields that differ then.
	test.each<[name: string, column: string, to: (cell: string) => string, fields: readonly string[]]>([
		["one answer of one teacher", "TT3G22G", (cell) => (cell === "1" ? "2" : "1"), NUMBERS],
		["an answer left out", "TT3G22G", () => "9", [...NUMBERS, ...SUMS, "n"]],
		["an answer of a question that was not asked for", "TT3G23E", () => "9", []],
		["a weight", "TCHWGT", (cell) => String(Number(cell) * 1.5), [...NUMBERS, ...SUMS]],
		[
			"one replicate weight",
			"TRWGT7",
			(cell) => String(Number(cell) + 90),
			["se", "ciLow", "ciHigh", "deff"],
		],
		["the school of a teacher", "IDSCHOOL", () => "987654", ["schools"]],
	])("of the data: %s", async (_, column, to, fields) => {
		const [head = "", first = "", ...rest] = readFileSync(SAMPLE, "utf8").split("\n");
		const place = head.split(",").indexOf(column);
		const cells = first.split(",");
		cells[place] = to(cells[place] as string);
		const file = join(folder, "synthetic-kazakhstan-2018.csv");
		writeFileSync(file, [head, cells.join(","), ...rest].join("\n"));
		const results = saved(await rates([SAMPLE], { items: ["peer-coaching"], df: 50 }));
		const found = await verify(results, [file]);
		expect(found.find(({ what }) => what === "data")?.field).toContain("sha256");
		const others = found.filter(({ what }) => what !== "data").map(({ field }) => field);
		expect(others.sort()).toEqual([...fields].sort());
	});

	test.each<[name: string, change: (lines: string[]) => string[], fields: readonly string[]]>([
		["a teacher less", (lines) => lines.slice(0, -1), ["rows", "sha256", "used"]],
		["rows in another order", ([head = "", first = "", ...rest]) => [head, ...rest, first], ["sha256"]],
	])("of the data: %s", async (_, change, fields) => {
		const file = join(folder, "synthetic-kazakhstan-2018.csv");
		writeFileSync(file, `${change(readFileSync(SAMPLE, "utf8").trimEnd().split("\n")).join("\n")}\n`);
		const found = await verify(saved(await rates([SAMPLE], { items: ["peer-coaching"] })), [file]);
		const data = found.filter(({ what }) => what === "data");
		expect(data.map(({ field }) => field?.split(".").at(-1)).sort()).toEqual(fields);
		expect(found.length > data.length).toBe(fields.includes("used"));
	});
});

const ANSWERS = () => rates([SAMPLE], { items: ["needs:ict"], answers: true });
const RATIO = () => means([SAMPLE], { ratios: ["focus:types/types"] });
const AVERAGE = (averageKind: "simple" | "weighted" | "pooled") => () =>
	rates([TALIS_2024], { items: ["needs:ict"], average: "all", averageKind });
const MODERATED = () => rates([TALIS_2024], { items: ["needs:ict"], synthesis: "reml", moderator: "oecd" });
const own = (name: keyof typeof QUESTIONS) => () =>
	(QUESTIONS[name] as [string, () => Promise<ResultSet>])[1]();

/** Kinds of results, and what is changed in them by hand. */
const IN_KINDS: Readonly<Record<string, [ask: () => Promise<ResultSet>, file: string, changes: Planted[]]>> =
	{
		models: [
			own("model"),
			SAMPLE,
			[
				["a coefficient", loose((r) => (r.models[0].coefficients[1].estimate += 1e-6)), "estimate"],
				["its error", loose((r) => (r.models[1].coefficients[0].se *= 1.01)), "se"],
				[
					"an odds ratio",
					loose((r) => (r.models[1].coefficients[1].oddsRatio.ciLow -= 0.1)),
					"oddsRatio.ciLow",
				],
				["a marginal effect", loose((r) => (r.models[1].coefficients[1].ame.estimate += 1)), "ame.estimate"],
				["R squared", loose((r) => (r.models[0].rSquared.estimate = 0.5)), "rSquared.estimate"],
				["Tjur's measure", loose((r) => (r.models[1].tjur.se = 0.5)), "tjur.se"],
				["a test of a term", loose((r) => (r.models[0].tests[0].F += 1)), "F"],
				["a prediction", loose((r) => (r.models[0].predictions[0].ciHigh += 1)), "ciHigh"],
				["the teachers of a model", loose((r) => (r.models[0].n -= 1)), "n"],
				["the status of a model", loose((r) => (r.models[0].status = "few-schools")), "status"],
				["a coefficient less", loose((r) => r.models[0].coefficients.pop()), null],
				["the outcome's statistic", loose((r) => (r.models[0].outcome.statistic = "percent")), null],
			],
		],
		relations: [
			own("relate"),
			SAMPLE,
			[
				["a correlation", loose((r) => (r.relations[0].estimate += 0.01)), "estimate"],
				["its p-value", loose((r) => (r.relations[0].p = 0.5)), "p"],
				["its method", loose((r) => (r.relations[0].method = "pearson")), null],
			],
		],
		answers: [
			ANSWERS,
			SAMPLE,
			[
				["the percentage of an answer", loose((r) => (r.estimates[0].estimate += 0.1)), "estimate"],
				["a covariance of answers", loose((r) => (r.covariances[0].matrix[0][1] *= 2)), "matrix.0.1"],
			],
		],
		ratios: [RATIO, SAMPLE, [["a ratio", loose((r) => (r.estimates[0].estimate *= 1.001)), "estimate"]]],
		"simple averages": [
			AVERAGE("simple"),
			TALIS_2024,
			[["an average", loose((r) => (r.estimates.at(-1).se += 0.1)), "se"]],
		],
		"weighted averages": [
			AVERAGE("weighted"),
			TALIS_2024,
			[
				["an average", loose((r) => (r.estimates.at(-1).estimate += 0.1)), "estimate"],
				["whom it is over", loose((r) => (r.estimates.at(-1).group.country = "average:oecd-9")), null],
			],
		],
		"pooled averages": [
			AVERAGE("pooled"),
			TALIS_2024,
			[["an average", loose((r) => (r.estimates.at(-1).ciLow += 0.1)), "ciLow"]],
		],
		syntheses: [
			MODERATED,
			TALIS_2024,
			[
				["a synthesis", loose((r) => (r.syntheses[0].estimate += 0.1)), "estimate"],
				["tau squared", loose((r) => (r.syntheses[1].tau2 += 0.1)), "tau2"],
				["a prediction interval", loose((r) => (r.syntheses[0].piHigh += 0.1)), "piHigh"],
				["a member less", loose((r) => r.syntheses[0].members.pop()), "members.3"],
				["a test of the moderator", loose((r) => (r.moderatorTests[0].q += 0.1)), "q"],
			],
		],
		protected: [
			own("protected"),
			TALIS_2024,
			[
				["a figure", loose((r) => (r.estimates[0].estimate += 0.01)), "estimate"],
				["a rounded n", loose((r) => (r.estimates[0].n += 5)), "n"],
				["a rounded n by one", loose((r) => (r.estimates[0].n += 1)), "n"],
			],
		],
		"tests of all levels": [
			own("compare"),
			SAMPLE,
			[
				["F", loose((r) => (r.tests[0].F += 0.1)), "F"],
				["equivalence", loose((r) => (r.comparisons[0].equivalence.p = 0.5)), "equivalence.p"],
			],
		],
	};

type Planted = [name: string, change: Change, field: string | null];

describe.each(Object.entries(IN_KINDS))("in %s each change by hand is found, and no other", (_, row) => {
	const [ask, file, changes] = row;
	test("each", async () => {
		const made = JSON.stringify(await ask());
		const again = JSON.parse(made) as ResultSet;
		expect(await verify(again, [file])).toEqual([]);
		for (const [place, [name, change, field]] of changes.entries()) {
			const results = JSON.parse(made) as ResultSet;
			change(results as never);
			// The question is the same each time, so the first change alone has it asked again.
			const found = place === 0 ? await verify(results, [file]) : differencesOf(results, again);
			expect([...new Set(found.map((one) => one.field))], name).toEqual([field]);
		}
	});
});

describe("of the codebook and of the settings each change is found, and no other", () => {
	const text = readFileSync(join(root, "data/codebooks/national-pd-survey.yaml"), "utf8");
	const survey = join(root, "data/samples/synthetic-national-pd-survey.csv");
	const file = join(folder, "own.yaml");
	const ask = once(async () => {
		writeFileSync(file, text);
		return rates([survey], { codebook: file, items: ["activities:conferences"], by: ["age"] });
	});
	/** Parts and fields that differ, each once. */
	const told = (found: readonly ResultDifference[]) => [
		...new Set(
			found.map(({ what, field }) => `${what}${field === null ? "" : ` ${field.replace(/\.\d+$/, "")}`}`),
		),
	];
	const FIGURES = ["estimate", "se", "ciLow", "ciHigh", "deff"].map((field) => `number ${field}`);
	const ENDS = ["estimate", "ciLow", "ciHigh"].map((field) => `number ${field}`);
	const HIDDEN = ["df", "weightedN", "coverage"].map((field) => `number ${field}`);
	const COUNTS = ["n", "schools", "weightedN", "coverage"].map((field) => `number ${field}`);

	test.each<[name: string, from: string, to: string, differs: readonly string[]]>([
		["nothing", "", "", []],
		["a label", "{ en: Under 30,", "{ en: Younger than 30,", []],
		["its version", 'version: "1.0.0"', 'version: "1.0.1"', ["codebook rules", "codebook version"]],
		[
			"why a code is no answer",
			...(['"7": not-reached, "9": omitted', '"7": not-reached, "9": not-applicable'] as const),
			["codebook rules", "codebook not-applicable", "codebook omitted", "number coverage"],
		],
		["which answer is a yes", 'yes: ["1"]', 'yes: ["2"]', ["codebook rules", ...ENDS]],
		["a band", "to: 29", "to: 28", ["codebook rules", "note", "number df", ...FIGURES, ...COUNTS]],
		[
			"from how many on figures are shown",
			"teachers: 30",
			"teachers: 3000",
			["codebook rules", "status status", "text ciMethod", ...FIGURES, ...HIDDEN],
		],
		["the design", "lonelyPsu: fail", "lonelyPsu: adjust", ["codebook rules"]],
	])("in the codebook: %s", async (_, from, to, differs) => {
		const results = saved(await ask());
		const changed = text.replace(from, to);
		expect(changed === text).toBe(from === to);
		writeFileSync(file, changed);
		expect(told(await verify(results, [survey])).sort()).toEqual([...differs].sort());
	});

	test.each<[name: string, change: Change, differs: readonly string[]]>([
		[
			"conditions",
			loose(({ settings }) => (settings.where = ["gender=female"])),
			["data used", "number df", ...FIGURES, ...COUNTS],
		],
		["items", loose(({ settings }) => (settings.items = ["activities:network"])), ["row"]],
		["groups", loose(({ settings }) => (settings.by = ["gender"])), ["note", "row", "settings omitted"]],
		["the base", loose(({ settings }) => (settings.base = "participants")), ["row"]],
		["the total", loose(({ settings }) => (settings.total = true)), ["row"]],
		["counts", loose(({ settings }) => (settings.counts = true)), ["row"]],
		["extras", loose(({ settings }) => (settings.extras = ["cv"])), ["number cv"]],
		["the language, which is in no number", loose(({ settings }) => (settings.lang = "ru")), []],
	])("in the settings: %s", async (_, change, differs) => {
		writeFileSync(file, text);
		const results = saved(await ask());
		change(results as never);
		expect(told(await verify(results, [survey])).sort()).toEqual([...differs].sort());
	});
});

describe("what contradicts itself is found without the data", () => {
	const compared = () =>
		compare([TALIS_2024], { between: "country", reference: "average:all", items: ["ict"] });
	test.each([
		["a difference", loose((r) => (r.comparisons[0].difference += 1)), "difference"],
		["a p-value", loose((r) => (r.comparisons[0].p = 0.5)), "p"],
		["an adjusted p-value", loose((r) => (r.comparisons[0].pAdjusted = 0.5)), "pAdjusted"],
		["an estimate", loose((r) => (r.estimates[0].estimate += 1)), "estimate"],
		["an average", loose((r) => (r.estimates.at(-1).estimate += 1)), "estimate"],
		["an average's error", loose((r) => (r.estimates.at(-1).se += 1)), "se"],
	])("%s", async (_name, change, field) => {
		const results = saved(await compared());
		change(results as never);
		expect((await verify(results)).map((one) => one.field)).toContain(field);
	});
});

describe("what contradicts its own row is found without the data, and no other", () => {
	const asked = { items: ["focus:ict", "types"], by: ["gender"], total: true, extras: ["n-eff"] } as const;
	const national = join(root, "data/codebooks/national-pd-survey.yaml");
	const ENDS = ["ciHigh", "ciLow"];
	// biome-ignore lint/suspicious/noExplicitAny: changed by hand, as a file of JSON would be.
	const share = (r: ResultSet): any => r.estimates.find(({ statistic }) => statistic === "percent");
	const SHARE = loose((r) => (share(r).estimate -= 6));
	const LITTLE = loose((r) => (share(r).estimate += 0.1));
	const MORE = loose((r) => (share(r).n = r.source[0].rows + 1));

	const INTERVALS = [
		["logit", ["deff"]],
		["wald", [...ENDS, "deff"]],
		["xlogit", [...ENDS, "deff"]],
		["beta", [...ENDS, "deff"]],
		["wilson", [...ENDS, "deff"]],
	] as const;
	describe.each(INTERVALS)("%s", (ci, ofError) => {
		const made = once(async () => JSON.stringify(await rates([SAMPLE], { ...asked, ci })));
		test.each<[name: string, change: Change, fields: readonly string[]]>([
			["an estimate beyond its interval", SHARE, [...ENDS, "deff"]],
			["an estimate by a digit", LITTLE, [...ENDS, "deff"]],
			["a standard error", loose((r) => (share(r).se = 9.9)), ofError],
			["an end", loose((r) => (share(r).ciHigh += 0.01)), ci === "logit" ? ENDS : ["ciHigh"]],
			[
				"more teachers than rows",
				MORE,
				["deff", "n", "nEff", ...(["beta", "wilson"].includes(ci) ? ENDS : [])],
			],
			["an effective sample size", loose((r) => (share(r).nEff += 1)), ["nEff"]],
			[
				"the error of a mean",
				loose((r) => (r.estimates.find(({ statistic }: Estimate) => statistic === "mean").se += 0.1)),
				ENDS,
			],
		])("%s", async (_name, change, fields) => {
			const results = JSON.parse(await made()) as ResultSet;
			expect(await verify(results)).toEqual([]);
			change(results as never);
			const found = await verify(results);
			expect(found.map(({ field }) => field).sort()).toEqual([...fields].sort());
			expect(new Set(found.map(({ where }) => where)).size).toBe(1);
		});
	});

	test.each<[name: string, ask: () => Promise<ResultSet>]>([
		["of answers", ANSWERS],
		["of ratios", RATIO],
		...(["simple", "weighted", "pooled"] as const).map((kind): [string, () => Promise<ResultSet>] => [
			`of ${kind} averages`,
			AVERAGE(kind),
		]),
		["of published figures", async () => published({ cycle: 2024, topics: ["focus"] })],
		["of counts and shares of 0 and 100 %", () => rates([TALIS_2024], { counts: true, suppress: "none" })],
		["without degrees of freedom, at another level", () => rates([SAMPLE], { df: "inf", level: 0.8 })],
		[
			"of a linearised design",
			() =>
				means([join(root, "data/samples/synthetic-national-pd-survey.csv")], {
					...{ codebook: national, variables: ["types"], by: ["gender"] },
				}),
		],
	])("figures %s agree", async (_name, ask) => {
		const results = saved(await ask());
		expect(results.estimates.length).toBeGreaterThan(0);
		expect(await verify(results)).toEqual([]);
	});

	test("rows of saved results that were compared keep their own level", async () => {
		const file = join(folder, "systems.json");
		const made = await rates([TALIS_2024], { items: ["ict"], ci: "wald", level: 0.9, by: ["country"] });
		writeFileSync(file, JSON.stringify(made));
		const results = saved(await compare([file], { between: "country", reference: "average:all" }));
		expect(results.estimates.length).toBeGreaterThan(0);
		expect(await verify(results)).toEqual([]);
	});
});

describe("on the command line", () => {
	test("verify says that nothing differs, or what does, with 3", async () => {
		const file = join(folder, "rates.json");
		await run(["rates", SAMPLE, "--item", "coaching", "--out", file]);
		expect(await run(["verify", file, SAMPLE])).toMatchObject({ code: 0, out: "Nothing differs.\n" });
		const results = readResults(file);
		const [row] = results.estimates as [(typeof results.estimates)[number]];
		writeFileSync(file, JSON.stringify({ ...results, estimates: [{ ...row, se: 1 }] }));
		const found = await run(["verify", file, SAMPLE, "--lang", "ru"]);
		expect(found.code).toBe(3);
		expect(found.out).toContain("Числа: 1");
		expect(found.out).toMatch(/ se: 1 и\s+0\.6/);
	});

	test("verify says what it cannot tell: of files without a hash, and without files", async () => {
		const file = join(folder, "unhashed.json");
		const results = await rates([SAMPLE], { items: ["peer-coaching"] });
		const source = results.source.map((one) => ({ ...one, sha256: "" }));
		writeFileSync(file, JSON.stringify({ ...results, source }));
		const again = await run(["verify", file, SAMPLE]);
		expect(again.code).toBe(0);
		expect(again.out.replace(/\s+/g, " ")).toContain("No SHA-256 of synthetic-kazakhstan-2018.csv was kept");
		const json = JSON.parse((await run(["verify", file, SAMPLE, "--format", "json"])).out);
		expect(json.unchecked).toEqual([{ what: "no-hash", file: "synthetic-kazakhstan-2018.csv" }]);
		expect((await run(["verify", file])).out).toBe(
			"No contradiction found. Without the data, figures are not recomputed.\n",
		);
		const [row] = results.estimates as [(typeof results.estimates)[number]];
		writeFileSync(file, JSON.stringify({ ...results, estimates: [{ ...row, se: 9.9 }] }));
		const changed = await run(["verify", file]);
		expect(changed.code).toBe(3);
		expect(changed.out).toMatch(
			/^Numbers: 1\n.* deff:\s[\s\S]*only what follows from other numbers was checked/,
		);
		writeFileSync(file, JSON.stringify({ ...results, estimates: [{ ...row, estimate: 164.8 }] }));
		const beyond = await run(["verify", file]);
		expect(beyond.code).toBe(2);
		expect(beyond.err).toContain("the file was changed, or made by another tool");
	});

	test("diff, with a tolerance", async () => {
		const [a, b] = [join(folder, "a.json"), join(folder, "b.json")];
		await run(["rates", SAMPLE, "--item", "coaching", "--out", a]);
		copyFileSync(a, b);
		expect((await run(["diff", a, b])).code).toBe(0);
		const results = readResults(a);
		const [row] = results.estimates as [(typeof results.estimates)[number]];
		const estimate = (row.estimate as number) + 1e-5;
		writeFileSync(b, JSON.stringify({ ...results, estimates: [{ ...row, estimate }] }));
		const { code, out } = await run(["diff", a, b, "--format", "json"]);
		expect(code).toBe(3);
		expect(JSON.parse(out).differences).toMatchObject([{ what: "number", field: "estimate" }]);
		expect((await run(["diff", a, b, "--tolerance", "1e-6"])).code).toBe(0);
		expect((await run(["diff", a, b, "--tolerance", "few"])).code).toBe(2);
	});

	describe("diff of two files", () => {
		const base = once(() => compare([SAMPLE], { between: "gender", items: ["focus:ict", "focus:parents"] }));
		const number = (r: ResultSet) => JSON.stringify(r).replace(`"se":${r.estimates[0]?.se}`, '"se":NaN');
		const reversed = (group: object) => Object.fromEntries(Object.entries(group).reverse());
		const asJson = (change: (r: never) => void) => (r: ResultSet) => {
			change(r as never);
			return JSON.stringify(r);
		};
		test.each<[name: string, change: (r: ResultSet) => string, code: number, said: RegExp]>([
			[
				"rows and notes in another order",
				asJson(loose((r) => r.comparisons.reverse())),
				0,
				/Nothing differs/,
			],
			[
				"groups in another order",
				asJson(loose((r) => (r.estimates[0].group = reversed(r.estimates[0].group)))),
				...([0, /Nothing differs/] as const),
			],
			[
				"a row more",
				asJson(loose((r) => r.estimates.push({ ...r.estimates[0], item: "more" }))),
				3,
				/focus more .*only in the second/,
			],
			["a row twice", asJson(loose((r) => r.estimates.push(r.estimates[0]))), 3, /\(2\): only in the second/],
			["a row less", asJson(loose((r) => r.comparisons.shift())), 3, /only in the first/],
			[
				"nothing for a number",
				asJson(loose((r) => (r.estimates[0].se = null))),
				3,
				/se: [\d.]+ against null/,
			],
			[
				"a number that is absent",
				asJson(loose((r) => delete r.estimates[0].deff)),
				3,
				/deff: [\d.]+ against null/,
			],
			["another kind", asJson(loose((r) => (r.kind = "rates"))), 3, /kind: compare against rates/],
			["NaN, which JSON has not", number, 2, /is no JSON/],
			[
				"infinity, which JSON has not",
				(r) => number(r).replace("NaN", "1e999"),
				2,
				/se: must be a number, and is infinite/,
			],
		])("%s", async (_, change, code, said) => {
			const [a, b] = [join(folder, "first.json"), join(folder, "second.json")];
			writeFileSync(a, JSON.stringify(await base()));
			writeFileSync(b, change(saved(await base())));
			const found = await run(["diff", a, b]);
			expect(found.code).toBe(code);
			expect(`${found.out} ${found.err}`.replace(/\s+/g, " ")).toMatch(said);
		});

		test("numbers in memory may be none, which is no other none", async () => {
			const results = await base();
			const withNone = {
				...results,
				estimates: results.estimates.map((row) => ({ ...row, se: Number.NaN })),
			};
			expect(differencesOf(withNone, withNone)).toEqual([]);
			expect(differencesOf(results, withNone).map(({ field }) => field)).toContain("se");
		});

		test.each(["few", "", "-1", "Infinity", "NaN"])("--tolerance %j is refused", async (tolerance) => {
			const a = join(folder, "first.json");
			expect((await run(["diff", a, a, `--tolerance=${tolerance}`])).code).toBe(2);
		});
	});

	test("a report's folder is held against its manifest", async () => {
		const built = join(root, "reports/synthetic-kazakhstan-2018/build");
		const own = join(folder, "report");
		mkdirSync(own);
		cpSync(built, own, { recursive: true });
		expect((await run(["verify", own])).code).toBe(0);
		writeFileSync(join(own, "summary.md"), "Everything is fine.");
		writeFileSync(join(own, "more.txt"), "");
		rmSync(join(own, "tables.xlsx"));
		const { code, out } = await run(["verify", own]);
		expect(code).toBe(3);
		expect(out).toMatch(
			/Files of the folder: 3[\s\S]*more.txt: only in the second[\s\S]*summary.md SHA-256[\s\S]*tables.xlsx: only in the first/,
		);
		expect((await run(["verify", folder])).code).toBe(2);
	});
});

describe("what systems come to together, without the files", () => {
	const PUBLISHED = () =>
		published({ cycle: 2024, items: ["coaching"], synthesis: "reml", moderator: "oecd" } as never);

	test.each([
		["of a survey", MODERATED],
		["of published figures", async () => PUBLISHED()],
	])("%s: follows from its systems", async (_, ask) => {
		const results = saved(await ask());
		expect(results.syntheses?.length).toBeGreaterThan(2);
		expect(await verify(results)).toEqual([]);
	});

	test.each<Planted>([
		["a synthesis", loose((r) => (r.syntheses[0].estimate += 0.1)), "estimate"],
		["tau squared of a subgroup", loose((r) => (r.syntheses[1].tau2 += 0.1)), "tau2"],
		["a weight", loose((r) => (r.syntheses[0].figures[0].weight += 0.01)), "figures.0.weight"],
		["the test between subgroups", loose((r) => (r.moderatorTests[0].q += 1)), "q"],
		["a system's error", loose((r) => (r.estimates[0].se *= 2)), "se"],
		["that all systems but one are gone", loose((r) => r.estimates.splice(1)), null],
	])("%s that is changed is told", async (_, change, field) => {
		const results = saved(await MODERATED()) as never;
		change(results);
		expect((await verify(results)).map((one) => one.field)).toContain(field);
	});

	test("by a method that there is not are refused in a sentence", async () => {
		const results = saved(await MODERATED());
		const file = join(folder, "no-method.json");
		writeFileSync(
			file,
			JSON.stringify({ ...results, settings: { ...results.settings, synthesis: { method: "x" } } }),
		);
		const { code, err } = await run(["verify", file]);
		expect([code, err]).toEqual([
			2,
			expect.stringContaining("settings.synthesis.method: must be one of reml"),
		]);
	});
});
