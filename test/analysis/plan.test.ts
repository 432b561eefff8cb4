import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareInquiry } from "../../src/analysis/questions/compare.js";
import { gapsInquiry } from "../../src/analysis/questions/gaps.js";
import { meansInquiry } from "../../src/analysis/questions/means.js";
import { ratesInquiry } from "../../src/analysis/questions/rates.js";
import { countSurvey } from "../../src/analysis/survey/counted.js";
import type { Inquiry } from "../../src/analysis/survey/inquiry.js";
import { openSurvey } from "../../src/analysis/survey/opened.js";
import { type Planned, planSurvey } from "../../src/analysis/survey/planned.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { columnsOfPlan } from "../../src/codebook/plan/plan-columns.js";
import { planGaps } from "../../src/codebook/plan/plan-gaps.js";
import { planQuestion } from "../../src/codebook/plan/plan-items.js";
import type { Header } from "../../src/read/block.js";
import { normalizeCompare } from "../../src/settings/compare.js";
import { normalizeSettings } from "../../src/settings/rates.js";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { csv, file, surveys } from "../support/survey.js";

const TALIS_2024 = fileURLToPath(new URL("../../data/samples/synthetic-talis-2024.csv", import.meta.url));
const OPEN = { suppress: "none" } as const;
const replicates = Array.from({ length: 100 }, (_, r) => `TRWGT${r + 1}`);

/** Results, by way of what was planned; `change` stands between planning and counting. */
async function answer(
	files: string[],
	inquiry: Inquiry,
	change: (planned: Planned<Inquiry>) => Planned<Inquiry>,
) {
	const opened = await openSurvey(files, inquiry.settings, {});
	try {
		const { samples } = await countSurvey(change(planSurvey(opened, [inquiry])));
		return JSON.stringify(samples.map((sample) => inquiry.answer(sample)));
	} finally {
		await opened.close();
	}
}

const written = <T>(data: T): T => JSON.parse(JSON.stringify(data));

/** The same with plans and design as they are when written down and read again. */
function asWritten(planned: Planned<Inquiry>): Planned<Inquiry> {
	const again = ({ by, question }: Planned<Inquiry>["asked"][0]) => {
		return { by, question: { ...question, plan: written(question.plan) } };
	};
	const [first, ...others] = planned.asked;
	return { ...planned, design: written(planned.design), asked: [again(first), ...others.map(again)] };
}

async function expectSameAsWritten(files: string[], inquiry: () => Inquiry) {
	expect(await answer(files, inquiry(), asWritten)).toBe(
		await answer(files, inquiry(), (planned) => planned),
	);
}

describe("a plan written as JSON and read again gives the same bytes of results", () => {
	const specs = fc.record({
		topics: fc.constantFrom(["activities"], ["focus"], ["activities", "focus"]),
		by: fc.constantFrom(
			undefined,
			["gender"],
			["country", "experience"],
			["activities:network"],
			["TT3G11B"],
		),
		base: fc.constantFrom(undefined, "all", "participants"),
		where: fc.constantFrom(
			[],
			["experience<=10"],
			["gender!=male"],
			["focus:ict=yes", "country=FRA"],
			["TT3G11B>3.5"],
		),
		yes: fc.constantFrom(undefined, ["2"]),
		total: fc.boolean(),
	});

	test("rates of made-up teachers", () =>
		fc.assert(
			fc.asyncProperty(surveys, specs, async (rows, spec) => {
				const path = file(csv(rows));
				await expectSameAsWritten([path], () => ratesInquiry({ ...OPEN, ...spec }));
			}),
			{ seed: 2018, numRuns: 25 },
		));

	test.each<[string, string, () => Inquiry]>([
		["gaps", SAMPLE, () => gapsInquiry({ by: ["gender"] })],
		["gaps of participants", SAMPLE, () => gapsInquiry({ base: "participants" })],
		["means", SAMPLE, () => meansInquiry({ variables: ["types", "TT3G11B"], base: "participants" })],
		["comparisons", SAMPLE, () => compareInquiry({ between: "gender", topics: ["needs"], yes: ["3", "4"] })],
		["forms", TALIS_2024, () => ratesInquiry({ topics: ["needs", "barriers"], by: ["population"] })],
	])("%s", async (_, path, inquiry) => {
		await expectSameAsWritten([path], inquiry);
	});
});

