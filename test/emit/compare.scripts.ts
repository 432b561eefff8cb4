import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { compare, gaps, published, type ResultSet, rates, render, script } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { chosenOf, recompute, scriptsOf, TALIS_2024 } from "./support.js";

recompute("between groups, items and numbers of one sample", async () => {
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
	return scripts;
});

recompute("between countries, against averages, and averages of differences", async () => {
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
	return scripts;
});

recompute(
	"cycles, and saved results: of countries, against their average, with the other cycle's file",
	async () => {
		const folder = mkdtempSync(join(tmpdir(), "talis-pd-saved-"));
		const save = async (name: string, results: ResultSet) => {
			const file = join(folder, `${name}.json`);
			writeFileSync(file, await render(results, { format: "json" }));
			return file;
		};
		const items = ["needs:subject", "needs:ict"];
		const later = await save("later", await rates([TALIS_2024], { items }));
		const known = await save("published", published({ countries: ["KAZ", "FIN"], cycle: 2018 }));
		const of = (files: string[], spec: object) =>
			script("r", files, (names, run) => compare(names, { ...spec, ...run }));
		return new Map([
			[
				"files",
				await of([TALIS_2024, SAMPLE], {
					...{ between: "cycle", items: ["focus:curriculum", ...items], by: ["gender"], average: ["KAZ"] },
					...{ within: 5, df: 40 },
				}),
			],
			["saved", await of([later, SAMPLE], { between: "cycle", items })],
			["published", await of([known, TALIS_2024], { between: "cycle", topics: ["needs"], synthesis: "dl" })],
			["countries", await of([later], { between: "country" })],
			["average", await of([later], { between: "country", reference: "average:all" })],
		]);
	},
);

recompute("needs against offers, and published benchmarks", async () => {
	const of = (file: string, spec: object) =>
		script("r", [file], (files, run) => gaps(files, { ...spec, ...run }));
	const benchmark = { topics: ["focus"], benchmark: ["KAZ@2024", "oecd@2024"] };
	return new Map([
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
	]);
});
