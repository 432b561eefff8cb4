import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { codebookText } from "../../src/codebook/definition/library.js";
import { specialCodes } from "../../src/codebook/recognise/special-codes.js";
import {
	compare,
	describeError,
	inspectVariables,
	means,
	rates,
	samplePath,
	type UserError,
} from "../../src/index.js";
import { run } from "../cli/support.js";
import { hasNoisy, noisyFile, ofNoisy } from "../support/golden.js";
import { withColumn } from "../support/own-survey.js";
import { csv, file, HEADER, makeRows } from "../support/survey.js";

const noisy = hasNoisy ? test : test.skip;

const rows = makeRows(120, 7);
const survey = file(csv(rows));
/** A column that no list knows: answers from 1 to 5, and by row a code instead. */
const answer = (row: number) => 1 + (row % 5);
let row = 0;
const nextRow = () => row++ % rows.length;
const coded = withColumn(survey, "OWNSCORE", () => {
	const at = nextRow();
	return String(at % 10 === 3 ? 98 : at % 40 === 7 ? 99 : answer(at));
});
const blank = withColumn(survey, "OWNSCORE", () => {
	const at = nextRow();
	return at % 10 === 3 || at % 40 === 7 ? "" : String(answer(at));
});
const open = { suppress: "none", topics: ["activities"], items: ["peer-coaching"] } as const;

async function refusal(asked: Promise<unknown>): Promise<string> {
	return asked.then(
		() => "was answered",
		(error: unknown) => describeError(error as UserError, "commandLine"),
	);
}

describe("a column that nobody knows", () => {
	test.each([
		["means", () => means([coded], { variables: ["OWNSCORE"] })],
		["--by", () => rates([coded], { ...open, by: ["ownscore"] })],
		["--between", () => compare([coded], { ...open, between: "OWNSCORE" })],
		["compare --variable", () => compare([coded], { between: "gender", variables: ["OWNSCORE"] })],
		["--where with an order", () => rates([coded], { ...open, where: ["OWNSCORE>=3"] })],
		["--where that excludes", () => rates([coded], { ...open, where: ["OWNSCORE!=3"] })],
	])("is refused where its largest values look like codes: %s", async (_, ask) => {
		expect(await refusal(ask())).toBe(
			"column OWNSCORE: the largest values of OWNSCORE look like codes of missing answers, but are not declared as such: 98 (12 rows), 99 (3 rows) — say --missing OWNSCORE=98,99, or --missing OWNSCORE=none where they are values",
		);
	});

	test("is not where the codes are named, or there are none", async () => {
		await rates([coded], { ...open, where: ["OWNSCORE=98"] });
		await means([blank], { variables: ["OWNSCORE"] });
	});

	test("--missing says which codes are missing", async () => {
		const spec = { variables: ["OWNSCORE"] };
		const said = await means([coded], { ...spec, missing: { OWNSCORE: ["98", "99"] } });
		const empty = await means([blank], spec);
		expect(said.estimates).toEqual(empty.estimates);
		expect(said.settings.missing).toEqual({ OWNSCORE: ["98", "99"] });
		expect(empty.settings).not.toHaveProperty("missing");
		expect(said.notes.map(({ code }) => code)).not.toContain("measure-undeclared");
		expect(empty.notes.map(({ code }) => code)).toContain("measure-undeclared");
		const by = { ...open, by: ["OWNSCORE"] };
		const groups = await rates([coded], { ...by, missing: ["OWNSCORE=98,99"] });
		expect(groups.estimates).toEqual((await rates([blank], by)).estimates);
		const where = { ...open, where: ["OWNSCORE>=3"] };
		const some = await rates([coded], { ...where, missing: { ownscore: "98,99" } });
		expect(some.estimates).toEqual((await rates([blank], where)).estimates);
	});

	test("--missing none says that all are values", async () => {
		const { estimates } = await means([coded], { variables: ["OWNSCORE"], missing: { OWNSCORE: "none" } });
		const found = estimates.filter(({ statistic }) => statistic === "mean").map(({ estimate }) => estimate);
		expect(Math.max(...(found as number[]))).toBeGreaterThan(10);
	});

	test.each([
		[{ OWNSCOR: "98" }, /--missing names OWNSCOR, and the file has no such column — did you mean OWNSCORE/],
		[{ TT3G22G: "2" }, /--missing names TT3G22G, whose codes are those of the codebook/],
		[{ TT3G01: "2" }, /--missing names TT3G01, whose codes are those of the codebook/],
		[["OWNSCORE"], /"OWNSCORE" does not say which codes are missing — write --missing COLUMN=98,99/],
		[{ OWNSCORE: "" }, /"OWNSCORE" does not say which codes are missing/],
	])("--missing is checked: %j", async (missing, message) => {
		expect(await refusal(means([coded], { variables: ["OWNSCORE"], missing }))).toMatch(message);
	});

	test("the same on the command line", async () => {
		const { code, err } = await run(["means", coded, "--variable", "OWNSCORE", "--quiet"]);
		expect(code).toBe(2);
		expect(err).toContain("say --missing OWNSCORE=98,99, or --missing OWNSCORE=none");
		const said = await run([
			"means",
			coded,
			"--variable",
			"OWNSCORE",
			"--missing",
			"OWNSCORE=98,99",
			"--quiet",
		]);
		expect(said.code).toBe(0);
	});
});

