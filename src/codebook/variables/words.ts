/** Letters that a long word may end in otherwise: тиімділік, тиімділігі; самоэффективность, самоэффективности. */
export function stem(word: string): string {
	return word.length < 6 ? word : word.slice(0, word.length < 8 ? -1 : -2);
}

/** Words as they are compared. */
export function plain(text: string): string {
	return text
		.toLowerCase()
		.replaceAll("ё", "е")
		.replaceAll(/[^\p{L}\p{N}%]+/gu, " ")
		.trim();
}

/** Words that are shorter stand in most labels, and tell none from others. */
const LEAST_LETTERS = 3;

/** Whether a label has all of some words, each at the beginning of one of its own, in whatever case, hyphens, ё and endings. */
export function saysAll(words: string): (label: string) => boolean {
	const parts = plain(words)
		.split(" ")
		.filter((part) => part.length >= LEAST_LETTERS)
		.map((part) => ` ${stem(part)}`);
	return (label) => parts.length > 0 && parts.every((part) => ` ${plain(label)}`.includes(part));
}
