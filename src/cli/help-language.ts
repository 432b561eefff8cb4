import { type Argument, type Command, Help, Option } from "commander";
import { listAssets, readAsset } from "../platform/assets.js";
import { LANGUAGES, type Language } from "../wording/languages.js";
import { type Io, type Sink, terminalLanguage } from "./io.js";

/** What a text of the command tree is called in a language. */
type Translate = (text: string) => string;

/** The language of --help: that of --lang, else a terminal's own. */
export function helpLanguage(argv: readonly string[], io: Io): Language {
	return languageFor(argv, io, io.stdout);
}

/** The language of errors, the same; what they are written to counts. */
export function errorLanguage(argv: readonly string[], io: Io): Language {
	return languageFor(argv, io, io.stderr);
}

function languageFor(argv: readonly string[], io: Io, { isTTY }: Sink): Language {
	const [, joined] = argv.map((word) => /^--lang=(.+)$/.exec(word)).find((match) => match !== null) ?? [];
	const asked = joined ?? argv[argv.indexOf("--lang") + 1 || argv.length];
	const own = isTTY === true ? terminalLanguage(io) : undefined;
	return LANGUAGES.find((language) => language === (asked ?? own)) ?? "en";
}

/** Puts all texts of a command tree into a language; what has no translation stays English. */
export function helpInLanguage(program: Command, language: Language): Command {
	const file = `${language}.json`;
	if (!listAssets("help").includes(file)) return program;
	const translate = translator(JSON.parse(readAsset(`help/${file}`)));
	const all = (command: Command): Command[] => [command, ...command.commands.flatMap(all)];
	for (const command of all(program)) {
		command.description(translate(command.description()));
		command.configureHelp({
			styleTitle: translate,
			argumentDescription: describedBy(translate),
			optionDescription: (option: Option) => translate(Help.prototype.optionDescription(option)),
			subcommandDescription: (below: Command) => translate(below.description()),
		});
		if (command.options.some(({ helpGroupHeading }) => helpGroupHeading !== undefined)) {
			command.addHelpOption(new Option("-h, --help", "show this help").helpGroup(translate("General:")));
		}
		for (const option of command.options) {
			option.description = translate(option.description);
			if (option.helpGroupHeading !== undefined) option.helpGroup(translate(option.helpGroupHeading));
		}
	}
	return program;
}

const describedBy =
	(translate: Translate): Help["argumentDescription"] =>
	({ description, defaultValue }: Argument) =>
		translate(defaultValue === undefined ? description : `${description} (default: ${defaultValue})`);

/**
 * A text by its English one. What is taken by default is translated by itself, and a list after a colon, of names to be
 * typed, is kept.
 */
function translator(texts: Readonly<Record<string, string>>): Translate {
	const known = (text: string): string | undefined => (Object.hasOwn(texts, text) ? texts[text] : undefined);
	const withList = (text: string): string | undefined => {
		const [, head = "", list = ""] = /^(.*?:) (.*)$/s.exec(text) ?? [];
		const found = known(head);
		const last = (_: string, name: string) => ` ${known("or") ?? "or"} ${name}`;
		return found === undefined ? undefined : `${found} ${list.replace(/ or (\S+)$/, last)}`;
	};
	return (text) => {
		const [, base = "", usual] = /^(.*?)(?: \(default: (.*)\))?$/s.exec(text) ?? [];
		const said = known(base) ?? withList(base) ?? base;
		return usual === undefined ? said : `${said} (${known("default")}: ${known(usual) ?? usual})`;
	};
}
