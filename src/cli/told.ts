import { LANGUAGES } from "../index.js";
import { hanging, loadLocale, sentencesIn } from "../internal.js";
import { type Io, terminalLanguage, terminalWidth } from "./io.js";

/**
 * Says beside the results what was done: in the language asked for, else a terminal's own.
 * @param text The sentence, or what makes it by how the language writes counts.
 */
export function tell(
	text: string | ((number: (count: number) => string) => string),
	lang: string | undefined,
	io: Io,
): void {
	const own = io.stderr.isTTY === true ? terminalLanguage(io) : undefined;
	const language = LANGUAGES.find((one) => one === (lang ?? own)) ?? "en";
	const sentence = typeof text === "string" ? text : text((count) => loadLocale(language).number(count, 0));
	tellLine(sentencesIn("drafts", language)(sentence), io);
}

/** A line on stderr: broken between words on a terminal, whole for programs that read it. */
export function tellLine(line: string, io: Io): void {
	const lines = io.stderr.isTTY === true ? hanging(line, terminalWidth(io.stderr)) : [line];
	io.stderr.write(`${lines.join("\n")}\n`);
}
