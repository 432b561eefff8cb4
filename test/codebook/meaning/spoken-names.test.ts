import { describe, expect, test } from "vitest";
import { codebookIds, loadCodebook } from "../../../src/codebook/definition/library.js";
import { knownTopics } from "../../../src/codebook/meaning/select-items.js";
import { canonicalCondition, groupNamed } from "../../../src/codebook/meaning/spoken-names.js";

const codebook = loadCodebook("talis-2024-teacher");
const canonical = (text: string) => canonicalCondition(codebook, text);

describe("conditions as people type them", () => {
	test.each([
		["gender=F", "gender=female"],
		["sex==M", "gender=male"],
		["gender=1", "gender=female"],
		["Пол=Женщины", "gender=female"],
		["gender=ж", "gender=female"],
		["gender != Male", "gender!=male"],
		["country=Italy", "country=ITA"],
		["country=KZ,fr", "country=KAZ,FRA"],
		["country=Қазақстан", "country=KAZ"],
		["country=Flemish Community (Belgium)", "country=BFL"],
		["population=ISCED2", "population=isced2"],
		["population=lower", "population=isced2"],
		["TT4G02==3", "TT4G02=3"],
		["experience<=5", "experience<=5"],
		["experience == 0-5", "experience=0-5"],
	])("%s is %s", (written, meant) => {
		expect(canonical(written)).toBe(meant);
	});

	test("what no codebook knows, and what fits several, stays as it is", () => {
		expect(canonical("country=ATLANTIS")).toBe("country=ATLANTIS");
		expect(canonical("country=Ko,KAZ")).toBe("country=Ko,KAZ");
		expect(canonical("gender=")).toBe("gender=");
		expect(canonical("no condition")).toBe("no condition");
	});

	test("every id of every codebook stays what it is", () => {
		for (const own of codebookIds().map(loadCodebook)) {
			for (const [id, { values }] of Object.entries(own.groups)) {
				for (const value of Object.keys(values === "systems" ? (own.systems ?? {}) : values)) {
					expect(canonicalCondition(own, `${id}=${value}`)).toBe(`${id}=${value}`);
				}
			}
		}
	});
});

test("a group goes by its label and other words for it", () => {
	expect(groupNamed(codebook, "Sex")).toBe("gender");
	expect(groupNamed(codebook, "жынысы")).toBe("gender");
	expect(groupNamed(codebook, "gendr")).toBeUndefined();
});

test("a topic goes by its label", () => {
	expect(knownTopics(codebook, "Препятствия")).toEqual(["barriers"]);
	expect(knownTopics(codebook, "темы обуч")).toEqual(["focus"]);
	expect(() => knownTopics(codebook, "в")).toThrow(/no topic "в"/);
});
