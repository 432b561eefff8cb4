import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
	codebooks,
	compare,
	describeError,
	inspect,
	model,
	rates,
	samplePath,
	UserError,
} from "../../src/index.js";
import { root } from "../support/golden.js";

let folder = "";
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "extend-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(text: string, name = "own.yaml"): string {
	const path = join(folder, name);
	writeFileSync(path, text);
	return path;
}

describe("a codebook that extends another one", () => {
	const own = `
extends: talis-2018-teacher
id: talis-2018-own
topics:
  activities:
    derived:
      lonely:
        label: { en: Reading and nothing with others }
        rule: defined
        define: professional-literature and not collegial
`;

	test("has all that the other one has, and its own rows", async () => {
		const { estimates, codebook } = await rates([samplePath()], {
			...{ codebook: written(own), items: ["coaching", "lonely", "activities:any"] },
		});
		const plain = await rates([samplePath()], {
			...{ items: ["coaching", "lonely", "activities:any"], topics: ["activities"] },
			define: ["lonely = professional-literature and not collegial"],
		});
		expect(codebook.id).toBe("talis-2018-own");
		expect(new Set(estimates.map(({ item, estimate, se }) => `${item} ${estimate} ${se}`))).toEqual(
			new Set(plain.estimates.map(({ item, estimate, se }) => `${item} ${estimate} ${se}`)),
		);
	});

	test("replaces values, takes out what is null, and replaces a design as a whole", () => {
		const { suppression, topics, design, groups } = codebooks.load(
			written(`
extends: talis-2018-teacher
id: own
suppression: { teachers: 5 }
design: { method: weights-only, weight: TCHWGT }
topics: { support: null }
groups: { region: { variable: REGION, label: { en: Region }, values: { north: { label: { en: North }, codes: [1] } } } }
`),
		);
		expect(suppression).toEqual({ teachers: 5, schools: 10, nonresponse: 50 });
		expect(Object.keys(topics)).not.toContain("support");
		expect(design).toEqual({ method: "weights-only", weight: "TCHWGT" });
		expect(Object.keys(groups)).toEqual([
			...Object.keys(codebooks.load("talis-2018-teacher").groups),
			"region",
		]);
	});

	test("has groups in the words of the command line", async () => {
		const codebook = written(`
extends: talis-2018-teacher
id: own
groups:
  phase:
    label: { en: Phase }
    define: "band(TT3G11B: 0-5, 6-15, 16-)"
    values: { 16-plus: { label: { en: Late } } }
`);
		const asked = { items: ["activities:peer-coaching"], by: ["phase"] };
		const own = await rates([samplePath()], { ...asked, codebook });
		const typed = await rates([samplePath()], {
			...asked,
			define: ["phase = band(TT3G11B: 0-5, 6-15, 16-)"],
		});
		expect(own.estimates.map(({ group, estimate, se }) => [group.phase, estimate, se])).toEqual(
			typed.estimates.map(({ group, estimate, se }) => [group.phase, estimate, se]),
		);
		expect(own.labels?.groups.phase).toEqual({
			label: "Phase",
			values: { "0-5": "0–5", "6-15": "6–15", "16-plus": "Late" },
		});
	});

	test("has a group that is a profile of two answers", async () => {
		const codebook = written(`
extends: talis-2018-teacher
id: own
groups:
  ict:
    label: { en: ICT, kk: АКТ }
    define: profile(needs:ict, focus:ict)
    values: { both: { label: { en: Needed and learned, kk: Қажет және оқыған } } }
`);
		const asked = { items: ["network"], by: ["ict"] };
		const own = await rates([samplePath()], { ...asked, codebook, language: "kk" });
		const typed = await rates([samplePath()], {
			...{ items: ["network"], by: ["typed"], define: ["typed = profile(needs:ict, focus:ict)"] },
		});
		expect(own.estimates.map(({ group, estimate, se }) => [group.ict, estimate, se])).toEqual(
			typed.estimates.map(({ group, estimate, se }) => [group.typed, estimate, se]),
		);
		expect(own.estimates.map(({ group }) => group.ict)).toEqual([
			...["both", "needs-ict-only", "focus-ict-only", "neither"],
		]);
		expect(own.labels?.groups.ict).toEqual({
			label: "АКТ",
			values: {
				...{ both: "Қажет және оқыған", "needs-ict-only": "тек needs-ict" },
				...{ "focus-ict-only": "тек focus-ict", neither: "ешқайсысы" },
			},
		});
		const kept = await rates([samplePath()], {
			items: ["network"],
			where: ["ict=Needed and learned"],
			codebook,
		});
		expect(kept.estimates[0]?.estimate).toBe(own.estimates[0]?.estimate);
		expect((await inspect(samplePath(), { codebook })).groups.found).toContain("ict");
		const { models = [] } = await model([samplePath()], {
			...{ codebook, outcomes: ["types"], predict: "ict", reference: ["ict=neither"] },
		});
		expect(models[0]?.base).toBe("participants");
		expect(models[0]?.coefficients.map(({ level, variable }) => [level, variable])).toEqual([
			[null, null],
			...["both", "needs-ict-only", "focus-ict-only"].map((level) => [level, null]),
		]);
		const files = [samplePath().replace("kazakhstan-2018", "national-pd-survey")];
		await expect(rates(files, { ...asked, codebook })).rejects.toThrow(UserError);
	});

	test("may extend one that extends another", () => {
		written(own, "first.yaml");
		const second = written("extends: first.yaml\nid: second\ncycle: 2019\n", "second.yaml");
		expect(codebooks.load(second)).toMatchObject({ id: "second", cycle: 2019 });
		expect(codebooks.load(second).topics.activities?.derived).toHaveProperty("lonely");
	});

	test.each([
		["one that is not there", "extends: talis-2019\nid: own\n", /there is no codebook "talis-2019"/],
		["no id of its own", "extends: talis-2018-teacher\n", /own\.yaml.*so this codebook needs another one/],
		["itself", "extends: own.yaml\nid: own\n", /own\.yaml extends own\.yaml/],
		[
			"a group that is a yes or no",
			'extends: talis-2018-teacher\nid: own\ngroups: { x: { label: { en: X }, define: "any(network, coaching)" } }\n',
			/own\.yaml.*groups\.x\.define: is a yes or no/,
		],
		[
			"a value that its profile does not make",
			'extends: talis-2018-teacher\nid: own\ngroups: { x: { label: { en: X }, define: "profile(needs:ict, focus:ict)", values: { none: { label: { en: X } } } } }\n',
			/makes no "none"/,
		],
		[
			"a value that its bands do not make",
			'extends: talis-2018-teacher\nid: own\ngroups: { x: { label: { en: X }, define: "band(TT3G11B: 0-5, 6-)", values: { 7-plus: { label: { en: X } } } } }\n',
			/makes no "7-plus"/,
		],
		["a list", "extends: [a, b]\nid: own\n", /own\.yaml.*extends: /],
		[
			"a row of an unknown item",
			`${own.replace("not collegial", "not (collegial")}`,
			/own\.yaml, line 10.*derived\.lonely\.define/,
		],
		["a key that codebooks do not have", `${own}topic: {}\n`, /own\.yaml, line 11: topic/],
	])("is refused where it extends %s", (_, text, message) => {
		const path = written(text);
		let found: unknown;
		try {
			codebooks.load(path);
		} catch (error) {
			found = error;
		}
		expect(found).toBeInstanceOf(UserError);
		expect(describeError(found as UserError)).toMatch(message);
	});
});

