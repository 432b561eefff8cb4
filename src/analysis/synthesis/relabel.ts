import type { ResultSet, SynthesisSubject } from "../../results/result-set.js";

/** Gives syntheses and their tests the current names of their rows. */
export function withNames<R extends ResultSet>(results: R): R {
	const { syntheses, moderatorTests } = results;
	if (syntheses === undefined) return results;
	const named = (of: SynthesisSubject) => nameOf(of, results);
	return {
		...results,
		syntheses: syntheses.map((one) => ({ ...one, of: named(one.of) })),
		...(moderatorTests === undefined
			? {}
			: { moderatorTests: moderatorTests.map((one) => ({ ...one, of: named(one.of) })) }),
	};
}

function nameOf(of: SynthesisSubject, { estimates, comparisons, models = [] }: ResultSet): SynthesisSubject {
	if (of.kind === "coefficient") {
		// Models side by side have different terms.
		const own = models.filter(({ outcome }) => outcome.topic === of.topic && outcome.item === of.item);
		const term = own.flatMap(({ coefficients }) => coefficients).find((one) => one.term === of.term);
		return {
			...of,
			label: own[0]?.outcome.label ?? of.label,
			...(term === undefined ? {} : { termLabel: term.label }),
		};
	}
	const rows = of.kind === "estimate" ? estimates : comparisons;
	const own = rows.find(({ topic, item }) => topic === of.topic && item === of.item);
	return { ...of, label: own?.label ?? of.label };
}
