import {
	type AnalysisContext,
	codebookText,
	counted,
	listCodebooks,
	loadLocale,
	loadOwn,
	renderCodebookCheck,
	renderCodebookList,
	UserError,
	worded,
} from "../../index.js";
import { checkOutputs, writeWhole } from "../../platform/outputs.js";
import type { Io } from "../io.js";
import { contextOf, startProgress } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";

export interface CodebookOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	out?: string;
	sheet?: string;
	strict?: boolean;
	quiet?: boolean;
}

/** `talis-pd codebook init FILE`. */
export async function initCommand(file: string, options: CodebookOptions, io: Io): Promise<void> {
	const { out, quiet = false } = options;
	if (out !== undefined) checkOutputs([out], [file]);
	const { draft } = await loadOwn();
	const drafted = await withProgress(io, options, (context) => draft(file, context));
	if (out === undefined) io.stdout.write(drafted.text);
	else writeWhole(out, drafted.text);
	if (quiet) return;
	const { items, topics, groups, weighted, design } = drafted;
	const weights = weighted ? `design ${design}` : "no weights, so every row counts as one";
	io.stderr.write(
		`${out === undefined ? "drafted" : `wrote ${out}`}: ${counted(items, "item")} in ${counted(topics, "topic")}, ${counted(groups, "group")}, ${weights}; read its comments and decide\n`,
	);
}

/**
 * `talis-pd codebook check FILE --codebook CODEBOOK`.
 * @throws UserError with exit code 3 where the two do not fit.
 */
export async function checkCommand(file: string, options: CodebookOptions, io: Io): Promise<void> {
	const { codebook, strict = false } = options;
	if (codebook === undefined) {
		throw new UserError("no codebook is named", { hint: "add --codebook with a shipped id or a YAML file" });
	}
	const { format, language } = shownAs(options, io);
	const { check } = await loadOwn();
	const found = await withProgress(io, options, (context) => check(file, codebook, { language }, context));
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ ...found, findings: worded(found.findings, loadLocale(language)) }, null, 2)}\n`
			: renderCodebookCheck(found, viewOf(language, io)),
	);
	const {
		errors,
		warnings,
		codebook: { id },
	} = found;
	const failures = errors + (strict ? warnings : 0);
	if (failures > 0) {
		throw new UserError(`${id} does not fit: ${counted(failures, "point")}`, {
			where: { file: found.file },
			exitCode: 3,
			hint: "correct the codebook or the file",
		});
	}
}

/** `talis-pd codebook show ID`. */
export function showCommand(id: string, _: CodebookOptions, io: Io): void {
	io.stdout.write(codebookText(id));
}

/** `talis-pd codebook list`. */
export function listCommand(options: CodebookOptions, io: Io): void {
	const { format, language } = shownAs(options, io);
	const list = listCodebooks(language);
	io.stdout.write(
		format === "json" ? `${JSON.stringify(list, null, 2)}\n` : renderCodebookList(list, viewOf(language, io)),
	);
}

/** Runs what reads a file and shows how far it is. */
export function withProgress<T>(
	io: Io,
	options: { quiet?: boolean; sheet?: string },
	run: (context: AnalysisContext) => Promise<T>,
): Promise<T> {
	const progress = startProgress(io, options.quiet ?? false);
	return run(contextOf(io, progress, options)).finally(() => progress.done());
}
