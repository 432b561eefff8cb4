import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, model, type RatesSpec, rates, samplePath, UserError } from "../../src/index.js";
import { hasNoisy, noisyFile, ofNoisy } from "../support/golden.js";

const only = async (spec: RatesSpec) => (await rates([samplePath()], spec)).estimates;

describe("concepts of one's own", () => {
	test("any of all activities is the codebook's own row", async () => {
		const keys = [
			...["courses-in-person", "courses-online", "conferences", "qualification-programme", "school-visits"],
			...["business-visits", "peer-coaching", "network", "professional-literature", "other"],
		];
		const estimates = await only({
			define: [`anything = any(${keys.join(", ")})`, "too = types >= 1"],
			items: ["activities:any", "anything", "too"],
		});
		const [own, ...defined] = estimates;
		expect(defined.map(({ item }) => item)).toEqual(["anything", "too"]);
		for (const { estimate, se, n, base } of defined) {
			expect([estimate, se, n, base]).toEqual([own?.estimate, own?.se, own?.n, own?.base]);
		}
	});

	test("words and lists say the same, and not is the rest", async () => {
		const estimates = await only({
			define: [
				"both = peer-coaching and network",
				"all-of = all(peer-coaching, network)",
				"two = count(peer-coaching, network) = 2",
				"neither = not (peer-coaching or network)",
				"some = any(peer-coaching, network)",
			],
			items: ["both", "all-of", "two", "neither", "some"],
		});
		const of = (item: string) => estimates.find((row) => row.item === item);
		expect(of("all-of")?.estimate).toBe(of("both")?.estimate);
		expect(of("two")?.estimate).toBe(of("both")?.estimate);
		expect((of("neither")?.estimate as number) + (of("some")?.estimate as number)).toBeCloseTo(100, 9);
		expect(of("neither")?.n).toBe(of("some")?.n);
	});

	test("its base is the narrowest of its parts'", async () => {
		const estimates = await only({
			define: ["taught = peer-coaching and focus:ict"],
			items: ["taught", "focus:ict"],
		});
		expect(estimates.map(({ base }) => base)).toEqual(["participants", "participants"]);
	});

	test("of teachers who were administered all of its parts", async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-define-"));
		const lines = readFileSync(samplePath(), "utf8").split("\n");
		const place = (lines[0] as string).split(",").indexOf("TT3G23E");
		// As where a country has left a question out: every other teacher was not asked it.
		const cut = lines.map((line, row) =>
			row % 2 === 1 && line !== "" ? line.split(",").with(place, "8").join(",") : line,
		);
		const file = join(folder, "teachers.csv");
		writeFileSync(file, cut.join("\n"));
		const define = ["unmet = needs:ict and not focus:ict", "either = needs:ict or focus:ict"];
		const { estimates } = await rates([file], { define, items: ["focus:ict", "unmet", "either"] });
		const [offer, ...own] = estimates.map(({ n }) => n as number);
		for (const n of [offer, ...own]) {
			expect(n).toBeGreaterThan(30);
			expect(n).toBeLessThanOrEqual(lines.length / 2);
		}
	});

	test("as a group, a condition, an outcome and a predictor", async () => {
		const define = ["with-others = any(peer-coaching, network)", "phase = band(TT3G11B: -5, 6-10, 11-)"];
		const asked = await only({ define, items: ["courses-online"], by: ["with-others"] });
		expect(asked.map(({ group }) => group["with-others"])).toEqual(["yes", "no"]);
		const [kept] = await only({ define, items: ["courses-online"], where: ["with-others=yes"] });
		expect(kept?.estimate).toBe(asked[0]?.estimate);
		const { models = [] } = await model([samplePath()], {
			...{ define, outcomes: ["with-others"], predict: "phase" },
		});
		expect(models[0]?.coefficients.map(({ term }) => term)).toEqual([
			...["(intercept)", "phase=6-10", "phase=11-plus"],
		]);
		const other = await model([samplePath()], { define, outcomes: ["types"], predict: "with-others" });
		expect(other.models?.[0]?.coefficients).toHaveLength(2);
	});

	test("bands of a column are those of the codebook's group; recoded codes go together", async () => {
		const own = await only({
			define: ["phase = band(TT3G11B: 0-5, 6-10, 11-)", "early = recode(TT3G11B: 0-5=new, 6-60=old)"],
			...{ items: ["peer-coaching"], by: ["phase"] },
		});
		const known = await only({ items: ["peer-coaching"], by: ["experience"] });
		expect(own.map(({ estimate, se, n }) => [estimate, se, n])).toEqual(
			known.map(({ estimate, se, n }) => [estimate, se, n]),
		);
	});

	test("side by side with an item, replicate by replicate", async () => {
		const { comparisons } = await compare([samplePath()], {
			...{ define: ["with-others = any(peer-coaching, network)"], between: "items" },
			items: ["with-others", "courses-online"],
		});
		expect(comparisons).toHaveLength(1);
		expect(comparisons[0]?.kind).toBe("same-sample");
	});

	test.each([
		[["peer-coaching = any(network)"], /is the name of something/],
		[["x = any(nonsense, network)"], /"nonsense", which is not an item/],
		[["x = any(network"], /breaks off/],
		[["x = network network"], /not expected/],
		[["x ="], /not a definition/],
		[["x = types"], /is a number/],
		[["x = count(network, peer-coaching)"], /compared with a number/],
		[["x = band(TT3G11B: 5-2)"], /ends before it begins/],
		[["x = band(NONE: 1-2)", "by"], /needs the column NONE|not a definition/],
	])("%o is refused", async (define, message) => {
		const refused = rates([samplePath()], {
			define,
			by: ["x"],
			...(define.length > 1 ? { items: ["any"] } : {}),
		});
		await expect(refused).rejects.toThrow(UserError);
		await expect(refused).rejects.toThrow(message);
	});
});

test.skipIf(!hasNoisy)(
	ofNoisy("joint shares of need and participation: four profiles of all who answered both"),
	async () => {
		const profiles = ["met", "unmet", "offered", "neither"];
		const { estimates } = await rates([noisyFile], {
			define: [
				"met = needs:ict and focus:ict",
				"unmet = needs:ict and not focus:ict",
				"offered = focus:ict and not needs:ict",
				"neither = not needs:ict and not focus:ict",
				"answered = (needs:ict or not needs:ict) and (focus:ict or not focus:ict)",
			],
			...{ items: [...profiles, "answered"], pool: ["population"], base: "all", suppress: "none" },
		});
		for (const country of ["FRA", "ITA", "MEX"]) {
			const of = (item: string) =>
				estimates.find((row) => row.item === item && row.group.country === country);
			const weightOf = (item: string) =>
				((of(item)?.estimate as number) / 100) * (of(item)?.weightedN as number);
			const sum = profiles.reduce((all, item) => all + weightOf(item), 0);
			expect(Math.abs(sum / weightOf("answered") - 1)).toBeLessThan(1e-12);
			// One no decides whatever else is missing, so more teachers have a profile than answered both.
			expect(of("met")?.n).toBeGreaterThanOrEqual(of("answered")?.n as number);
		}
	},
);
