import type { Group } from "../../results/result-set.js";

/** A group as a chart's data name it: its value ids alone, so that who opens the Vega-Lite file can read it. */
export function groupId(group: Group): string {
	return Object.values(group).join(" | ");
}
