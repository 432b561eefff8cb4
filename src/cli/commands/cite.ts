import { cite, readResults, UserError } from "../../index.js";
import type { Io } from "../io.js";

/** `talis-pd cite [RESULTS.json]`. */
export async function citeCommand(
	file: string | undefined,
	{ format = "text", lang = "en" }: { format?: string; lang?: string },
	io: Io,
): Promise<void> {
	if (format !== "text" && format !== "bibtex") {
		throw new UserError(`"${format}" is not a value of --format`, {
			code: "option",
			hint: "use text or bibtex",
		});
	}
	const results = file === undefined ? undefined : readResults(file);
	io.stdout.write(cite(results, { format, language: lang as "en" }));
}