test("a codebook of one's own may list its columns", async () => {
	const list = file(
		`id: own-columns
codebook: own-survey
questionnaire: teacher
missing: { two: { "98": not-administered, "99": omitted } }
answers: {}
questions: {}
columns:
  OWNSCORE: { kind: scale, label: { en: Own score, kk: Өз шкаласы }, missing: two, from: 1, to: 5 }
`,
		".yaml",
	);
	const text = codebookText("talis-2018-teacher").replace(
		/^variables: .*$/m,
		`variables: [${basename(list)}]`,
	);
	const codebook = join(dirname(list), "own-codebook.yaml");
	writeFileSync(codebook, text);
	const { estimates } = await means([coded], { variables: ["өз шкаласы"], codebook });
	expect(estimates.map(({ estimate }) => estimate)).toEqual(
		(await means([blank], { variables: ["OWNSCORE"] })).estimates.map(({ estimate }) => estimate),
	);
	expect(estimates[0]?.label).toBe("Own score");
});

describe("special codes", () => {
	const counts = (values: readonly (number | string)[]) => new Map(values.map((value) => [String(value), 1]));

	test.each([
		[
			[1, 2, 3, 4, 7, 8, 9],
			["7", "8", "9"],
		],
		[[1, 2, 9], ["9"]],
		[
			[0, 1, 2, 40, 97, 99],
			["97", "99"],
		],
		[[8.2, 12.5, 9998], ["9998"]],
		[
			[25, 40, 996, 999],
			["996", "999"],
		],
		[[1, 2, 3, 4, 5, 6, 7, 8, 9], []],
		[[0, 10, 50, 90, 99, 100], []],
		[[90, 92, 94, 96, 98], []],
		[[7, 8, 9], []],
		[[1, 2, 6], []],
		[[1, 2, "north", 9], []],
		[[1, 2, "", 9], ["9"]],
		[["", "x"], []],
		[[], []],
	])("%j", (values, codes) => {
		expect(specialCodes(counts(values)).map(([code]) => code)).toEqual(codes);
	});

	test("are found beyond any values that lie far below", () => {
		const digits = fc.integer({ min: 2, max: 5 });
		fc.assert(
			fc.property(
				digits,
				fc.array(fc.nat(1000), { minLength: 1 }),
				fc.subarray([1, 2, 3], { minLength: 1 }),
				(n, shares, back) => {
					const top = 10 ** n;
					const values = shares.map((share) => Math.floor((share / 1000) * top * 0.9));
					const codes = back.map((one) => String(top - one));
					const found = specialCodes(counts([...values, ...codes])).map(([code]) => code);
					expect(found).toEqual(codes.toSorted((a, b) => Number(a) - Number(b)));
				},
			),
		);
	});
});

