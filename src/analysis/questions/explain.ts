import { UserError } from "../../base/errors.js";
import { splitRun } from "../../base/run-options.js";
import { option, say } from "../../base/say.js";
import type { Codes, Expression } from "../../codebook/meaning/expression.js";
import { NO, YES } from "../../codebook/meaning/states.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { planQuestion } from "../../codebook/plan/plan-items.js";
import type { Question } from "../../codebook/plan/scope.js";
import { describeDesign, isReplicated, replicateFactors } from "../../design/method.js";
import { Margins, responseOf } from "../../estimate/margin.js";
import { isHidden } from "../../estimate/reliability.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { Explanation } from "../../results/explanation.js";
import { groupKey } from "../../results/group-key.js";
import type { Estimate, ResultsOf } from "../../results/result-set.js";
import { normalizeSettings, type RatesOptions } from "../../settings/rates.js";
import { tQuantile } from "../../stats/quantiles.js";
import { resultSet } from "../result/assemble.js";
import { ask, inquiry } from "../survey/inquiry.js";
import { measure, type Sample, tabulatedItems } from "../survey/sample.js";
import { published } from "./published.js";

/** Reasons for missing answers; counted as variables next to the item. */
const REASONS = ["not-reached", "omitted"] as const;

/** An explanation without the results of its percentage and its R code. */
type Parts = Omit<Explanation, "results" | "inR">;

/**
 * One percentage with everything behind it, and its results.
 * @throws UserError if several percentages match, or if the answer is hidden.
 */
export async function explainCell(
	files: SurveyInput,
	options: RatesOptions,
): Promise<{ parts: Parts; results: ResultsOf<"rates"> }> {
	const [spec, run] = splitRun(options);
	const settings = normalizeSettings(spec);
	if (settings.protect) {
		throw new UserError(say`${option("protect")} hides what an explanation tells`, {
			hint: say`leave out ${option("protect")}: the explanation is for whoever has the data`,
		});
	}
	let parts: Parts | undefined;
	const results = await ask(
		files,
		inquiry({
			settings,
			plan: (codebook, header) => withReasons(planQuestion(codebook, header, settings)),
			answer: (sample) => {
				const results = resultSet("rates", withoutReasons(sample), {
					measured: measure(withoutReasons(sample)),
				});
				parts = explained(sample, results);
				return results;
			},
		}),
		run,
	);
	return { parts: parts as unknown as Parts, results };
}

/** Adds to the question one variable for each reason that the column itself gives for a missing answer. */
function withReasons(question: Question): Question {
	const { plan, items } = question;
	const [name = ""] = plan.variables;
	if (items.length > 1) {
		const names = items.map(({ topic, key }) => `${topic}:${key}`);
		throw new UserError(
			`${names.length} items fit, and one is explained at a time: ${names.slice(0, 4).join(", ")}${names.length > 4 ? " …" : ""}`,
			{
				hint: say`name one with ${option("items", names[0])}`,
			},
		);
	}
	const codes = codesOf(plan, name);
	if (codes === null) return question;
	const reasons = REASONS.map((reason) => [nameOf(reason), whether(codes, reason)] as const);
	return {
		...question,
		plan: {
			...plan,
			expressions: { ...plan.expressions, ...Object.fromEntries(reasons) },
			variables: [...plan.variables, ...reasons.map(([own]) => own)],
		},
	};
}

/** Codes of the column, if it alone decides the answer; null if several columns do. */
function codesOf({ expressions }: Plan, name: string): Codes | null {
	const own = expressions[name] as Expression;
	return own.is === "codes" && own.separator === undefined && typeof own.empty === "string" ? own : null;
}

/** Yes if a code states the reason, no for any other code. */
function whether({ column, codes, others }: Codes, reason: (typeof REASONS)[number]): Codes {
	const is = (why: string) => (why === reason || (reason === "omitted" && why === "invalid") ? "yes" : "no");
	return {
		is: "codes",
		column,
		codes: Object.fromEntries(Object.entries(codes).map(([code, why]) => [code, is(why)])),
		empty: "no",
		...(others === undefined ? {} : { others: "no" as const }),
	};
}

/** Number of the question's own variables; the reasons come after them. */
function ownVariables({ plan: { variables } }: Question): number {
	const first = variables.findIndex((name) => REASONS.some((reason) => name === nameOf(reason)));
	return first < 0 ? variables.length : first;
}

function nameOf(reason: (typeof REASONS)[number]): string {
	return `missing as ${reason}`;
}

