import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import type { Answers } from "../../src/codebook/definition/schema.js";
import { answerReader, codesOf } from "../../src/codebook/meaning/answers.js";
import { codesReader } from "../../src/codebook/meaning/cells.js";
import { codebooks, describeError, gaps, rates, UserError } from "../../src/index.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { file } from "../support/survey.js";

const text = (en: string) => ({ en });

function codebook(more: object = {}): Record<string, unknown> {
	return {
		id: "own",
		version: "1",
		cycle: 2025,
		title: text("Own"),
		survey: text("Own"),
		detect: { columns: ["A"] },
		ids: {},
		design: { weights: "none", method: "simple" },
		bases: { all: { label: text("all") } },
		answers: { yn: { yes: ["yes"], values: { yes: text("Yes"), no: text("No") } } },
		groups: {},
		topics: {
			things: {
				label: text("Things"),
				title: text("Things"),
				question: "Q",
				answers: "yn",
				base: "all",
				items: { a: { variable: "A", label: text("A") } },
			},
		},
		...more,
	};
}
const saved = (more: object = {}) => file(stringify(codebook(more)), ".yaml");

async function refusal(run: () => unknown): Promise<string> {
	try {
		await run();
	} catch (error) {
		if (error instanceof UserError) return describeError(error);
		throw error;
	}
	throw new Error("nothing was refused");
}

function answers(more: Partial<Answers>): Answers {
	return { yes: [], values: {}, missing: {}, ...more };
}

describe("cells", () => {
	test.each([
		[["1"], ["0"], "1", "0"],
		[["1"], ["2"], "1", "2"],
		[["Иә"], ["Жоқ"], "иә", "ЖОҚ"],
		[["да"], ["нет"], "Да", " НЕТ ".trim()],
		[["yes"], ["no"], "YES", "No"],
		[["й"], ["нет"], "и\u0306", "нет"],
	])("%j and %j are read without regard to case", (yes, no, first, second) => {
		const values = Object.fromEntries([...yes, ...no].map((code) => [code, text(code)]));
		const state = codesReader(codesOf("X", answers({ yes, values }), yes));
		expect([state(first), state(second), state(""), state("maybe")]).toEqual([
			"yes",
			"no",
			"missing",
			"unknown",
		]);
	});

	test("an exact code goes before one in another case", () => {
		const read = answerReader(answers({ values: { a: text("small"), A: text("large") } }));
		expect([read("a"), read("A")]).toEqual([{ given: ["a"] }, { given: ["A"] }]);
	});

	test("an empty cell is a no only where the codebook says so", () => {
		const values = { checked: text("Checked") };
		expect(codesReader(codesOf("X", answers({ values }), ["checked"]))("")).toBe("missing");
		expect(codesReader(codesOf("X", answers({ values, empty: "no" }), ["checked"]))("")).toBe("no");
	});

	test("lists hold any number of answers, also ones with the separator in them", () => {
		const values = {
			"Courses, in person": text("1"),
			"Courses, online": text("2"),
			"in person": text("3"),
			"1": text("4"),
		};
		const missing = { "n/a": "not-applicable" as const };
		const read = answerReader(answers({ values, missing, separator: "," }));
		expect(read("courses, ONLINE, Courses, in person")).toEqual({
			given: ["Courses, online", "Courses, in person"],
		});
		expect(read("in person,1,")).toEqual({ given: ["in person", "1"] });
		expect(read("in person, summer school")).toBeUndefined();
		expect(read("N/A")).toEqual({ reason: "not-applicable" });
		const list = codesOf("X", answers({ values, missing, separator: "," }), ["1"]);
		expect(codesReader(list)("n/a")).toBe("not-applicable");
		const open = answerReader(answers({ values, separator: ",", unlisted: "1" }));
		expect(open("in person, summer school")).toEqual({ given: ["in person", "1"] });
	});

	test("a list of two numbers is no number with a decimal comma", async () => {
		const path = saved({
			answers: { yn: { values: { 1: text("one"), 2: text("two") }, separator: "," } },
			topics: {
				things: {
					...(codebook().topics as { things: object }).things,
					items: {
						one: { variable: "A", option: 1, label: text("1") },
						two: { variable: "A", option: [2], label: text("2") },
					},
				},
			},
		});
		const survey = file('A\n"1,2"\n1\n2\n2\n');
		const { estimates } = await rates([survey], { codebook: path });
		expect(estimates.map(({ item, estimate }) => [item, estimate])).toEqual([
			["one", 50],
			["two", 75],
		]);
		const by = await rates([survey], { codebook: path, items: ["one"], by: ["things:two"] });
		expect(by.estimates.map(({ n }) => n)).toEqual([3, 1]);
	});
});

