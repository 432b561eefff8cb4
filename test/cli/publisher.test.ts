import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { processIo } from "../../src/cli/main.js";
import { createProgram } from "../../src/cli/program.js";
import type { ResultSet } from "../../src/index.js";
import { writeIsles } from "../support/isles.js";
import { type Run, run, temporaryFolder } from "./support.js";

// A survey that is not TALIS, with a publisher, cycles, averages and tables of its own, is a codebook and no change of src/.

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const CODEBOOK = ["--codebook", at("isles-2021.yaml")];
const TEACHERS = at("teachers-2021.csv");

/** What was printed and written by all lines; nothing in it may be another publisher's. */
const printed = new Map<string, string>();

async function ran(...argv: string[]): Promise<Run> {
	const result = await run(argv);
	expect(result.code, `${argv.join(" ")}\n${result.err}`).toBe(0);
	printed.set(argv.join(" "), result.out + result.err);
	return result;
}

async function results(...argv: string[]): Promise<ResultSet> {
	const { out } = await ran(...argv, "--format", "json");
	return JSON.parse(out) as ResultSet;
}

const noteOf = ({ notes }: ResultSet, code: string) => notes.find((note) => note.code === code)?.text;
const islands = ({ labels }: ResultSet) => labels?.groups.country?.values;

beforeAll(async () => {
	writeIsles(folder);
	for (const cycle of [2017, 2021]) {
		await ran(
			"synth",
			"--calibration",
			at(`calibration-${cycle}.yaml`),
			"--out",
			at(`teachers-${cycle}.csv`),
		);
	}
}, 120_000);

describe("averages and marks", () => {
	test("all is the publisher's own average, at each stage over its members there", async () => {
		const found = await results("rates", TEACHERS, ...CODEBOOK, "--average", "all");
		expect(islands(found)).toMatchObject({
			"average:isles-3": "Isles average-3",
			"average:isles-2": "Isles average-2",
		});
		expect(noteOf(found, "caution")).toBe(
			"Read with caution, marked § by the Office of the Isles (higher risk of non-response bias): Borrow.",
		);
	});

	test("an average that has a published total beside it says that it is a mean", async () => {
		const line = ["compare", TEACHERS, ...CODEBOOK, "--between", "country", "--reference", "average:union"];
		const found = await results(...line, "--item", "learning:courses");
		expect(islands(found)).toHaveProperty("average:union-2", "Union average-2 (mean of systems)");
		expect(found.comparisons.map(({ kind }) => kind)).toContain("part-whole");
		expect(found.comparisons.map(({ kind }) => kind)).toContain("independent");
	});

	test("where a file tells no stage, members are those of the main one", async () => {
		const { out } = await run([
			"rates",
			TEACHERS,
			...CODEBOOK,
			"--by",
			"country",
			"--average",
			"union",
			"--format",
			"csv",
		]);
		expect(out).toContain("average:union-2");
	});
});

describe("published figures", () => {
	test("are the publisher's, of the latest cycle unless another is asked for", async () => {
		const found = await results("published", ...CODEBOOK);
		expect(found.kind).toBe("published");
		expect(found.settings).toMatchObject({ cycle: 2021, topics: ["learning", "wishes", "taught"] });
		expect(found.source[0]?.file).toBe("Office of the Isles (2022), Teachers in 2021");
		const reading = found.estimates.filter(
			({ item, group }) => item === "reading" && group.country === "CCC",
		);
		expect(reading.map(({ status }) => status)).toEqual(["suppressed", "suppressed", "suppressed"]);
		expect(islands(found)).toMatchObject({
			"average:union-total-2": "Union total-2",
			"average:isles-3": "Isles average-3",
		});
		expect(noteOf(found, "published-flagged")).toMatch(/^§: the Office of the Isles asks to read/);
		expect((await results("published", ...CODEBOOK, "--cycle", "2017")).settings.cycle).toBe(2017);
	});

	test("of a cycle that has none are refused", async () => {
		const { code, err } = await run(["published", ...CODEBOOK, "--cycle", "2018"]);
		expect(code).toBe(2);
		expect(err).toContain("no figures of cycle 2018 are published — there are 2017, 2021");
	});

	test("are benchmarks, tested where items mean the same, and their source is credited", async () => {
		const benchmark = ["--topic", "learning", "--benchmark", "all@2017,BBB@2021"];
		const found = await results("rates", TEACHERS, ...CODEBOOK, ...benchmark);
		const of = (item: string, b: string) =>
			found.comparisons.find((row) => row.item === item && row.between.b === b)?.status;
		expect(of("courses", "all@2017")).toBe("ok");
		expect(of("reading", "all@2017")).toBe("not-comparable");
		expect(of("reading", "BBB@2021")).toBe("ok");
		expect(noteOf(found, "benchmark-source")).toBe(
			"Published figures: Office of the Isles (2018), Teachers in 2017; Office of the Isles (2022), Teachers in 2021; tested as independent samples, averages that contain the country as part and whole.",
		);
		await ran(
			"rates",
			TEACHERS,
			...CODEBOOK,
			"--topic",
			"wishes",
			"--benchmark",
			"AAA@2017",
			"--chart",
			at("chart.svg"),
		);
		expect(readFileSync(at("chart.svg"), "utf8")).toContain("Office of the Isles (2018)");
	});
});

