import { UserError } from "../../base/errors.js";
import { isComparable } from "../../codebook/definition/family.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { type Pairing, pairCycles } from "../../compare/cycle-pairs.js";
import { adjustAll } from "../../compare/families.js";
import type { ResultSet, ResultsOf } from "../../results/result-set.js";
import { type CompareSpec, normalizeCompare } from "../../settings/compare.js";
import { loadLocale } from "../../wording/locale.js";
import { nameResults } from "../result/build.js";
import { makeNote } from "../result/notes.js";
import { checkAlike } from "./alike.js";
import { changesOf, ownFigures, samenessOf } from "./changes.js";

/** Side names if both are of one cycle. */
const SIDES = { variable: "baseline", a: "current", b: "last" } as const;

/**
 * Changes since an earlier result. Every figure that both have is compared as between two samples, and tested if the
 * item has kept its meaning. Changes of data, codebook, settings and tool are reported separately, so that they are not
 * mistaken for changes among teachers.
 * @param codebook Codebook of the current results.
 * @throws UserError if the two share no figure, or differ in teachers or answers.
 */
export function compareWithBaseline(
	current: ResultSet,
	baseline: ResultSet,
	codebook: Codebook,
	spec: CompareSpec,
	file: string,
): ResultsOf<"compare"> {
	checkAlike(
		[current, baseline].map((result) => ({ result, codebook })),
		file,
	);
	const settings = normalizeCompare(spec);
	const note = makeNote(loadLocale(settings.language));
	const earlier = cycleOf(baseline) ?? codebook.cycle;
	const sameness = samenessOf(current, baseline);
	const pairing: Pairing = {
		between:
			earlier === codebook.cycle
				? SIDES
				: { variable: "cycle", a: String(codebook.cycle), b: String(earlier) },
		kind: sameness === "other" ? "independent" : "same-data",
	};
	const { found, refused } = pairCycles(
		{ cycle: codebook.cycle, codebook, results: [{ ...current, estimates: ownFigures(current) }] },
		{ cycle: earlier, codebook: undefined, results: [baseline] },
		settings,
		(own, row) => earlier === codebook.cycle || isComparable(own, earlier, row),
		pairing,
	);
	if (found.length === 0) {
		throw new UserError("shares no figure with this report", {
			where: { file },
			hint: "give the results.json of a report with the same topics and groups",
		});
	}
	const parts = {
		...current,
		settings: { ...current.settings, between: pairing.between.variable },
		estimates: [],
		comparisons: adjustAll(found, settings.adjust, settings.family),
		notes: [
			...changesOf(current, baseline, sameness, found, note),
			...refused.map(({ code, items, detail }) =>
				note(code, { ...detail, items: items.join(", "), count: items.length }),
			),
		],
	};
	return nameResults("compare", parts, settings.language, { codebook, saved: current.labels });
}

function cycleOf({ settings }: ResultSet): number | null {
	return typeof settings.cycle === "number" ? settings.cycle : null;
}
