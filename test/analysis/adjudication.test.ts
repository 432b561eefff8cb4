import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, rates } from "../../src/index.js";
import { root } from "../support/golden.js";
import { file } from "../support/survey.js";

const [head = "", ...lines] = readFileSync(join(root, "data/samples/synthetic-talis-2024.csv"), "utf8")
	.trim()
	.split("\n");
const COUNTRY = head.split(";").indexOf("CNTRY");
const countries = [...new Set(lines.map((line) => line.split(";")[COUNTRY] as string))];
const [first = "", second = ""] = countries;

/** The sample with a rating of each system's data. */
function rated(column: string, rating: (country: string) => string): string {
	const rows = lines.map((line) => `${line};${rating(line.split(";")[COUNTRY] as string)}`);
	return file(`${[`${head};${column}`, ...rows].join("\n")}\n`);
}

const poor = rated("ADJRT24", (country) => (country === first ? "1" : country === second ? "2" : "3"));
const plain = join(root, "data/samples/synthetic-talis-2024.csv");
const flagsOf = (estimates: { group: Record<string, string>; flag?: string }[]) =>
	new Set(estimates.flatMap(({ group, flag }) => (flag?.includes("‡") ? [group.country] : [])));

describe("the rating of a system's data", () => {
	test("marks those whose data were rated poor, with a note, and changes no figure", async () => {
		const [found, before] = [await rates([poor]), await rates([plain])];
		expect(flagsOf(found.estimates)).toEqual(new Set([first]));
		expect(found.estimates.map(({ flag: _, ...row }) => row)).toEqual(
			before.estimates.map(({ flag: _, ...row }) => row),
		);
		expect(found.notes).toContainEqual(
			expect.objectContaining({ code: "caution-declared", detail: { mark: "‡", systems: first } }),
		);
		expect(found.notes.map(({ code }) => code)).toEqual(expect.not.arrayContaining(["countries-pooled"]));
	});

	test("is a condition", async () => {
		const { estimates } = await rates([poor], { where: ["adjudication=good,fair"] });
		expect(new Set(estimates.map(({ group }) => group.country))).toEqual(new Set(countries.slice(1)));
	});

	test("marks sides of comparisons, and is a breakdown as ever", async () => {
		const { comparisons } = await compare([poor], { between: "country", topics: ["modes"] });
		const sides = comparisons.flatMap(({ between, a, b }) => [
			...(a.flag?.includes("‡") ? [between.a] : []),
			...(b.flag?.includes("‡") ? [between.b] : []),
		]);
		expect(new Set(sides)).toEqual(new Set([first]));
		const { estimates } = await rates([poor], { by: ["adjudication"] });
		expect(new Set(estimates.map(({ group }) => group.adjudication))).toContain("poor");
	});

	test("nobody is marked where the file has no ratings", async () => {
		expect(flagsOf((await rates([plain])).estimates).size).toBe(0);
	});
});
