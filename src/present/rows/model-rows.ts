import type { Model, ResultSet } from "../../results/result-set.js";
import { breakdownsOf, type DataValue } from "./comparison-rows.js";

const BEFORE_GROUPS = ["model", "outcome", "outcome_variable", "outcome_label", "family"];
const AFTER_GROUPS = [
	...["base", "row", "term", "variable", "level", "label"],
	...["estimate", "se", "ci_low", "ci_high", "t", "df", "p"],
	...[
		"odds_ratio",
		"odds_ratio_se",
		"odds_ratio_low",
		"odds_ratio_high",
		"ame",
		"ame_se",
		"ame_low",
		"ame_high",
	],
	...["F", "df1", "df2", "n", "schools", "status"],
];

/** A head, then one row per coefficient, joint test, measure of what is explained and prediction, model by model. */
export function modelRows({ models = [] }: ResultSet): DataValue[][] {
	const breakdowns = breakdownsOf(models);
	return [
		[...BEFORE_GROUPS, ...breakdowns, ...AFTER_GROUPS],
		...models.flatMap((model) => rowsOf(model, breakdowns)),
	];
}

/** What a row has beside its model; all else is empty. */
type Own = Partial<Record<string, DataValue>> & { row: string };

function rowsOf(model: Model, breakdowns: readonly string[]): DataValue[][] {
	const { name = null, outcome, family, group, base, n, schools, status } = model;
	const key = outcome.topic === null ? outcome.item : `${outcome.topic}:${outcome.item}`;
	const before = [
		name,
		key,
		outcome.variable,
		outcome.label,
		family,
		...breakdowns.map((id) => group[id] ?? ""),
	];
	const after: Partial<Record<string, DataValue>> = { base, n, schools, status };
	return ownRows(model).map((own) => [
		...before,
		...AFTER_GROUPS.map((head) => own[head] ?? after[head] ?? null),
	]);
}

function ownRows(model: Model): Own[] {
	const { coefficients, tests, predictions = [], rSquared, nagelkerke, tjur } = model;
	const shares = { r_squared: rSquared, nagelkerke, tjur };
	const rows = [
		...coefficients.map((one): Own => {
			const { oddsRatio, ame, ciLow, ciHigh, status, ...others } = one;
			return {
				row: "coefficient",
				...others,
				...{ ci_low: ciLow, ci_high: ciHigh },
				...{ odds_ratio: oddsRatio?.estimate ?? null, odds_ratio_se: oddsRatio?.se ?? null },
				odds_ratio_low: oddsRatio?.ciLow ?? null,
				...{
					odds_ratio_high: oddsRatio?.ciHigh ?? null,
					ame: ame?.estimate ?? null,
					ame_se: ame?.se ?? null,
					ame_low: ame?.ciLow ?? null,
					ame_high: ame?.ciHigh ?? null,
				},
				...(status === undefined ? {} : { status }),
			};
		}),
		...tests.map((test): Own => ({ row: "test", ...test })),
		...Object.entries(shares).flatMap(([row, gauge]): Own[] =>
			gauge === undefined || gauge === null ? [] : [{ row, estimate: gauge.estimate, se: gauge.se }],
		),
		...predictions.map(({ at, estimate, se, ciLow, ciHigh }): Own => {
			const term = Object.entries(at)
				.map(([variable, value]) => `${variable}=${value}`)
				.join(",");
			return { row: "prediction", term, estimate, se, ci_low: ciLow, ci_high: ciHigh };
		}),
	];
	return rows.length > 0 ? rows : [{ row: "model" }];
}