describe("column names", () => {
	const survey = file('"Did you\r\n""take part""?",B,B\nyes,yes,no\nno,yes,no\n');
	const items = (variable: string) => ({
		topics: {
			things: {
				...(codebook().topics as { things: object }).things,
				items: { a: { variable, label: text("A") } },
			},
		},
	});

	test("hold quotes and line breaks, and are found without them", async () => {
		const { estimates } = await rates([survey], { codebook: saved(items('did you  "take part"?')) });
		expect(estimates[0]).toMatchObject({ estimate: 50, n: 2 });
	});

	test("that stand twice are told apart, and refused where the codebook does not", async () => {
		const { estimates } = await rates([survey], { codebook: saved(items("B #2")) });
		expect(estimates[0]?.estimate).toBe(0);
		expect(await refusal(() => rates([survey], { codebook: saved(items("B")) }))).toMatch(
			/2 columns called "B".*"B #1"/,
		);
	});
});

describe("a codebook that cannot be meant", () => {
	test.each([
		[
			"silent about weights",
			{ design: { method: "simple" } },
			/design: name the column of the weight, or say weights: none/,
		],
		[
			"both",
			{ design: { method: "taylor", weight: "W", weights: "none" } },
			/design.weights: none, but a weight/,
		],
		[
			"simple with a weight",
			{ design: { method: "simple", weight: "W" } },
			/simple is for files without weights/,
		],
		[
			"replicates without a weight",
			{ design: { method: "brr", weights: "none", replicates: ["A", "B"] } },
			/design/,
		],
		["an unknown default topic", { defaults: { topics: ["other"] } }, /defaults.topics: no topic "other"/],
		["gaps of unknown topics", { gaps: { needs: "things", offer: "x" } }, /gaps.offer: no topic "x"/],
		["no yes", { answers: { yn: { values: { 1: text("1") } } } }, /needs an option/],
		[
			"a list without options",
			{ answers: { yn: { yes: ["1"], values: { 1: text("1") }, separator: ";" } } },
			/are a list/,
		],
		[
			"an unlisted answer",
			{ answers: { yn: { yes: ["1"], values: { 1: text("1") }, unlisted: "9" } } },
			/9 is not among/,
		],
	])("%s", (_, more, message) => {
		expect(() => parseCodebook(stringify(codebook(more)), "own.yaml")).toThrow(UserError);
		try {
			parseCodebook(stringify(codebook(more)), "own.yaml");
		} catch (error) {
			expect(describeError(error as UserError)).toMatch(message);
			expect((error as UserError).where.line).toBeGreaterThan(0);
		}
	});

	test("gaps are refused where the codebook names no topics for them", async () => {
		expect(await refusal(() => gaps([file("A\nyes\n")], { codebook: saved() }))).toMatch(
			/names no topics of needs/,
		);
	});
});

