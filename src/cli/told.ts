import { LANGUAGES } from "../index.js";
import { sentencesIn } from "../internal.js";
import { type Io, terminalLanguage } from "./io.js";

/** Says beside the results what was done: in the language asked for, else a terminal's own. */
export function tell(text: string, lang: string | undefined, io: Io): void {
	const own = io.stderr.isTTY === true ? terminalLanguage(io) : undefined;
	const language = LANGUAGES.find((one) => one === (lang ?? own)) ?? "en";
	io.stderr.write(`${sentencesIn("drafts", language)(text)}\n`);
}
