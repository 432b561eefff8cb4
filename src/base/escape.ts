const ENTITIES: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Text for element content or a quoted attribute, in HTML and XML alike. */
export function escapeMarkup(text: string): string {
	return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Text that Markdown shows as it is, on one line, without characters that steer a terminal or turn the line around. */
export function escapeMarkdown(text: string): string {
	return text
		.replace(/[\\|<>*_`[\]]/g, "\\$&")
		.replace(/[\s\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ");
}

/** One line without control characters, whatever a survey file says. */
export function plain(text: string): string {
	return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, " ").trim();
}
