import { readAsset } from "../../platform/assets.js";

/** The R functions that scripts are made of, in the order they stand in a script. */
const FILES = ["reading", "recoding", "figures", "models"];

/** A function, the comment before it included. */
interface Piece {
	name: string;
	text: string;
}

/** The functions that some code calls, and those that they call. */
export function functionsOf(code: string): Record<string, string> {
	const files = FILES.map((file) => [file, piecesOf(readAsset(`emit/r/${file}.R`))] as const);
	const all = files.flatMap(([, pieces]) => pieces);
	const used = new Set<Piece>();
	const look = (text: string): void => {
		for (const piece of all) {
			if (used.has(piece) || !callOf(piece.name).test(text)) continue;
			used.add(piece);
			look(withoutComments(piece.text));
		}
	};
	look(withoutComments(code));
	const kept = (pieces: readonly Piece[]) =>
		pieces.filter((piece) => used.has(piece)).map(({ text }) => text);
	return Object.fromEntries(files.map(([file, pieces]) => [file, kept(pieces).join("\n\n")]));
}

/** A function by its name; not a word of a text, nor what something else is called. */
function callOf(name: string): RegExp {
	return new RegExp(`(?<![-.\\w"])${name}(?![-.\\w"]| =)`);
}

/** Code alone. */
export function withoutComments(code: string): string {
	return code
		.split("\n")
		.filter((line) => line !== "" && !/^ *#/.test(line))
		.join("\n");
}

/** Functions stand with a blank line between them. */
function piecesOf(file: string): Piece[] {
	return file
		.trim()
		.split(/\n\n(?=#|\w+ <- )/)
		.map((text) => ({ name: /^(\w+) <- /m.exec(text)?.[1] as string, text }));
}
