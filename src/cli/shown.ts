import { LANGUAGES, type Language } from "../index.js";
import { loadLocale, oneOf } from "../internal.js";
import { hasColor, type Io, terminalLanguage, terminalWidth } from "./io.js";

/** Format and language of commands that show a page or JSON: the terminal's language only for what it shows. */
export function shownAs(
	{ format, lang }: { format?: string; lang?: string },
	io: Io,
): { format: string; language: Language } {
	const kind = oneOf("format", format ?? "table", ["table", "json"]);
	const shown = kind === "table" && io.stdout.isTTY === true ? terminalLanguage(io) : undefined;
	return { format: kind, language: oneOf("language", lang ?? shown ?? "en", LANGUAGES) };
}

/** How a page is looked at on this terminal. */
export function viewOf(language: Language, io: Io) {
	return { locale: loadLocale(language), width: terminalWidth(io.stdout), color: hasColor(io) };
}
