import { existsSync } from "node:fs";
import { counted, failedGate, loadReport, UserError } from "../../index.js";
import { checkOutputs, writeWhole } from "../../platform/outputs.js";
import type { Io } from "../io.js";
import { contextOf, startProgress } from "../progress.js";

export interface ReportCommandOptions {
	out?: string;
	baseline?: string;
	failOn?: string[];
	asOf?: string;
	sheet?: string;
	quiet?: boolean;
}

/** `talis-pd report CONFIG.yaml --out DIR`: the report is written before a gate is looked at. */
export async function reportCommand(config: string, options: ReportCommandOptions, io: Io): Promise<void> {
	const { out, quiet = false, sheet, ...overrides } = options;
	if (out === undefined) {
		throw new UserError("nothing is said of where the report goes", { hint: "add --out and a folder" });
	}
	const { buildReport } = await loadReport();
	const progress = startProgress(io, quiet);
	const context = contextOf(io, progress, { sheet });
	const { results, gates, files } = await buildReport(config, out, overrides, context).finally(() =>
		progress.done(),
	);
	if (!quiet) io.stderr.write(`wrote ${out}: ${counted(files.size, "file")}, to be read from index.html\n`);
	for (const gate of gates) {
		const failure = failedGate(results, gate);
		if (failure !== undefined) throw failure;
	}
}

/** `talis-pd report init [FILE] --data SURVEY`. */
export async function initCommand(
	file: string,
	{ data = [], codebook, quiet = false }: { data?: string[]; codebook?: string; quiet?: boolean },
	io: Io,
): Promise<void> {
	if (existsSync(file)) {
		throw new UserError("is already there", { where: { file }, hint: "name another file, or move it away" });
	}
	checkOutputs([file], codebook === undefined ? data : [...data, codebook]);
	const { configTemplate } = await loadReport();
	writeWhole(file, await configTemplate(file, { data, codebook }));
	if (!quiet) io.stderr.write(`wrote ${file}; then: talis-pd report ${file} --out report\n`);
}
