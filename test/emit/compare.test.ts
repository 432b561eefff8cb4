import { describe, expect, test } from "vitest";
import { compare, gaps, rates, script } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { chosenOf, expectClose, hasR, scriptsOf, TALIS_2024, withoutR } from "./support.js";

describe.skipIf(!hasR)(`R scripts of comparisons arrive at the same numbers${withoutR}`, () => {
	test("between groups, items and numbers of one sample", { timeout: 3_600_000 }, async () => {
		const questions = chosenOf({
			between: ["gender", "experience", "items"],
			items: [["focus:ict", "focus:pedagogy", "activities:network"], ["activities:courses-in-person"]],
			by: [undefined, ["novice"]],
			base: [undefined, "all"],
			adjust: ["holm", "bh", "bonferroni", "none"] as const,
			family: ["group", "item", "topic", "all"] as const,
			df: ["design", "inf", 25] as const,
			within: [undefined, 5],
		});
		const scripts = await scriptsOf(questions, (spec) =>
			script("r", [SAMPLE], (files, run) => compare(files, { suppress: "none", ...spec, ...run })),
		);
		const means = { between: "gender", variables: ["types", "TT3G11B"] };
		scripts.set("means", await script("r", [SAMPLE], (files, run) => compare(files, { ...means, ...run })));
		expect(scripts.size).toBeGreaterThan(8);
		expectClose(scripts);
	});

	test("between countries, against averages, and averages of differences", {
		timeout: 3_600_000,
	}, async () => {
		const questions = chosenOf({
			asked: [
				{ between: "country" },
				{ between: "country", reference: "average:all" },
				{ between: "country", reference: "average:oecd" },
				{ between: "country", reference: "KAZ" },
				{ between: "gender", average: "all" },
				{ between: "gender", average: "oecd" },
			],
			averageKind: ["simple", "weighted", "pooled"] as const,
			items: [["ict"]],
			df: ["design", "inf"] as const,
		});
		const scripts = await scriptsOf(questions, ({ asked, ...spec }) =>
			script("r", [TALIS_2024], (files, run) => compare(files, { ...asked, ...spec, ...run })),
		);
		expect(scripts.size).toBeGreaterThan(11);
		expectClose(scripts);
	});

	test("needs against offers, and published benchmarks", { timeout: 600_000 }, async () => {
		const of = (file: string, spec: object) =>
			script("r", [file], (files, run) => gaps(files, { ...spec, ...run }));
		const benchmark = { topics: ["focus"], benchmark: ["KAZ@2024", "oecd@2024"] };
		expectClose(
			new Map([
				["gaps", await of(SAMPLE, { by: ["gender"], total: true })],
				["participants", await of(SAMPLE, { base: "participants" })],
				["average", await of(TALIS_2024, { average: "all", items: ["ict", "ai"] })],
				["pooled", await of(TALIS_2024, { average: "all", averageKind: "pooled", items: ["ict"] })],
				[
					"part and whole",
					await script("r", [TALIS_2024], (files, run) =>
						rates(files, {
							items: ["needs:subject"],
							benchmark: ["oecd@2024", "oecd@2018"],
							average: "all",
							...run,
						}),
					),
				],
				["benchmark", await script("r", [SAMPLE], (files, run) => rates(files, { ...benchmark, ...run }))],
			]),
		);
	});
});
