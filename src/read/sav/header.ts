import { UserError } from "../../base/errors.js";
import type { Cursor } from "../cursor.js";
import { Fields } from "../fields.js";

/** How the rows are stored: as they are, one byte for small whole numbers, or that in zlib streams. */
export type Compression = "none" | "bytecode" | "zlib";

export interface FileHeader {
	littleEndian: boolean;
	compression: Compression;
	/** Rows as the writer counted them; null where it did not. */
	rows: number | null;
}

const HEADER_BYTES = 176;
const COMPRESSIONS: readonly Compression[] = ["none", "bytecode", "zlib"];

/** What a byte code has taken off to give its number. Its bytes also show how numbers are written. */
export const BIAS = 100;

/**
 * The 176 bytes every SPSS system file begins with.
 * @throws UserError for a file in a layout or number format no one writes any more.
 */
export async function readHeader(cursor: Cursor): Promise<FileHeader> {
	const bytes = await cursor.take(HEADER_BYTES, "the file header");
	const littleEndian = isLayout(bytes.readInt32LE(64));
	if (!littleEndian && !isLayout(bytes.readInt32BE(64))) {
		throw cursor.damaged(`its layout code is ${bytes.readInt32LE(64)} instead of 2`, 64);
	}
	const fields = new Fields(bytes, littleEndian, cursor, 0);
	fields.at = 72;
	const compression = COMPRESSIONS[fields.int()];
	const isZlib = bytes.toString("latin1", 0, 4) === "$FL3";
	if (compression === undefined || (compression === "zlib") !== isZlib) {
		throw cursor.damaged("its compression is not one of those SPSS has", 72);
	}
	fields.at = 80;
	const rows = fields.int();
	if (rows < -1) throw cursor.damaged(`it claims ${rows} rows`, 80);
	if (fields.double() !== BIAS) {
		throw new UserError("its numbers are not written as IEEE 754 with the usual bias of 100", {
			where: { file: cursor.name, byte: 84 },
			hint: "open it in SPSS or PSPP and save it again",
		});
	}
	return { littleEndian, compression, rows: rows === -1 ? null : rows };
}

function isLayout(code: number): boolean {
	return code === 2 || code === 3;
}
