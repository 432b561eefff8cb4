import type { Group } from "./result-set.js";

/** Cached texts of groups: thousands of figures share a group. */
const keys = new WeakMap<Group, string>();

/** A group as text, whatever the order of its breakdowns. */
export function groupKey(group: Group): string {
	let key = keys.get(group);
	if (key === undefined) {
		key = JSON.stringify(Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1)));
		keys.set(group, key);
	}
	return key;
}
