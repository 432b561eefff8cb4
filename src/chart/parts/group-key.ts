import type { Group } from "../../results/result-set.js";

export function groupKey(group: Group): string {
	return Object.values(group).join(" | ");
}
