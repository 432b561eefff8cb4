import type { Command } from "commander";
import { UserError } from "../../index.js";
import type { Io } from "../io.js";
import { leavesOf } from "../manners.js";

/**
 * `talis-pd help [WORD…]`: the help of a command, else the options and commands whose name or text has the words.
 * @throws UserError where nothing has them.
 */
export function helpCommand(words: readonly string[], program: Command, io: Io): void {
	const asked = words.join(" ").toLowerCase();
	const leaves = leavesOf(program);
	const command = leaves.get(asked) ?? program.commands.find((one) => one.name() === asked);
	if (asked === "" || command !== undefined) {
		io.stdout.write((command ?? program).helpInformation());
		return;
	}
	const word = asked.replace(/^-+/, "");
	const found = [...leaves].flatMap(([path, leaf]) => [
		...(leaf.description().toLowerCase().includes(word) ? [[`talis-pd ${path}`, leaf.description()]] : []),
		...leaf.options
			.filter(({ flags, description }) => `${flags} ${description}`.toLowerCase().includes(word))
			.map(({ flags, description }) => [`talis-pd ${path} ${flags}`, description]),
	]) as [string, string][];
	if (found.length === 0) {
		throw new UserError(`no command and no option is about "${asked}"`, {
			code: "option",
			hint: "talis-pd --help lists the commands",
		});
	}
	const width = Math.max(...found.map(([usage]) => usage.length));
	io.stdout.write(found.map(([usage, text]) => `${usage.padEnd(width)}  ${text}\n`).join(""));
}
