// Documents show what commands print: in each block marked `console`, the lines after `$ talis-pd …` are its true output at 80
// columns. `node tools/console.mjs FILE…` writes them anew.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { wordsOf } from "../test/same-outputs/command-lines.mjs";

const BLOCK = /^```console\n\$ talis-pd (.+)\n(?:.*\n)*?```$/gm;

/** A document with the true output under each command that it shows. */
export function withTrueOutput(text) {
	return text.replaceAll(BLOCK, (_, line) => `\`\`\`console\n$ talis-pd ${line}\n${outputOf(line)}\`\`\``);
}

/** How many commands a document shows with their output. */
export const countOf = (text) => [...text.matchAll(BLOCK)].length;

function outputOf(line) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["bin/talis-pd.js", ...wordsOf(line)], {
		encoding: "utf8",
		env: {
			...process.env,
			COLUMNS: "80",
			NO_COLOR: "1",
			FORCE_COLOR: undefined,
			LANG: "C.UTF-8",
			LC_ALL: undefined,
		},
	});
	if (status !== 0) throw new Error(`talis-pd ${line}: ${stderr}`);
	return stdout;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	for (const path of process.argv.slice(2)) writeFileSync(path, withTrueOutput(readFileSync(path, "utf8")));
}
