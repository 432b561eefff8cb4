import { type Decode, decoderOf } from "../encoding.js";
import type { Encoding } from "./text-pieces.js";

const ASCII = /^[\0-\x7f]*$/;

/** Bytes of fields → letters. */
export class Letters {
	private encoding: Encoding = "utf-8";
	private decode = decoderOf("utf-8") as Decode;

	/** Call where an encoding begins. */
	use(encoding: Encoding): void {
		if (this.encoding !== encoding) this.decode = decoderOf(encoding) as Decode;
		this.encoding = encoding;
	}

	of(bytes: Buffer, start: number, end: number): string {
		// Most texts are short and ASCII, for which a decoder takes several times as long.
		const text = bytes.toString("latin1", start, end);
		return ASCII.test(text) ? text : this.decode(bytes.subarray(start, end));
	}
}
