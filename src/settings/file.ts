import * as z from "zod";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import type { Language } from "../wording/locale.js";
import { checked } from "./checked.js";
import { language, list, text } from "./fields.js";

/** Settings for describing one file, before any estimation. */
export interface FileSpec {
	/** Id of a shipped codebook or path of a YAML file; if absent, detected from the file. */
	codebook?: string | undefined;
	/** Of labels; English by default. */
	language?: Language | undefined;
}

/** The question, and options to watch and stop its run. */
export interface FileOptions extends FileSpec, RunOptions {}

const schema = once(() =>
	z.strictObject({ codebook: text(), language: language() } satisfies Record<keyof FileSpec, z.ZodType>),
);

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeFile(spec: FileSpec = {}): z.output<ReturnType<typeof schema>> {
	return checked(schema(), spec);
}

/** Settings for listing the columns of a file. */
export interface VariablesSpec extends FileSpec {
	/** Lists only the columns that match a name or words, in any language; replicate weights match only by name. */
	words?: string | undefined;
}

/** The question, and options to watch and stop its run. */
export interface VariablesOptions extends VariablesSpec, RunOptions {}

const variablesSchema = once(() => schema().extend({ words: z.string().default("") }));

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeVariables(spec: VariablesSpec = {}): z.output<ReturnType<typeof variablesSchema>> {
	return checked(variablesSchema(), spec);
}

/** Settings of administrative counts. */
export interface ReachSpec {
	/** `program=COLUMN`, `year=…`, `trained=…` and `eligible=…`, for columns not recognised by their names. */
	columns?: readonly string[] | undefined;
	/** Of labels and notes; English by default. */
	language?: Language | undefined;
}

/** The question, and options to watch and stop its run. */
export interface ReachOptions extends ReachSpec, RunOptions {}

const reachSchema = once(() =>
	z.strictObject({ columns: list(), language: language() } satisfies Record<keyof ReachSpec, z.ZodType>),
);

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeReach(spec: ReachSpec = {}): z.output<ReturnType<typeof reachSchema>> {
	return checked(reachSchema(), spec);
}
