const WIDTH = 76;

/**
 * Code in lines of a page. Broken only where R reads on: behind a comma, which stands in brackets, and behind an operator;
 * never in a text or a comment.
 */
export function folded(code: string): string[] {
	const whole = code
		.replace(/\(\n\s*/g, "(")
		.replace(/,\n\s*/g, ", ")
		.replace(/\n\s*\)/g, ")");
	return whole.split("\n").flatMap((line) => foldedLine(line, WIDTH));
}

/** The same of lines that are too long alone; others stay as they are. */
export function foldedAt(code: string, width: number): string {
	return code
		.split("\n")
		.flatMap((line) => foldedLine(line, width))
		.join("\n");
}

function foldedLine(line: string, width: number): string[] {
	if (line.length <= width) return [line];
	const indent = `${/^ */.exec(line)?.[0] ?? ""}  `;
	const lines: string[] = [];
	for (const part of partsOf(line)) {
		const last = lines.at(-1);
		if (last !== undefined && (last + part).trimEnd().length <= width) lines[lines.length - 1] = last + part;
		else lines.push(last === undefined ? part : indent + part);
	}
	return lines.map((one) => one.trimEnd());
}

/** Parts that stay together, with the blank behind them. */
function partsOf(line: string): string[] {
	// A text, a comment to the end of the line, or a place to break at.
	const signs = line.matchAll(/"(?:\\.|[^"\\])*"|#.*|, | (?:&|\||<-|\+|\*) /g);
	const ends = [...signs].flatMap(({ 0: sign, index }) => (/^["#]/.test(sign) ? [] : [index + sign.length]));
	return [0, ...ends].map((start, place) => line.slice(start, ends[place] ?? line.length));
}
