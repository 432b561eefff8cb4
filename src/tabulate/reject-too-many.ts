import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import type { Plan } from "../codebook/plan/plan.js";

const MOST_GROUPS = 5000;

/** A breakdown with a value for almost every teacher is an id or a measure and would fill the memory. */
export function rejectTooMany(count: number, { groups }: Plan): void {
	if (count <= MOST_GROUPS) return;
	const names = groups.filter(({ role }) => role !== "pooled").map(({ id }) => id);
	throw new UserError(say`${option("by", names.join(","))} makes more than ${MOST_GROUPS} groups`, {
		hint: "break down by columns with few values",
	});
}