describe("what is planned", () => {
	const [header = ""] = readFileSync(SAMPLE, "utf8").split("\n");
	const columns: Header = { columns: header.split(",") };
	const codebook = loadCodebook("talis-2018-teacher");
	const plan = (spec: Parameters<typeof normalizeSettings>[0]) =>
		planQuestion(codebook, columns, normalizeSettings(spec)).plan;

	test("names items as they are asked: their answers and their base", () => {
		expect(plan({ items: ["needs:ict"] }).variables).toEqual(["needs:ict"]);
		expect(plan({ items: ["needs:ict"], yes: ["3"], base: "participants" }).variables).toEqual([
			"needs:ict = 3 on participants",
		]);
		expect(plan({ items: ["focus:ict"], base: "all" }).expressions).toMatchObject({
			"focus:ict": { is: "codes", column: "TT3G23E" },
			"focus:ict on all": { is: "routed-as-no", of: { is: "named", name: "focus:ict" } },
		});
	});

	test("who is asked never depends on the answers that count", () => {
		const { expressions } = plan({ items: ["needs:ict"], yes: ["3"], base: "participants" });
		expect(expressions["needs:ict = 3 on participants"]).toEqual({
			is: "restricted",
			of: { is: "named", name: "needs:ict = 3" },
			gate: { is: "named", name: "activities:any" },
		});
		expect(expressions["activities:conferences"]).toMatchObject({ codes: { 1: "yes", 2: "no" } });
	});

	test("names the columns that are read and no others, what is asked before who is asked", () => {
		const settings = { items: ["needs:ict"], base: "participants", by: ["gender"], where: ["age=under-30"] };
		const gate = [..."ABCDEFGHIJ"].map((letter) => `TT3G22${letter}`);
		expect(columnsOfPlan(plan(settings))).toEqual([
			"TT3G27E",
			...["CNTRY", "IDPOP", "TT3G01", "TCHAGEGR"],
			...gate,
			"IDSCHOOL",
		]);
	});

	test("gaps are made of needs and offers by the logic of all other answers", () => {
		const { plan } = planGaps(codebook, columns, normalizeCompare({ items: ["needs:ict"] }));
		expect(plan.expressions["gaps:unmet:ict"]).toMatchObject({
			is: "jointly",
			of: { is: "all-of", of: [{ name: "needs:ict" }, { is: "not", of: { is: "routed-as-no" } }] },
		});
	});
});

describe("--explain-plan", () => {
	test("prints what is read instead of results", async () => {
		const { code, out } = await run(["rates", SAMPLE, "--item", "coaching", "--explain-plan"]);
		expect(code).toBe(0);
		const [{ design, plans }] = JSON.parse(out);
		expect(design.columns).toHaveLength(101);
		expect(plans[0].variables).toEqual(["activities:peer-coaching"]);
		expect(plans[0].groups.map(({ id, role }: { id: string; role: string }) => [id, role])).toEqual([
			["country", "standard"],
			["population", "standard"],
		]);
	});

	test("says what is no column of the files: what their names tell, and what is looked up of schools", async () => {
		const header = ["CNTRY", "IDSCHOOL", "TT3G22A", "TT3G23A", "TCHWGT", ...replicates];
		const teachers = join(temporaryFolder(), "BTGKAZT3.csv");
		const schools = join(dirname(teachers), "BCGKAZT3.csv");
		writeFileSync(teachers, `${header}\n${["KAZ", 1001, 1, 1, 1, ...replicates.map(() => 1)]}\n`);
		writeFileSync(schools, "CNTRY,IDPOP,IDSCHOOL,TC3G10,TC3G12\nKAZ,2,1001,2,1\n");
		const { code, out, err } = await run(["rates", teachers, schools, "--by", "location", "--explain-plan"]);
		expect([code, err]).toEqual([0, ""]);
		const [{ files, schools: joined }] = JSON.parse(out);
		expect(files).toEqual([{ file: "BTGKAZT3.csv", constants: { IDPOP: "2" }, words: {} }]);
		expect(joined).toEqual({
			files: "BCGKAZT3.csv",
			keys: ["CNTRY", "IDPOP", "IDSCHOOL"],
			columns: ["TC3G10"],
		});
	});

	test.each([
		["gaps", "--item", "ict"],
		["means", "--variable", "types"],
		["compare", "--between", "gender"],
	])("%s", async (command, ...options) => {
		const { code, out } = await run([command, SAMPLE, ...options, "--explain-plan"]);
		expect(code).toBe(0);
		expect(JSON.parse(out)[0].plans[0].variables.length).toBeGreaterThan(0);
	});

	test("is no option that help speaks of", async () => {
		expect((await run(["rates", "--help"])).out).not.toContain("explain-plan");
	});
});
