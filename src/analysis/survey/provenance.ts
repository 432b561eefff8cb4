import type { Codebook } from "../../codebook/definition/schema.js";
import type { Source } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type { SourceFile } from "../../results/result-set.js";

/**
 * The files that were read.
 * @param rows Rows of each file.
 * @param hashes SHA-256 of each file; empty strings until they are known.
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

export function hashesOf(sources: readonly Source[]): Promise<string[]> {
	return Promise.all(sources.map(({ sha256 }) => sha256()));
}
