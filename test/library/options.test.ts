import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
	chart,
	compare,
	convert,
	describeError,
	doctor,
	gaps,
	inspect,
	means,
	published,
	type RatesOptions,
	rates,
	reach,
	render,
	report,
	samplePath,
	synth,
	UserError,
} from "../../src/index.js";
import { run } from "../cli/support.js";
import { faultsOf, installedIn } from "../support/installed.js";

const sample = samplePath();
const folder = installedIn("options");
afterAll(() => rmSync(folder, { recursive: true }));

/** What a call is refused with; options are given as nobody's types would let them. */
async function refusal(call: (give: (value: unknown) => never) => unknown): Promise<UserError> {
	try {
		await call((value) => value as never);
	} catch (error) {
		expect(error).toBeInstanceOf(UserError);
		return error as UserError;
	}
	throw new Error("was not refused");
}

async function first<T>(pieces: AsyncIterable<T>): Promise<T | undefined> {
	for await (const piece of pieces) return piece;
	return undefined;
}

describe("an option that is not what it has to be is refused, and what is meant is told", () => {
	const results = published({ topics: ["focus"], countries: ["KAZ"] });

	test.each<[string, Parameters<typeof refusal>[0], string]>([
		[
			"an unknown key",
			(is) => rates([sample], is({ byy: ["gender"] })),
			"there is no option byy — did you mean by?",
		],
		[
			"of compare",
			(is) => compare([sample], is({ betwen: "gender" })),
			"no option betwen — did you mean between?",
		],
		["of gaps", (is) => gaps([sample], is({ between: "gender" })), "there is no option between — "],
		["of means", (is) => means([sample], is({ items: ["ict"] })), "there is no option items — "],
		["of published", (is) => published(is({ country: ["KAZ"] })), "there is no option country — there are: "],
		["of reach", (is) => reach("counts.csv", is({ colums: [] })), "no option colums — did you mean columns?"],
		["of inspect", (is) => inspect(sample, is({ lang: "kk" })), "no option lang — did you mean language?"],
		["of doctor", (is) => doctor(sample, is({ strict: true })), "there is no option strict — "],
		["of convert", (is) => convert(sample, "a.csv", is({ format: "csv" })), "there is no option format — "],
		["of render", (is) => render(results, is({ langauge: "kk" })), "did you mean language?"],
		["of chart", (is) => chart(results, is({ kinds: "bars" })), "no option kinds — did you mean kind?"],
		["of report", (is) => report("a.yaml", "a", is({ out: "b" })), "there is no option out — "],
		["of synth", (is) => first(synth(is({ teacher: 5 }))), "no option teacher — did you mean teachers?"],
		["of the run", (is) => rates([sample], is({ sginal: null })), "no option sginal — did you mean signal?"],

		[
			"a text for a list",
			(is) => rates([sample], is({ by: "sex" })),
			'"sex" is not a value of by — write by: ["sex"]',
		],
		[
			"a number in a list",
			(is) => rates([sample], is({ items: [3] })),
			"3 is not a value of items — give a text",
		],
		["a text for yes or no", (is) => rates([sample], is({ total: "yes" })), "give true or false"],
		["true for a number", (is) => rates([sample], is({ level: true })), "give a number or a text"],
		["null", (is) => rates([sample], is({ topics: null })), "null is not a value of topics — give a list"],
		[
			"a word of another list",
			(is) => rates([sample], is({ ci: "walt" })),
			'"walt" is not a value of ci — did you mean wald?',
		],
		[
			"one of several words",
			() => rates([sample], { extras: ["cv", "deff"] }),
			'"deff" is not a value of extras — ',
		],
		[
			"a language there is not",
			(is) => render(results, is({ language: "fr" })),
			'"fr" is not a value of language — ',
		],
		[
			"a format there is not",
			(is) => render(results, is({ format: "pdf" })),
			'"pdf" is not a value of format — ',
		],
		["a chart there is not", (is) => chart(results, is({ kind: "pie" })), '"pie" is not a value of kind — '],
		["half a teacher", () => first(synth({ teachers: 0.5 })), '"0.5" is not a number for teachers'],
		["no options", (is) => rates([sample], is("gender")), '"gender" is not a set of options'],
		["a signal", (is) => rates([sample], is({ signal: true })), "signal is not an AbortSignal"],
		["a listener", (is) => rates([sample], is({ onProgress: 1 })), "onProgress is not a function"],

		["one file for a list", (is) => rates(is(sample)), `— write [${JSON.stringify(sample)}]`],
		["one file of compare", (is) => compare(is(sample), { between: "gender" }), "files are a list of names"],
		["a list for one file", (is) => inspect(is([sample])), "a file is named by a text"],
		["no results", (is) => render(is("results.json")), "this is not a result set — give what rates"],
		["no results for a chart", (is) => chart(is(undefined)), "this is not a result set"],
	])("%s", async (_, call, message) => {
		const error = await refusal(call);
		expect(describeError(error)).toContain(message);
		expect(error.code).toBe("option");
		expect(error.exitCode).toBe(2);
	});

	test("undefined is as if nothing were said", async () => {
		const options: RatesOptions = { items: ["ict"], by: undefined, ci: undefined, language: undefined };
		expect((await rates([sample], options)).settings).toEqual(
			(await rates([sample], { items: ["ict"] })).settings,
		);
	});
});