test("strata and schools without weights are linearised and say that they are unweighted", async () => {
	const design = { weights: "none", method: "taylor", strata: "S", psu: "P" };
	const survey = file("S,P,A\n1,1,yes\n1,1,no\n1,2,no\n2,3,yes\n2,4,no\n2,4,yes\n");
	const { estimates, notes, design: summary } = await rates([survey], { codebook: saved({ design }) });
	expect(summary).toMatchObject({ weight: null, method: "taylor" });
	// Stratum 1: z = (1 − 2p, −p)/6, stratum 2: (1 − p, 1 − 2p)/6, each 2 · Σ (z − z̄)² / (2 − 1), p = 1/2.
	expect(estimates[0]?.se).toBeCloseTo(
		100 * Math.sqrt(2 * (2 * (0.25 / 6) ** 2) + 2 * (2 * (0.25 / 6) ** 2)),
		10,
	);
	expect(notes.map(({ code }) => code)).toContain("unweighted");
});

test("a TALIS file without its weights is refused", async () => {
	const survey = file(readFileSync(SAMPLE, "utf8").replace("TCHWGT", "SOMETHING"));
	expect(await refusal(() => rates([survey], { codebook: "talis-2018-teacher" }))).toMatch(
		/no weight column TCHWGT/,
	);
});

