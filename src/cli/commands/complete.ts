import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Command as Completed, RootCommand, ShellCompDirective } from "@bomb.sh/tab";
import type { Command, Option } from "commander";
import { UserError } from "../../index.js";
import { type SurveyNames, surveyNames } from "../../internal.js";
import { type Io, terminalLanguage } from "../io.js";
import { leavesOf } from "../manners.js";

const SHELLS = ["bash", "zsh", "fish"];

/** What a shell does after the last choice. */
const { ShellCompDirectiveNoFileComp: NO_FILES, ShellCompDirectiveNoSpace: NO_BLANK } = ShellCompDirective;

/** What may be typed, and what it means. */
type Choice = readonly [value: string, meaning: string];

/**
 * `talis-pd complete SHELL` prints the completion script; that script calls `talis-pd complete -- WORDS`.
 * @throws UserError for an unsupported shell.
 */
export async function completeCommand(
	words: readonly string[],
	{ program, asks }: { program: Command; asks: boolean },
	io: Io,
): Promise<void> {
	const [shell = ""] = words;
	if (asks) {
		const [option, word = ""] = words.slice(-2);
		const names = await namesFor(words, io);
		if (option === "--where") printConditions(word, names, io);
		else treeOf(program, word, names).parse([...words]);
		return;
	}
	if (words.length > 1 || !SHELLS.includes(shell)) {
		throw new UserError(`there are no completions for "${shell}"`, {
			hint: `there are: ${SHELLS.join(", ")}`,
		});
	}
	new RootCommand().setup("talis-pd", "talis-pd", shell);
}

/** Names from the file on the line; none if there is no file or it cannot be read. */
async function namesFor(words: readonly string[], io: Io): Promise<SurveyNames> {
	const file = words.slice(1, -1).find((word) => !word.startsWith("-") && existsSync(word));
	const language = terminalLanguage(io) ?? "en";
	return surveyNames(file, language).catch(() => surveyNames(undefined, language));
}

/** The command tree as completions know it. */
function treeOf(program: Command, word: string, names: SurveyNames): RootCommand {
	const root = new RootCommand();
	for (const command of program.commands) root.command(command.name(), command.description());
	for (const [path, leaf] of leavesOf(program)) {
		const command = root.command(path, leaf.description());
		for (const option of leaf.options) addOption(command, option, word, names);
		for (const { variadic, description } of leaf.registeredArguments) {
			const choices = /file|results|config|counts/i.test(description) ? filesBeginning(word) : [];
			command.argument("file", (complete) => offer(choices, complete), variadic);
		}
	}
	return root;
}

function addOption(command: Completed, option: Option, word: string, names: SurveyNames): void {
	const name = (option.long ?? option.flags).replace(/^--/, "");
	if (!/[<[]/.test(option.flags)) command.option(name, option.description);
	else {
		const choices = () => choicesOf(name, option, word, names);
		command.option(name, option.description, (complete) => offer(choices(), complete));
	}
}

function offer(choices: readonly Choice[], complete: (value: string, meaning: string) => void): void {
	for (const [value, meaning] of choices) complete(value, meaning);
}

/** What an option can be: what the file has, files, or what its own text names. */
function choicesOf(name: string, { flags, description }: Option, word: string, names: SurveyNames): Choice[] {
	const { topics, items, groups, columns, systems, codebooks } = names;
	switch (name) {
		case "topic":
			return listed(word, topics);
		case "item":
		case "outcome":
			return listed(word, items);
		case "by":
		case "between":
		case "predict":
			return listed(word, [...groups, ...columns]);
		case "variable":
			return listed(word, columns);
		case "country":
			return listed(word, systems);
		case "codebook":
			return [...codebooks, ...filesBeginning(word)];
		default:
			return /<(file|folder)>/.test(flags) ? filesBeginning(word) : namedIn(description);
	}
}

/** Choices that continue the text before the last comma. */
function listed(word: string, choices: readonly Choice[]): Choice[] {
	const before = word.slice(0, word.lastIndexOf(",") + 1);
	return choices.map(([value, meaning]) => [`${before}${value}`, meaning]);
}

/** A condition is one word with `=` in it, which the library takes for an option and its value. */
function printConditions(word: string, names: SurveyNames, io: Io): void {
	const fitting = conditions(word, names).filter(([value]) => value.startsWith(word));
	const isWhole = word.includes("=");
	for (const [value, meaning] of fitting) io.stdout.write(`${value}\t${meaning}\n`);
	io.stdout.write(`:${isWhole ? NO_FILES : NO_FILES + NO_BLANK}\n`);
}

/** A group and `=`, then its values. */
function conditions(word: string, { groups, values }: SurveyNames): Choice[] {
	const at = word.indexOf("=");
	if (at < 0) return groups.map(([id, meaning]) => [`${id}=`, meaning]);
	const start = word.slice(0, at + 1);
	return listed(word.slice(at + 1), values.get(word.slice(0, at)) ?? []).map(([value, meaning]) => [
		`${start}${value}`,
		meaning,
	]);
}

/** `holm, bh, bonferroni or none` of an option's text. */
function namedIn(description: string): Choice[] {
	const [list = ""] = /[\w.-]+(?:, [\w.-]+)* or [\w.-]+/.exec(description) ?? [];
	return list
		.split(/, | or /)
		.filter((value) => value !== "")
		.map((value) => [value, ""]);
}

/** Files and folders whose names begin so. */
function filesBeginning(word: string): Choice[] {
	const folder = word.includes("/") ? dirname(`${word}.`) : ".";
	const start = word.includes("/") ? word.slice(0, word.lastIndexOf("/") + 1) : "";
	try {
		return readdirSync(join(folder), { withFileTypes: true })
			.filter((entry) => !entry.name.startsWith("."))
			.map((entry) => [`${start}${entry.name}${entry.isDirectory() ? "/" : ""}`, ""]);
	} catch {
		return [];
	}
}
