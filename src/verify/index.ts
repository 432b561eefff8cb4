import { compare } from "../analysis/questions/compare.js";
import { gaps } from "../analysis/questions/gaps.js";
import { means } from "../analysis/questions/means.js";
import { model } from "../analysis/questions/model.js";
import { rates } from "../analysis/questions/rates.js";
import { reach } from "../analysis/questions/reach.js";
import { relate } from "../analysis/questions/relate.js";
import { UserError } from "../base/errors.js";
import type { RunOptions } from "../base/run-options.js";
import { differencesOf, type ResultDifference } from "../results/differences.js";
import type { ResultKind, ResultSet } from "../results/result-set.js";
import { contradictionsIn } from "./inside.js";
import { askedAgain } from "./spec-of.js";

/** Questions that can be repeated on files. */
const QUESTIONS: Readonly<Partial<Record<ResultKind, (files: string[], spec: never) => Promise<ResultSet>>>> =
	{
		...{ rates, compare, gaps, means, model, relate },
		reach: ([file = ""]) => reach(file),
	};

/**
 * Checks results against their files: asks the same question again, with the settings in the results, and reports all
 * differences, including data (SHA-256), codebook (hash of its rules) and tool version. Without files it looks for
 * contradictions within the results: intervals and design effects that do not follow from their figure, more rows
 * than the file has, differences that are not a − b, tests and adjusted p-values that do not follow from their
 * errors, averages that are not those of their members, syntheses that are not those of their systems.
 * @param results As `readResults` gives them.
 * @param files Survey files, named as for the results; without them, only the results are checked.
 * @returns Empty if everything agrees; `first` is what the results say, `second` what they should say.
 * @throws UserError where the question cannot be repeated on files: published figures, reports, saved results.
 * @example
 * import { rates, samplePath, verify } from "talis-pd";
 *
 * const results = await rates([samplePath()], { items: ["peer-coaching"] });
 * console.log(await verify(results, [samplePath()])); // []
 * const [row] = results.estimates as [(typeof results.estimates)[number]];
 * const [found] = await verify({ ...results, estimates: [{ ...row, se: 1 }] }, [samplePath()]);
 * console.log(found?.what, found?.field, found?.first, (found?.second as number).toFixed(2)); // number se 1 0.65
 */
export async function verify(
	results: ResultSet,
	files: readonly string[] = [],
	run: Pick<RunOptions, "signal" | "onProgress" | "sheet" | "encoding"> = {},
): Promise<ResultDifference[]> {
	if (files.length === 0) return contradictionsIn(results);
	const ask = QUESTIONS[results.kind];
	if (ask === undefined) {
		throw new UserError(
			`results of the kind ${results.kind} are not made from files that can be named here`,
			{
				hint:
					results.kind === "report"
						? "name the report's folder alone, or make the report again and compare the two"
						: "leave the files out to look inside the results",
			},
		);
	}
	const again = await ask([...files], { ...askedAgain(results), ...run } as never);
	return differencesOf(results, JSON.parse(JSON.stringify(again)) as ResultSet);
}