describe("codebook on the command line", () => {
	test("init finds the replicate design of the shipped sample", async () => {
		const { draft } = codebooks;
		const { text } = await draft(SAMPLE);
		expect(parseCodebook(text, "draft").design).toMatchObject({
			method: "fay-brr",
			fay: 0.5,
			weight: "TCHWGT",
			replicates: { prefix: "TRWGT", count: 100 },
		});
	});

	/** What each method makes of the weights of six units, in two strata of three: one row of factors a unit. */
	const FACTORS: Record<string, number[][]> = {
		brr: [
			[2, 0, 2, 0],
			[0, 2, 0, 2],
			[2, 2, 0, 0],
			[0, 0, 2, 2],
			[2, 0, 0, 2],
			[0, 2, 2, 0],
		],
		"fay-brr": [
			[1.7, 0.3, 1.7, 0.3],
			[0.3, 1.7, 0.3, 1.7],
			[1.7, 1.7, 0.3, 0.3],
			[0.3, 0.3, 1.7, 1.7],
			[1.7, 0.3, 0.3, 1.7],
			[0.3, 1.7, 1.7, 0.3],
		],
		jk1: Array.from({ length: 6 }, (_, unit) =>
			Array.from({ length: 6 }, (_, r) => (r === unit ? 0 : 6 / 5)),
		),
		jk2: [
			[0, 1, 1, 1],
			[2, 1, 1, 1],
			[1, 0, 1, 1],
			[1, 2, 1, 1],
			[1, 1, 0, 1],
			[1, 1, 2, 1],
		],
		jkn: Array.from({ length: 6 }, (_, unit) =>
			Array.from({ length: 6 }, (_, r) =>
				r === unit ? 0 : Math.floor(r / 3) === Math.floor(unit / 3) ? 1.5 : 1,
			),
		),
		bootstrap: [
			[0, 1.2, 2.4, 1.2],
			[1.2, 0, 1.2, 3.6],
			[2.4, 1.2, 0, 0],
			[1.2, 2.4, 1.2, 1.2],
			[0, 1.2, 1.2, 0],
			[1.2, 0, 0, 1.2],
		],
	};

	test.each(Object.keys(FACTORS))(
		"init tells replicate weights of %s by what they do to the weight",
		async (method) => {
			const factors = FACTORS[method] as number[][];
			const names = (factors[0] as number[]).map((_, r) => `rep${r + 1}`);
			const rows = factors.flatMap((unit, place) =>
				["yes", "no"].map((answer, half) => {
					const weight = 10 + 3 * place + half;
					return [answer, weight, ...unit.map((factor) => Number((factor * weight).toFixed(4)))].join(",");
				}),
			);
			const { draft } = codebooks;
			const survey = file(`A,weight,${names.join(",")}\n${rows.join("\n")}\n`);
			const { text } = await draft(survey);
			const { design } = parseCodebook(text, "draft");
			expect(design).toMatchObject({
				method,
				weight: "weight",
				replicates: { prefix: "rep", count: names.length },
			});
			if (method === "fay-brr") expect(design).toMatchObject({ fay: 0.3 });
			if (method === "jkn") expect(design).toMatchObject({ stratumSizes: 3 });
			const { estimates } = await rates([survey], { codebook: file(text, ".yaml") });
			expect(estimates[0]?.se).toBeGreaterThan(0);
		},
	);

	test.each(["brr", "fay-brr", "jk1", "jkn"])(
		"init takes the weight that replicates of %s are of, not the schools' weight before it",
		async (method) => {
			const factors = FACTORS[method] as number[][];
			const names = (factors[0] as number[]).map((_, r) => `rep${r + 1}`);
			const rows = factors.flatMap((unit, place) =>
				["yes", "no"].map((answer, half) => {
					const [schools, weight] = [17 - place, 10 + 3 * place + half];
					return [answer, schools, weight, ...unit.map((factor) => Number((factor * weight).toFixed(4)))];
				}),
			);
			const { draft } = codebooks;
			const { text } = await draft(file(`A,SCHWGT,TCHWGT,${names.join(",")}\n${rows.join("\n")}\n`));
			expect(parseCodebook(text, "draft").design).toMatchObject({ method, weight: "TCHWGT" });
			expect(text).toContain("Other columns that may be the weight: SCHWGT.");
		},
	);

	test("init takes numbered questions answered by 1 and 2 for items, not for replicates of a weight near one", async () => {
		const rows = Array.from({ length: 60 }, (_, row) =>
			[(0.7 + row / 100).toFixed(2), ...[2, 3, 5, 7, 11].map((step) => (row % step === 0 ? 1 : 2))].join(","),
		);
		const { draft } = codebooks;
		const { text } = await draft(file(`WEIGHT,Q1,Q2,Q3,Q4,Q5\n${rows.join("\n")}\n`));
		const { design, topics } = parseCodebook(text, "draft");
		expect(design).toMatchObject({ weight: "WEIGHT", method: "weights-only" });
		expect(Object.values(topics).flatMap(({ items }) => Object.keys(items))).toHaveLength(5);
	});

	test("init writes a file that rates takes, and never over the data", async () => {
		const survey = file("id,course,region\n1,yes,North\n2,no,South\n3,yes,South\n4,no,North\n5,yes,North\n");
		const out = join(temporaryFolder(), "draft.yaml");
		const made = await run(["codebook", "init", survey, "--out", out]);
		expect([made.code, made.out]).toEqual([0, ""]);
		expect(made.err).toMatch(/1 item in 1 topic, 1 group, no weights/);
		const rates = await run(["rates", survey, "--codebook", out, "--by", "region"]);
		expect(rates.code).toBe(0);
		expect(rates.out).toContain("Unweighted");
		expect((await run(["codebook", "init", survey, "--out", survey])).code).toBe(2);
		expect(readFileSync(survey, "utf8")).toMatch(/^id,course/);
	});

	test("a group by its column's name is the group, with what was decided of its values", async () => {
		const survey = file("id,course,My Region\n1,yes,N\n2,no,S\n3,yes,E\n4,no,N\n5,yes,S\n6,no,E\n");
		const out = join(temporaryFolder(), "draft.yaml");
		expect((await run(["codebook", "init", survey, "--out", out])).code).toBe(0);
		const draft = readFileSync(out, "utf8");
		const merged = draft
			.replace("codes: [ E ]", "codes: [ E, N ]")
			.replace(/ +n:\n.*\n.*codes: \[ N \]\n/, "");
		writeFileSync(out, merged);
		const by = async (name: string) =>
			(await run(["rates", survey, "--codebook", out, "--by", name, "--format", "csv"])).out;
		expect(await by("my-region")).toMatch(/,COURSE,course,e,all,percent,.*,4,/);
		expect(await by("My Region")).toBe(await by("my-region"));
	});

	test("init never replaces a codebook, in which somebody may have decided things", async () => {
		const survey = file("id,course\n1,yes\n2,no\n3,yes\n4,no\n5,yes\n");
		const out = join(temporaryFolder(), "draft.yaml");
		expect((await run(["codebook", "init", survey, "--out", out])).code).toBe(0);
		const decided = `${readFileSync(out, "utf8")}# decided by hand\n`;
		writeFileSync(out, decided);
		const { code, err } = await run(["codebook", "init", survey, "--out", out]);
		expect([code, err]).toEqual([2, expect.stringMatching(/draft\.yaml: is a codebook already/)]);
		expect(readFileSync(out, "utf8")).toBe(decided);
	});

	test("init refuses a file without items, and writes nothing", async () => {
		const out = join(temporaryFolder(), "draft.yaml");
		const { code, err } = await run([
			"codebook",
			"init",
			file("name,essay\nA,long text\nB,other text\n"),
			"--out",
			out,
		]);
		expect(code).toBe(2);
		expect(err).toMatch(/no column that looks like an item/);
		expect(existsSync(out)).toBe(false);
	});

	test("check lists everything at once with counts and lines, and ends in 3", async () => {
		const design = { weight: "W", method: "taylor", strata: "S", psu: "P" };
		const groups = {
			region: {
				variable: "region",
				label: text("Region"),
				values: { n: { label: text("N"), codes: ["n"] } },
			},
		};
		const survey = file(
			"A,W,S,region,extra,more\nyes,1,1,n,1,1\nmaybe,x,1,s,2,2\nmaybe,-1,,n,1,3\nno,0,2,n,2,4\n",
		);
		const { code, out, err } = await run([
			"codebook",
			"check",
			survey,
			"--codebook",
			saved({ design, groups }),
			"--format",
			"json",
		]);
		expect(code).toBe(3);
		expect(err).toMatch(/does not fit: 6 points/);
		const { findings, errors, warnings } = JSON.parse(out);
		expect([errors, warnings]).toEqual([6, 2]);
		expect(findings).toMatchObject([
			{ severity: "error", code: "weight-value", column: "W", text: "x", rows: 1, line: 3 },
			{ severity: "error", code: "weight-value", column: "W", text: "-1", rows: 1, line: 4 },
			{ severity: "error", code: "design-empty", column: "S", rows: 1, line: 4 },
			{ severity: "error", code: "design-column", column: "P" },
			{ severity: "error", code: "unknown-code", column: "A", text: "maybe", rows: 2, line: 3 },
			{ severity: "error", code: "unknown-value", column: "region", text: "s", rows: 1, line: 3 },
			{ severity: "warning", code: "weight-zero", column: "W", text: "0", rows: 1, line: 5 },
			{ severity: "warning", code: "unused-column", column: "extra" },
		]);
	});

	test.each(["en", "kk", "ru"])("check speaks %s, and warnings fail only with --strict", async (lang) => {
		const survey = file("A,extra\nyes,1\nno,2\n");
		const argv = ["codebook", "check", survey, "--codebook", saved(), "--lang", lang];
		const plain = await run(argv);
		expect(plain.code).toBe(0);
		expect(plain.out).toContain("extra");
		expect(plain.out).not.toMatch(/check\.|\{\w+\}/);
		expect((await run([...argv, "--strict"])).code).toBe(3);
	});

	test("check without a codebook, with a broken one and without a file ends in 2", async () => {
		const survey = file("A\nyes\n");
		for (const argv of [
			[survey],
			[survey, "--codebook", file("id: 1", ".yaml")],
			["nowhere.csv", "--codebook", saved()],
		]) {
			const { code, err } = await run(["codebook", "check", ...argv]);
			expect(code).toBe(2);
			expect(err.trim().split("\n").length).toBe(1);
		}
	});

	test("show prints a codebook as it is, list all of them", async () => {
		const { out } = await run(["codebook", "show", "national-pd-survey"]);
		expect(parseCodebook(out, "shown").id).toBe("national-pd-survey");
		expect((await run(["codebook", "show", "national"])).err).toContain("national-pd-survey");
		const list = await run(["codebook", "list"]);
		expect(list.out).toMatch(/^national-pd-survey +2026 .*\ntalis-20/);
		expect(JSON.parse((await run(["codebook", "list", "--format", "json"])).out)[0]).toMatchObject({
			method: "taylor",
		});
	});
});

