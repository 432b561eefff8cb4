import * as z from "zod";
import { RESULT_KINDS, RESULTS_SCHEMA, STATUSES } from "../../results/result-set.js";
import { ADJUSTMENTS, AVERAGE_KINDS, FAMILIES } from "../../settings/rates.js";
import { SYNTHESIS_METHODS, SYNTHESIS_TESTS } from "../../settings/synthesis.js";
import { savedTables } from "./saved-tables.js";

const text = z.string().optional();
const number = z.number().nullable().optional();
const texts = z.array(z.string()).optional();
const some = <T extends z.ZodType>(one: T) => z.array(one).nullable().optional();
const list = some(z.string());
const word = z.string().nullable().optional();
const named = z.record(z.string(), z.string());

/** Fields that identify a row. */
const subject = {
	topic: z.string(),
	item: z.string(),
	variable: z.string().nullable().optional(),
	label: text,
	group: named,
	base: z.string(),
	statistic: z
		.string()
		.regex(/^(percent|mean|count|sd|ratio|q\d+(\.\d+)?)$/, "is no statistic of this version"),
};
const status = z.enum(STATUSES);

/** Bounds of percentages; sums of weights may exceed them in the last digits. */
const inRange = ({ statistic, estimate }: { statistic: string; estimate: number | null }) =>
	statistic !== "percent" || estimate === null || (estimate > -1e-6 && estimate < 100 + 1e-6);

const estimateFields = z.looseObject({
	...subject,
	estimate: z.number().nullable(),
	se: z.number().nonnegative().nullable(),
	status,
	...{ ciLow: number, ciHigh: number, ciMethod: z.string().nullable().optional(), df: number, n: number },
	...{ schools: number, weightedN: number, coverage: number, deff: number, cv: number, nEff: number },
	...{ change: z.number().optional(), since: text, flag: text },
});

const estimate = estimateFields.refine(inRange, {
	path: ["estimate"],
	message: "a percentage is within 0 and 100",
});

const side = z.looseObject({ estimate: z.number().nullable(), se: z.number().nullable(), n: number });

const comparison = z.looseObject({
	...subject,
	between: z.looseObject({ variable: z.string(), a: z.string(), b: z.string() }),
	kind: z.enum(["same-sample", "independent", "part-whole", "same-data"]).optional(),
	a: side,
	b: side,
	difference: z.number().nullable(),
	se: z.number().nullable(),
	status,
	...{ ciLow: number, ciHigh: number, t: number, df: number, p: number, pAdjusted: number },
});

const labels = z.looseObject({
	topics: z.record(z.string(), z.looseObject({ label: z.string(), title: z.string() })),
	bases: named,
	groups: z.record(z.string(), z.looseObject({ label: z.string(), values: named })),
	grids: z
		.record(
			z.string(),
			z.looseObject({ label: z.string(), title: z.string(), base: z.string(), topics: named }),
		)
		.optional(),
});

/** Settings that are read back; all others are kept unchanged. */
const settings = z.looseObject({
	...{ command: text, lang: text, ci: text },
	adjust: z.enum(ADJUSTMENTS).optional(),
	family: z.enum(FAMILIES).optional(),
	averageKind: z.enum(AVERAGE_KINDS).optional(),
	level: z.number().gt(0).lt(1).nullable().optional(),
	cycle: z.union([z.number(), z.string()]).nullable().optional(),
	...{ by: texts, populations: texts, topics: list, items: list, where: list, pool: list, yes: list },
	...{ define: list, extras: list, variables: list, outcomes: list, models: list, ratios: list },
	...{ allowMismatch: list, quantiles: some(z.number()), cycles: some(z.number()) },
	average: z
		.union([z.string(), z.array(z.string())])
		.nullable()
		.optional(),
	missing: z.record(z.string(), z.array(z.string())).optional(),
	synthesis: z
		.looseObject({
			method: z.enum(SYNTHESIS_METHODS),
			test: z.enum(SYNTHESIS_TESTS),
			excludeCaution: z.boolean(),
			moderator: z.string().nullable(),
		})
		.nullable()
		.optional(),
	protection: z
		.looseObject({ decimals: z.number().int().min(0).max(2), fewest: z.number().min(0).optional() })
		.optional(),
	...{ base: word, codebook: word, reference: word, test: word, suppress: word, modelFamily: word },
	benchmark: some(z.looseObject({ system: z.string(), cycle: z.union([z.number(), z.string()]) })),
	scales: some(z.array(z.string())),
	references: some(z.looseObject({ variable: z.string(), level: z.string() })),
	at: some(z.array(z.looseObject({ variable: z.string(), value: z.string() }))),
	gaps: z.looseObject({ needs: text, offer: text }).optional(),
});

/** A result file: required fields, and types of the optional ones. Unknown fields are kept. */
export const savedSchema = z.looseObject({
	schema: z.literal(RESULTS_SCHEMA),
	kind: z.enum(RESULT_KINDS).optional(),
	tool: z.looseObject({ version: text }).optional(),
	source: z
		.array(z.looseObject({ file: z.string(), format: text, sha256: text, rows: z.number().optional() }))
		.optional(),
	codebook: z.looseObject({ id: text, version: text, title: text, rules: text }).optional(),
	design: z
		.looseObject({
			...{ weight: z.string().nullable().optional(), method: text, replicates: z.number().optional() },
			...{ fay: z.number().optional(), scale: z.number().optional(), centre: text },
		})
		.optional(),
	counted: z
		.looseObject({ used: z.number().optional(), missing: z.record(z.string(), z.array(z.string())) })
		.optional(),
	settings: settings.optional(),
	labels: labels.optional(),
	estimates: z.array(estimate),
	comparisons: z.array(comparison).optional(),
	...savedTables,
	notes: z
		.array(
			z.looseObject({
				code: z.string(),
				text: z.string(),
				group: named.optional(),
				detail: z.record(z.string(), z.unknown()).optional(),
			}),
		)
		.optional(),
});
