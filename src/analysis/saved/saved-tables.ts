import * as z from "zod";
import { SYNTHESIS_METHODS, SYNTHESIS_TESTS } from "../../settings/synthesis.js";

const text = z.string().optional();
const word = z.string().nullable().optional();
const number = z.number().nullable().optional();
const named = z.record(z.string(), z.string());
const interval = { estimate: number, se: number, ciLow: number, ciHigh: number };
const parts = z.looseObject(interval).nullable().optional();

const outcome = z.looseObject({
	...{ topic: word, variable: word, label: text, statistic: text },
	item: z.string(),
});
const about = { group: named, n: number, schools: number, df: number, flag: text };

const coefficient = z.looseObject({
	term: z.string(),
	...{ variable: word, level: word, label: text, status: text },
	...{ ...interval, t: number, df: number, p: number, oddsRatio: parts, ame: parts },
});

const model = z.looseObject({
	...{ name: text, outcome, family: z.enum(["linear", "logistic"]), base: z.string(), ...about },
	...{ rSquared: parts, nagelkerke: parts, tjur: parts, status: z.string() },
	coefficients: z.array(coefficient),
	references: z.array(z.looseObject({ term: z.string(), label: text })).optional(),
	tests: z
		.array(z.looseObject({ term: z.string(), F: number, df1: number, df2: number, p: number }))
		.optional(),
	predictions: z
		.array(z.looseObject({ at: z.record(z.string(), z.union([z.string(), z.number()])), ...interval }))
		.optional(),
});

const relation = z.looseObject({
	...{ a: outcome, b: outcome, method: z.enum(["pearson", "spearman"]), ...about },
	...{ ...interval, p: number, status: z.string() },
});

const alpha = z.looseObject({
	columns: z.array(z.string()),
	...{ ...about, estimate: number, se: number, status: z.string() },
});

const between = z.looseObject({ variable: z.string(), a: z.string(), b: z.string() });

const subject = z.looseObject({
	kind: z.enum(["estimate", "comparison", "coefficient"]),
	...{ topic: word, item: z.string(), variable: word, label: text, group: named, base: z.string() },
	...{ statistic: text, between: between.optional(), model: text, family: text, term: text, termLabel: text },
});

const synthesis = z.looseObject({
	...{ of: subject, k: z.number(), members: z.array(z.string()) },
	excluded: z.array(z.looseObject({ system: z.string(), why: z.string() })),
	method: z.enum(SYNTHESIS_METHODS),
	test: z.enum(SYNTHESIS_TESTS),
	scale: z.enum(["own", "logit"]),
	...{ ...interval, p: number, tau2: number, i2: number, h2: number, q: number, qDf: number, qP: number },
	...{ piLow: number, piHigh: number },
	leaveOneOut: z
		.looseObject({ min: number, max: number, minLeaves: text, maxLeaves: text })
		.nullable()
		.optional(),
	moderator: z.looseObject({ variable: z.string(), level: z.string() }).optional(),
	figures: z.array(z.looseObject({ ...interval, weight: number, without: parts, flag: text })).optional(),
});

/** Tables other than estimates and comparisons: required fields of each row, and types of the rest. */
export const savedTables = {
	models: z.array(model).optional(),
	relations: z.array(relation).optional(),
	alphas: z.array(alpha).optional(),
	syntheses: z.array(synthesis).optional(),
	moderatorTests: z
		.array(z.looseObject({ of: subject, variable: z.string(), q: number, df: number, p: number }))
		.optional(),
	tests: z
		.array(
			z.looseObject({
				...{ topic: word, item: z.string(), group: named, base: text, between: text, method: text },
				...{ F: number, df1: number, df2: number, p: number, pAdjusted: number, n: number },
			}),
		)
		.optional(),
	covariances: z
		.array(
			z.looseObject({
				...{ topic: z.string(), item: z.string(), group: named },
				answers: z.array(z.string()),
				matrix: z.array(z.array(z.number().nullable())),
			}),
		)
		.optional(),
};
