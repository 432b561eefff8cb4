import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, describeError, gaps, means, model, rates, samplePath } from "../../src/index.js";
import { apart, root } from "../support/golden.js";
import { csv, file, makeRows } from "../support/survey.js";

const principals = join(root, "test/fixtures/schools/BCGKAZT3.csv");
const golden = JSON.parse(readFileSync(join(root, "test/golden/schools.json"), "utf8"));
const both = [principals, samplePath()];
const text = readFileSync(principals, "utf8");
const folder = mkdtempSync(join(tmpdir(), "talis-pd-schools-"));

/** A file of schools under a name that says nothing. */
function named(name: string, content: string): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

async function refusal(run: Promise<unknown>): Promise<string> {
	return run.then(
		() => "no refusal",
		(error) => describeError(error, "commandLine"),
	);
}

describe("teachers by what their principals say, against R's survey and merge()", () => {
	test.each(["location", "management", "intake"])("%s", async (by) => {
		const found = await rates(both, { topics: ["activities"], by: [by], suppress: "none" });
		const rows = golden.rows.filter((row: { by: string }) => row.by === by);
		expect(rows.length).toBeGreaterThanOrEqual(20);
		for (const row of rows) {
			const own = found.estimates.find(
				({ variable, group }) => variable === row.variable && group[by] === row.value,
			);
			expect(apart(own?.estimate, row.estimate), `${row.variable} ${row.value}`).toBeLessThan(1e-9);
			expect(apart(own?.se, row.se), `${row.variable} ${row.value} se`).toBeLessThan(1e-9);
			expect([own?.n, own?.df]).toEqual([row.n, row.df]);
		}
	});

	test("a school's characteristic as the only predictor: its coefficient is the difference", async () => {
		const rows = golden.differences.filter(
			({ by, b }: { by: string; b: string }) => by === "location" && b === "rural",
		);
		expect(rows.length).toBeGreaterThan(0);
		const { models = [] } = await model(both, {
			...{ outcomes: ["TT3G22A", "TT3G22B", "TT3G22G"], predict: "location", reference: ["location=rural"] },
			...{ family: "linear", suppress: "none" },
		});
		expect(models).toHaveLength(3);
		for (const { outcome, coefficients } of models) {
			const row = rows.find(
				({ variable, a }: { variable: string; a: string }) => variable === outcome.variable && a === "city",
			);
			const own = coefficients.find(({ level }) => level === "city");
			expect(apart(own?.estimate, row.difference)).toBeLessThan(1e-9);
			expect(apart(own?.se, row.se)).toBeLessThan(1e-9);
		}
	});

	test("differences between them, replicate by replicate", async () => {
		for (const by of ["location", "management"]) {
			const found = await compare(both, { between: by, topics: ["activities"], suppress: "none" });
			for (const row of golden.differences.filter((one: { by: string }) => one.by === by)) {
				const own = found.comparisons.find(
					({ variable, between }) =>
						variable === row.variable &&
						[between.a, between.b].sort().join() === [row.a, row.b].sort().join(),
				);
				const sign = own?.between.a === row.a ? 1 : -1;
				expect(apart(sign * (own?.difference ?? 0), row.difference)).toBeLessThan(1e-9);
				expect(apart(own?.se, row.se)).toBeLessThan(1e-9);
			}
		}
	});

	test("a number of the principals' file as a mean over teachers", async () => {
		const found = await means(both, { variables: ["TC3G16"] });
		const mean = found.estimates.find(({ statistic }) => statistic === "mean");
		expect(apart(mean?.estimate, golden.size.estimate)).toBeLessThan(1e-9);
		expect(apart(mean?.se, golden.size.se)).toBeLessThan(1e-9);
	});
});