describe("values that cannot be", () => {
	const years = withColumn(survey, "TT3G11C", () => (nextRow() === 5 ? "1022" : "7"));

	test("are refused with line and count, or count as missing", async () => {
		expect(await refusal(means([years], { variables: ["TT3G11C"] }))).toMatch(
			/, line 7, column TT3G11C: the value 1022 is not possible, as Years of work experience: .* goes from 0 to 80 \(1 row, first at line 7\) — .*--unknown-codes missing/,
		);
		const { estimates, notes } = await means([years], {
			variables: ["TT3G11C"],
			unknownCodes: "missing",
			suppress: "none",
		});
		const found = estimates.filter(({ statistic }) => statistic === "mean");
		expect(found).toHaveLength(2);
		for (const { estimate } of found) expect(estimate).toBeCloseTo(7, 12);
		expect(notes.map(({ code }) => code)).toContain("unknown-codes");
	});

	test("so are codes that the column does not have, as values and as groups", async () => {
		const odd = withColumn(survey, "TT3G53A", () => (nextRow() === 5 ? "5" : "4"));
		for (const asked of [
			means([odd], { variables: ["TT3G53A"] }),
			rates([odd], { ...open, by: ["TT3G53A"] }),
		])
			expect(await refusal(asked)).toMatch(/column TT3G53A: the code 5 is not in the codebook \(1 row/);
	});

	test("a band that does not cover a possible value leaves its rows out, and says so", async () => {
		const experience = HEADER.indexOf("TT3G11B");
		const changed = rows.map((cells, at) =>
			cells.map((cell, place) => (place === experience && at < 3 ? 5.5 : cell)),
		);
		const { notes } = await rates([file(csv(changed))], { ...open, by: ["experience"] });
		expect(notes.find(({ code }) => code === "rows-without-value")?.detail).toEqual({
			breakdown: "experience",
			rows: 3,
		});
		const impossible = rows.map((cells, at) =>
			cells.map((cell, place) => (place === experience && at === 0 ? 300 : cell)),
		);
		expect(await refusal(rates([file(csv(impossible))], { ...open, by: ["experience"] }))).toMatch(
			/column TT3G11B: the value 300 is not possible/,
		);
	});

	noisy(ofNoisy("age 1022 of the noisy file"), async () => {
		expect(await refusal(means([noisyFile], { variables: ["TT3G02"] }))).toBe(
			"teachers.csv, line 227, column TT3G02: the value 1022 is not possible, as Age in years goes from 14 to 110 (1 row, first at line 227) — correct the file, or count such codes as missing with --unknown-codes missing",
		);
	});
});

describe("a national file, as NCES has it", () => {
	const [head = "", ...lines] = readFileSync(samplePath(), "utf8").trim().split("\n");
	const names = head.split(",");
	const [school, teacher] = [names.indexOf("IDSCHOOL"), names.indexOf("IDTEACH")];
	/** Ids that are no numbers, and items of the country's own. */
	const scrambled = lines.map((line, row) => {
		const cells = line.split(",");
		cells[teacher] = `9f${row.toString(36)}Q`;
		cells[school] = `S${(7919 * Number(cells[school])).toString(36)}`;
		return [...cells, row % 3 === 0 ? 2 : 1, [1, 2, 3, 4, 9][row % 5] as number];
	});
	const national = file(csv(scrambled, [...names, "TT3G23O1_USA2", "TT3G27O_USAX2"]));

	test("its own items have the codes of their questions, and it is said that their texts are not known", async () => {
		const { estimates, labels, notes } = await rates([national], { ...open, by: ["TT3G23O1_USA2"] });
		expect(labels?.groups.TT3G23O1_USA2?.values).toEqual({ 1: "Yes", 2: "No" });
		expect(estimates.map(({ group }) => group.TT3G23O1_USA2)).toEqual(["1", "2"]);
		expect(notes).toContainEqual(
			expect.objectContaining({ code: "confidence-low", detail: { columns: "TT3G23O1_USA2", count: 1 } }),
		);
		const { estimates: own } = await means([national], { variables: ["TT3G27O_USAX2"] });
		// 9 is no answer.
		expect(own[0]?.n).toBe(scrambled.filter((row) => row.at(-1) !== 9).length);
		expect(own[0]?.estimate).toBeLessThan(4);
	});

	test("scrambled ids change nothing else", async () => {
		const [plain, other] = [await rates([samplePath()]), await rates([national])];
		expect(other.estimates).toEqual(plain.estimates);
	});
});

describe("words find columns", () => {
	noisy.each(["self-efficacy", "өзіндік тиімділік", "самоэффективность"])(
		ofNoisy("%s: the scales"),
		async (words) => {
			const { estimates } = await means([noisyFile], { variables: [words], pool: ["population"] });
			const found = [...new Set(estimates.map(({ variable }) => variable))];
			expect(found).toEqual(expect.arrayContaining(["T3SELF", "T3SECLS", "T3SEINS", "T3SEENG"]));
			expect(found.every((name) => name?.startsWith("T3"))).toBe(true);
		},
	);

	noisy(ofNoisy("a breakdown is one column"), async () => {
		const { labels } = await rates([noisyFile], { ...open, by: ["first choice"], language: "kk" });
		expect(labels?.groups.TT3G08).toEqual({
			label: "Мұғалім мамандығын бірінші таңдауы",
			values: { 1: "Иә", 2: "Жоқ" },
		});
		const several = await refusal(rates([noisyFile], { ...open, by: ["stress"] }));
		expect(several).toMatch(
			/^"stress" fits 15 columns — name one of them: T3STBEH \(.*T3WLOAD \(.*TT3G51A \(/,
		);
	});

	noisy.each([
		["job satisfaction", "T3JOBSA"],
		["жұмысына қанағаттануы", "T3JOBSA"],
		["удовлетворённость работой", "T3JOBSA"],
		["self-efficacy", "T3SELF"],
	])(ofNoisy("%s is the overall scale, which makes no groups"), async (words, column) => {
		const refused = await refusal(rates([noisyFile], { ...open, by: [words] }));
		expect(refused).toMatch(new RegExp(`^${column} is continuous: its \\d+ values make no groups`));
	});

	noisy(ofNoisy("the column that words have found is said"), async () => {
		const { estimates, notes } = await rates([noisyFile], { ...open, by: ["first choice"] });
		const named = await rates([noisyFile], { ...open, by: ["TT3G08"] });
		expect(estimates).toEqual(named.estimates);
		expect(notes).toContainEqual(
			expect.objectContaining({
				code: "column-by-words",
				detail: { words: "first choice", column: "TT3G08" },
			}),
		);
	});

	test("labels of groups are names of groups, too", async () => {
		const [named, words] = [
			await rates([samplePath()], { by: ["gender"] }),
			await rates([samplePath()], { by: ["пол"] }),
		];
		expect(words.estimates).toEqual(named.estimates);
	});

	test("ids and words have no mean", async () => {
		expect(await refusal(means([survey], { variables: ["IDSCHOOL"] }))).toMatch(
			/IDSCHOOL tells rows apart and is no number/,
		);
	});
});

describe("what is said of scales and codes", () => {
	const codes = async (variables: string[]) => {
		const { notes } = await means([noisyFile], { variables, pool: ["population"] });
		return notes.map(({ code }) => code);
	};

	noisy(ofNoisy("how far means compare between countries, and that codes have no order"), async () => {
		expect(await codes(["T3SELF"])).toContain("measure-not-comparable");
		expect(await codes(["T3TEAM"])).not.toContain("measure-not-comparable");
		await expect(codes(["TT3G37"])).rejects.toThrow(
			"TT3G37 holds codes without an order, which have no mean",
		);
		expect(await codes(["TT3G53A"])).not.toContain("measure-not-comparable");
		const compared = await compare([noisyFile], { between: "country", variables: ["T3SELF"] });
		expect(compared.notes.map(({ code }) => code)).toContain("measure-not-comparable");
	});

	noisy(ofNoisy("T3SELF of France is 12.57, as in the .sav"), async () => {
		const { estimates } = await means([noisyFile], { variables: ["T3SELF"], pool: ["population"] });
		const france = estimates.find(({ group, statistic }) => group.country === "FRA" && statistic === "mean");
		expect(france?.estimate).toBeCloseTo(12.57, 2);
		expect(france?.label).toBe("Teacher self-efficacy, overall");
	});
});

describe("inspect --variables", () => {
	noisy(ofNoisy("lists what is known"), async () => {
		const { variables } = await inspectVariables(noisyFile, { words: "t3effpd" });
		expect(variables).toEqual([
			{
				name: "T3EFFPD",
				kind: "scale",
				label: "Effective professional development",
				answers: null,
				missing: ["9998", "9999"],
				from: -20,
				to: 50,
				invariance: { isced1: "scalar", isced2: "configural", isced3: "scalar" },
				forms: null,
				populations: null,
				confidence: "high",
			},
		]);
		const all = await inspectVariables(noisyFile);
		expect(all.variables).toHaveLength(391);
	});

	test("on the command line, in a language and as JSON", async () => {
		const { out } = await run(["inspect", coded, "--variables", "пол", "--lang", "ru"]);
		expect(out).toBe(
			"TT3G01 · Пол\n  коды без порядка\n  1 Женский · 2 Мужской\n  коды пропусков: 7, 8, 9\n",
		);
		const own = await run(["inspect", coded, "--variables", "score", "--format", "json"]);
		expect(JSON.parse(own.out)).toMatchObject({
			schema: "talis-pd/variables@1",
			variables: [{ name: "OWNSCORE", kind: null, label: "OWNSCORE", missing: null }],
		});
		const none = await run(["inspect", coded, "--variables", "no such words"]);
		expect([none.code, none.err]).toEqual([
			2,
			expect.stringContaining('no column of the file is about "no such words"'),
		]);
	});
});
