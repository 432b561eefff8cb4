import { describe, expect, test } from "vitest";
import { compare, rates, samplePath } from "../../src/index.js";
import { hasNoisy, noisyFile } from "../support/golden.js";

const noted = async (results: ReturnType<typeof rates> | ReturnType<typeof compare>) =>
	(await results).notes.find(({ code }) => code === "routed-without-answer");

describe.skipIf(!hasNoisy)(`--base all${hasNoisy ? "" : " (skipped: no ../shared)"}`, () => {
	const asked = { topics: ["induction"], base: "all", pool: ["population" as const] };

	test("says how many count as a no though nobody knows why they were led past", async () => {
		const note = await noted(rates([noisyFile], asked));
		expect(note?.detail).toEqual({
			items: "induction FRA: 9 / 209; induction ITA: 18 / 178; induction MEX: 4 / 145",
		});
		expect(note?.text).toContain("induction ITA: 18 / 178");
		expect(await noted(compare([noisyFile], { ...asked, between: "gender" }))).toBeDefined();
	});

	test("and nothing where all have an answer, or on the items' own base", async () => {
		expect(await noted(rates([noisyFile], { ...asked, topics: ["focus"] }))).toBeUndefined();
		expect(await noted(rates([noisyFile], { topics: ["induction"] }))).toBeUndefined();
		expect(await noted(rates([samplePath()], { topics: ["focus"], base: "all" }))).toBeUndefined();
	});
});
