import { UserError } from "../../base/errors.js";
import { splitRun } from "../../base/run-options.js";
import { planRelate, type RelateQuestion } from "../../codebook/plan/plan-relate.js";
import type { PlannedVariable } from "../../codebook/plan/planned-variables.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { Alpha, RelationRow } from "../../results/relations.js";
import type { ResultsOf } from "../../results/result-set.js";
import {
	normalizeRelate,
	type RelateOptions,
	type RelateSettings,
	type RelateSpec,
} from "../../settings/relate.js";
import type { GroupCell } from "../../tabulate/groups.js";
import { loadLocale } from "../../wording/locale.js";
import { SumsCollector } from "../models/sums-collector.js";
import {
	pairSums,
	type RelationOptions,
	relateVariables,
	reliability,
	scaleSums,
} from "../relations/relate-variables.js";
import { resultSet } from "../result/assemble.js";
import { makeNote } from "../result/notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { cautionOf, ruleOf, type Sample } from "../survey/sample.js";

/**
 * Weighted correlations of scales, numbers and items, and Cronbach's alpha of sets of columns, each with its design-based
 * standard error.
 * @throws UserError for anything the caller can correct.
 * @param files Survey files of one cycle, named or by pattern; `-` is standard input.
 * @example
 * import { relate, samplePath } from "talis-pd";
 *
 * const { relations } = await relate([samplePath()], { variables: ["types", "TT3G11B"] });
 * console.log(relations?.[0]?.estimate?.toFixed(3)); // 0.041
 */
export async function relate(files: SurveyInput, options: RelateOptions): Promise<ResultsOf<"relate">> {
	const [spec, run] = splitRun(options);
	return ask(files, relateInquiry(spec), run);
}

/** `relate` as one of several questions answered in one pass over the files. */
export function relateInquiry(spec: RelateSpec): Inquiry<ResultsOf<"relate">> {
	const settings = normalizeRelate(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planRelate(codebook, header, settings),
		collect: ({ pairs, scales }) =>
			new SumsCollector([...pairs.map((pair) => pairSums(pair, settings.rank)), ...scales.map(scaleSums)]),
		answer: relationsOf,
	});
}

type RelateSample = Sample<RelateQuestion, RelateSettings>;

function relationsOf(sample: RelateSample): ResultsOf<"relate"> {
	const { question, groups, tabulated, settings, hasSchools } = sample;
	const { pairs, scales } = question;
	const collector = sample.collector as SumsCollector;
	const { estimator } = tabulated;
	const options: RelationOptions = {
		...{ estimator, hasSchools, rule: ruleOf(sample), level: settings.level },
		showAll: settings.suppress === "none",
	};
	const dfs = groups.map(({ cell }) => tabulated.degreesOfFreedom(cell));
	const sumsOf = (set: number, { numbers }: GroupCell) =>
		collector.of(set, estimator.terms).together([numbers]);
	const flagOf = (cell: GroupCell) => {
		const flag = cautionOf(sample, cell)?.marks.join("");
		return flag === undefined ? {} : { flag };
	};
	const relations = pairs.flatMap((pair, set) =>
		groups.map((cell, place): RelationRow => {
			const df = settings.df === "design" ? (dfs[place] as number) : settings.df;
			const { rank } = settings;
			const { method, ...numbers } = relateVariables(
				pair,
				sumsOf(set, cell),
				{ rank, collector },
				df,
				options,
			);
			const [a, b] = pair.map(outcomeOf) as [RelationRow["a"], RelationRow["b"]];
			const { status, ...others } = numbers;
			return { a, b, group: cell.group, method, ...others, ...flagOf(cell), status };
		}),
	);
	const alphas = scales.flatMap((scale, index) =>
		groups.map((cell): Alpha => {
			const { status, ...numbers } = reliability(scale, sumsOf(pairs.length + index, cell), options);
			const columns = scale.columns.map(
				({ key }, place) => `${(scale.signs[place] as number) < 0 ? "-" : ""}${key}`,
			);
			return { columns, group: cell.group, ...numbers, ...flagOf(cell), status };
		}),
	);
	if ([...relations, ...alphas].every(({ status }) => status === "not-estimable")) {
		throw new UserError("none of the variables varies", { hint: "choose others, or other teachers" });
	}
	const note = makeNote(loadLocale(settings.language));
	return resultSet("relate", sample, {
		settings: {
			variables: settings.variables,
			rank: settings.rank,
			scales: settings.scales.map((columns) =>
				columns.map(({ name, isReversed }) => `${isReversed ? "-" : ""}${name}`),
			),
		},
		measured: [],
		relations,
		alphas,
		notes: settings.rank && estimator.linearised ? [note("rank-no-se")] : [],
	});
}

function outcomeOf({ topic, item, variable, kind }: PlannedVariable): RelationRow["a"] {
	return { topic, item, variable, statistic: kind === "answer" ? "percent" : "mean" };
}
