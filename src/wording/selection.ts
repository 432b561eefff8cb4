import type { ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** The conditions that restrict a whole analysis, as the user wrote them; empty where there are none. */
export function selectionText({ settings: { where } }: ResultSet, locale: Locale): string {
	return Array.isArray(where) && where.length > 0
		? locale.text("chart.where", { where: where.join(", ") })
		: "";
}
