import anyAscii from "any-ascii";

const LONGEST = 40;

/**
 * A key from a text of any script: lower case words joined by hyphens, cut between words.
 * @param instead Where nothing is left of the text.
 * @param taken Keys that are not free; the new one joins them.
 */
export function keyOf(text: string, instead: string, taken: Set<string>): string {
	const words = anyAscii(text)
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter((word) => word !== "");
	let key = "";
	for (const word of words) {
		const longer = key === "" ? word.slice(0, LONGEST) : `${key}-${word}`;
		if (longer.length > LONGEST) break;
		key = longer;
	}
	if (key === "") key = instead;
	let free = key;
	for (let number = 2; taken.has(free); number++) free = `${key}-${number}`;
	taken.add(free);
	return free;
}
