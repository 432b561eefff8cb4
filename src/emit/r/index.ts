import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Comparison, ResultSet } from "../../results/result-set.js";
import type { Emission } from "../emission.js";
import { comparisonsAsR, shownComparisons } from "./comparisons.js";
import { estimatesAsR, variableNames } from "./estimates.js";
import { jointTestsAsR } from "./joint-tests.js";
import { coefficientPlaces, modelsAsR } from "./models.js";
import { relationsAsR } from "./relations.js";
import { shownRows } from "./rows.js";
import {
	estimatedAsR,
	filesOf,
	type ScriptSection,
	scriptOfSections,
	settingsAsR,
	surveyAsR,
} from "./sections.js";
import { placesIn, synthesesAsR } from "./syntheses.js";

/**
 * A complete R script that reads the same files, recodes them by the same plan, works out the same figures with the
 * `survey` package, prints them beside the tool's, and ends with status 1 where one differs by more than 1e-8.
 * @throws UserError where R has no such reader or statistic, or results were changed on purpose (`--protect`).
 */
export function scriptInR({ results, plans, files }: Emission): string {
	if (results.settings.protect) {
		throw new UserError("protected results are rounded, so a script cannot arrive at them", {
			hint: say`leave out ${option("protect")}: the script is for whoever has the data`,
		});
	}
	const { teachers, schools } = filesOf({ results, plans, files });
	const found: [title: string, code: string | null][] = [
		["The table, and how far it is from the tool's", estimatesAsR(results, plans)],
		["Differences, and how far they are from the tool's", comparisonsAsR(results, plans)],
		["Tests of all levels together", jointTestsAsR(results, plans)],
		["Models, and how far they are from the tool's", modelsAsR(results, plans)],
		["Relations, and how far they are from the tool's", relationsAsR(results, plans)],
		["Systems together", synthesesAsR(results, placesOf(results, plans))],
	];
	const tables = found.flatMap(([title, own]): ScriptSection[] => (own === null ? [] : [[title, own]]));
	if (tables.length === 0) throw new UserError("no figure is shown that a script could recompute");
	const survey = surveyAsR({ results, plans, teachers, schools });
	const decided: ScriptSection = ["What decides the numbers", settingsAsR(results)];
	return scriptOfSections(
		results,
		[...teachers, ...schools],
		[...survey, decided],
		[["What is estimated", estimatedAsR(results, plans)], ...tables],
	);
}

/** The places in a script's tables of the inputs of syntheses. */
function placesOf(results: ResultSet, plans: PlansExplained) {
	return {
		estimate: placesIn(shownRows(results, variableNames(plans)).map(({ row }) => row)),
		comparison: placesIn(
			shownComparisons(results),
			({ between }: Comparison, of) => JSON.stringify(between) === JSON.stringify(of.between),
		),
		coefficient: coefficientPlaces(results),
	};
}
