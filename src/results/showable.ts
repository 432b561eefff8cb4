import { UserError } from "../base/errors.js";
import type { ResultSet } from "./result-set.js";

/** Longest name that can be shown; a cell of Excel holds 32 767 characters, more than anyone would read. */
const MOST_NAME = 2000;

/**
 * Refuses results with a name too long for a table, page or chart, such as an open answer used as a group. Data formats
 * can hold it.
 */
export function checkShowable(results: ResultSet): void {
	const { labels, estimates, comparisons, models = [], relations = [] } = results;
	for (const part of [labels, estimates, comparisons, models, relations]) checkNames(part);
}

function checkNames(part: unknown): void {
	if (typeof part === "string") {
		if (part.length <= MOST_NAME) return;
		throw new UserError(
			`a name of ${part.length} characters, "${part.slice(0, 20)}…", cannot be shown: the longest may have ${MOST_NAME}`,
			{ hint: "shorten it, or write the results as csv or json" },
		);
	}
	if (typeof part !== "object" || part === null) return;
	for (const [key, value] of Object.entries(part)) {
		checkNames(key);
		checkNames(value);
	}
}
