import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";

/** With more levels, comparing all pairs must be requested explicitly. */
const MOST_LEVELS = 10;

/**
 * Chooses the pairs of levels: each with the reference, or all pairs, earlier minus later.
 * @param what Name of the levels, for messages.
 * @throws UserError if there is only one level, the reference is not among them, or there are too many pairs to compare
 * by default.
 */
export function choosePairs(
	levels: readonly string[],
	what: string,
	{ reference, pairs }: { reference: string | null; pairs: "all" | null },
): [a: string, b: string][] {
	const [only, second] = levels;
	if (second === undefined) {
		throw new UserError(
			only === undefined ? `there is nothing to compare by ${what}` : `${what} has one level here, ${only}`,
			{ hint: "compare something that has two levels or more" },
		);
	}
	if (reference !== null && pairs !== null) {
		throw new UserError(say`${option("reference")} and ${option("pairs")} exclude each other`, {
			hint: "leave one of them out",
		});
	}
	if (reference !== null) {
		const known = levels.find((level) => level.toLowerCase() === reference.toLowerCase());
		if (known === undefined) {
			throw new UserError(`${what} has no level "${reference}"`, { hint: didYouMean(reference, levels) });
		}
		return levels.filter((level) => level !== known).map((level) => [level, known]);
	}
	if (levels.length > MOST_LEVELS && pairs === null) {
		const count = (levels.length * (levels.length - 1)) / 2;
		throw new UserError(`the ${levels.length} levels of ${what} make ${count} pairs`, {
			hint: say`name one to compare with as ${option("reference")}, or say ${option("pairs", "all")}`,
		});
	}
	return levels.flatMap((a, index) => levels.slice(index + 1).map((b): [string, string] => [a, b]));
}