describe("drafts", () => {
	const draftOf = async (...rows: string[]) => {
		const { draft } = codebooks;
		const { text } = await draft(file(`${rows.join("\n")}\n`));
		return parseCodebook(text, "draft");
	};
	const repeated = (row: string, times: number) => Array.from({ length: times }, () => row);

	test("a topic a numbered question, and neighbours without one together", async () => {
		const rows = [...repeated("1,2,1,2,yes,no", 5), ...repeated("2,1,2,1,no,yes", 5)];
		const { topics } = await draftOf("Q10A,Q10B,Q11A,Q11B,course,mentor", ...rows);
		const items = Object.values(topics).map((topic) =>
			Object.values(topic.items).map(({ variable }) => variable),
		);
		expect(items).toEqual([
			["Q10A", "Q10B"],
			["Q11A", "Q11B"],
			["course", "mentor"],
		]);
	});

	test("scales whose numbers do not follow each other are questions of their own", async () => {
		const rows = [1, 2, 3, 4, 1, 2, 3, 4].map((code) => `${code},${code},${code},${code}`);
		const { topics, groups } = await draftOf("V5,V19,V30,V31", ...rows, "1,1,1,1");
		expect(Object.values(topics).map(({ items }) => Object.keys(items))).toEqual([["v30", "v31"]]);
		expect(Object.keys(groups)).toEqual(["v5", "v19"]);
	});

	test("a scale that nobody understands is asked about, and has no percentages before", async () => {
		const rows = ["1,4,yes", "2,3,no", "3,2,yes", "4,1,no"].flatMap((row) => [row, row, row]);
		const survey = file(`Q1A,Q1B,Took\n${rows.join("\n")}\n`);
		const made = await codebooks.draft(survey);
		expect(made.questions).toEqual([
			"Q1: the words do not say which answers to count (1, 2, 3, 4): list those as yes of answers.scale; until then it has no percentages",
		]);
		const codebook = file(made.text, ".yaml");
		const shown = await rates([survey], { codebook });
		expect(shown.estimates.filter(({ variable }) => variable !== null).map(({ topic }) => topic)).toEqual([
			"took",
		]);
		expect(await refusal(() => rates([survey], { codebook, topics: ["q1"] }))).toMatch(
			/q1:q1a: the codebook does not say yet which answers count: 1, 2, 3, 4/,
		);
		expect(await refusal(() => rates([survey], { codebook, by: ["q1:q1a"] }))).toMatch(/does not say yet/);
		const decided = file(made.text.replace('yes: [ "?" ]', "yes: [ 3, 4 ]"), ".yaml");
		const q1 = await rates([survey], { codebook: decided, topics: ["q1"] });
		expect(q1.estimates.map(({ estimate }) => estimate)).toEqual([50, 50]);
		const asked = await rates([survey], { codebook, topics: ["q1"], yes: ["4"] });
		expect(asked.estimates.map(({ estimate }) => estimate)).toEqual([25, 25]);
	});

	test("titles name the answers that count, as the codebook has them now", async () => {
		const levels = ["Disagree", "Agree", "Strongly agree"];
		const rows = levels.flatMap((a) => levels.map((b) => `${a},${b}`));
		const { text, decisions } = await codebooks.draft(file(`Fit [a],Fit [b]\n${rows.join("\n")}\n`));
		expect(decisions).toEqual([
			expect.stringMatching(/^Fit: the percentages count Agree, Strongly agree as yes and/),
		]);
		const title = (source: string) => Object.values(parseCodebook(source, "own").topics)[0]?.title.en;
		expect(title(text)).toBe("Fit: Agree, Strongly agree");
		expect(title(text.replace("yes: [ Agree, Strongly agree ]", "yes: [ Strongly agree ]"))).toBe(
			"Fit: Strongly agree",
		);
	});

	test("boxes that nobody ticked are of their question, too", async () => {
		const { topics } = await draftOf("Q1_1,Q1_2,Q1_3", ...repeated("x,,x", 3), ...repeated(",,x", 3), "x,,");
		expect(Object.values(topics).map(({ items }) => Object.keys(items))).toEqual([["q1-1", "q1-2", "q1-3"]]);
	});

	test("a sample of this tool stays marked as made up", async () => {
		const { draft } = codebooks;
		const { text } = await draft(SAMPLE);
		expect(text).toMatch(/^synthetic: SYNTHETIC$/m);
		expect(text).not.toMatch(/variable: SYNTHETIC/);
	});
});

