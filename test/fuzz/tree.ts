import type { Draw } from "./draw.js";
import { CELLS } from "./text.js";

export const VALUES: readonly unknown[] = [
	...CELLS,
	...[
		null,
		true,
		false,
		0,
		-1,
		1.5,
		1e308,
		-1e308,
		2 ** 53,
		5e-324,
		[],
		{},
		[[]],
		{ a: 1 },
		[null],
		["a", "a"],
	],
];
/** Numbers no JSON writer makes and every reader takes. */
const HUGE = "__huge__";

/** Places of a tree, by the object or list they are in. */
function places(value: unknown, found: [object, string][] = []): [object, string][] {
	if (typeof value !== "object" || value === null) return found;
	for (const [key, child] of Object.entries(value)) {
		found.push([value, key]);
		places(child, found);
	}
	return found;
}

/** A JSON text with one to four values replaced, removed, moved or named otherwise. */
export function editedJson(text: string, draw: Draw): string {
	const tree = JSON.parse(text);
	for (let edits = draw.pick([1, 1, 1, 2, 2, 4]); edits > 0; edits--) {
		const all = places(tree);
		const [owner, key] = draw.pick(all) as [Record<string, unknown>, string];
		const [other, otherKey] = draw.pick(all) as [Record<string, unknown>, string];
		const what = draw.below(6);
		if (what < 3) owner[key] = draw.chance(0.1) ? HUGE : draw.pick(VALUES);
		else if (what === 3) delete owner[key];
		else if (what === 4) owner[key] = structuredClone(other[otherKey]);
		else owner[draw.pick(CELLS)] = owner[key];
	}
	return JSON.stringify(tree).replaceAll(`"${HUGE}"`, draw.pick(["1e400", "-1e400", "1e-400"]));
}

const SNIPPETS = [
	...[
		"&a [*a]",
		"*a",
		"!!binary AAAA",
		"!!set {a}",
		"<<: {}",
		"{",
		"[",
		"|",
		">",
		"- -",
		"? a",
		"---",
		"...",
		"%YAML 1.3",
	],
	...[
		"null",
		"~",
		"true",
		"no",
		"1e400",
		"-.inf",
		".nan",
		"0o7",
		"2001-01-01",
		'"\\x00"',
		"a: b: c",
		"[[[[]]]]",
	],
];

/** A YAML text with one to four lines changed, as hands change them. */
export function editedYaml(text: string, draw: Draw): string {
	const lines = text.split("\n");
	for (let edits = draw.pick([1, 1, 1, 2, 2, 4]); edits > 0; edits--) {
		const at = draw.below(lines.length);
		const line = lines[at] ?? "";
		const value = draw.chance(0.5) ? draw.pick(SNIPPETS) : draw.pick(CELLS);
		const what = draw.below(8);
		if (what < 3) lines[at] = line.replace(/(:\s|-\s|^\s*)[^:]*$/, `$1${value.replaceAll("$", "")}`);
		else if (what === 3) lines.splice(at, 1 + draw.below(3));
		else if (what === 4) lines.splice(at, 0, ...lines.slice(at, at + 1 + draw.below(3)));
		else if (what === 5) lines[at] = draw.chance(0.5) ? ` ${line}` : line.replace(/^( {2}|\t)/, "");
		else if (what === 6) lines[at] = line.replace(/[\w-]+:/, `${draw.pick(CELLS)}:`);
		else lines.splice(draw.below(lines.length), 0, line);
	}
	return lines.join("\n");
}
