import { loadDoctor, loadLocale, renderDiagnosis, UserError, worded } from "../index.js";
import { counted, withProgress } from "./codebook.js";
import type { Io } from "./io.js";
import { shownAs, viewOf } from "./shown.js";

export interface DoctorOptions {
	codebook?: string;
	format?: string;
	lang?: string;
	strict?: boolean;
	quiet?: boolean;
}

/**
 * `talis-pd doctor FILE`.
 * @throws UserError with exit code 3 where it is strict and something was found.
 */
export async function doctorCommand(file: string, options: DoctorOptions, io: Io): Promise<void> {
	const { codebook, strict = false, quiet = false } = options;
	const { format, language } = shownAs(options, io);
	const { doctor } = await loadDoctor();
	const found = await withProgress(io, quiet, (context) => doctor(file, { codebook, language }, context));
	const findings = worded(found.findings, loadLocale(language));
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ ...found, findings }, null, 2)}\n`
			: renderDiagnosis(found, viewOf(language, io)),
	);
	const { errors, warnings } = found;
	if (!strict || errors + warnings === 0) return;
	throw new UserError(`${counted(errors, "error")} and ${counted(warnings, "warning")} were found`, {
		where: { file: found.file },
		exitCode: 3,
		hint: "asked for with --strict",
	});
}
