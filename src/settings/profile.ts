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
	/** A year; by default that of the files, or else the last published cycle. */
	cycle?: number | string | undefined;
	/** Topics to show; by default all that are published. */
	topics?: readonly string[] | undefined;
	/** Level of education, such as `isced2`; by default that of the files, or else the survey's main one. */
	population?: string | undefined;
	/** Codebook that names the publisher: an id or a YAML file; by default the shipped survey's. */
	codebook?: string | undefined;
	/** Rounds the numbers of the files and hides more of them, so that no hidden number can be derived. */
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
	/** Null: the cycle of the files, or the last published one. */
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
