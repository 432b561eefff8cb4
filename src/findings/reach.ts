import type { ResultSet } from "../results/result-set.js";
import type { Finding } from "./finding.js";

/** The latest share of the first programme, and its change: all teachers are counted, so that nothing is tested. */
export function reachFinding({ estimates }: ResultSet): Finding | null {
	const shares = estimates.filter(({ statistic, estimate }) => statistic === "percent" && estimate !== null);
	const [first] = shares;
	const latest = shares
		.filter(({ item }) => item === first?.item)
		.toSorted((a, b) => (a.group.year ?? "").localeCompare(b.group.year ?? ""))
		.at(-1);
	if (latest === undefined) return null;
	const { label, estimate, group, change, since } = latest;
	const values = { item: label, year: group.year ?? "", value: { percent: estimate ?? 0 } };
	if (change === undefined || since === undefined) return { key: "reach", values };
	return { key: "reach-change", values: { ...values, since, difference: { points: change } } };
}