test("a profile stands beside the publisher's other systems and its first average", async () => {
	await ran(
		"profile",
		TEACHERS,
		...CODEBOOK,
		"--country",
		"AAA",
		"--population",
		"lower",
		"--out",
		at("a.svg"),
	);
	const page = readFileSync(at("a.svg"), "utf8");
	printed.set("profile page", page);
	expect(page).toContain("Isles average-3");
	expect(page).toContain("Office of the Isles (2022)");
});

test("columns are called as the publisher's tables call them", async () => {
	const { out } = await ran(
		"rates",
		TEACHERS,
		...CODEBOOK,
		"--keys",
		"office",
		"--by",
		"sex",
		"--format",
		"csv",
	);
	const [head = ""] = out.split("\n");
	expect(head).toContain("lb1_yes/share|s=W [%],lb1_yes/share|s=W [error]");
	expect(head).toContain("anything/share|s=M [%]");
	const line = ["compare", TEACHERS, ...CODEBOOK, "--between", "population", "--where", "country=AAA,BBB"];
	const { out: differences } = await ran(...line, "--keys", "office", "--format", "csv");
	expect(differences.split("\n")[0]).toContain("lb1_yes/share#L minus lb1_yes/share#U [%]");
	const { code, err } = await run(["rates", TEACHERS, ...CODEBOOK, "--keys", "oecd", "--format", "csv"]);
	expect(code).toBe(2);
	expect(err).toContain('"oecd" is not a value of --keys');
});

describe("cycles", () => {
	const CYCLES = ["--between", "cycle", "--topic", "learning,wishes"];

	test("files of both are read by their own codebooks, of which one is named", async () => {
		const found = await results("compare", at("teachers-2017.csv"), TEACHERS, ...CODEBOOK, ...CYCLES);
		const status = (item: string) => [
			...new Set(found.comparisons.filter((row) => row.item === item).map((row) => row.status)),
		];
		expect(status("courses")).toEqual(["ok"]);
		expect(status("maths")).toEqual(["ok"]);
		expect(status("sea")).toEqual(["not-comparable"]);
		expect(found.settings).toMatchObject({ cycle: 2021, between: "cycle" });
	});

	test("saved results need no more than that", async () => {
		for (const cycle of [2017, 2021]) {
			const codebook = ["--codebook", at(`isles-${cycle}.yaml`)];
			await ran("rates", at(`teachers-${cycle}.csv`), ...codebook, "--out", at(`${cycle}.json`));
		}
		const saved = await results("compare", at("2017.json"), at("2021.json"), ...CODEBOOK, "--average", "all");
		expect(saved.comparisons.find(({ item }) => item === "courses")?.status).toBe("ok");
		expect(islands(saved)).toHaveProperty("average:isles-3", "Isles average-3");
		// Without a codebook nobody says that items mean the same, and no other survey's codebook does.
		const unknown = await results("compare", at("2017.json"), at("2021.json"));
		expect(unknown.comparisons.map(({ status }) => status)).not.toContain("ok");
	});
});

