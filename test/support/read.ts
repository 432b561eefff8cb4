import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { Block, Variable } from "../../src/read/block.js";
import { openSource } from "../../src/read/index.js";

/** Everything a reader gives of a file, laid out to be compared. */
export interface Content {
	format: string;
	columns: string[];
	variables: Variable[];
	/** Cells as texts. */
	rows: string[][];
	sha256: string;
}

const NO_STDIN = Readable.from([]);

/** All columns of a file as codes; bytes are read as standard input. */
export async function readAll(
	file: string | Uint8Array,
	pick?: (columns: readonly string[]) => number[],
): Promise<Content> {
	const source =
		typeof file === "string"
			? await openSource(file, { stdin: NO_STDIN })
			: await openSource("-", { stdin: Readable.from([file]) });
	const coded = pick?.(source.columns) ?? source.columns.map((_, index) => index);
	const { blocks, dictionaries } = source.read({ coded, weights: [] });
	const rows: string[][] = [];
	for await (const block of blocks) {
		for (let row = 0; row < block.rows; row++) {
			rows.push(
				coded.map((_, slot) => dictionaries[slot]?.texts[block.codes[slot]?.[row] as number] as string),
			);
		}
	}
	return {
		format: source.format,
		columns: coded.map((column) => source.columns[column] as string),
		variables: coded.flatMap((column) => source.variables?.[column] ?? []),
		rows,
		sha256: await source.sha256(),
	};
}

/** All columns of a file as weights, row by row. */
export async function readNumbers(path: string): Promise<number[][]> {
	const source = await openSource(path, { stdin: NO_STDIN });
	const { blocks } = source.read({ coded: [], weights: source.columns.map((_, index) => index) });
	const rows: number[][] = [];
	for await (const block of blocks) {
		for (let row = 0; row < block.rows; row++) rows.push(weightsOf(block, row));
	}
	return rows;
}

/** A row's weight and replicates. */
export function weightsOf(
	{ weights, vector, width }: Pick<Block, "weights" | "vector" | "width">,
	row: number,
): number[] {
	const start = (vector[row] as number) * width;
	return [...weights.subarray(start, start + width)];
}

let folder: string | undefined;
let files = 0;

/** Writes bytes to a file of their own. */
export function bytesFile(bytes: Uint8Array | string, ending: string): string {
	folder ??= mkdtempSync(join(tmpdir(), "talis-pd-read-"));
	const path = join(folder, `file-${files++}.${ending}`);
	writeFileSync(path, bytes);
	return path;
}
