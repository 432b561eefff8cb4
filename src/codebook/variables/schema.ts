import * as z from "zod";
import { invarianceSchema, keySchema, NO_ANSWERS, textSchema } from "../definition/schema.js";

/** What a column holds. */
const KINDS = [
	"id",
	"weight",
	"replicate",
	/** Codes without an order, … */
	"nominal",
	/** … and with one. */
	"ordinal",
	/** A count, years, hours, a percentage. */
	"number",
	/** A score made of several items. */
	"scale",
	/** Neither codes nor a number: dates, versions, words. */
	"text",
] as const;

const column = z.strictObject({
	kind: z.enum(KINDS),
	/** Of replicates: PREFIX1 … PREFIXn, where the column is PREFIX. */
	count: z.number().int().min(2).max(10_000).optional(),
	/** The question that the column is an item of; its text stands before the label. */
	question: keySchema.optional(),
	label: textSchema,
	/** Set of valid codes; where it is absent, any number within the bounds is valid. */
	answers: keySchema.optional(),
	/** Set of codes that are not answers. */
	missing: keySchema.optional(),
	/** Bounds that no value can leave, inclusive. */
	from: z.number().optional(),
	to: z.number().optional(),
	/** Level of invariance between countries, where the publisher says one. */
	invariance: invarianceSchema.optional(),
	/** Forms of the questionnaire that have the question; all where absent. */
	forms: z.array(z.string()).min(1).optional(),
	/** The forms were not seen, but inferred. */
	formsInferred: z.literal(true).optional(),
	/** Levels of education that have the question; all where absent. */
	populations: z.array(z.string()).min(1).optional(),
	/** How sure it is that the column is what is said here, where no document of the publisher says so. */
	confidence: z.enum(["medium", "low"]).optional(),
});

/** The columns of one file of a survey. */
export const variablesSchema = z.strictObject({
	id: keySchema,
	/** The codebook that the file is read by. */
	codebook: keySchema,
	questionnaire: z.enum(["teacher", "principal"]),
	missing: z.record(keySchema, z.record(z.string(), z.enum(NO_ANSWERS))),
	answers: z.record(keySchema, z.record(z.string(), textSchema)),
	questions: z.record(keySchema, textSchema),
	columns: z.record(z.string(), column),
});

export type VariablesFile = z.output<typeof variablesSchema>;
export type VariableKind = (typeof KINDS)[number];
export type Questionnaire = VariablesFile["questionnaire"];