describe("all other commands", () => {
	test("gaps, means and models", async () => {
		const found = await results("gaps", TEACHERS, ...CODEBOOK);
		expect(found.settings).toMatchObject({ gaps: { needs: "wishes", offer: "taught" } });
		expect(found.estimates.map(({ topic }) => topic)).toContain("unmet");
		await ran("gaps", TEACHERS, ...CODEBOOK, "--chart", at("gaps.svg"));
		const { estimates } = await results("means", TEACHERS, ...CODEBOOK, "--average", "all");
		expect(estimates.map(({ item }) => item)).toEqual(expect.arrayContaining(["years", "kinds"]));
		const line = ["model", TEACHERS, ...CODEBOOK, "--outcome", "learning:courses", "--predict", "sex,years"];
		const [model] = (await results(...line)).models ?? [];
		expect(model?.coefficients.map(({ label }) => label)).toContain("Years at work");
	});

	test("relate, and protect of what is saved", async () => {
		const { relations } = await results("relate", TEACHERS, ...CODEBOOK, "--variable", "years,kinds");
		expect(relations?.map(({ b }) => b.label)).toContain("Kinds");
		await ran("rates", TEACHERS, ...CODEBOOK, "--protect", "--out", at("protected.json"));
		await ran("protect", at("protected.json"));
		await ran("rates", TEACHERS, ...CODEBOOK, "--out", at("open.json"));
		await ran("verify", at("open.json"), TEACHERS);
		await ran("diff", at("open.json"), at("open.json"));
		await ran("cite", at("open.json"));
		const cell = ["--item", "learning:courses", "--where", "country=BBB", "--pool", "population"];
		await ran("explain", TEACHERS, ...CODEBOOK, ...cell);
	});

	test("render, in another language and with the publisher's names", async () => {
		const line = [
			"rates",
			TEACHERS,
			...CODEBOOK,
			"--topic",
			"wishes",
			"--benchmark",
			"BBB@2017",
			"--average",
			"union",
		];
		await ran(...line, "--out", at("saved.json"));
		const { out } = await ran("render", at("saved.json"), ...CODEBOOK, "--lang", "ru");
		expect(out).toContain("the Office of the Isles: отметка §");
		expect(out).toContain("Опубликованные показатели: Office of the Isles (2018)");
		await ran("render", at("saved.json"), ...CODEBOOK, "--keys", "office", "--format", "csv");
		await ran("render", at("saved.json"), "--chart", at("saved.svg"));
	});

	test("explore: the publisher's estimates and the files' own beside them", async () => {
		await ran("explore", TEACHERS, ...CODEBOOK, "--out", at("explore.html"));
		const page = readFileSync(at("explore.html"), "utf8");
		expect(page).toContain("Office of the Isles (2018)");
		printed.set("explore.html", page.slice(page.indexOf('id="pack"'), page.indexOf("</script>")));
	});

	test("inspect, doctor, codebook and convert", async () => {
		const { out } = await ran("inspect", TEACHERS, ...CODEBOOK);
		expect(out).toContain("Isles 2021");
		await ran("doctor", TEACHERS, ...CODEBOOK);
		await ran("codebook", "check", TEACHERS, ...CODEBOOK);
		await ran("codebook", "show", at("isles-2021.yaml"));
		await ran("codebook", "init", TEACHERS);
		await ran("convert", TEACHERS, at("teachers.parquet"));
		await ran("reach", at("counts.csv"));
	});

	test("report, with a baseline and what the codebook says first", async () => {
		const config = at("report.yaml");
		await ran("report", "init", config, "--data", TEACHERS, ...CODEBOOK);
		await ran("report", config, "--out", at("first"), "--quiet");
		await ran("report", config, "--out", at("second"), "--baseline", at("2017.json"), "--quiet");
		const summary = readFileSync(at("second/summary.md"), "utf8");
		expect(summary).toContain("At least one professional development activity: from");
		for (const name of readdirSync(at("second"), { recursive: true }) as string[]) {
			if (/\.(md|csv|svg|html)$/.test(name)) printed.set(name, readFileSync(at(`second/${name}`), "utf8"));
		}
	}, 300_000);

	test("what the publisher's files are that hold no teachers", async () => {
		const { code, err } = await run(["rates", at("heads.csv"), ...CODEBOOK]);
		expect(code).toBe(2);
		expect(err).toContain("is of heads of schools, and rates are of teachers — give the file of teachers");
	});
});

test("every command has been run, and nowhere stands another publisher's name", () => {
	const commands = createProgram(processIo()).commands.map((command) => command.name());
	const seen = [...printed.keys()].map((line) => line.split(" ")[0]);
	// The demo and the self-test are about what ships, and these are about commands.
	const aside = ["demo", "selftest", "help", "complete", "man"];
	expect(commands.filter((name) => !aside.includes(name) && !seen.includes(name))).toEqual([]);
	for (const [line, text] of printed) {
		const others = text
			.replaceAll(/talis-pd|base64,[\w+/=]+/g, "")
			// What the tool is for, where it says how to cite it.
			.replaceAll("TALIS-like surveys", "")
			// The word that results have for the rule of the codebook.
			.replaceAll(/suppress(?:"|&quot;): ?(?:"|&quot;)talis/g, "");
		expect(others, line).not.toMatch(/OECD|ОЭСР|ЭЫДҰ|talis|isced/i);
	}
});
