import { extname, join } from "node:path";
import { THEMES } from "../../chart/choices.js";
import { LANGUAGES, type ProfileOptions, profile, UserError } from "../../index.js";
import { findFiles, legible, oneOf, option, say } from "../../internal.js";
import { checkOutputs, checkWritableFolder, makeFolder, writeTogether } from "../../platform/outputs.js";
import { PROFILE_FORMATS, type ProfileFormat } from "../../profile/formats.js";
import { filesNamed } from "../files.js";
import type { Io } from "../io.js";
import { type WatchOptions, watched } from "../progress.js";
import { tell } from "../told.js";

/** Options as they are typed. */
export interface ProfileCommandOptions extends WatchOptions {
	country?: string[];
	cycle?: string;
	population?: string;
	topic?: string[];
	codebook?: string;
	protect?: boolean;
	out: string;
	format?: string;
	theme?: string;
	lang?: string;
}

/** `talis-pd profile [FILE…] --country KAZ --out kaz.pdf`: all pages are drawn before the first is written. */
export async function profileCommand(names: string[], options: ProfileCommandOptions, io: Io): Promise<void> {
	const {
		country = [],
		cycle,
		population,
		topic,
		codebook,
		protect,
		out,
		theme,
		lang,
		quiet = false,
	} = options;
	if (names.includes("-")) {
		throw new UserError("a profile reads its files more than once, and standard input can be read once", {
			hint: "give the name of a file",
		});
	}
	const files = await findFiles(names);
	const format = formatOf(options);
	const inputs = [...files, ...filesNamed(options)];
	const isFile = extname(out) !== "";
	if (isFile) checkOutputs([out], inputs);
	else checkWritableFolder(out);
	const asked: ProfileOptions = {
		...{ countries: country, cycle, population, topics: topic, codebook, protect, format },
		theme: theme === undefined ? undefined : oneOf("theme", theme, THEMES),
		language: lang === undefined ? undefined : oneOf("language", lang, LANGUAGES),
	};
	const pages = await watched(io, options, (run) =>
		profile(files.length === 0 ? null : files, { ...asked, ...run }),
	);
	if (isFile && pages.size > 1) {
		throw new UserError(`${pages.size} profiles do not fit into one file`, {
			where: { file: out },
			hint: say`name a folder: ${option("out", "profiles")} ${option("format", format)}`,
		});
	}
	const outputs = [...pages].map(([code, page]): [string, string | Uint8Array] => [
		isFile ? out : join(out, `${code}.${format}`),
		page,
	]);
	if (!isFile) makeFolder(out);
	checkOutputs(
		outputs.map(([file]) => file),
		inputs,
	);
	writeTogether(outputs);
	if (quiet) return;
	const [first] = outputs;
	const what = outputs.length === 1 ? (first?.[0] ?? out) : join(out, `*.${format}: ${outputs.length} files`);
	tell(`wrote ${legible(what)}`, lang, io);
}

/** @throws UserError for a format or an ending that a profile does not have. */
function formatOf({ format, out }: ProfileCommandOptions): ProfileFormat {
	if (format !== undefined) return oneOf("format", format, PROFILE_FORMATS);
	const ending = extname(out).slice(1).toLowerCase();
	const found = ending === "" ? "pdf" : PROFILE_FORMATS.find((name) => name === ending);
	if (found !== undefined) return found;
	throw new UserError(`"${out}" has no ending a profile can be written as`, {
		hint: `use ${PROFILE_FORMATS.map((name) => `.${name}`).join(", ")}`,
	});
}
