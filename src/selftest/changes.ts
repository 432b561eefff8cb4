import { loadCodebook } from "../codebook/definition/library.js";
import { combine } from "../estimate/combine.js";
import { readAsset } from "../platform/assets.js";
import { type PublishedRow, publishedRows } from "../published/load.js";
import type { CheckedPair } from "./checked.js";
import { golden } from "./golden.js";

interface Change {
	topic: string;
	item: string;
	system: string;
	change: number;
	se: number;
}

/** The publisher's changes between two cycles, recomputed from its estimates of both: √(se₁² + se₂²). */
export function publishedChanges(): CheckedPair[] {
	const { codebooks } = golden();
	const { changes } = JSON.parse(readAsset("selftest/changes.json")) as { changes: Change[] };
	const [earlier, later] = [rowsOf(codebooks.earlier), rowsOf(codebooks.later)];
	return changes.flatMap(({ topic, item, system, change, se }): CheckedPair[] => {
		const key = keyOf({ topic, item, system });
		const sides = [later.get(key), earlier.get(key)];
		const terms = sides.map((side, place) => ({
			estimate: side?.estimate ?? Number.NaN,
			se: side?.se ?? Number.NaN,
			df: Number.POSITIVE_INFINITY,
			coefficient: place === 0 ? 1 : -1,
		}));
		const whole = combine(terms);
		const isThere = sides.every((side) => side !== undefined);
		const of = [`${topic}:${item}`, system];
		return [
			[isThere ? whole.estimate : null, change, of],
			[isThere ? whole.se : null, se, [...of, "se"]],
		];
	});
}

function keyOf({ topic, item, system }: Pick<PublishedRow, "topic" | "item" | "system">): string {
	return `${topic}:${item} ${system}`;
}

/** Percentages of all teachers asked at lower secondary level. */
function rowsOf(id: string): Map<string, PublishedRow> {
	const { cycle, publisher } = loadCodebook(id);
	const rows = publishedRows(cycle, publisher?.figures?.tables ?? {}).filter(
		({ population, statistic, group }) =>
			population === "isced2" && statistic === "percent" && Object.keys(group).length === 0,
	);
	return new Map(rows.map((row) => [keyOf(row), row]));
}
