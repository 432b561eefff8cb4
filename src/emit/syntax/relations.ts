import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { ResultSet } from "../../results/result-set.js";
import { perGroup, plannedName } from "../models-of-sets.js";
import { hasValue, numbersLines, type Tools } from "./regressions.js";

/** A correlation or a scale as variables of a script. */
export interface Association {
	about: string;
	method: "pearson" | "spearman" | "alpha";
	/** Statements that make the variables. */
	lines: string[];
	variables: string[];
	/** The variable that is 1 for who has all of them. */
	rows: string;
	figure: string;
}

/** Correlations and scales that have figures. */
export function associationsOf(
	{ relations = [], alphas = [] }: ResultSet,
	plans: PlansExplained,
	tools: Tools,
): Association[] {
	const { pairs = [], scales = [] } = plans;
	const correlations = perGroup(relations, pairs).map(([row, own]) => ({
		...{ row, own: [...own], signs: [1, 1], method: row.method },
		about: `${row.a.item} and ${row.b.item}`,
	}));
	const reliabilities = perGroup(alphas, scales).map(([row, { columns, signs }]) => ({
		...{ row, own: [...columns], signs: [...signs], method: "alpha" as const },
		about: `alpha of ${row.columns.join(", ")}`,
	}));
	const known = [...correlations, ...reliabilities].filter(({ row }) => row.estimate !== null);
	return known.map(({ row, own, signs, method, about }, place) => {
		const rows = `c${place + 1}_`;
		const variables = own.map((_, index) => `z${place + 1}_${index + 1}_`);
		const recoded = own.map((one: PlannedVariable) =>
			tools.recodes.read({ is: "named", name: plannedName(one, plans) }),
		);
		return {
			about: [about, ...Object.values(row.group)].join(" "),
			...{ method, rows, variables },
			lines: numbersLines(
				rows,
				recoded.map((one, index) => ({
					name: variables[index] as string,
					value: `${signs[index] === -1 ? "-1 * " : ""}${one.value ?? one.state}`,
					holds: hasValue(one, own[index]?.kind === "answer", tools),
				})),
				row.group,
				tools,
			),
			figure: `talis-pd: ${row.estimate} (SE ${row.se ?? "none"}), n ${row.n}`,
		};
	});
}
