import { UserError } from "../base/errors.js";
import type { ResultSet } from "./result-set.js";

/** Characters a name may have to be shown; a cell of Excel holds 32 767, more than anyone would read. */
const MOST_NAME = 2000;

/**
 * Refuses results with a name that no table, page or chart has room for, such as an open answer that serves as a group. Data
 * formats hold it all the same.
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
