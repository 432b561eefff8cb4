import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { compare, disclosures, type RatesOptions, rates } from "../../src/index.js";
import { file } from "../support/survey.js";

// 600 teachers of 60 schools; 13 of region c, by the rule of 30 too few. In region b are 45, in a the others.
const regionOf = (teacher: number) => (teacher < 13 ? "C" : teacher < 58 ? "B" : "A");
const teachers = Array.from({ length: 600 }, (_, teacher) =>
	[
		1 + (teacher % 7) / 10,
		regionOf(teacher),
		teacher % 60,
		(teacher * 7) % 5 < 2 ? 1 : 2,
		teacher % 3 ? 1 : 2,
	].join(),
);
const data = file(["W,REG,SCH,Q1,Q2", ...teachers, ""].join("\n"));
const text = (en: string) => ({ en });
const survey = (more: object = {}) =>
	file(
		stringify({
			...{ id: "regions", version: "1", cycle: 2024, title: text("Regions"), survey: text("Regions") },
			detect: { columns: ["Q1"] },
			ids: { school: "SCH" },
			design: { method: "taylor", weight: "W", psu: "SCH" },
			suppression: { teachers: 30, schools: 0, nonresponse: 50 },
			bases: { all: { label: text("all") } },
			answers: { yn: { yes: [1], values: { 1: text("Yes"), 2: text("No") } } },
			groups: {
				reg: {
					variable: "REG",
					label: text("Region"),
					values: Object.fromEntries(
						["a", "b", "c"].map((id) => [id, { label: text(id), codes: [id.toUpperCase()] }]),
					),
				},
			},
			topics: {
				q: {
					...{ label: text("Q"), title: text("Q"), question: "Q", answers: "yn", base: "all" },
					items: { q1: { variable: "Q1", label: text("Q1") }, q2: { variable: "Q2", label: text("Q2") } },
					...more,
				},
			},
		}),
	);
const codebook = survey();
const ask = (more: RatesOptions, by = codebook) => rates([data], { codebook: by, items: ["q1"], ...more });
const protect = true;

describe("what is defined by a group or a number", () => {
	test.each([
		["inc = reg=c"],
		["cq = q1 and not reg=c"],
		["many = count(q1, q2, reg=c) >= 2"],
		["light = W < 1.2"],
	])("%s is refused where protection is asked for", async (define) => {
		const found = ask({ define: [define], items: [define.split(" ")[0] as string], protect });
		await expect(found).rejects.toThrow(/uses a group or a number, and protection cannot check/);
	});

	test("is refused in saved results", async () => {
		const saved = await ask({ define: ["inc = reg=c"], items: ["inc"] });
		await expect(disclosures([saved])).rejects.toThrow(
			/the item "inc = reg=c", which uses a group or a number/,
		);
	});

	test("is refused where the codebook defines it, and an item asked for has it", async () => {
		const own = survey({ derived: { cq: { label: text("CQ"), rule: "defined", define: "q1 and reg=c" } } });
		await expect(ask({ items: ["cq"], protect }, own)).rejects.toThrow(
			/the item cq uses a group or a number/,
		);
		expect((await ask({ protect }, own)).estimates).toHaveLength(1);
	});

	test("is no item that is made of items alone", async () => {
		const { estimates } = await ask({ define: ["both = q1 and q2"], items: ["both"], protect });
		expect(estimates.map(({ status }) => status)).toEqual(["ok"]);
	});
});

describe("what is made of items alone, beside them", () => {
	// In region b 45 answered the second question and 20 the first, by the rule of 30 too few.
	const some = file(
		[
			"W,REG,SCH,Q1,Q2",
			...teachers.map((row, teacher) => {
				const cells = row.split(",");
				const isOut = teacher >= 13 && teacher < 38;
				return isOut ? [...cells.slice(0, 3), "", cells[4]].join(",") : row;
			}),
			"",
		].join("\n"),
	);
	const define = ["either = any(q1, q2)", "both = q1 and q2"];
	const asked = (more: RatesOptions) =>
		rates([some], { codebook, by: ["reg"], where: ["reg=a,b"], define, ...more });
	const statuses = (found: Awaited<ReturnType<typeof asked>>, item: string) =>
		found.estimates.filter((row) => row.item === item).map(({ status }) => status);

	test("the sum of any and both tells one of two", async () => {
		const open = await asked({});
		expect(statuses(open, "q1")).toContain("few-teachers");
		expect(statuses(open, "either")).toEqual(["ok", "ok"]);
		const found = await disclosures([open]);
		expect(found.map(({ item, group }) => [item, group.reg])).toContainEqual(["q1", "b"]);
	});

	test("is hidden where protection is asked for, in all groups", async () => {
		const found = await asked({ protect });
		expect(statuses(found, "either")).toEqual(["protected", "protected"]);
		expect(statuses(found, "both").includes("ok")).toBe(false);
		expect(statuses(found, "q2")).toContain("ok");
		expect(await disclosures([found])).toEqual([]);
	});

	test("stays where nothing that it is made of is hidden", async () => {
		const found = await asked({ where: ["reg=a"], protect });
		expect(statuses(found, "either")).toEqual(["ok"]);
	});
});

describe("a condition that names several values", () => {
	const two = { where: ["reg=a,b"] };

	test("tells of the others beside all teachers, by the rule that the results were protected by", async () => {
		const all = [await ask({ protect }), await ask({ ...two, protect })];
		expect((await disclosures(all)).map(({ group }) => group)).toEqual([{ "reg=a,b": "" }]);
		expect(all[0]?.settings.protection?.fewest).toBe(30);
	});

	test("tells what is hidden beside the same breakdown", async () => {
		const byRegion = await ask({ by: ["reg"], protect });
		const status = (id: string) => byRegion.estimates.find(({ group }) => group.reg === id)?.status;
		expect(["a", "b", "c"].map(status)).toEqual(["ok", "protected", "few-teachers"]);
		const found = await disclosures([byRegion, await ask({ ...two, protect })]);
		expect(found.map(({ group }) => group)).toEqual([{ reg: "c" }]);
	});

	test("tells nothing alone", async () => {
		expect(await disclosures([await ask({ ...two, protect })])).toEqual([]);
	});
});

test("a joint test of levels of which protection hides one has no numbers", async () => {
	const { tests = [], estimates } = await compare([data], {
		...{ codebook, between: "reg", items: ["q1"], test: "joint", protect },
	});
	expect(estimates.some(({ status }) => status === "protected")).toBe(true);
	expect(tests.map(({ F, df1, df2, p, pAdjusted, n }) => [F, df1, df2, p, pAdjusted, n])).toEqual([
		[null, null, null, null, null, null],
	]);
});
