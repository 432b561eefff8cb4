import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseCodebook } from "../../src/codebook/definition/parse.js";
import { patternOf, spreadOf } from "../../src/design/replicate-pattern.js";
import { codebooks, doctor, rates, UserError } from "../../src/index.js";
import { root } from "../support/golden.js";
import { file } from "../support/survey.js";

interface Case {
	name: string;
	design: { method: string };
	/** In percent, by R's survey. */
	se: number;
	/** A row a school of two teachers. */
	factors: number[][];
}

const { weight, yes, cases } = JSON.parse(
	readFileSync(join(root, "test/golden/replicates.json"), "utf8"),
) as { weight: number[]; yes: number[]; cases: Case[] };

const caseOf = (name: string) => cases.find((one) => one.name === name) as Case;
const teachers = ({ factors }: Case) => weight.map((_, row) => factors[Math.floor(row / 2)] as number[]);

/** A CSV file of one item, a weight and replicates, by name; a cell as the test wants it. */
function surveyOf(
	of: Case,
	{
		weightName = "weight",
		name = (r: number) => `rep${r + 1}`,
		cell = (factor: number, own: number): number | string => factor * own,
		keep = (_: number): boolean => true,
	} = {},
): string {
	const places = [...(of.factors[0] as number[]).keys()].filter(keep);
	const rows = teachers(of).map((factors, row) =>
		[
			yes[row] === 1 ? "yes" : "no",
			weight[row],
			...places.map((r) => cell(factors[r] as number, weight[row] as number)),
		].join(","),
	);
	return file(`took,${weightName},${places.map(name).join(",")}\n${rows.join("\n")}\n`);
}

async function drafted(path: string) {
	const { text, design } = await codebooks.draft(path);
	return { text, method: design, codebook: file(text, ".yaml") };
}

async function refusal(action: () => Promise<unknown>): Promise<string> {
	try {
		await action();
	} catch (error) {
		if (error instanceof UserError) return `${error.where.line ?? ""} ${error.message}`;
	}
	return "no refusal";
}

describe.each(cases.map((one) => [one.name, one] as const))("%s", (_, one) => {
	test("is drafted by its numbers, and gives the standard error that R gives", async () => {
		const path = surveyOf(one);
		const { text, codebook } = await drafted(path);
		expect(parseCodebook(text, "draft").design).toMatchObject(one.design);
		const { estimates } = await rates([path], { codebook });
		expect(Math.abs((estimates[0]?.se as number) - one.se)).toBeLessThan(1e-9);
	});

	test("does to each unit as much as its method's constant allows for", () => {
		const ratios = (one.factors[0] as number[]).map((_, r) => one.factors.map((row) => row[r] as number));
		const spread = spreadOf(ratios, patternOf(ratios, true) as NonNullable<ReturnType<typeof patternOf>>);
		const isDrawn = one.design.method === "bootstrap";
		if (isDrawn) expect(spread).toSatisfy((found: number) => found > 0.4 && found < 1.2);
		else expect(spread).toBeCloseTo(1, 3);
	});
});

test("names of any survey are known by what follows what", async () => {
	for (const names of [
		{ weightName: "W_FSTUWT", name: (r: number) => `W_FSTR${r + 1}` },
		{ weightName: "pond", name: (r: number) => `pond_${r + 1}` },
		{ weightName: "repwt0", name: (r: number) => `repwt${r + 1}` },
		{ weightName: "W", name: (r: number) => `REP${String(r + 1).padStart(2, "0")}` },
	]) {
		const path = surveyOf(caseOf("JK2"), names);
		const { codebook } = await drafted(path);
		const { estimates, design } = await rates([path], { codebook });
		expect([design.weight, estimates[0]?.se]).toEqual([
			names.weightName,
			expect.closeTo(caseOf("JK2").se, 9),
		]);
	}
});

