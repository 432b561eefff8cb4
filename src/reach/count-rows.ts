import { describePlace, type Place, UserError } from "../base/errors.js";
import type { CountColumn, CountColumns } from "./count-columns.js";

/** Teachers of one programme in one year or period. */
export interface Count {
	program: string;
	year: string;
	trained: number;
	/** Null where only the published share is known. */
	eligible: number | null;
	/** Percent. */
	share: number;
}

/** Shares are published in whole percent. */
const ROUNDED = 0.5;

/** Rows of a file of counts, each checked as it comes. */
export class CountReader {
	readonly counts: Count[] = [];
	private readonly places = new Map<string, Place>();

	constructor(
		private readonly file: string,
		private readonly columns: readonly string[],
		private readonly wanted: CountColumns,
	) {}

	/**
	 * @param cell Text of a column, by its place in the header.
	 * @throws UserError with file, line and column for what cannot be.
	 */
	add(cell: (column: number) => string, place: Place): void {
		const text = (kind: CountColumn) => {
			const column = this.wanted[kind];
			return column === undefined ? "" : cell(column).trim();
		};
		const fail = (kind: CountColumn, message: string, hint: string): never => {
			const column = this.columns[this.wanted[kind] ?? -1] ?? kind;
			throw new UserError(message, { where: { file: this.file, ...place, column }, hint });
		};
		const number = (kind: CountColumn) => {
			const value = parseCount(text(kind));
			if (value !== undefined) return value;
			const what = text(kind) === "" ? "is empty" : `"${text(kind)}" is no number of teachers`;
			return fail(kind, what, "write a whole number such as 256215 or 256 215");
		};
		const [program, year] = [text("program"), text("year").replace("–", "-")];
		if (program === "") fail("program", "is empty", "name the programme on every row");
		if (!/^\d{4}([-/]\d{2,4})?$/.test(year)) {
			fail(
				"year",
				`"${text("year")}" is no year`,
				"write a year such as 2018, or a period such as 2016-2018",
			);
		}
		const key = JSON.stringify([program.toLowerCase(), year]);
		const before = this.places.get(key);
		if (before !== undefined) {
			fail(
				"program",
				`"${program}" is there twice for ${year}, first on ${describePlace(before)}`,
				"keep one of the two rows",
			);
		}
		this.places.set(key, place);
		const trained = number("trained");
		const share = text("share") === "" ? null : parseShare(text("share"));
		if (share === undefined) {
			fail("share", `"${text("share")}" is no percentage`, "write a number from 0 to 100");
		}
		const eligible = text("eligible") === "" && share !== null ? null : number("eligible");
		if (eligible === null) {
			this.counts.push({ program, year, trained, eligible, share: share as number });
			return;
		}
		if (eligible === 0) fail("eligible", "is zero, so there is no share", "leave the row out, or correct it");
		if (trained > eligible) {
			fail(
				"trained",
				`${trained} teachers are trained and only ${eligible} eligible`,
				"correct the counts, or count each teacher once",
			);
		}
		const own = (100 * trained) / eligible;
		if (typeof share === "number" && Math.abs(share - own) > ROUNDED) {
			fail(
				"share",
				`is ${share}, but ${trained} of ${eligible} is ${own.toFixed(1)}`,
				"correct one of the three",
			);
		}
		this.counts.push({ program, year, trained, eligible, share: own });
	}
}

/** A whole number, zero or more; blanks and apostrophes may part its thousands. */
function parseCount(text: string): number | undefined {
	const digits = /^\d{1,3}(?:[\s\u00a0\u202f'’]\d{3})+$/.test(text) ? text.replace(/\D/g, "") : text;
	const value = /^\d+(?:[.,]0+)?$/.test(digits) ? Number(digits.replace(",", ".")) : Number.NaN;
	return Number.isSafeInteger(value) ? value : undefined;
}

function parseShare(text: string): number | undefined {
	const number = text.replace(/\s*%$/, "").replace(",", ".");
	const value = /^\d+(?:\.\d+)?$/.test(number) ? Number(number) : Number.NaN;
	return value >= 0 && value <= 100 ? value : undefined;
}
