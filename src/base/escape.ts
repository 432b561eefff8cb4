const ENTITIES: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Marks that turn the line around, for all that follows. */
const TURNS = /\p{Bidi_Control}/gu;

/** What a terminal obeys, and marks that turn the line around. */
const STEERING = /[\p{Cc}\p{Bidi_Control}]/gu;

/** Text in which line ends and what else a terminal would obey stand as codes, as file names and cells may hold anything. */
export function legible(text: string): string {
	const known: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };
	const code = (letter: string) => {
		const number = letter.charCodeAt(0).toString(16);
		return number.length > 2 ? `\\u${number.padStart(4, "0")}` : `\\x${number.padStart(2, "0")}`;
	};
	return text.replace(STEERING, (letter) => known[letter] ?? code(letter));
}

/** Text without marks that turn the line around. */
export function withoutTurns(text: string): string {
	return text.replace(TURNS, "");
}

/** Text for element content or a quoted attribute, in HTML and XML alike. */
export function escapeMarkup(text: string): string {
	return withoutTurns(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Text that Markdown shows as it is, on one line, without characters that steer a terminal or turn the line around. */
export function escapeMarkdown(text: string): string {
	return text.replace(/[\\|<>*_`[\]]/g, "\\$&").replace(/[\s\p{Cc}\p{Bidi_Control}]+/gu, " ");
}

/** One line without control characters, whatever a survey file says. */
export function plain(text: string): string {
	return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]+/gu, " ").trim();
}
