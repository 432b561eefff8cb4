import * as z from "zod";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import type { Language } from "../wording/locale.js";
import { checked } from "./checked.js";
import { flag, language, list, text } from "./fields.js";

/** Settings of a page to explore. */
export interface ExploreSpec {
	/**
	 * Codebook of the survey files, and of the publisher whose estimates stand beside them: a shipped id or a YAML file.
	 */
	codebook?: string | undefined;
	/** Breakdowns of survey files; by default gender, or else the first breakdown that codebook and file share. */
	by?: readonly string[] | undefined;
	/** Leaves out the published estimates. */
	onlyOwn?: boolean | undefined;
	/** Rounds the numbers of survey files and hides more of them, so that no hidden number can be derived. */
	protect?: boolean | undefined;
	/** Language in which the page opens; it contains all of them. English by default. */
	language?: Language | undefined;
}

/** The question, and options to watch and stop its run. */
export interface ExploreOptions extends ExploreSpec, RunOptions {}

const schema = once(() =>
	z.strictObject({
		...{ codebook: text(), by: list(), onlyOwn: flag(), protect: flag(), language: language() },
	} satisfies Record<keyof ExploreSpec, z.ZodType>),
);

export type ExploreSettings = z.output<ReturnType<typeof schema>>;

/** @throws UserError naming the option, the value and what is meant. */
export function normalizeExplore(spec: ExploreSpec = {}): ExploreSettings {
	return checked(schema(), spec);
}
