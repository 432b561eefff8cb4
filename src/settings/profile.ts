import * as z from "zod";
import { once } from "../base/once.js";
import type { Language } from "../wording/locale.js";
import { checked } from "./checked.js";
import { flag, language, list, listOrAll, numeric, text } from "./fields.js";
import { cycleOf } from "./values.js";

/** Settings of country profiles. */
export interface ProfileSpec {
	/** Codes or names of countries and economies, or `all`. */
	countries: readonly string[];
	/** A year; that of the files, else the last one that is published. */
	cycle?: number | string | undefined;
	/** Topics that are shown; all that are published by default. */
	topics?: readonly string[] | undefined;
	/** Level of education, such as `isced2`; that of the files, else the survey's main one. */
	population?: string | undefined;
	/** Whose publisher: a codebook or a YAML file; the survey that ships by default. */
	codebook?: string | undefined;
	/** Numbers of the files are rounded, and more is hidden, so that nothing hidden can be worked out. */
	protect?: boolean | undefined;
	language?: Language | undefined;
}

const schema = once(() =>
	z.strictObject({
		countries: list(),
		cycle: numeric.optional().transform(cycleOf),
		topics: listOrAll(),
		population: text(),
		codebook: text(),
		protect: flag(),
		language: language(),
	} satisfies Record<keyof ProfileSpec, z.ZodType>),
);

export interface ProfileSettings {
	countries: readonly string[];
	/** Null: the files' own, or the last one. */
	cycle: number | null;
	topics: readonly string[];
	population: string | null;
	codebook: string | null;
	protect: boolean;
	language: Language;
}

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeProfile(spec: ProfileSpec): ProfileSettings {
	return checked(schema(), spec);
}
