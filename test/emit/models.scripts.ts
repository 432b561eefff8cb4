import { join } from "node:path";
import { expect } from "vitest";
import { compare, means, model, rates, relate, script } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";
import { root } from "../support/golden.js";
import { isLong } from "../support/long.js";
import { chosenOf, recompute, scriptsOf, TALIS_2024 } from "./support.js";

const NATIONAL = join(root, "data/samples/synthetic-national-pd-survey.csv");

/** So many fit into the time of the suite; `npm run check:long` runs all. */
const FIRST = 3;

const modelScript =
	(file: string) =>
	(spec: Parameters<typeof model>[1]): Promise<string> =>
		script("r", [file], (files, run) => model(files, { ...spec, ...run }));

recompute(
	"linear and logistic models, factors, interactions, effects, predictions, linearised too",
	async () => {
		const all = chosenOf({
			outcomes: [["types"], ["activities:network"]],
			predict: ["gender * TT3G02, experience", "TT3G02, activities:courses-online"],
			effects: [false, true],
			by: [[], ["novice"]],
			base: [undefined, "participants"],
			df: ["design", "inf", 40] as const,
			family: ["auto", "linear"] as const,
		});
		const questions = isLong ? all : all.slice(0, FIRST);
		const scripts = await scriptsOf(questions, modelScript(SAMPLE));
		scripts.set(
			"at",
			await modelScript(SAMPLE)({
				outcomes: ["activities:network", "types"],
				predict: "gender, TT3G02",
				at: ["gender=male", "TT3G02=30"],
			}),
		);
		scripts.set(
			"linearised",
			await modelScript(NATIONAL)({
				outcomes: ["types", "any"],
				predict: "gender, locality",
				effects: true,
			}),
		);
		expect(scripts.size).toBeGreaterThan(FIRST);
		return scripts;
	},
);

recompute("standardized coefficients, systems that weigh alike, and moderators", async () => {
	const pooled = {
		predict: "gender, number(T4TNSCH)",
		pool: ["country", "population"],
		equalSystems: true,
	};
	const scripts = new Map([
		[
			"standardized",
			await modelScript(SAMPLE)({
				...{ outcomes: ["types", "activities:network"], predict: "gender * TT3G02", standardize: true },
			}),
		],
		[
			"standardized, linearised",
			await modelScript(NATIONAL)({
				...{ outcomes: ["types"], predict: "locality * number(Q03)", standardize: true },
			}),
		],
		["systems alike", await modelScript(TALIS_2024)({ outcomes: ["types", "activities:any"], ...pooled })],
		[
			"moderator of percentages",
			await script("r", [TALIS_2024], (files, run) =>
				rates(files, { items: ["needs:ict"], synthesis: "reml", moderator: "oecd", ...run }),
			),
		],
	]);
	if (isLong) {
		const named = ["small: gender", "large: gender, experience, activities:courses-online"];
		scripts.set("models by name", await modelScript(SAMPLE)({ outcomes: ["types"], models: named }));
		const variables = ["types", "number(Q03)"];
		scripts.set(
			"linearised",
			await script("r", [NATIONAL], (files, run) => relate(files, { variables, ...run })),
		);
		const spec = { outcomes: ["types"], predict: "gender", synthesis: "dl" as const, moderator: "oecd" };
		scripts.set("moderator of coefficients", await modelScript(TALIS_2024)(spec));
	}
	return scripts;
});

recompute("correlations by values and ranks, reliability, joint tests, syntheses", async () => {
	const of = (file: string, ask: Parameters<typeof script>[2]) => script("r", [file], ask);
	const pairs = { variables: ["types", "TT3G02", "activities:network"] };
	const joint = { between: "experience", items: ["focus:ict", "activities:types"] };
	const scripts = new Map([
		["pearson", await of(SAMPLE, (files, run) => relate(files, { ...pairs, by: ["gender"], ...run }))],
		["spearman", await of(SAMPLE, (files, run) => relate(files, { ...pairs, rank: true, ...run }))],
		[
			"alpha",
			await of(SAMPLE, (files, run) => relate(files, { alpha: ["TT3G22A,TT3G22B,-TT3G22C"], ...run })),
		],
		["rao-scott", await of(SAMPLE, (files, run) => compare(files, { ...joint, test: "joint", ...run }))],
		["wald", await of(SAMPLE, (files, run) => compare(files, { ...joint, test: "wald", ...run }))],
		["adj-wald", await of(SAMPLE, (files, run) => compare(files, { ...joint, test: "adj-wald", ...run }))],
		[
			"joint, linearised",
			await of(NATIONAL, (files, run) => compare(files, { between: "locality", test: "joint", ...run })),
		],
		[
			"synthesis of percentages",
			await of(TALIS_2024, (files, run) =>
				rates(files, { items: ["needs:ict"], synthesis: "reml", synthesisTest: "hartung-knapp", ...run }),
			),
		],
		[
			"synthesis of means",
			await of(TALIS_2024, (files, run) => means(files, { variables: ["types"], synthesis: "dl", ...run })),
		],
		[
			"synthesis of differences",
			await of(TALIS_2024, (files, run) =>
				compare(files, { between: "gender", items: ["needs:ict"], synthesis: "fixed", ...run }),
			),
		],
		[
			"synthesis of coefficients",
			await of(TALIS_2024, (files, run) =>
				model(files, { outcomes: ["types"], predict: "gender", synthesis: "reml", ...run }),
			),
		],
	]);
	return scripts;
});