describe("an error", () => {
	test.each<[string, Parameters<typeof refusal>[0], Partial<UserError>]>([
		["no such file", () => rates(["nowhere.csv"]), { code: "file", file: "nowhere.csv", line: undefined }],
		["a group there is not", () => rates([sample], { by: ["gendr"] }), { code: "question", file: undefined }],
		[
			"a wrong weight",
			() => rates(["test/fixtures/doctor/weight-text.csv"]),
			{ code: "data", file: "weight-text.csv", line: expect.any(Number) as never },
		],
		[
			"a codebook with a fault",
			() => rates([sample], { codebook: "test/fixtures/own/none.yaml" }),
			{ code: "file" },
		],
	])("has a code and a place: %s", async (_, call, parts) => {
		expect(await refusal(call)).toMatchObject(parts);
	});

	test.each<[string, string[], Parameters<typeof refusal>[0], string, string]>([
		["ci", ["--ci", "walt"], (is) => rates([sample], is({ ci: "walt" })), "--ci", "ci"],
		[
			"lonelyPsu",
			["--lonely-psu", "fail"],
			() => rates([sample], { lonelyPsu: "fail" }),
			"--lonely-psu does not fit",
			"lonelyPsu does not fit",
		],
		[
			"topics",
			["--item", "salary"],
			() => rates([sample], { items: ["salary"] }),
			"add --topic support",
			"add topics: support",
		],
		[
			"where",
			["--where", "experience>70"],
			() => rates([sample], { where: ["experience>70"] }),
			'no teacher satisfies --where "experience>70"',
			'no teacher satisfies where: "experience>70"',
		],
	])("speaks of %s to who calls and of its flag to who types", async (_, argv, call, typed, called) => {
		const error = await refusal(call);
		expect(describeError(error)).toContain(called);
		expect(describeError(error)).not.toContain("--");
		const { err, code } = await run(["rates", sample, ...argv]);
		expect(err).toContain(typed);
		expect(code).toBe(2);
	});
});

test("a report's config names its file and line where a word of a list is wrong", async () => {
	const config = join(folder, "report.yaml");
	writeFileSync(config, `title: T\ndata: ${sample}\nci: walt\n`);
	const error = await refusal(() => report(config, join(folder, "out")));
	expect(error).toMatchObject({ code: "definition", line: 3 });
	expect(error.message).toBe("ci: must be one of logit, wald, beta, wilson, xlogit");
});

test("compilers know the words of closed lists, and that averages and topics have others", () => {
	const wrong = ["ci: 'walt'", "suppress: 'all'", "adjust: 'fdr'", "byy: []", "by: 'sex'", "average: 3"];
	const module = join(folder, "options.ts");
	writeFileSync(
		module,
		`import { rates } from "talis-pd";
		await rates([], { ci: "wald", suppress: "nces", adjust: "bh", average: "oecd", averageKind: "pooled" });
		await rates([], { average: ["FRA", "ITA"], base: "inducted", level: 0.9, language: "kk" });
		${wrong.map((option) => `// @ts-expect-error\nawait rates([], { ${option} });`).join("\n")}`,
	);
	expect(faultsOf([module])).toBe("");
});