describe("teachers whose principals did not answer", () => {
	test("are counted in a note in the run's language, and have no value", async () => {
		for (const language of ["en", "kk", "ru"]) {
			const found = await rates(both, { topics: ["activities"], by: ["management"], language });
			const note = found.notes.find(({ code }) => code === "schools-absent");
			expect(note?.detail).toEqual({ files: "BCGKAZT3.csv", ...golden.absent, of: 2000 });
			expect(note?.text).toContain("BCGKAZT3.csv");
		}
	});

	test("stay in every other breakdown, digit by digit, and without a word", async () => {
		const spec = { topics: ["activities"], by: ["gender"], pool: ["population"] };
		const [alone, beside] = [await rates([samplePath()], spec), await rates(both, spec)];
		expect({ ...beside, source: [] }).toEqual({ ...alone, source: [] });
		expect(beside.source.map(({ file: name, role, rows }) => [name, role, rows])).toEqual([
			["synthetic-kazakhstan-2018.csv", undefined, 2000],
			["BCGKAZT3.csv", "schools", 114],
		]);
	});
});

describe("files of schools", () => {
	const spec = { topics: ["activities"], by: ["location"] };

	test("condition, gaps and any column of theirs work as the teachers' own", async () => {
		const one = await rates(both, { topics: ["activities"], where: ["location=city", "TC3G16>500"] });
		const all = await rates(both, { topics: ["activities"], by: ["location"], where: ["TC3G16>500"] });
		const city = all.estimates.filter(({ group }) => group.location === "city");
		expect(one.estimates.map(({ estimate }) => estimate)).toEqual(city.map(({ estimate }) => estimate));
		expect((await gaps(both, { by: ["management"] })).comparisons.length).toBeGreaterThan(0);
		const raw = await rates(both, { topics: ["activities"], by: ["TC3G01"] });
		expect(new Set(raw.estimates.map(({ group }) => group.TC3G01))).toEqual(new Set(["1", "2"]));
	});

	test("may be several, in other order and format, or named with --schools", async () => {
		const [head = "", ...lines] = text.trim().split("\n");
		const whole = await rates(both, spec);
		const halves = [0, 1].map((odd) =>
			named(
				`ACG${odd}.csv`,
				[head, ...lines.filter((_, row) => row % 2 === odd)].join("\n").replaceAll(",", ";"),
			),
		);
		const parts = await rates([samplePath(), ...halves], spec);
		expect(parts.estimates).toEqual(whole.estimates);
		const short = named(
			"answers.csv",
			[head, ...lines]
				.map((line) => line.split(",").toSpliced(4, 1).join(","))
				.join("\n")
				.replaceAll("TC3G", "X"),
		);
		// Nobody knows the column, so somebody has to say that 9 is no value.
		const raw = await rates([samplePath()], {
			...spec,
			by: ["X10"],
			missing: { X10: "9" },
			schools: [short],
		});
		const told = await rates(both, { ...spec, by: ["TC3G10"] });
		expect(raw.estimates.map(({ estimate }) => estimate)).toEqual(
			told.estimates.map(({ estimate }) => estimate),
		);
	});

	test("that were joined to the teachers before give the same", async () => {
		const [head = "", ...lines] = readFileSync(samplePath(), "utf8").trim().split("\n");
		const place = head.split(",").indexOf("IDSCHOOL");
		const code = new Map(
			text
				.trim()
				.split("\n")
				.map((line) => [line.split(",")[3], line.split(",")[5]]),
		);
		const merged = [
			`${head},TC3G10`,
			...lines.map((line) => `${line},${code.get(line.split(",")[place]) ?? ""}`),
		];
		const before = await rates([named("merged.csv", merged.join("\n"))], spec);
		expect(before.estimates).toEqual((await rates(both, spec)).estimates);
	});

	test.each([
		[
			"alone",
			[principals],
			/BCGKAZT3.csv: is the principals' file, and rates are of teachers — give the teachers' file/,
		],
		[
			"left out",
			[samplePath()],
			/"location" needs the column TC3G10, which is in the file of schools — name that file beside/,
		],
		[
			"with a school twice",
			[samplePath(), named("BCGTWOT3.csv", `${text}1,KAZ,2,01001,1,2,1,1,2,3,880,38.5\n`)],
			/^BCGTWOT3.csv, line 116: the school KAZ 2 1001 is a duplicate, first in BCGTWOT3.csv, line 2 — keep one row a school/,
		],
		[
			"with a school in two of them",
			[...both, named("BCGALLT3.csv", text)],
			/^BCGALLT3.csv, line 2: the school KAZ 2 1001 is a duplicate, first in BCGKAZT3.csv, line 2/,
		],
		[
			"with a row of no school",
			[samplePath(), named("BCGNOTT3.csv", `${text}1,KAZ,2,,1,2,1,1,2,3,880,38.5\n`)],
			/^BCGNOTT3.csv, line 116: the row has no IDSCHOOL, so it is not known which school it is of/,
		],
		[
			"of other schools",
			[samplePath(), named("BCGFRAT3.csv", text.replaceAll("KAZ", "FRA"))],
			/^BCGFRAT3.csv: none of the schools of synthetic-kazakhstan-2018.csv is in it — give the file of the same schools, with the same CNTRY, IDPOP, IDSCHOOL/,
		],
		[
			"of another cycle",
			[samplePath(), named("BCGINTT4.csv", text.replaceAll("TC3G", "TC4G"))],
			/^BCGINTT4.csv: describes schools of TALIS 2024, but the teachers are of TALIS 2018 — give files of one cycle/,
		],
		[
			"without the country",
			[samplePath(), named("BCGXXXT3.csv", text.replace("CNTRY", "LAND"))],
			/^BCGXXXT3.csv: has no column CNTRY, by which schools are joined to their teachers/,
		],
		[
			"of which one lacks the column",
			[...both, named("BCGITAT3.csv", "CNTRY,IDPOP,IDSCHOOL,TC3G12\nITA,2,1,1\n")],
			/^BCGITAT3.csv: has no column TC3G10, which another file of schools has/,
		],
		[
			"with a code nobody knows",
			[samplePath(), named("BCGODDT3.csv", text.replace("KAZ,2,1001,1,2", "KAZ,2,1001,1,6"))],
			/^BCGODDT3.csv, column TC3G10: the code 6 is not in the codebook \(\d+ rows, first at line 2 of synthetic/,
		],
	])("%s: refused in a sentence", async (_, files, sentence) => {
		expect(await refusal(rates(files, spec))).toMatch(sentence);
	});

	test("belong to results as they are asked: saved ones do not take them", async () => {
		const saved = named(
			"saved.json",
			JSON.stringify(await rates([samplePath()], { topics: ["activities"] })),
		);
		expect(await refusal(compare([saved], { between: "country", schools: [principals] }))).toMatch(
			/holds results, which --schools does not change/,
		);
	});
});

describe("an own survey's files of schools", () => {
	const codebook = (extra: string) => {
		const own = readFileSync(join(root, "data/codebooks/talis-2018-teacher.yaml"), "utf8")
			.replace(/^schools:\n(?: {2}.*\n)+/m, extra)
			.replace("id: talis-2018-teacher", "id: own");
		return named(`own-${extra.length}.yaml`, own);
	};
	const rows = makeRows(80, 3);
	const teachers = file(csv(rows));
	const offices = named(
		"offices.csv",
		`IDSCHOOL;IDPOP;CNTRY;TC3G12\n${[...new Set(rows.map((row) => `${row[2]};2;${row[0]};${1 + (Number(row[2]) % 2)}`))].join("\n")}\n`,
	);

	test("are told by the columns of its groups and joined by its ids", async () => {
		const found = await rates([offices, teachers], {
			codebook: codebook("schools: {}\n"),
			by: ["management"],
			topics: ["activities"],
			suppress: "none",
		});
		expect(new Set(found.estimates.map(({ group }) => group.management))).toEqual(
			new Set(["public", "private"]),
		);
		expect(found.notes.map(({ code }) => code)).not.toContain("schools-absent");
	});

	test("groups of schools in a codebook that names no such files are refused with the line", async () => {
		const broken = codebook("");
		expect(await refusal(rates([teachers], { codebook: broken }))).toMatch(
			/^.*own-0.yaml, line \d+: groups.location.file: no schools: say what the files of schools are/,
		);
	});
});
