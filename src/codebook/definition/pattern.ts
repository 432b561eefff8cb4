import * as z from "zod";

/** Parts of a pattern that repeat without bound, and places where it can go on in several ways, that are searched in no time. */
const [MOST_REPEATS, MOST_CHOICES] = [2, 10];

/** Escapes, classes, groups and what repeats them: nothing else has a meaning of its own. */
const PARTS =
	/\\.|\[(?:\\.|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|\)|\||[*+?]\??|\{(\d+)(?:(,)(\d*))?\}\??/gs;

/** A regular expression that no text keeps busy. */
export const pattern = z.string().superRefine((text, { addIssue }) => {
	const fault = faultOf(text);
	if (fault !== undefined) addIssue({ code: "custom", message: fault });
});

function faultOf(text: string): string | undefined {
	try {
		new RegExp(text, "i");
	} catch {
		return `"${text}" is no regular expression`;
	}
	return isSlow(text)
		? "a regular expression that may take for ever: at most two of *, + and {n,}, and ten of ?, {n,m} and |, none of them in a group that is repeated, and no \\1"
		: undefined;
}

/** Whether a pattern goes back and forth for long: backtracking takes a power of its ways to go on. */
function isSlow(text: string): boolean {
	let [repeats, choices] = [0, 0];
	/** Of each open group, whether something in it varies; the last of those that are closed. */
	const open: boolean[] = [];
	let closed = false;
	for (const [part, least, comma, most] of text.matchAll(PARTS)) {
		if (/^\\[1-9k]/.test(part)) return true;
		if (part.startsWith("(")) open.push(false);
		const isRepeat = /^[*+?{]/.test(part);
		if (isRepeat && closed) return true;
		closed = false;
		if (part === ")") closed = open.pop() ?? false;
		const isFixed = part.startsWith("{") && (comma === undefined || least === most);
		if (part !== "|" && (!isRepeat || isFixed)) continue;
		open.fill(true);
		const isUnbounded = /^[*+]/.test(part) || (comma !== undefined && most === "");
		if (isUnbounded) repeats += 1;
		else choices += 1;
	}
	return repeats > MOST_REPEATS || choices > MOST_CHOICES;
}
