import { groupKey } from "../../results/group-key.js";
import { INTERCEPT } from "../../results/models.js";
import { type Group, isAverage, type ResultKind, type ResultsOf, TOTAL } from "../../results/result-set.js";
import type { SynthesisSubject } from "../../results/syntheses.js";

/** One system's contribution to a synthesis. */
export interface SystemFigure {
	system: string;
	/** The publisher's caution mark, if any. */
	flag: string | undefined;
	/** Null if it is hidden or was not estimated. */
	estimate: number | null;
	se: number | null;
}

/** Figures of one row or term, by system. */
export interface SynthesisSource {
	of: SynthesisSubject;
	/** Percentages are combined on the logit scale. */
	isPercent: boolean;
	figures: SystemFigure[];
}

const COUNTRY = "country";

/**
 * Everything in results that exists for several systems: terms of models, differences of comparisons, otherwise
 * figures.
 */
export function rowsOf(
	results: Pick<ResultsOf<ResultKind>, "kind" | "estimates" | "comparisons" | "models">,
): SynthesisSource[] {
	const rows = new Map<string, SynthesisSource>();
	const add = (
		of: SynthesisSubject,
		group: Group,
		isPercent: boolean,
		figure: Omit<SystemFigure, "system">,
	) => {
		const { country: system, ...others } = group;
		if (system === undefined || system === TOTAL || isAverage(system) || system.includes("@")) return;
		const { label: _, termLabel: __, ...rest } = of;
		const key = JSON.stringify([{ ...rest, group: groupKey(others) }]);
		const row = rows.get(key) ?? { of: { ...of, group: others }, isPercent, figures: [] };
		rows.set(key, row);
		row.figures.push({ system, ...figure });
	};
	for (const { name, group, outcome, family, base, coefficients, flag, status } of results.models ?? []) {
		for (const { term, label, estimate, se, status: own } of coefficients) {
			if (term === INTERCEPT) continue;
			const about = { kind: "coefficient" as const, ...outcome, group, base, family, term, termLabel: label };
			const isHidden = (own ?? status) !== "ok";
			const figure = { flag, ...(isHidden ? { estimate: null, se: null } : { estimate, se }) };
			add(name === undefined ? about : { ...about, model: name }, group, false, figure);
		}
	}
	if (results.kind === "compare" || results.kind === "gaps") {
		for (const row of results.comparisons) {
			if (row.between.variable === COUNTRY) continue;
			const { topic, item, variable, label, group, base, statistic, between, a, b } = row;
			const about = { topic, item, variable, label, group, base, statistic, between };
			const figure = { flag: a.flag ?? b.flag, estimate: row.difference, se: row.se };
			add(
				{ kind: "comparison", ...about },
				group,
				false,
				row.status === "ok" ? figure : { ...figure, estimate: null },
			);
		}
		return [...rows.values()];
	}
	for (const row of results.estimates) {
		const { topic, item, variable, label, group, base, statistic, estimate, se, flag, status } = row;
		if (statistic === "count") continue;
		const about = { kind: "estimate" as const, topic, item, variable, label, group, base, statistic };
		add(about, group, statistic === "percent", { flag, estimate: status === "ok" ? estimate : null, se });
	}
	return [...rows.values()];
}
