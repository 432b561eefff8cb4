import { dirname } from "node:path";
import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { liesWithin } from "../platform/links.js";
import { isAddress } from "../read/database/address.js";
import { findFiles } from "../read/find-files.js";
import { isFile, type ReportConfig } from "./config.js";

/**
 * Checks that the files a config names are in its own folder: users who build somebody else's report have not chosen
 * its files. Database servers are not on the disk.
 * @throws UserError where a file lies elsewhere, also by a link or as a match of a pattern.
 */
export async function checkInside({ path, data, codebook, baseline }: ReportConfig): Promise<void> {
	const reject = (key: string, file: string) => {
		if (liesWithin(dirname(path), file)) return;
		throw new UserError(`${key} names ${file}, which lies outside the folder of the config`, {
			where: { file: path },
			hint: say`put it there, or add ${option("allowOutside")} where you trust the config`,
		});
	};
	if (codebook !== undefined && isFile(codebook)) reject("codebook", codebook);
	if (baseline !== undefined) reject("baseline", baseline);
	for (const name of data) for (const place of placesOf(name)) reject("data", place);
	for (const file of await findFiles(data)) for (const place of placesOf(file)) reject("data", place);
}

/** The fixed part of a name on the disk: for a pattern, the folder above its first wildcard; for a table, its file. */
function placesOf(name: string): string[] {
	if (isAddress(name) && !name.startsWith("duckdb:")) return [];
	const file = name.replace(/^duckdb:/, "").replace(/\?table=.*$/s, "");
	const fixed = file.replace(/[*?[{(!].*$/s, "");
	return [fixed === file ? file : dirname(`${fixed}x`)];
}
