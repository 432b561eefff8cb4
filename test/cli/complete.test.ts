import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/golden.js";
import { run, SAMPLE, temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder, name);
const BASH_COMPLETION = "/usr/share/bash-completion/bash_completion";
const env = {
	...process.env,
	PATH: `${folder}:${process.env.PATH}`,
	LANG: "C.UTF-8",
	LC_ALL: "C.UTF-8",
	TERM: "dumb",
};

const has = (program: string) => spawnSync(program, ["--version"]).status === 0;

beforeAll(() => {
	writeFileSync(
		at("talis-pd"),
		`#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin/talis-pd.js")}" "$@"\n`,
	);
	chmodSync(at("talis-pd"), 0o755);
	cpSync(SAMPLE, at("teachers.csv"));
	for (const shell of ["bash", "zsh", "fish"]) {
		writeFileSync(at(`script.${shell}`), execFileSync(at("talis-pd"), ["complete", shell], { env }));
	}
});

/** What the tool answers a shell: values, without their meaning. */
function answered(...words: string[]): string[] {
	const out = execFileSync(at("talis-pd"), ["complete", "--", ...words], {
		env,
		cwd: folder,
		encoding: "utf8",
	});
	return out
		.trimEnd()
		.split("\n")
		.slice(0, -1)
		.map((line) => line.split("\t")[0] as string);
}

describe("what is offered", () => {
	test("commands, and options of one", () => {
		expect(answered("ra")).toEqual(["rates"]);
		expect(answered("codebook", "")).toEqual(["init", "check", "show", "list"]);
		expect(answered("rates", "--topi")).toEqual(["--topic"]);
	});

	test("topics, items, groups, columns and countries of the file that is named", () => {
		expect(answered("rates", "teachers.csv", "--topic", "")).toContain("activities");
		expect(answered("rates", "teachers.csv", "--topic", "")).not.toContain("modes");
		expect(answered("rates", "teachers.csv", "--topic", "activities,ne")).toEqual(["activities,needs"]);
		expect(answered("rates", "teachers.csv", "--item", "peer")).toEqual(["peer-coaching"]);
		expect(answered("rates", "teachers.csv", "--by", "gen")).toEqual(["gender"]);
		expect(answered("rates", "teachers.csv", "--by", "TT3G22")).toContain("TT3G22A");
		expect(answered("rates", "teachers.csv", "--where", "gender=")).toEqual(["gender=female", "gender=male"]);
		expect(answered("rates", "teachers.csv", "--where", "country=KA")).toEqual(["country=KAZ"]);
		expect(answered("published", "--country", "KA")).toEqual(["KAZ"]);
	});

	test("files, and values that an option names", () => {
		expect(answered("rates", "teach")).toEqual(["teachers.csv"]);
		expect(answered("rates", "teachers.csv", "--adjust", "")).toEqual(["holm", "bh", "bonferroni", "none"]);
	});

	test("a file that cannot be read stops nothing", () => {
		writeFileSync(at("broken.csv"), "\u0000");
		expect(answered("rates", "broken.csv", "--topic", "foc")).toEqual(["focus"]);
	});

	test("a shell that there is not", async () => {
		const { code, err } = await run(["complete", "tcsh"]);
		expect(code).toBe(2);
		expect(err).toContain("there are: bash, zsh, fish");
	});
});

describe("in shells", () => {
	test.skipIf(!existsSync(BASH_COMPLETION))("bash (needs bash-completion)", () => {
		const completed = (...words: string[]) => {
			const list = words.map((word) => `'${word}'`).join(" ");
			const line = words.join(" ");
			const script = `
				source ${BASH_COMPLETION}; source ${at("script.bash")}
				COMP_WORDS=(${list}); COMP_CWORD=${words.length - 1}; COMP_LINE='${line}'; COMP_POINT=${line.length}
				COMP_TYPE=9
				$(complete -p talis-pd | sed -E 's/.*-F ([^ ]+).*/\\1/') 2>/dev/null
				printf '%s\\n' "\${COMPREPLY[@]}"`;
			return execFileSync("bash", ["--norc", "-c", script], { env, cwd: folder, encoding: "utf8" }).trim();
		};
		expect(completed("talis-pd", "ra")).toContain("rates");
		expect(completed("talis-pd", "rates", "teachers.csv", "--item", "peer")).toContain("peer-coaching");
		expect(completed("talis-pd", "rates", "teachers.csv", "--where", "gender=fe")).toContain("female");
	});

	test.skipIf(!has("fish"))("fish (needs fish)", () => {
		const completed = (line: string) =>
			execFileSync("fish", ["--no-config", "-c", `source ${at("script.fish")}; complete -C '${line}'`], {
				env: { ...env, HOME: folder, XDG_CONFIG_HOME: folder },
				cwd: folder,
				encoding: "utf8",
			});
		expect(completed("talis-pd ra")).toMatch(/^rates\t/m);
		expect(completed("talis-pd rates teachers.csv --item peer")).toMatch(/^peer-coaching\t/m);
		expect(completed("talis-pd rates teachers.csv --topic ")).toMatch(/^focus\t/m);
	});

	test.skipIf(!has("zsh"))(
		"zsh (needs zsh)",
		() => {
			const completed = (line: string) => {
				const script = `
				zmodload zsh/zpty
				zpty shell zsh -f -i
				zpty -w shell "PS1=; unsetopt zle_bracketed_paste; cd ${folder}"
				zpty -w shell "autoload -U compinit; compinit -u -D; source ${at("script.zsh")}"
				zpty -w shell "bindkey '^I' complete-word; echo re''ady"
				zpty -r -m shell seen '*ready*'
				zpty -w -n shell "${line}"$'\\t'
				sleep 3
				zpty -w -n shell $'\\x15'"echo do''ne"$'\\n'
				zpty -r -m shell seen '*done*'
				print -r -- "$seen"`;
				return execFileSync("zsh", ["-f", "-c", script], { env, encoding: "utf8", timeout: 40_000 });
			};
			expect(completed("talis-pd rates teachers.csv --item peer")).toContain("peer-coaching");
			expect(completed("talis-pd publish")).toContain("published");
		},
		90_000,
	);
});

test("the manual page names every command, and man reads it", async () => {
	const { out, code } = await run(["man"]);
	expect(code).toBe(0);
	for (const name of ["rates", "codebook check", "published"])
		expect(out).toContain(`.SS talis\\-pd ${name}`);
	expect(out).toContain(".B \\-\\-json\\-errors");
	if (!has("man")) return;
	writeFileSync(at("talis-pd.1"), out);
	const page = spawnSync("man", ["--warnings", "-l", at("talis-pd.1")], {
		encoding: "utf8",
		env: { ...env, MANWIDTH: "80" },
	});
	expect(page.stderr).toBe("");
	expect(page.stdout).toContain("talis-pd rates teachers.csv --by gender --total");
});
