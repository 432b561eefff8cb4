import { languageOf, translated } from "../analysis/saved/translate.js";
import { UserError } from "../base/errors.js";
import { RESULTS_SCHEMA, type ResultSet } from "../results/result-set.js";
import type { Language } from "../wording/locale.js";

/**
 * Results in the requested language, or in their own.
 * @throws UserError for a value that is not a result set.
 */
export function resultsIn(
	results: ResultSet,
	language: Language = languageOf(checkResults(results)),
): ResultSet {
	return translated(checkResults(results), language);
}

function checkResults(results: ResultSet): ResultSet {
	if (results?.schema === RESULTS_SCHEMA) return results;
	throw new UserError("this is not a result set", {
		code: "option",
		hint: "give what rates or a similar function returns, or readResults of a file",
	});
}
