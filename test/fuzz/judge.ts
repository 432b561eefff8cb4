import { strict as assert } from "node:assert";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../cli/support.js";
import type { Mutant } from "./families.js";
import { checkNumbers } from "./numbers.js";
import { judgeReading, type Table } from "./reading.js";

/** How an input ended: in words for its reader, or in an answer. */
export type Verdict = "refused" | "answered";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-fuzz-"));
// Configs, codebooks and results are held against the files that were right.
cpSync(new URL("seeds/", import.meta.url), folder, { recursive: true });
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

/** What can be asked of an input of one kind. `FILE` stands for the input. */
const QUESTIONS: Record<string, readonly string[]> = {
	survey: [
		"rates FILE --format json --suppress none",
		"rates FILE --format json --suppress none --unknown-codes missing",
		"rates FILE --format json --by gender --protect",
		"doctor FILE --format json",
		"inspect FILE --format json",
		"codebook init FILE",
		"convert FILE OUT.parquet",
	],
	codebook: [
		"rates SURVEY --codebook FILE --format json --suppress none",
		"codebook check SURVEY --codebook FILE --format json",
		"doctor SURVEY --codebook FILE --format json",
		"inspect SURVEY --codebook FILE",
	],
	results: [
		"render FILE",
		"render FILE --format html --lang kk",
		"render FILE --format json",
		"compare FILE RESULTS --between cycle",
		"protect FILE RESULTS",
		"diff FILE RESULTS",
		"cite FILE",
		"verify FILE SURVEY",
	],
	report: ["report FILE --out OUT"],
	command: ["as it stands"],
};

/** Kind of an input, by the ending of its file. */
const KINDS: Record<string, string> = { yaml: "codebook", json: "results", yml: "report", cmd: "command" };

const NAMES: Record<string, string> = {
	...{ OUT: "out", SURVEY: "own-survey.csv", RESULTS: "rates.json" },
	...{ CONFIG: "report.yml", CODEBOOK: "own-survey.yaml" },
};

/** Commands that exit with 3 where they find something. */
const FINDING = /^(codebook check|protect|diff|verify)/;

/** All questions that suit an input. */
export function questionsOf({ ending }: Pick<Mutant, "ending">): readonly string[] {
	return QUESTIONS[KINDS[ending] ?? "survey"] ?? [];
}

/**
 * Asks one question of an input.
 * @throws Error where the tool neither refuses it in one clear sentence nor gives a right answer.
 */
export async function judge({ ending, bytes, own, rows }: Mutant, question: string): Promise<Verdict> {
	if (ending === "cmd") return judgeCommand(bytes.toString());
	const file = join(folder, `input.${ending}`);
	writeFileSync(file, bytes);
	const named = (name: string) => join(folder, NAMES[name] ?? `input.${ending}`);
	const argv = question.split(" ").map((word) => word.replace(/^[A-Z]{3,}/, named));
	if (own && /^(rates|doctor|inspect)/.test(question))
		argv.push("--codebook", join(folder, "own-survey.yaml"));
	const content = KINDS[ending] === undefined ? await judgeReading(file) : null;
	if (rows !== undefined) assert.deepEqual(content?.rows, rows, "not what was written");
	const { code, out, err } = await run([...argv, "--quiet"]);
	const refused = code !== 0 && !(code === 3 && FINDING.test(question));
	assert.ok(!refused || code === 2, `exit code ${code}: ${err}`);
	if (refused) checkSentence(err);
	else if (question.includes("json") && !question.startsWith("render"))
		checkNumbers(JSON.parse(out), content);
	if (!refused && question.startsWith("convert")) await checkConverted(content, argv[2] as string);
	return refused ? "refused" : "answered";
}

/** A command line, a word a line, in which names in capitals stand for files that are there. */
async function judgeCommand(text: string): Promise<Verdict> {
	const argv = text
		.split("\n")
		.map((word) => (Object.hasOwn(NAMES, word) ? join(folder, NAMES[word] as string) : word));
	const { code, out, err } = await run(argv);
	assert.ok(code === 0 || code === 2 || code === 3, `exit code ${code}: ${err}`);
	// Steps that were through before it failed are told in lines of their own.
	const steps = argv.includes("--verbose") ? /^(talis-pd: [^\n]+: \d+\.\d\d s\n)*/ : /^/;
	if (code === 2) checkSentence(err.replace(steps, ""));
	else if (/^\{\s*"schema": ?"talis-pd\/results@1"/.test(out)) checkNumbers(JSON.parse(out), null);
	return code === 2 ? "refused" : "answered";
}

/** One line that says what is wrong and nothing that only we understand. */
function checkSentence(err: string): void {
	assert.match(err, /^talis-pd: \S[^\n]*\n$/, `not one sentence: ${err}`);
	assert.doesNotMatch(err, /\bundefined\b|\[object |\bat \S+\.[jt]s/, `not a sentence for users: ${err}`);
	// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
	assert.doesNotMatch(err, /[\0-\x09\x0b-\x1f\x7f]/, "control characters");
}

/** The converted file holds what its source does. */
async function checkConverted(before: Table | null, to: string): Promise<void> {
	const after = await judgeReading(to);
	const cut = before?.rows.map((row) => row.map((cell) => cell.trim()));
	assert.deepEqual(after?.rows, cut, "the converted file differs");
	assert.deepEqual(after?.columns, before?.columns, "the converted columns differ");
	rmSync(to);
}
