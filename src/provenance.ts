import type { Codebook } from "./codebook/definition/schema.js";
import type { Source } from "./read/block.js";
import { columnIndex } from "./read/columns/column-names.js";
import type { SettingsRecord, SourceFile } from "./results/result-set.js";
import type { RatesSettings } from "./settings/rates.js";

/**
 * What was read.
 * @param rows Rows of each file.
 * @param hashes SHA-256 of each file; empty texts where they are not known yet.
 */
export function sourceFiles(
	sources: readonly Source[],
	rows: readonly number[],
	{ synthetic }: Codebook,
	hashes: readonly string[] = [],
): SourceFile[] {
	return sources.map(({ name, format, columns }, index) => ({
		file: name,
		format,
		sha256: hashes[index] ?? "",
		rows: rows[index] as number,
		...(synthetic !== undefined && columnIndex(columns, synthetic) !== undefined ? { synthetic: true } : {}),
	}));
}

/** SHA-256 of each file. */
export function hashesOf(sources: readonly Source[]): Promise<string[]> {
	return Promise.all(sources.map(({ sha256 }) => sha256()));
}

/** Everything that decides the numbers, defaults written out. */
export function recordOf(
	command: string,
	settings: RatesSettings,
	{ cycle }: Pick<Codebook, "cycle">,
	by: readonly string[],
): SettingsRecord {
	// Constants of the variance stand with the design, files with the sources.
	const { language, codebook, df, scale: _, centre: __, lonelyPsu: ___, schools: ____, ...rest } = settings;
	return {
		command,
		cycle,
		...rest,
		by: [...by],
		df: df === Number.POSITIVE_INFINITY ? "inf" : df,
		lang: language,
		...(codebook === null ? {} : { codebook }),
	};
}