// The comparison of the article on teachers' professional growth: what is learned in school beside courses.
test.each([
	{
		...{ id: "talis-2018-teacher", sample: "synthetic-kazakhstan-2018" },
		...{ school: "peer-coaching", courses: "courses-in-person, courses-online" },
	},
	{
		...{ id: "talis-2024-teacher", sample: "synthetic-talis-2024" },
		...{ school: "coaching, lesson-reflection", courses: "courses" },
	},
	{
		...{ id: "national-pd-survey", sample: "synthetic-national-pd-survey" },
		...{
			school: "peer-coaching, lesson-study, action-research",
			courses: "courses-in-person, courses-online",
		},
	},
])(
	"$id ships what is learned in school, and compares it with courses",
	async ({ sample, school, courses }) => {
		const file = join(root, `data/samples/${sample}.csv`);
		const items = ["school-embedded", "collegial", "any-course"];
		const { comparisons = [] } = await compare([file], { between: "items", items });
		const own = await compare([file], {
			...{ between: "items", topics: ["own"], items: ["s", "c", "k"] },
			define: [`s = any(${school})`, `c = any(${school}, network)`, `k = any(${courses})`],
		});
		expect(comparisons.length).toBeGreaterThan(2);
		expect(comparisons.every(({ kind }) => kind === "same-sample")).toBe(true);
		expect(comparisons.map(({ difference, se }) => [difference, se])).toEqual(
			own.comparisons?.map(({ difference, se }) => [difference, se]),
		);
		const { estimates } = await rates([file], { topics: ["activities"] });
		expect(estimates.map(({ item }) => item)).not.toContain("school-embedded");
	},
);
