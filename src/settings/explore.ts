import * as z from "zod";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import type { Language } from "../wording/locale.js";
import { checked } from "./checked.js";
import { flag, language, list, text } from "./fields.js";

/** Settings of a page to explore. */
export interface ExploreSpec {
	/** A shipped codebook or a YAML file: of the survey files, and of the publisher whose estimates stand beside them. */
	codebook?: string | undefined;
	/** Groups that survey files are asked for; by default gender, or else the first group that the codebook and the file have. */
	by?: readonly string[] | undefined;
	/** Without the published estimates. */
	onlyOwn?: boolean | undefined;
	/** Numbers of survey files are rounded, and more is hidden, so that nothing hidden can be worked out. */
	protect?: boolean | undefined;
	/** The page opens in it, and has all; English by default. */
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
