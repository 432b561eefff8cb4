import { codebooks, UserError } from "../../index.js";
import {
	counted,
	framed,
	legible,
	loadLocale,
	option,
	renderCodebookCheck,
	renderCodebookList,
	say,
	sentencesIn,
	worded,
} from "../../internal.js";
import { checkOutputs, writeWhole } from "../../platform/outputs.js";
import { isThere, readText } from "../../platform/small-files.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";
import { tellLine } from "../told.js";

export interface CodebookOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	out?: string;
	sheet?: string;
	encoding?: string;
	strict?: boolean;
	quiet?: boolean;
}

/** `talis-pd codebook init FILE`. */
export async function codebookInitCommand(file: string, options: CodebookOptions, io: Io): Promise<void> {
	const { out, quiet = false } = options;
	if (out !== undefined) {
		checkOutputs([out], [file]);
		rejectCodebook(out);
	}
	const { language } = shownAs(options, io);
	const drafted = await watched(io, options, (run) => codebooks.draft(file, { language, ...run }));
	if (out === undefined) io.stdout.write(drafted.text);
	else writeWhole(out, drafted.text);
	if (quiet) return;
	const { items, topics, groups, weighted, design, decisions, questions, leftOut, remarks } = drafted;
	const locale = loadLocale(language);
	for (const remark of remarks) tellLine(locale.text(`note.${remark.code}`, { file, ...remark }), io);
	const translate = sentencesIn("drafts", language);
	const tell = (frame: string, texts: readonly string[]) => {
		for (const text of texts) tellLine(framed(translate, frame, text), io);
	};
	tell("to decide: {what}", questions);
	tell("decided: {what}", decisions);
	tell("left out: {what}", leftOut);
	const weights = weighted ? `design ${design}` : "no weights, so every row counts as one";
	const start = out === undefined ? "drafted" : `wrote ${legible(out)}`;
	const made = `${counted(items, "item")} in ${counted(topics, "topic")}, ${counted(groups, "group")}, ${weights}`;
	tellLine(translate(`${start}: ${made}; read its comments and decide`), io);
}

/** @throws UserError rather than overwrite a codebook, which may hold manual decisions. */
function rejectCodebook(out: string): void {
	if (!isThere(out) || !/^(?:topics|design|extends):/m.test(readText(out))) return;
	throw new UserError("is a codebook already, and overwriting it would lose its decisions", {
		where: { file: out },
		hint: "name another file, or move it away",
	});
}

/**
 * `talis-pd codebook check FILE --codebook CODEBOOK`.
 * @throws UserError with exit code 3 if the two do not match.
 */
export async function checkCommand(file: string, options: CodebookOptions, io: Io): Promise<void> {
	const { codebook, strict = false } = options;
	if (codebook === undefined) {
		throw new UserError("no codebook is named", {
			hint: say`add ${option("codebook")} with a shipped id or a YAML file`,
		});
	}
	const { format, language } = shownAs(options, io);
	const found = await watched(io, options, (run) => codebooks.check(file, codebook, { language, ...run }));
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ ...found, findings: worded(found.findings, loadLocale(language)) }, null, 2)}\n`
			: renderCodebookCheck(found, viewOf(language, io)),
	);
	const failures = found.errors + (strict ? found.warnings : 0);
	if (failures > 0) {
		throw new UserError(`${found.codebook.id} does not fit: ${counted(failures, "point")}`, {
			where: { file: found.file },
			exitCode: 3,
			hint: "correct the codebook or the file",
		});
	}
}

/** `talis-pd codebook show ID`. */
export function showCommand(id: string, _: CodebookOptions, io: Io): void {
	io.stdout.write(codebooks.text(id));
}

/** `talis-pd codebook list`. */
export function listCommand(options: CodebookOptions, io: Io): void {
	const { format, language } = shownAs(options, io);
	const list = codebooks.list(language);
	io.stdout.write(
		format === "json" ? `${JSON.stringify(list, null, 2)}\n` : renderCodebookList(list, viewOf(language, io)),
	);
}
