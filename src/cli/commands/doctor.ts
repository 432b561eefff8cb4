import { type Diagnosis, doctor, UserError } from "../../index.js";
import { counted, findFiles, loadLocale, option, renderDiagnosis, say, worded } from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";

export interface DoctorOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	sheet?: string;
	encoding?: string;
	strict?: boolean;
	quiet?: boolean;
}

/**
 * `talis-pd doctor FILE…`: examines files in turn and reports each as soon as it is read.
 * @throws UserError with exit code 3 under `--strict` if anything was found.
 */
export async function doctorCommand(names: string[], options: DoctorOptions, io: Io): Promise<void> {
	const { codebook, strict = false } = options;
	const { format, language } = shownAs(options, io);
	const ill: Diagnosis[] = [];
	for (const [index, file] of (await findFiles(names)).entries()) {
		const found = await watched(io, options, (run) => doctor(file, { codebook, language, ...run }));
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
			hint: say`asked for with ${option("strict")}`,
		},
	);
}
