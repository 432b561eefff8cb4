import { UserError } from "../../base/errors.js";

/** Bytes of rows → the wanted cells of rows, in a slab. */
export interface CaseDecoder {
	/** Bytes are taken in whole multiples of this. */
	unit: number;
	/** True once a mark said that no row follows. */
	readonly ended: boolean;
	/** Whether the last row so far lacks its end. */
	readonly midCase: boolean;
	/** Fills the slab from its first row; how many rows it holds each time they are to be taken out. */
	decode(bytes: Buffer): Generator<number>;
}

/** An error about one of the rows a slab holds. */
export type RejectCase = (row: number, what: string) => UserError;

/** The rows of a file, counted. */
export class Cases {
	/** Rows handed out so far. */
	seen = 0;
	private rest: Buffer = Buffer.alloc(0);

	/**
	 * @param promised Rows the file says it has; null where it does not.
	 */
	constructor(
		private readonly promised: number | null,
		private readonly name: string,
	) {}

	readonly reject: RejectCase = (row, what) =>
		new UserError(`the SPSS file is damaged: ${what}`, {
			where: { file: this.name, row: this.seen + row + 1 },
			hint: "copy or download it again, or save it again from SPSS",
		});

	/**
	 * Rows of the slab as they fill it. All bytes are taken, so that the file's sum covers them.
	 * @throws UserError where there are fewer or more rows than promised, or the last one is cut off.
	 */
	async *read(data: AsyncIterable<Buffer>, decoder: CaseDecoder): AsyncGenerator<number> {
		for await (const chunk of data) {
			if (decoder.ended) continue;
			for (const count of decoder.decode(this.wholeUnits(chunk, decoder.unit))) {
				if (this.promised !== null && this.seen + count > this.promised) throw this.tooMany(this.promised);
				yield count;
				this.seen += count;
			}
		}
		const isCut = decoder.midCase || (this.rest.length > 0 && !decoder.ended);
		if (isCut || (this.promised !== null && this.seen < this.promised)) throw this.tooFew(isCut);
	}

	/** What has arrived, up to the last whole unit; the rest waits. */
	private wholeUnits(chunk: Buffer, unit: number): Buffer {
		const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
		const whole = bytes.length - (bytes.length % unit);
		this.rest = bytes.subarray(whole);
		return bytes.subarray(0, whole);
	}

	private tooMany(promised: number): UserError {
		return new UserError(`the SPSS file is damaged: it holds more rows than the ${promised} it says it has`, {
			where: { file: this.name },
			hint: "open it in SPSS or PSPP, look at its last rows and save it again",
		});
	}

	private tooFew(isCut: boolean): UserError {
		const rows = this.promised === null ? "" : ` of ${this.promised}`;
		const where = isCut ? `within row ${this.seen + 1}${rows}` : `after row ${this.seen}${rows}`;
		return new UserError(`the SPSS file is cut off ${where}`, {
			where: { file: this.name },
			hint: "copy or download it again",
		});
	}
}