/** The sample without the variables for reasons. */
function withoutReasons(sample: Sample): Sample {
	const { question, tabulated } = sample;
	const own = ownVariables(question);
	return {
		...sample,
		question: { ...question, plan: { ...question.plan, variables: question.plan.variables.slice(0, own) } },
		tabulated: { ...tabulated, variables: tabulated.variables.slice(0, own) },
	};
}

function explained(sample: Sample, results: ResultsOf<"rates">): Parts {
	const { design, tabulated, groups, question } = sample;
	const estimate = onlyOne(results.estimates);
	if (isHidden(estimate.status, sample.settings.suppress === "none") || estimate.se === null) {
		throw new UserError(`the figure is not shown: ${estimate.status}`, {
			hint: say`it can be explained to whoever has the data with ${option("suppress", "none")}`,
		});
	}
	const cell = groups.find(
		({ group }) => groupKey(group) === groupKey(estimate.group),
	) as (typeof groups)[number];
	const [item] = tabulatedItems(withoutReasons(sample));
	if (item === undefined || item.tabulated.values !== null) {
		throw new UserError("is a mean, and percentages are explained", { hint: "name an item" });
	}
	const margins = new Margins(tabulated.estimator.terms);
	const margin = margins.of(cell.cell, 0, item.tabulated.states);
	const response = responseOf(margin);
	const first = ownVariables(question);
	const isTold = question.plan.variables.length > first;
	const reason = (place: number) =>
		isTold ? (margins.of(cell.cell, first + place, item.tabulated.states).rows[YES] ?? 0) : null;
	const theta = measure(withoutReasons(sample)).find(
		({ estimate: own }) => groupKey(own.group) === groupKey(estimate.group) && own.statistic === "percent",
	)?.theta;
	const { definition, replicates } = design;
	const factors = isReplicated(definition) ? replicateFactors(definition, replicates) : Float64Array.of();
	const yes = margin.rows[YES] ?? 0;
	const no = margin.rows[NO] ?? 0;
	const all = yes + no + response.missing + response.notApplicable + response.notAdministered;
	return {
		schema: "talis-pd/explanation@1",
		estimate,
		design: describeDesign(design),
		rows: { all: tabulated.report.rows, selected: tabulated.report.selected, group: all },
		counts: {
			...{ yes, no, missing: response.missing },
			...{ notApplicable: response.notApplicable, notAdministered: response.notAdministered },
			...{ notReached: reason(0), omitted: reason(1) },
		},
		weights: { yes: margin.sums[YES]?.[0] ?? 0, valid: response.weightedValid },
		replicates: theta === undefined || factors.length === 0 ? [] : [...theta.slice(1)],
		constant:
			factors.length > 0 && factors.every((one) => one === factors[0]) ? (factors[0] as number) : null,
		t: tQuantile(1 - (1 - sample.settings.level) / 2, estimate.df ?? Number.POSITIVE_INFINITY),
		published: publishedOf(estimate, sample),
	};
}

function onlyOne(estimates: readonly Estimate[]): Estimate {
	const rows = estimates.filter(({ statistic }) => statistic === "percent");
	const [row] = rows;
	if (row !== undefined && rows.length === 1) return row;
	if (row === undefined)
		throw new UserError("is a mean, and percentages are explained", { hint: "name an item" });
	const names = rows.slice(0, 3).map(({ group }) =>
		Object.entries(group)
			.map(([id, value]) => `${id}=${value}`)
			.join(" "),
	);
	throw new UserError(
		`${rows.length} groups fit, and one is explained at a time: ${names.join(", ")}${rows.length > 3 ? " …" : ""}`,
		{
			hint: say`choose with ${option("where", `"${names[0]?.split(" ")[0]}"`)}`,
		},
	);
}

/** The published figure of the same country, item, base and group, in this cycle. */
function publishedOf(
	{ topic, item, base, group }: Estimate,
	{ codebook, populations }: Sample,
): Explanation["published"] {
	const { country, population = populations.length === 1 ? populations[0] : undefined, ...rest } = group;
	if (country === undefined) return [];
	try {
		const { estimates } = published({
			...{ codebook: codebook.id, cycle: codebook.cycle, countries: [country], items: [`${topic}:${item}`] },
			by: Object.keys(rest),
		});
		return estimates
			.filter(
				(row) =>
					row.base === base &&
					row.statistic === "percent" &&
					(row.group.population ?? population) === population &&
					Object.entries(rest).every(([id, value]) => row.group[id] === value) &&
					Object.keys(row.group).every((id) => ["country", "population"].includes(id) || id in rest),
			)
			.map(({ estimate, se }) => ({ system: country, cycle: codebook.cycle, estimate, se }));
	} catch (error) {
		if (error instanceof UserError) return [];
		throw error;
	}
}
