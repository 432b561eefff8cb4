import {
	counted,
	type Diagnosis,
	findFiles,
	loadDoctor,
	loadLocale,
	renderDiagnosis,
	UserError,
	worded,
} from "../../index.js";
import type { Io } from "../io.js";
import { shownAs, viewOf } from "../shown.js";
import { withProgress } from "./codebook.js";

export interface DoctorOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	sheet?: string;
	strict?: boolean;
	quiet?: boolean;
}

/**
 * `talis-pd doctor FILE…`: one after the other, each told as soon as it is read.
 * @throws UserError with exit code 3 where it is strict and something was found.
 */
export async function doctorCommand(names: string[], options: DoctorOptions, io: Io): Promise<void> {
	const { codebook, strict = false } = options;
	const { format, language } = shownAs(options, io);
	const { doctor } = await loadDoctor();
	const ill: Diagnosis[] = [];
	for (const [index, file] of (await findFiles(names)).entries()) {
		const found = await withProgress(io, options, (context) => doctor(file, { codebook, language }, context));
		const findings = worded(found.findings, loadLocale(language));
		io.stdout.write(
			format === "json"
				? `${JSON.stringify({ ...found, findings }, null, 2)}\n`
				: `${index > 0 ? "\n" : ""}${renderDiagnosis(found, viewOf(language, io))}`,
		);
		if (found.errors + found.warnings > 0) ill.push(found);
	}
	const [first] = ill;
	if (!strict || first === undefined) return;
	const sum = (count: (one: Diagnosis) => number) => ill.reduce((all, one) => all + count(one), 0);
	const [errors, warnings] = [sum((one) => one.errors), sum((one) => one.warnings)];
	const found = [
		...(errors > 0 ? [counted(errors, "error")] : []),
		...(warnings > 0 ? [counted(warnings, "warning")] : []),
	].join(" and ");
	throw new UserError(
		`${found} ${errors + warnings === 1 ? "was" : "were"} found${ill.length > 1 ? ` in ${ill.length} files` : ""}`,
		{
			where: { ...(ill.length === 1 ? { file: first.file } : {}) },
			exitCode: 3,
			hint: "asked for with --strict",
		},
	);
}
