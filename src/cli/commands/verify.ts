import { join } from "node:path";
import { differencesOf, type ResultDifference, UserError, verify } from "../../index.js";
import {
	counted,
	findFiles,
	isFolder,
	readToVerify,
	renderDifferences,
	type Unchecked,
	uncheckedIn,
	verifyFolder,
} from "../../internal.js";
import type { Io } from "../io.js";
import { watched } from "../progress.js";
import { shownAs, viewOf } from "../shown.js";

interface VerifyOptions {
	format?: string;
	lang?: string;
	sheet?: string;
	encoding?: string;
	quiet?: boolean;
}

/**
 * `talis-pd verify RESULTS.json [FILE…]`: repeats the question on the files, or checks the results for contradictions;
 * in a report's folder also its files.
 * @throws UserError with exit code 3 if anything differs.
 */
export async function verifyCommand(
	file: string,
	names: string[],
	options: VerifyOptions,
	io: Io,
): Promise<void> {
	const shown = shownAs(options, io);
	const folder = isFolder(file);
	const ofFolder = folder ? verifyFolder(file) : [];
	const results = readToVerify(folder ? join(file, "results.json") : file);
	const files = await findFiles(names);
	const found = await watched(io, options, (run) => verify(results, files, run));
	show([...ofFolder, ...found], shown, io, "from what it should be", uncheckedIn(results, files));
}

/**
 * `talis-pd diff A.json B.json`.
 * @throws UserError with exit code 3 if anything differs.
 */
export async function diffCommand(
	a: string,
	b: string,
	options: VerifyOptions & { tolerance?: string },
	io: Io,
): Promise<void> {
	const tolerance = toleranceOf(options.tolerance ?? "1e-9");
	show(
		differencesOf(readToVerify(a), readToVerify(b), tolerance),
		shownAs(options, io),
		io,
		"between the two",
	);
}

function toleranceOf(text: string): number {
	const tolerance = Number(text);
	if (text.trim() !== "" && tolerance >= 0 && Number.isFinite(tolerance)) return tolerance;
	throw new UserError(`"${text}" is not a value of --tolerance`, {
		code: "option",
		hint: "write a number such as 1e-9",
	});
}

function show(
	found: readonly ResultDifference[],
	{ format, language }: ReturnType<typeof shownAs>,
	io: Io,
	from: string,
	unchecked: readonly Unchecked[] = [],
): void {
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ schema: "talis-pd/differences@1", differences: found, unchecked }, null, 2)}\n`
			: renderDifferences(found, viewOf(language, io), unchecked),
	);
	if (found.length === 0) return;
	throw new UserError(`${counted(found.length, "difference")} ${from}`, { exitCode: 3 });
}
