import type { Command } from "commander";
import { packageVersion } from "../../platform/package.js";
import { EXAMPLES } from "../examples.js";
import type { Io } from "../io.js";
import { leavesOf } from "../manners.js";

/** `talis-pd man`: the manual page, made from the command tree. */
export function manCommand(program: Command, io: Io): void {
	io.stdout.write(manualOf(program));
}

/** A page in the language of man(7), for man-db and groff. */
function manualOf(program: Command): string {
	const leaves = [...leavesOf(program)];
	return [
		`.TH TALIS-PD 1 "" "talis-pd ${packageVersion()}" "User Commands"`,
		".SH NAME",
		`talis-pd \\- ${escaped(program.description())}`,
		".SH SYNOPSIS",
		...leaves.flatMap(([path, leaf]) => [`.B talis\\-pd ${escaped(path)}`, escaped(leaf.usage()), ".br"]),
		".SH COMMANDS",
		...leaves.flatMap(([path, leaf]) => section(path, leaf)),
		".SH EXIT STATUS",
		...[
			["0", "done"],
			["1", "a bug"],
			["2", "wrong usage or unreadable input"],
			["3", "a gate that was asked for failed"],
		].flatMap(([code = "", meaning = ""]) => [".TP", `.B ${code}`, meaning]),
		"",
	].join("\n");
}

function section(path: string, leaf: Command): string[] {
	return [
		`.SS talis\\-pd ${escaped(path)}`,
		`${escaped(leaf.description())}.`,
		...leaf.registeredArguments.flatMap((one) => [
			".TP",
			`.I ${escaped(one.name())}`,
			escaped(one.description),
		]),
		...leaf.options.flatMap(({ flags, description }) => [
			".TP",
			`.B ${escaped(flags)}`,
			escaped(description),
		]),
		".PP",
		"Examples:",
		".PP",
		".nf",
		...(EXAMPLES[path] ?? []).map((line) => escaped(line)),
		".fi",
	];
}

/** Text in which nothing is a request or an escape of roff. */
function escaped(text: string): string {
	return text
		.replaceAll("\\", "\\e")
		.replaceAll("-", "\\-")
		.replace(/^(['.])/gm, "\\&$1");
}