test("replicates with a gap, or with a cell that is no weight, are refused and not cut", async () => {
	const gap = surveyOf(caseOf("JK2"), { keep: (r) => r !== 4 });
	expect(await refusal(() => codebooks.draft(gap))).toBe(
		" rep5 is missing among the replicate weights rep1 … rep16",
	);
	const one = caseOf("Fay 0.5");
	let cells = 0;
	const hole = surveyOf(one, { cell: (factor, own) => (cells++ === 6 ? "" : factor * own) });
	expect(await refusal(() => codebooks.draft(hole))).toBe("2 the replicate weight rep7 is empty");
});

test.each([
	["-2", 'has "-2"'],
	["", "is empty"],
	["NA", 'has "NA"'],
	['"1,234.5"', 'has "1,234.5"'],
])("a weight with the cell %s does not become no weight", async (cell, said) => {
	const rows = weight.map((own, row) => `${yes[row]},${row === 2 ? cell : own}`);
	const path = file(`took,weight\n${rows.join("\n")}\n`);
	expect(await refusal(() => codebooks.draft(path))).toBe(`4 the weight weight ${said}`);
});

test("replicates of no method, and factors that are no weights, have to be decided before the draft runs", async () => {
	const odd = surveyOf(caseOf("JK2"), { cell: (factor, own) => own * (1 + (factor - 1) / 5) });
	const factors = surveyOf(caseOf("JK2"), { cell: (factor) => factor });
	for (const [path, said] of [
		[odd, "of no method known here"],
		[factors, "Multiply each by the weight"],
	] as const) {
		const { text, method, codebook } = await drafted(path);
		expect(method).toBe("?");
		expect(text.replace(/\n# +|\n +# /g, " ")).toContain(said);
		expect(text).not.toContain("It works as it stands");
		expect(await refusal(() => rates([path], { codebook }))).toMatch(/design\.method: must be one of/);
	}
});

describe("a codebook that the numbers contradict", () => {
	const judged = async (of: Case, wanted: (text: string) => string) => {
		const path = surveyOf(of);
		const codebook = file(wanted((await drafted(path)).text), ".yaml");
		const told = async (found: Promise<{ findings: readonly { code: string }[] }>) =>
			(await found).findings.filter(({ code }) => code.startsWith("replicates-"));
		const [first, second] = [
			await told(doctor(path, { codebook })),
			await told(codebooks.check(path, codebook)),
		];
		expect(second).toEqual(first);
		return first;
	};
	const method = (written: string) => (text: string) =>
		text.replace(/^ {2}(fay|perZone|stratumSizes): .*\n/gm, "").replace(/method: .*/, `method: ${written}`);

	test.each([
		["Fay 0.5", "brr", "fay-brr (fay: 0.5)", 0.5],
		["Fay 0.5", "jk2", "fay-brr (fay: 0.5)", 2],
		["JK2", "brr", "jk2 (perZone: 1)", 0.25],
		["JK2, both halves in turn", "jk2", "jk2 (perZone: 2)", Math.SQRT2],
		["bootstrap of four a stratum", "jk2", "bootstrap", 6.2],
		["bootstrap of pairs", "jkn\n  stratumSizes: 2", "bootstrap", 4.4],
	])("%s as %s", async (name, written, text, times) => {
		const [finding] = await judged(caseOf(name), method(written));
		expect(finding).toMatchObject({ code: "replicates-method", severity: "warning", column: "rep1", text });
		expect(Number((finding as { expected?: string }).expected)).toBeCloseTo(times, 1);
	});

	test("what goes on behind the last replicate is named", async () => {
		const found = await judged(caseOf("Fay 0.5"), (text) => text.replace("count: 16", "count: 12"));
		expect(found).toMatchObject([{ code: "replicates-unused", column: "rep13", text: "4" }]);
	});

	test.each(cases.map(({ name }) => name))("%s as drafted is not one", async (name) => {
		expect(await judged(caseOf(name), (text) => text)).toEqual([]);
	});
});
