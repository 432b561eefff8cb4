import * as z from "zod";
import { UserError } from "../base/errors.js";
import { once } from "../base/once.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { checked } from "./checked.js";
import { flag } from "./fields.js";
import { oneOf } from "./values.js";

/** Formats that survey files can be converted to. */
const CONVERT_FORMATS = ["csv", "csv.gz", "parquet"] as const;

/** File formats that `convert` writes. */
export type ConvertFormat = (typeof CONVERT_FORMATS)[number];

const DELIMITERS = [",", ";", "\t"] as const;

/** How a file is converted. */
export interface ConvertSpec {
	/** By default, the extension of the new file decides. */
	to?: ConvertFormat | undefined;
	/** Field separator of csv: `,` (default), `;` or a tab. */
	delimiter?: (typeof DELIMITERS)[number] | "tab" | undefined;
	/** Writes value labels instead of values to csv. */
	labels?: boolean | undefined;
}

/** The question, and options to watch and stop its run. */
export interface ConvertOptions extends ConvertSpec, RunOptions {}

export interface ConvertSettings {
	to: ConvertFormat;
	delimiter: string;
	labels: boolean;
}

const schema = once(() =>
	z.strictObject({
		to: z.enum(CONVERT_FORMATS).optional(),
		delimiter: z.string().optional(),
		labels: flag(),
	} satisfies Record<keyof ConvertSpec, z.ZodType>),
);

/**
 * @param out The file that is written; `-` is standard output.
 * @throws UserError naming the option, the value and what is meant.
 */
export function normalizeConvert(out: string, spec: ConvertSpec = {}): ConvertSettings {
	const { to = formatOf(out), delimiter, labels } = checked(schema(), spec);
	if (to === "parquet" && (labels || delimiter !== undefined)) {
		throw new UserError(
			say`${option("delimiter")} and ${option("labels")} are for csv; a Parquet file keeps values and labels`,
			{ code: "option", hint: "leave them out" },
		);
	}
	return { to, delimiter: markOf(delimiter), labels };
}

function markOf(delimiter = ","): string {
	return delimiter === "tab" || delimiter === "\\t" ? "\t" : oneOf("delimiter", delimiter, DELIMITERS);
}

/** The format a file's name ends in. */
function formatOf(out: string): ConvertFormat {
	const found = CONVERT_FORMATS.find((format) => out.toLowerCase().endsWith(`.${format}`));
	if (found !== undefined) return found;
	const [ending] = /\.[^./\\]+$/.exec(out) ?? [];
	const formats = option("to", "csv, csv.gz or parquet");
	if (ending !== undefined) {
		throw new UserError(`${out}: ${ending} files are not written`, {
			code: "option",
			hint: say`name a .csv, .csv.gz or .parquet file, or add ${formats}`,
		});
	}
	throw new UserError(`${out === "-" ? "standard output" : out} does not say which format to write`, {
		code: "option",
		hint: say`add ${formats}`,
	});
}
