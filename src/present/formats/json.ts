import type { ResultSet } from "../../results/result-set.js";

/** The contract itself (../results). */
export function renderJson(results: ResultSet): string {
	return `${JSON.stringify(results, null, 2)}\n`;
}
