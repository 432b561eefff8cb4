import type { SavColumn } from "./columns.js";

/** Bytes the wanted cells of the rows at hand may take up. */
const SLAB_BYTES = 1 << 21;
const MOST_ROWS = 1024;

/** What becomes of an element: −1 is passed over, n ≥ 0 is number n of its row, −2 − n text n. */
const UNWANTED = -1;

/** The wanted cells of some rows: numbers as numbers, texts as bytes; everything else is passed over. */
export class Slab {
	/** What becomes of each of a row's elements of 8 bytes. */
	readonly targets: Int32Array;
	/** Numbers and bytes of text a row has here. */
	readonly numberWidth: number;
	readonly textWidth: number;
	readonly numbers: Float64Array;
	readonly texts: Buffer;
	/** Rows it holds at most. */
	readonly capacity: number;
	private readonly places = new Map<SavColumn, number>();

	constructor(columns: Iterable<SavColumn>, elements: number) {
		this.targets = new Int32Array(elements).fill(UNWANTED);
		let numbers = 0;
		let texts = 0;
		for (const column of new Set(columns)) {
			const isNumber = column.write !== undefined;
			this.places.set(column, isNumber ? numbers : texts);
			for (const { element, bytes } of column.parts) {
				for (let part = 0; part < Math.ceil(bytes / 8); part++) {
					this.targets[element + part] = isNumber ? numbers++ : -2 - texts;
					if (!isNumber) texts += 8;
				}
			}
		}
		this.numberWidth = numbers;
		this.textWidth = texts;
		const rowBytes = Math.max(1, 8 * numbers + texts);
		this.capacity = Math.max(1, Math.min(MOST_ROWS, Math.floor(SLAB_BYTES / rowBytes)));
		this.numbers = new Float64Array(this.capacity * numbers);
		this.texts = Buffer.alloc(this.capacity * texts);
	}

	/** Place of a wanted column's first cell in a row's numbers, or in its bytes of text. */
	place(column: SavColumn): number {
		return this.places.get(column) as number;
	}

	/** Copies an element's bytes to its text target. */
	putText(row: number, target: number, bytes: Buffer, at: number): void {
		const place = row * this.textWidth - 2 - target;
		for (let byte = 0; byte < 8; byte++) this.texts[place + byte] = bytes[at + byte] as number;
	}

	fillText(row: number, target: number, byte: number): void {
		const place = row * this.textWidth - 2 - target;
		this.texts.fill(byte, place, place + 8);
	}

	/** Makes a row that is not complete the first one. */
	moveToFront(row: number): void {
		this.numbers.copyWithin(0, row * this.numberWidth, (row + 1) * this.numberWidth);
		this.texts.copyWithin(0, row * this.textWidth, (row + 1) * this.textWidth);
	}
}
