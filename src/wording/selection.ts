import { namedValues } from "../results/conditions.js";
import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";
import { modelName } from "./model-names.js";

/** The conditions that restrict a whole analysis, by the names of their values; empty where there are none. */
export function selectionText(results: ResultSet, locale: Locale): string {
	const { where } = results.settings;
	return Array.isArray(where) && where.length > 0
		? locale.text("chart.where", {
				where: where.map((text) => conditionText(text, results, locale)).join(", "),
			})
		: "";
}

/** What published odds ratios hold constant; a condition, and no group of teachers. */
const CONTROLS = "controls";

/** As the user wrote it where a value has no name, or only one like yes, that says nothing alone. */
function conditionText(condition: string, results: ResultSet, locale: Locale): string {
	const { id = "", values = [] } = namedValues(condition) ?? {};
	if (id === CONTROLS) {
		return values.map((value) => modelName(value, results, locale)).join(", ");
	}
	const group = results.labels?.groups[id];
	const names = values.map((value) => group?.values[value] ?? value);
	if (group === undefined || names.some((name, place) => name === values[place])) return condition;
	return id.includes(":") ? `${group.label}: ${names.join(", ")}` : names.join(", ");
}
