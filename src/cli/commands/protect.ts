import { disclosures, readResults, UserError } from "../../index.js";
import { counted, renderDisclosures } from "../../internal.js";
import type { Io } from "../io.js";
import { shownAs, viewOf } from "../shown.js";

/**
 * `talis-pd protect RESULTS.json…`: hidden figures that saved results together reveal.
 * @throws UserError with exit code 3 if they reveal any.
 */
export async function protectCommand(
	files: string[],
	options: { format?: string; lang?: string },
	io: Io,
): Promise<void> {
	const { format, language } = shownAs(options, io);
	const found = await disclosures(files.map(readResults));
	io.stdout.write(
		format === "json"
			? `${JSON.stringify({ schema: "talis-pd/protect@1", files, disclosures: found }, null, 2)}\n`
			: renderDisclosures(found, viewOf(language, io)),
	);
	if (found.length === 0) return;
	throw new UserError(`${counted(found.length, "figure")} can be derived but should not be known`, {
		exitCode: 3,
		hint: "make these results again with --protect, all of them in one report or with the same groups",
	});
}