describe("topics that belong together", () => {
	const used = {
		label: text("Used"),
		title: text("Used"),
		question: "Q1",
		answers: "yn",
		base: "all",
		items: { a: { variable: "A", label: text("A") }, b: { variable: "B", label: text("B") } },
	};
	const earned = {
		...used,
		base: "users",
		items: { a: { variable: "C", label: text("A") }, b: { variable: "D", label: text("B") } },
	};
	const bases = {
		all: { label: text("all") },
		users: { label: text("users"), gate: "used:*", within: "all" },
	};
	const two = (more: object = {}) => saved({ bases, topics: { used, earned }, ...more });
	const data = file("A,B,C,D\nyes,no,yes,\nyes,yes,no,no\nno,yes,,yes\nno,no,,\n");

	test("a gate of any item asks each item of those who said yes to its namesake", async () => {
		const figures = async (base?: string) =>
			(await rates([data], { codebook: two(), topics: ["earned"], base })).estimates.map(
				({ estimate, n }) => [estimate, n],
			);
		expect(await figures()).toEqual([
			[50, 2],
			[50, 2],
		]);
		expect(await figures("all")).toEqual([
			[50, 2],
			[50, 2],
		]);
		const { out } = await run(["doctor", file("A,B,C,D\nno,yes,yes,no\n"), "--codebook", two()]);
		expect(out).toMatch(/C.*used:a/s);
		expect(out).not.toMatch(/used:b/);
	});

	test("an empty box is a no only of those who were led to it, where empty cells are inferred", async () => {
		const ticks = { yes: ["x"], values: { x: text("Ticked") }, empty: "no" as const };
		const more = {
			answers: { yn: { yes: ["yes"], values: { yes: text("Y"), no: text("N") } }, ticks },
			topics: { used, earned: { ...earned, answers: "ticks" } },
		};
		const boxes = file("A,B,C,D\nyes,no,x,\nyes,yes,,\nno,yes,,x\n,no,,\n");
		const figures = async (inferred: object) =>
			(await rates([boxes], { codebook: two({ ...more, ...inferred }), topics: ["earned"] })).estimates.map(
				({ n, estimate }) => [n, estimate],
			);
		expect(await figures({})).toEqual([
			[4, 25],
			[4, 25],
		]);
		expect(await figures({ emptyCells: "inferred" })).toEqual([
			[2, 50],
			[2, 50],
		]);
	});

	test("an item without a namesake, a grid of no topic and a grid called as one are refused", async () => {
		const odd = { ...earned, items: { ...earned.items, c: { variable: "E", label: text("C") } } };
		const grid = { label: text("G"), title: text("G"), base: text("G") };
		expect(await refusal(() => rates([data], { codebook: two({ topics: { used, earned: odd } }) }))).toMatch(
			/bases\.users\.gate: no item "used:c"/,
		);
		const lost = two({ grids: { both: { ...grid, topics: { nowhere: text("N") } } } });
		expect(await refusal(() => rates([data], { codebook: lost }))).toMatch(
			/grids\.both\.topics\.nowhere: no topic "nowhere"/,
		);
		const taken = two({ grids: { used: { ...grid, topics: { used: text("U") } } } });
		expect(await refusal(() => rates([data], { codebook: taken }))).toMatch(
			/grids\.used: is the name of a topic/,
		);
	});
});
