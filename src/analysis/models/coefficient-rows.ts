import { finite } from "../../estimate/finite.js";
import { type Tested, tested, waldTest } from "../../model/inference.js";
import type { Coefficient, Effect, ModelStatus, TermTest } from "../../results/models.js";
import { effectsOf } from "./effects.js";
import { type FitOptions, type GroupFit, tooFew } from "./fitted.js";
import { columnTerm, columnVariables, termKey } from "./model-names.js";
import { standardized } from "./standardized.js";

/** A coefficient without its name in a language. */
export type CoefficientRow = Omit<Coefficient, "label">;
/**
 * Coefficients in design order.
 * @param absent Columns of levels that are empty in the group.
 */
export function coefficientRows(
	fitted: GroupFit,
	columns: readonly number[],
	absent: readonly number[],
	options: FitOptions,
): CoefficientRow[] {
	const { fit: found, estimator, df, set, design, references } = fitted;
	const thetas = options.standardize ? standardized(fitted) : found.coefficients;
	const effects = options.effects ? effectsOf(fitted) : null;
	return columns.map((column): CoefficientRow => {
		const place = found.columns.indexOf(column);
		const about = aboutColumn(fitted, column, options);
		const status = absent.includes(column)
			? ("no-data" as const)
			: place < 0
				? ("collinear" as const)
				: levelStatus(fitted, column, options);
		const theta = thetas[place];
		if (theta === undefined || place < 0 || (status !== "ok" && !options.showAll)) {
			return { ...about, ...NOTHING, status: status === "ok" ? "collinear" : status };
		}
		const { estimate, se, ciLow, ciHigh, t, p } = tested(theta, estimator, df, options.level);
		const effect = effects?.get(column);
		return {
			...about,
			estimate,
			...nulled({ se, ciLow, ciHigh, t }),
			df: finite(df),
			p: finite(p),
			oddsRatio:
				set.family === "linear"
					? null
					: {
							estimate: Math.exp(estimate),
							ciLow: finite(Math.exp(ciLow)),
							ciHigh: finite(Math.exp(ciHigh)),
						},
			ame: effect === undefined ? null : effectOf(tested(effect, estimator, df, options.level)),
			...(status === "ok" ? {} : { status }),
		};
	});

	function aboutColumn({ set: own }: GroupFit, column: number, { levelsOf }: FitOptions) {
		const parts = columnVariables(design, column);
		const variables = parts.flatMap(({ variable }) => own.variables[variable]?.variable ?? []);
		const levels = parts.flatMap(({ variable, level }) =>
			level === null ? [] : (levelsOf(variable)[level] ?? []),
		);
		return {
			term: columnTerm(design, column, own, references, options),
			variable: variables.length === 0 ? null : variables.join(" * "),
			level: levels.length === 0 ? null : levels.join(" * "),
		};
	}
}

/** An effect on a share, in percentage points. */
function effectOf({ estimate, se, ciLow, ciHigh }: Tested): Effect {
	const points = (share: number) => finite(100 * share);
	return { estimate: points(estimate), se: points(se), ciLow: points(ciLow), ciHigh: points(ciHigh) };
}

const NOTHING = {
	...{ estimate: null, se: null, ciLow: null, ciHigh: null, t: null, df: null, p: null },
	...{ oddsRatio: null, ame: null },
};

function nulled<K extends string>(numbers: Record<K, number>): Record<K, number | null> {
	return Object.fromEntries(
		Object.entries<number>(numbers).map(([name, value]) => [name, finite(value)]),
	) as Record<K, number | null>;
}

/** Whether the levels that a coefficient compares have enough teachers and schools. */
function levelStatus(
	{ sums, design, references }: GroupFit,
	column: number,
	{ rule, hasSchools }: FitOptions,
): ModelStatus {
	if (rule === null) return "ok";
	const parts = columnVariables(design, column);
	for (const { variable, level } of parts) {
		if (level === null) continue;
		for (const one of [level, references[variable] as number]) {
			const { rows = 0, schools = new Set() } = sums.levels.get(variable)?.[one] ?? {};
			const status = tooFew(rows, hasSchools ? schools.size : null, rule);
			if (status !== "ok") return status;
		}
	}
	return "ok";
}

/** Wald tests of factors and interactions. */
export function termTests({ fit: found, design, terms, set, estimator, df }: GroupFit): TermTest[] {
	return terms.flatMap((term) => {
		const isFactor = term.length > 1 || set.variables[term[0] as number]?.kind === "category";
		const thetas = found.coefficients.filter((_, place) => {
			const own = design.columns[found.columns[place] as number]?.term ?? [];
			return own.length === term.length && own.every((variable, i) => variable === term[i]);
		});
		if (!isFactor || thetas.length === 0) return [];
		const { F, df1, df2, p } = waldTest(thetas, estimator, df);
		return [{ term: termKey(term, set), F: finite(F), df1, df2: finite(df2), p: finite(p) }];
	});
}
