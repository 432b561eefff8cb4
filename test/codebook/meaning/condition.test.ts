import { describe, expect, test } from "vitest";
import { rates, samplePath, UserError } from "../../../src/index.js";

async function kept(where: string) {
	const { estimates } = await rates([samplePath()], { items: ["network"], where: [where], suppress: "none" });
	return estimates.map(({ estimate, se, n }) => ({ estimate, se, n }));
}

async function refusal(where: string): Promise<string> {
	const error = await kept(where).catch((thrown: unknown) => thrown);
	expect(error).toBeInstanceOf(UserError);
	return `${(error as UserError).message} — ${(error as UserError).hint}`;
}

describe("codes in conditions", () => {
	test("an item's column by its codes, as by yes and no", async () => {
		expect(await kept("TT3G22A=1")).toEqual(await kept("activities:courses-in-person=yes"));
		expect(await kept("TT3G22A=2")).toEqual(await kept("TT3G22A=no"));
		expect(await kept("TT3G22A!=1")).toEqual(await kept("TT3G22A=no"));
	});

	test("some answers of a scale, whichever are published as yes", async () => {
		const [three, four, both, less] = await Promise.all(
			["TT3G27A=3", "TT3G27A=4", "TT3G27A=3,4", "TT3G27A!=3,4"].map(kept),
		);
		const n = (rows: typeof three) => rows?.[0]?.n as number;
		expect(four).toEqual(await kept("TT3G27A=yes"));
		expect(n(three) + n(four)).toBe(n(both));
		expect(n(less)).toBe(n(await kept("TT3G27A=1,2")));
	});

	test("a group's column by its codes", async () => {
		expect(await kept("gender=1")).toEqual(await kept("gender=female"));
		expect(await kept("TT3G01=1")).toEqual(await kept("gender=female"));
	});

	test("what is no answer is said, with the codes that are", async () => {
		expect(await refusal("TT3G22A=9")).toBe(
			'activities:courses-in-person counts "9" as no answer — write yes, no, or some of its codes: 1 (Yes), 2 (No)',
		);
		expect(await refusal("needs:ict=5")).toMatch(
			/^needs:ict has no value "5" — .* 4 \(High level of need\)$/,
		);
	});
});
