// What one run gave and another did not.

import { createHash } from "node:crypto";

/** Files that people read, in which blanks that follow each other are one. */
const PRINT = [".md", ".html", ".tex"];

/**
 * Compares two runs' outputs, name → bytes. Some things may differ and are counted: results gain a `kind`, which hashes of
 * them follow; a terminal shows other blanks; and tables in print have no more blanks that aligned them for a terminal,
 * and none that can part a number from its % sign.
 */
export function differencesOf(before, after) {
	const excused = excusedOf(before, after);
	const names = [...new Set([...before.keys(), ...after.keys()])].sort();
	const differences = names.flatMap((name) => {
		const [old, now] = [before.get(name), after.get(name)];
		if (old === undefined) return [`${name} is new`];
		if (now === undefined) return [`${name} is missing`];
		return old.equals(now) || excused.has(name) ? [] : [`${name} ${firstDifference(old, now)}`];
	});
	return { differences, excused: excused.size };
}

/** Excusing one file changes the hashes in others, so this goes on until nothing more is found. */
function excusedOf(before, after) {
	const excused = new Set();
	const hashes = new Map();
	const pairs = [...before].filter(([name, old]) => after.has(name) && !old.equals(after.get(name)));
	for (let found = -1; found !== excused.size; ) {
		found = excused.size;
		for (const [name, old] of pairs) {
			const now = after.get(name);
			if (excused.has(name) || normal(name, String(old)) !== normal(name, withHashes(String(now), hashes)))
				continue;
			excused.add(name);
			hashes.set(hashOf(now), hashOf(old));
		}
	}
	return excused;
}

function withHashes(text, hashes) {
	return text.replaceAll(/\b[0-9a-f]{64}\b/g, (hash) => hashes.get(hash) ?? hash);
}

function normal(name, text) {
	const results = resultsOf(text);
	if (results !== null) return JSON.stringify({ ...results, kind: undefined });
	if (PRINT.some((ending) => name.endsWith(ending))) return text.replaceAll(/[ ~\u00a0]+/g, " ");
	if (name !== "stdout" && !name.endsWith(".txt")) return text;
	const lines = text.split("\n").map((line) => line.trim().replaceAll(/[ \u00a0]+/g, " "));
	return lines.filter((line) => line !== "").join("\n");
}

function resultsOf(text) {
	if (!text.startsWith("{") || !text.includes('"talis-pd/results@')) return null;
	return JSON.parse(text);
}

function firstDifference(old, now) {
	const [before, after] = [resultsOf(String(old)), resultsOf(String(now))];
	if (before !== null && after !== null) return [...new Set(differingPaths(before, after, ""))].join("; ");
	let at = 0;
	while (at < Math.min(old.length, now.length) && old[at] === now[at]) at++;
	const around = (bytes) => JSON.stringify(String(bytes.subarray(Math.max(0, at - 20), at + 40)));
	return `differs at byte ${at + 1}: ${around(old)} became ${around(now)}`;
}

function hashOf(bytes) {
	return createHash("sha256").update(bytes).digest("hex");
}

/** Places in which two results differ, with an example of each. */
function differingPaths(before, after, path) {
	const isTree = (value) => typeof value === "object" && value !== null;
	if (!isTree(before) || !isTree(after))
		return Object.is(before, after)
			? []
			: [`${path}: ${JSON.stringify(before)} became ${JSON.stringify(after)}`];
	const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
		(key) => path + key !== "kind",
	);
	return keys.flatMap((key) =>
		differingPaths(before[key], after[key], path + (Array.isArray(after) ? "[]" : `.${key}`)),
	);
}
