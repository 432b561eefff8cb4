// Checks who imports whom below src/ of the current folder, by the rules of .dependency-cruiser.cjs.

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { cruise } from "dependency-cruiser";

const { forbidden, options } = createRequire(import.meta.url)(resolve(".dependency-cruiser.cjs"));
const { output } = await cruise(["src"], { ...options, ruleSet: { forbidden }, validate: true });

const comments = new Map(forbidden.map((rule) => [rule.name, rule.comment]));
const complaints = output.summary.violations.map(({ rule, from, to, cycle }) => {
	const path = cycle ? cycle.map((step) => step.name).join(" → ") : to;
	return `${rule.name}: ${from} → ${path}\n  ${comments.get(rule.name)}`;
});

// An importer that cannot read TypeScript finds nothing wrong in nothing, so what it read is counted.
const files = readdirSync("src", { recursive: true, encoding: "utf8" })
	.map((file) => `src/${file.replaceAll("\\", "/")}`)
	.filter((file) => file.endsWith(".ts") && !file.startsWith("src/loops/"));
const read = new Set(output.modules.map((module) => module.source));
const unread = files.filter((file) => !read.has(file));
if (files.length === 0 || unread.length > 0) {
	const examples = unread.slice(0, 3).join(", ");
	complaints.push(
		`modules-missing: dependency-cruiser read ${files.length - unread.length} of ${files.length} files below src (not ${examples})\n  Check that it supports the installed version of TypeScript, and what the configuration excludes.`,
	);
}

if (complaints.length > 0) {
	process.stdout.write(`${complaints.join("\n")}\n`);
	process.exitCode = 1;
} else {
	process.stdout.write(`${files.length} modules keep ${forbidden.length} import rules\n`);
}
