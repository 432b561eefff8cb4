import { BLOCK_ROWS, type Dictionary } from "../block.js";
import type { CellForm, Raw } from "./cell.js";
import type { Page } from "./pages.js";
import type { Runs } from "./runs.js";

/** Values of a page or its dictionary, each turned into what is asked at most once. */
class Values {
	private texts: string[] | undefined;
	private numbers: Float64Array | undefined;
	private indexes: Int32Array | undefined;
	private plain: boolean | undefined;

	constructor(
		readonly raw: ArrayLike<Raw>,
		private readonly form: CellForm,
	) {}

	text(place: number): string {
		if (place < 0) return "";
		this.texts ??= [];
		this.texts[place] ??= this.form.text(this.at(place));
		return this.texts[place];
	}

	/** All values as numbers. */
	asNumbers(): Float64Array {
		const { raw, form } = this;
		this.numbers ??=
			raw instanceof Float64Array
				? raw
				: Float64Array.from(raw, (_, index) => form.number(raw[index] as Raw));
		return this.numbers;
	}

	/** Whether all numbers are finite and none is negative. */
	arePlain(): boolean {
		this.plain ??= this.asNumbers().every(isPlain);
		return this.plain;
	}

	/** Place in a column's dictionary; a text enters it where it is first met. */
	index(place: number, dictionary: Dictionary): number {
		if (place < 0) return dictionary.index("");
		const index = dictionary.index(this.text(place));
		this.known()[place] = index;
		return index;
	}

	/** Places in a column's dictionary so far as they are known; -1 where not. */
	known(): Int32Array {
		this.indexes ??= new Int32Array(this.raw.length).fill(-1);
		return this.indexes;
	}

	private at(place: number): Raw {
		const raw = this.raw[place];
		if (raw === undefined) throw new RangeError("a value is not in its dictionary");
		return raw;
	}
}

/** One column of one row group, taken from front to back. */
export class ColumnReader {
	private page: Page | undefined;
	private values: Values | undefined;
	/** Rows of the page taken, and values of it: a row may have none. */
	private row = 0;
	private value = 0;
	private readonly places = new Int32Array(BLOCK_ROWS);
	private readonly levels = new Int32Array(BLOCK_ROWS);

	constructor(
		private readonly pages: Iterator<Page>,
		private readonly form: CellForm,
	) {}

	/** The next rows as places in the column's dictionary. */
	codes(target: Int32Array, start: number, rows: number, dictionary: Dictionary): void {
		this.each(rows, (values, count, done) => {
			const { places } = this;
			const known = values.known();
			for (let i = 0; i < count; i++) {
				const index = known[places[i] as number] as number;
				target[start + done + i] = index >= 0 ? index : values.index(places[i] as number, dictionary);
			}
		});
	}

	/**
	 * The next rows as runs of numbers, which take the place of those before.
	 * @param odd Gives the number instead of one that is not finite or is negative; of a value that is no number NaN.
	 * @returns Whether there was no odd one.
	 */
	numbers(runs: Runs, rows: number, odd: (number: number, text: string, row: number) => number): boolean {
		let plain = true;
		runs.count = 0;
		this.pagewise(rows, (page, values, count, done) => {
			const numbers = values.asNumbers();
			if (page.levels === null && page.places !== null && values.arePlain()) {
				page.places.pick(numbers, count, done, runs);
				return;
			}
			this.place(page, count);
			for (let i = 0; i < count; i++) {
				const place = this.places[i] as number;
				const number = numbers[place] ?? Number.NaN;
				if (isPlain(number)) runs.add(done + i, number);
				else {
					plain = false;
					runs.add(done + i, odd(number, values.text(place), done + i));
				}
			}
		});
		return plain;
	}

	/** The next rows as text. */
	texts(target: string[], rows: number): void {
		this.each(rows, (values, count) => {
			for (let i = 0; i < count; i++) target.push(values.text(this.places[i] as number));
		});
	}

	/** The next rows, page by page; `places` then says where each row's value stands, -1 for none. */
	private each(rows: number, take: (values: Values, count: number, done: number) => void): void {
		this.pagewise(rows, (page, values, count, done) => {
			this.place(page, count);
			take(values, count, done);
		});
	}

	/** The next rows, as far as they stand on one page each time. */
	private pagewise(
		rows: number,
		take: (page: Page, values: Values, count: number, done: number) => void,
	): void {
		for (let done = 0; done < rows; ) {
			const page = this.current();
			const count = Math.min(rows - done, page.rows - this.row);
			take(page, this.values as Values, count, done);
			this.row += count;
			done += count;
		}
	}

	private current(): Page {
		while (this.page === undefined || this.row === this.page.rows) {
			const { done, value } = this.pages.next();
			if (done) throw new RangeError("a column has too few rows");
			this.page = value as Page;
			this.row = 0;
			this.value = 0;
			if (this.values?.raw !== value.values) this.values = new Values(value.values, this.form);
		}
		return this.page;
	}

	private place({ levels, places: packed }: Page, count: number): void {
		const { places, levels: present } = this;
		let values = count;
		if (levels !== null && !levels.takeOnes(count)) {
			levels.take(present, count);
			values = 0;
			for (let i = 0; i < count; i++) values += present[i] as number;
		}
		if (packed !== null) packed.take(places, values);
		else for (let i = 0; i < values; i++) places[i] = this.value + i;
		this.value += values;
		if (values === count) return;
		for (let i = count - 1; i >= 0; i--) places[i] = present[i] === 1 ? (places[--values] as number) : -1;
	}
}

function isPlain(number: number): boolean {
	return number >= 0 && number < Number.POSITIVE_INFINITY;
}
