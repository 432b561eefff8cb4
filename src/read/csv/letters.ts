import type { Encoding } from "./text-pieces.js";

const ASCII = /^[\0-\x7f]*$/;

/** Bytes of fields → letters. */
export class Letters {
	private decoder = decoderOf("utf-8");

	/** To be said where an encoding begins. */
	use(encoding: Encoding): void {
		if (this.decoder.encoding !== encoding) this.decoder = decoderOf(encoding);
	}

	of(bytes: Buffer, start: number, end: number): string {
		// Most texts are short and ASCII, for which a decoder takes several times as long.
		const text = bytes.toString("latin1", start, end);
		return ASCII.test(text) ? text : this.decoder.decode(bytes.subarray(start, end));
	}
}

/** A byte order mark in the middle of a file is a letter like others, wherever pieces are cut. */
function decoderOf(encoding: Encoding) {
	return new TextDecoder(encoding, { ignoreBOM: true });
}
