import type { Command } from "commander";
import { codebooks, UserError } from "../../index.js";
import { glossary, loadLocale, textIn } from "../../internal.js";
import { helpLanguage } from "../help-language.js";
import type { Io } from "../io.js";
import { leavesOf } from "../manners.js";

/** A name that people type, and what it is. */
type Entry = readonly [name: string, text: string];

/** What is found, under its heading. */
type Section = readonly [heading: string, entries: readonly Entry[]];

/** What all options of one name share is said once, for so many commands. */
const NAMED = 6;

/**
 * `talis-pd help [WORD…]`: the help of a command, otherwise everything whose name or text contains the words: terms,
 * commands, options, and groups, topics and items of the built-in codebooks.
 * @throws UserError if nothing matches.
 */
export function helpCommand(
	words: readonly string[],
	{ lang }: { lang?: string },
	program: Command,
	io: Io,
): void {
	const asked = words.join(" ").toLowerCase();
	const leaves = leavesOf(program);
	const command = leaves.get(asked) ?? program.commands.find((one) => one.name() === asked);
	if (asked === "" || command !== undefined) {
		io.stdout.write((command ?? program).helpInformation());
		return;
	}
	const word = asked.replace(/^-+/, "");
	const language = helpLanguage(lang === undefined ? [] : ["--lang", lang], io);
	const begins = new RegExp(`(?<![\\p{L}\\p{N}])${word.replace(/[^\p{L}\p{N} -]/gu, "\\$&")}`, "iu");
	const has = (...texts: (string | undefined)[]) => texts.some((text) => begins.test(text ?? ""));
	const sections: Section[] = [
		["terms", termsOf(has, language)],
		["commands", commandsOf(leaves, has)],
		["options", optionsOf(leaves, has, loadLocale(language).text("help.all-commands"))],
		...surveyed(has, language),
	];
	const found = sections.filter(([, entries]) => entries.length > 0);
	if (found.length === 0) {
		throw new UserError(`nothing is about "${asked}": no command, option, topic, item or term`, {
			code: "option",
			hint: "talis-pd --help lists the commands, talis-pd published --list the topics and items",
		});
	}
	io.stdout.write(laidOut(found, (heading) => loadLocale(language).text(`help.${heading}`), program, io));
}

type Has = (...texts: (string | undefined)[]) => boolean;
type Language = ReturnType<typeof helpLanguage>;

function termsOf(has: Has, language: Language): Entry[] {
	return glossary()
		.filter(({ term, what }) => has(...Object.values(term), what[language]))
		.map(({ term, what }) => [textIn(term, language), textIn(what, language)]);
}

function commandsOf(leaves: ReadonlyMap<string, Command>, has: Has): Entry[] {
	return [...leaves]
		.filter(([path, leaf]) => has(path, leaf.description()))
		.map(([path, leaf]) => [path, leaf.description()]);
}

/** Options by name and text, each with the commands that have it. */
function optionsOf(leaves: ReadonlyMap<string, Command>, has: Has, all: string): Entry[] {
	const found = new Map<string, { flags: string; description: string; of: string[] }>();
	for (const [path, { options }] of leaves) {
		for (const { flags, description, hidden } of options) {
			if (hidden || !has(flags, description)) continue;
			const key = `${flags} ${description}`;
			const known = found.get(key) ?? { flags, description, of: [] };
			found.set(key, { ...known, of: [...known.of, path] });
		}
	}
	return [...found.values()].map(({ flags, description, of }) => {
		const named = of.slice(0, NAMED).join(", ");
		const more = of.length > NAMED ? `, +${of.length - NAMED}` : "";
		return [flags, `${description} [${of.length === leaves.size ? all : `${named}${more}`}]`];
	});
}

/** Groups, topics and items of the built-in codebooks, under the option that takes them: --by, --topic or --item. */
function surveyed(has: Has, language: Language): Section[] {
	const groups = new Map<string, string>();
	const topics = new Map<string, string>();
	const items = new Map<string, string>();
	for (const { id } of codebooks.list(language)) {
		const codebook = codebooks.load(id);
		for (const [key, { label }] of Object.entries(codebook.groups)) {
			if (has(key, ...Object.values(label))) groups.set(key, groups.get(key) ?? textIn(label, language));
		}
		for (const [key, topic] of Object.entries(codebook.topics)) {
			if (has(key, ...Object.values(topic.label))) {
				topics.set(key, topics.get(key) ?? textIn(topic.label, language));
			}
			for (const [name, { label, variable }] of Object.entries(topic.items)) {
				const path = `${key}:${name}`;
				if (!has(name, path, variable, ...Object.values(label))) continue;
				items.set(path, items.get(path) ?? textIn(label, language));
			}
		}
	}
	return [
		["groups", [...groups]],
		["topics", [...topics]],
		["items", [...items]],
	];
}

/** Names up to this width have their text beside them; longer ones have it below. */
const WIDEST = 34;

function laidOut(
	sections: readonly Section[],
	headingOf: (heading: string) => string,
	program: Command,
	io: Io,
): string {
	const help = program.createHelp();
	help.prepareContext({ helpWidth: io.stdout.columns ?? 80 });
	const lines = sections.flatMap(([heading, entries]) => {
		const widths = entries.map(([name]) => help.displayWidth(name)).filter((width) => width <= WIDEST);
		const width = Math.max(0, ...widths);
		return [
			headingOf(heading),
			...entries.map(([name, text]) =>
				help.formatItem(name, Math.max(width, help.displayWidth(name)), text, help),
			),
			"",
		];
	});
	return lines.join("\n");
}
