import { valuesOf } from "../results/conditions.js";
import { groupLabel, valueName } from "../results/labels.js";
import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** The conditions that restrict a whole analysis, by the names of groups and values; empty where there are none. */
export function selectionText(results: ResultSet, locale: Locale): string {
	const { where } = results.settings;
	return Array.isArray(where) && where.length > 0
		? locale.text("chart.where", { where: where.map((one) => conditionText(one, results)).join("; ") })
		: "";
}

/** As the user wrote it where it has no names, such as `experience<=5`. */
function conditionText(condition: string, results: ResultSet): string {
	const { id, values } = valuesOf(condition) ?? {};
	if (id === undefined || values === undefined || results.labels?.groups[id] === undefined) return condition;
	return `${groupLabel(id, results)}: ${values.map((value) => valueName(id, value, results)).join(", ")}`;
}
