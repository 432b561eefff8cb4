import { BLOCK_ROWS, type Dictionary } from "../block.js";
import { plainText } from "../block-builder.js";
import type { CellForm, Raw } from "./cell.js";
import type { ParquetPage } from "./pages.js";
import type { Runs } from "./runs.js";
import { lookUp } from "./unpack-loops.js";

/** Values of a page or its dictionary, each turned into what is asked at most once. */
class Values {
	private texts: string[] | undefined;
	private numbers: Float64Array | undefined;
	private indexes: Int32Array | undefined;
	private generation = 0;
	private plain: boolean | undefined;

	constructor(
		readonly raw: ArrayLike<Raw>,
		private readonly form: CellForm,
		private readonly exact: boolean,
	) {}

	text(place: number): string {
		if (place < 0) return "";
		this.texts ??= [];
		this.texts[place] ??= this.spelt(this.form.text(this.at(place)));
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
		this.plain ??= areAllPlain(this.asNumbers());
		return this.plain;
	}

	/** The same as `look` for places that do not come again. */
	lookOnce(places: Int32Array, target: Int32Array, dictionary: Dictionary): void {
		for (let i = 0; i < places.length; i++) target[i] = dictionary.index(this.text(places[i] as number));
	}

	/** Places of values → places in a column's dictionary; a text enters it where it is first met. */
	look(places: Int32Array, target: Int32Array, dictionary: Dictionary): void {
		const { length } = this.raw;
		this.indexes ??= new Int32Array(length + 1).fill(-1);
		const { indexes } = this;
		if (dictionary.generation !== this.generation) indexes.fill(-1);
		this.generation = dictionary.generation;
		const { found, unknown } = lookUp(places, indexes);
		for (const place of unknown) indexes[place < 0 ? length : place] = dictionary.index(this.text(place));
		target.set(unknown.length === 0 ? found : lookUp(places, indexes).found);
	}

	private spelt(text: string): string {
		return this.exact ? text : plainText(text);
	}

	private at(place: number): Raw {
		const raw = this.raw[place];
		if (raw === undefined) throw new RangeError("a value is not in its dictionary");
		return raw;
	}
}

/** Of the rows that are taken at the moment: where each row's value stands, −1 for none, and whether it has one. */
const places = new Int32Array(BLOCK_ROWS);
const present = new Int32Array(BLOCK_ROWS);

/** One column of one row group, taken from front to back. */
export class ColumnReader {
	private page: ParquetPage | undefined;
	private values: Values | undefined;
	/** Rows of the page taken, and values of it: a row may have none. */
	private row = 0;
	private value = 0;

	constructor(
		private readonly pages: Iterator<ParquetPage>,
		private readonly form: CellForm,
		/** Texts are wanted as they stand. */
		private readonly exact = false,
	) {}

	/** The next rows as places in the column's dictionary. */
	codes(target: Int32Array, start: number, rows: number, dictionary: Dictionary): void {
		for (let done = 0; done < rows; ) {
			const { count, page, values } = this.next(rows - done);
			this.place(count);
			const next = target.subarray(start + done, start + done + count);
			const own = places.subarray(0, count);
			if (page.places === null) values.lookOnce(own, next, dictionary);
			else values.look(own, next, dictionary);
			done += count;
		}
	}

	/**
	 * The next rows as runs of numbers, which take the place of those before.
	 * @param odd Gives the number instead of one that is not finite or is negative; of a value that is not a number
	 * NaN.
	 * @returns Whether there was no odd one.
	 */
	numbers(runs: Runs, rows: number, odd: (number: number, text: string, row: number) => number): boolean {
		let plain = true;
		runs.count = 0;
		for (let done = 0; done < rows; ) {
			const { count, page, values } = this.next(rows - done);
			const numbers = values.asNumbers();
			const { levels, places: packed } = page;
			if (packed !== null && values.arePlain() && (levels === null || levels.takeOnes(count))) {
				packed.pick(numbers, count, done, runs);
			} else {
				this.place(count);
				for (let row = done; row < done + count; row++) {
					const place = places[row - done] as number;
					const number = numbers[place] ?? Number.NaN;
					plain &&= isPlain(number);
					runs.add(row, isPlain(number) ? number : odd(number, values.text(place), row));
				}
			}
			done += count;
		}
		return plain;
	}

	/** The next rows as text. */
	texts(target: string[], rows: number): void {
		for (let done = 0; done < rows; ) {
			const { count, values } = this.next(rows - done);
			this.place(count);
			for (let i = 0; i < count; i++) target.push(values.text(places[i] as number));
			done += count;
		}
	}

	/** The next rows, as far as they stand on one page. */
	private next(rows: number): { count: number; page: ParquetPage; values: Values } {
		const page = this.current();
		const count = Math.min(rows, page.rows - this.row);
		this.row += count;
		return { count, page, values: this.values as Values };
	}

	private current(): ParquetPage {
		while (this.page === undefined || this.row === this.page.rows) {
			const { done, value } = this.pages.next();
			if (done) throw new RangeError("a column has too few rows");
			this.page = value as ParquetPage;
			this.row = 0;
			this.value = 0;
			if (this.values?.raw !== value.values) this.values = new Values(value.values, this.form, this.exact);
		}
		return this.page;
	}

	/** Where the values of the next rows of the page stand, -1 for none. */
	private place(count: number): void {
		const { levels, places: packed } = this.page as ParquetPage;
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

function areAllPlain(numbers: Float64Array): boolean {
	for (let i = 0; i < numbers.length; i++) if (!isPlain(numbers[i] as number)) return false;
	return true;
}

function isPlain(number: number): boolean {
	return number >= 0 && number < Number.POSITIVE_INFINITY;
}
