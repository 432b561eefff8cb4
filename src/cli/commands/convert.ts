import { extname } from "node:path";
import { counted, loadConvert, oneOf, UserError } from "../../index.js";
import { checkOutputs, writePieces } from "../../platform/outputs.js";
import type { Io } from "../io.js";
import { startProgress } from "../progress.js";

export interface ConvertCommandOptions {
	to?: string;
	delimiter?: string;
	labels?: boolean;
	sheet?: string;
	quiet?: boolean;
}

/** `talis-pd convert IN OUT`: the same data in another format, whole or not at all. */
export async function convertCommand(
	from: string,
	out: string,
	options: ConvertCommandOptions,
	io: Io,
): Promise<void> {
	const { CONVERT_FORMATS, convert, convertFormatOf } = await loadConvert();
	const to = oneOf("to", options.to ?? convertFormatOf(out) ?? noFormat(out), CONVERT_FORMATS);
	const { labels = false, quiet = false } = options;
	if (to === "parquet" && (labels || options.delimiter !== undefined)) {
		throw new UserError("--delimiter and --labels are for csv; a Parquet file keeps values and labels", {
			hint: "leave them away",
		});
	}
	if (out !== "-") checkOutputs([out], [from]);
	else if (to !== "csv") throw new UserError(`${to} is not text`, { hint: "name a file to write" });
	const progress = startProgress(io, quiet);
	const { report } = progress;
	const { sheet } = options;
	const { parts, seen } = convert(
		from,
		{ to, labels, delimiter: delimiterOf(options.delimiter) },
		{
			stdin: io.stdin,
			...(report && { progress: (read, size) => report(from, read, size) }),
			...(sheet !== undefined && { sheet }),
		},
	);
	try {
		if (out !== "-") await writePieces(out, parts);
		else for await (const part of parts) io.stdout.write(part as string);
	} finally {
		progress.done();
	}
	if (quiet) return;
	if (out !== "-")
		io.stderr.write(`wrote ${out}: ${counted(seen.rows, "row")}, ${counted(seen.columns, "column")}\n`);
	if (seen.hasLabels && to !== "parquet") {
		io.stderr.write(`csv has no place for ${from}'s labels and missing codes; parquet keeps them\n`);
	}
}

function noFormat(out: string): never {
	const ending = extname(out);
	if (ending !== "") {
		throw new UserError(`${out}: ${ending} files are not written`, {
			hint: "name a .csv, .csv.gz or .parquet file, or add --to csv, csv.gz or parquet",
		});
	}
	throw new UserError(`${out === "-" ? "standard output" : out} does not say which format to write`, {
		hint: "add --to csv, csv.gz or parquet",
	});
}

function delimiterOf(mark = ","): string {
	if (mark === "tab" || mark === "\\t") return "\t";
	return oneOf("delimiter", mark, [",", ";", "\t"]);
}
