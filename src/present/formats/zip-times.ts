/** Offsets in a zip archive (APPNOTE.TXT, sections 4.3.7, 4.3.12 and 4.3.16). */
const END = { signature: 0x06054b50, bytes: 22, entries: 10, directory: 16 };
const ENTRY = { signature: 0x02014b50, bytes: 46, time: 12, lengths: [28, 30, 32], file: 42 };
const FILE = { signature: 0x04034b50, time: 10 };

/** The earliest time an archive can store: 1 January 1980. */
const NO_TIME = (1 << 21) | (1 << 16);

/**
 * Removes timestamps from a zip archive in place, so that the same files give the same bytes.
 * @param zip Without a comment at its end.
 * @throws Error if it is not such an archive.
 */
export function undated(zip: Uint8Array): Uint8Array {
	const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength);
	const expect = (signature: number, at: number) => {
		if (view.getUint32(at, true) !== signature)
			throw new Error(`byte ${at} is not where a zip archive has it`);
	};
	const end = zip.length - END.bytes;
	expect(END.signature, end);
	let at = view.getUint32(end + END.directory, true);
	for (let left = view.getUint16(end + END.entries, true); left > 0; left--) {
		expect(ENTRY.signature, at);
		const file = view.getUint32(at + ENTRY.file, true);
		expect(FILE.signature, file);
		view.setUint32(at + ENTRY.time, NO_TIME, true);
		view.setUint32(file + FILE.time, NO_TIME, true);
		at += ENTRY.bytes + ENTRY.lengths.reduce((sum, place) => sum + view.getUint16(at + place, true), 0);
	}
	return zip;
}
