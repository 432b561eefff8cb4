import { type ConvertSpec, convert, type RunOptions, UserError } from "../../index.js";
import { conversion, legible, normalizeConvert } from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { specOf, type TypedOptions } from "../spec.js";
import { tell } from "../told.js";

/** `talis-pd convert IN OUT`: the same data in another format, whole or not at all. */
export async function convertCommand(
	from: string,
	out: string,
	options: TypedOptions,
	io: Io,
): Promise<void> {
	const { quiet = false } = options;
	const { language: _, ...asked } = specOf<ConvertSpec & { language?: string }>(options, undefined);
	// For other commands labels belong to the output.
	const spec = { ...asked, labels: options.labels };
	const { to } = normalizeConvert(out, spec);
	const seen = await watched(io, options, (run) =>
		out === "-" ? print(from, spec, run, io) : convert(from, out, { ...spec, ...run }),
	);
	if (quiet) return;
	const { lang } = options;
	if (out !== "-") {
		const named = (count: string, one: string) => `${count} ${count === "1" ? one : `${one}s`}`;
		tell(
			(number) =>
				`wrote ${legible(out)}: ${named(number(seen.rows), "row")}, ${named(number(seen.columns), "column")}`,
			lang,
			io,
		);
	}
	if (seen.hasLabels && to !== "parquet") {
		tell(`csv has no place for ${from}'s labels and missing codes; parquet keeps them`, lang, io);
	}
}

async function print(from: string, spec: ConvertSpec, run: RunOptions, io: Io) {
	const settings = normalizeConvert("-", spec);
	if (settings.to !== "csv") {
		throw new UserError(`${settings.to} is not text`, { hint: "name a file to write" });
	}
	const { parts, seen } = conversion(from, settings, run);
	for await (const part of parts) io.stdout.write(part as string);
	return seen;
}
