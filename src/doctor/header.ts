import type { Codebook } from "../codebook/definition/schema.js";
import { unitFindings } from "../design/replicate-findings.js";
import { findWeights } from "../design/weight-columns.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { Findings } from "./findings.js";

/** Faults visible in the header: weights that are missing, duplicated, out of order, or from another file. */
export function checkHeader(codebook: Codebook, columns: readonly string[], findings: Findings): void {
	const { design } = codebook;
	const { weight, replicates, missing } = findWeights(columns, design);
	const other = design.others?.find((name) => columnPlaces(columns, name).length > 0);
	if (design.weight !== undefined && weight.length === 0) {
		findings.say(
			other === undefined
				? { severity: "error", code: "design-column", column: design.weight }
				: { severity: "error", code: "weight-other", column: other, expected: design.weight },
		);
	}
	if (missing.length > 0) {
		findings.say({
			...{ severity: "error", code: "replicates-missing", column: missing[0] as string },
			...{ text: someOf(missing), expected: String(replicates.length) },
		});
	}
	const places = replicates.flatMap(({ name, places: [place] }) =>
		place === undefined ? [] : [{ name, place }],
	);
	const late = places.find(({ place }, index) => place < (places[index - 1]?.place ?? -1));
	if (late !== undefined) findings.say({ severity: "warning", code: "replicates-order", column: late.name });
	for (const name of usedNames(codebook)) {
		if (columnPlaces(columns, name).length > 1) {
			findings.say({ severity: "error", code: "ambiguous-column", column: name });
		}
	}
	for (const finding of unitFindings(codebook)) findings.say(finding);
	const { strata, psu, fpc } = { strata: undefined, psu: undefined, fpc: undefined, ...design };
	for (const name of [strata, psu, fpc]) {
		if (name !== undefined && columnPlaces(columns, name).length === 0) {
			findings.say({ severity: "error", code: "design-column", column: name });
		}
	}
}

/** Columns that determine numbers. */
function usedNames({ design, ids, topics, groups, measures = {} }: Codebook): Set<string> {
	const items = Object.values(topics).flatMap((topic) => Object.values(topic.items));
	const named = [...items, ...Object.values(groups), ...Object.values(measures)].map(
		({ variable }) => variable,
	);
	const weights = findWeights([], design).replicates.map(({ name }) => name);
	const { weight = "" } = design;
	return new Set([weight, ...weights, ...Object.values(ids).map((name) => name ?? ""), ...named]);
}

function someOf(names: readonly string[]): string {
	return names.length <= 5 ? names.join(", ") : `${names.slice(0, 5).join(", ")}, …`;
}
