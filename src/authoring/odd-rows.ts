import { UserError } from "../base/errors.js";
import { sum } from "./answer-lists.js";
import { says } from "./answer-words.js";
import { oneLine } from "./headings.js";
import type { FileProfile } from "./profile.js";

/**
 * Refuses a file that ends with a row of totals, which would count as one more respondent.
 * @throws UserError with its line.
 */
export function rejectTotals({ file, columns, last, rows }: FileProfile): void {
	const place = last.texts.findIndex((text) => text.trim() !== "");
	const text = last.texts[place] ?? "";
	const same = columns[place]?.texts.find((one) => one.text === text);
	if (rows < 2 || !says.total(text) || same?.rows !== 1) return;
	throw new UserError(`the last row is no respondent's, as it begins with "${oneLine(text)}"`, {
		where: { file, line: last.line },
		hint: "remove rows of totals and averages from the file; each would count as a respondent",
	});
}

/** Columns with so many different values, and of so many of the different rows, tell rows apart. */
const LEAST_DIFFERENT = 20;
const MOSTLY_DIFFERENT = 0.9;

/** Reports rows that repeat an earlier one, if chance cannot explain it. */
export function repeatedRows({ rows, columns, repeats }: FileProfile): string[] {
	if (repeats.rows === 0) return [];
	const filled = columns.filter(({ texts }) => texts.length > 1);
	const least = Math.max(LEAST_DIFFERENT, MOSTLY_DIFFERENT * (rows - repeats.rows));
	const tells = filled.some(({ texts }) => texts.length >= least);
	// The chance that two rows are alike, from how often each answer was given; answers hang together, hence the half.
	const alike = filled.map(({ texts, empty }) =>
		Math.log(sum([...texts.map((one) => one.rows), empty.rows].map((count) => (count / rows) ** 2))),
	);
	if (!tells && (rows * rows * Math.exp(sum(alike) / 2)) / 2 > LEAST_SURPRISE) return [];
	const more = repeats.rows > repeats.lines.length ? ", …" : "";
	return [
		`${repeats.rows} of the ${rows} rows are an earlier row again, cell by cell (lines ${repeats.lines.join(", ")}${more}), and count each time; remove them from the file if they were sent twice`,
	];
}

/** Limit on the expected number of equal pairs: with more, equal rows are not reported. */
const LEAST_SURPRISE = 0.5;
