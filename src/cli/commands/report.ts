import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { type Language, report, UserError } from "../../index.js";
import { configTemplate, counted, legible, option, say, sentencesIn } from "../../internal.js";
import { liesWithin } from "../../platform/links.js";
import { checkOutputs, writeWhole } from "../../platform/outputs.js";
import type { Io } from "../io.js";
import { withoutManners } from "../manners.js";
import { watched } from "../progress.js";
import { shownAs } from "../shown.js";
import { tell, tellLine } from "../told.js";

interface ReportCommandOptions {
	out?: string;
	baseline?: string;
	failOn?: string[];
	asOf?: string;
	allowOutside?: boolean;
	sheet?: string;
	encoding?: string;
	lang?: Language;
	quiet?: boolean;
	verbose?: boolean;
	debug?: boolean;
}

/** `talis-pd report CONFIG.yaml --out DIR`: the report is written before a gate is looked at. */
export async function reportCommand(config: string, options: ReportCommandOptions, io: Io): Promise<void> {
	const { quiet = false, verbose = false } = options;
	const { out, sheet, encoding, lang, ...given } = withoutManners(options);
	const spec = lang === undefined ? given : { ...given, language: lang };
	if (out === undefined) {
		throw new UserError("no output folder is named", {
			hint: say`add ${option("out")} and a folder`,
		});
	}
	const { files, failures } = await watched(io, { quiet, verbose, sheet, encoding }, (run) =>
		report(config, out, { ...spec, ...run }),
	);
	if (!quiet)
		tell(`wrote ${legible(out)}: ${counted(files.length, "file")}, to be read from index.html`, lang, io);
	const [failure] = failures;
	if (failure !== undefined) throw failure;
}

interface InitOptions {
	data?: string[];
	codebook?: string;
	sheet?: string;
	encoding?: string;
	lang?: string;
	quiet?: boolean;
}

/** `talis-pd report init [FILE] --data SURVEY`. */
export async function reportInitCommand(
	file: string,
	{ data = [], codebook, sheet, encoding, lang, quiet = false }: InitOptions,
	io: Io,
): Promise<void> {
	if (existsSync(file)) {
		const hint = /\.ya?ml$/i.test(file)
			? "name another file, or move it away"
			: say`the config is written there; a survey file is named with ${option("data", legible(file))}`;
		throw new UserError("is already there", { where: { file }, hint });
	}
	checkOutputs([file], codebook === undefined ? data : [...data, codebook]);
	const { language } = shownAs({ ...(lang === undefined ? {} : { lang }) }, io);
	writeWhole(file, await configTemplate(file, { data, codebook, sheet, encoding, language }));
	if (quiet) return;
	const how = Object.entries({ sheet, encoding }).flatMap(([name, value]) =>
		value === undefined ? [] : [` --${name} ${JSON.stringify(value)}`],
	);
	const isOutside = [...data, ...(codebook === undefined ? [] : [codebook])].some(
		(one) => existsSync(one) && !liesWithin(dirname(file), one),
	);
	const allowed = isOutside ? " --allow-outside" : "";
	const next = `talis-pd report ${legible(file)}${how.join("")}${allowed} --out report`;
	const translate = sentencesIn("drafts", language);
	tellLine(translate(`wrote ${legible(file)}; then: ${next}`), io);
}
