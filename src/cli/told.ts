import { LANGUAGES } from "../index.js";
import { hanging, sentencesIn } from "../internal.js";
import { type Io, terminalLanguage, terminalWidth } from "./io.js";

/** Says beside the results what was done: in the language asked for, else a terminal's own. */
export function tell(text: string, lang: string | undefined, io: Io): void {
	const own = io.stderr.isTTY === true ? terminalLanguage(io) : undefined;
	const language = LANGUAGES.find((one) => one === (lang ?? own)) ?? "en";
	sayBeside(sentencesIn("drafts", language)(text), io);
}

/** A sentence beside the results: on a terminal between words and as wide as the terminal, elsewhere on one line. */
export function sayBeside(text: string, { stderr }: Io): void {
	const lines = stderr.isTTY === true ? hanging(text, terminalWidth(stderr)) : [text];
	stderr.write(`${lines.join("\n")}\n`);
}
