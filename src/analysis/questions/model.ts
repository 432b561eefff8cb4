import { UserError } from "../../base/errors.js";
import { splitRun } from "../../base/run-options.js";
import { type ModelQuestion, type PlannedSet, planModel } from "../../codebook/plan/plan-model.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { ModelRow } from "../../results/models.js";
import type { Group, Note, ResultsOf } from "../../results/result-set.js";
import { termName } from "../../settings/formula.js";
import {
	type ModelOptions,
	type ModelSettings,
	type ModelSpec,
	normalizeModel,
} from "../../settings/model.js";
import { valueOrder } from "../../tabulate/groups.js";
import { loadLocale } from "../../wording/locale.js";
import { type FittedModel, fitModel, type ModelFinding } from "../models/fit-models.js";
import type { FitOptions } from "../models/fitted.js";
import { predictionsOf } from "../models/predictions.js";
import { modelSums, SumsCollector } from "../models/sums-collector.js";
import { resultSet } from "../result/assemble.js";
import { makeNote } from "../result/notes.js";
import { ask, type Inquiry, inquiry } from "../survey/inquiry.js";
import { cautionOf, ruleOf, type Sample } from "../survey/sample.js";

/**
 * Regressions in each group: linear for numbers, logistic for items, with design-based standard errors.
 * @throws UserError for anything the caller can correct.
 * @param files Survey files of one cycle, named or by pattern; `-` is standard input.
 * @example
 * import { model, samplePath } from "talis-pd";
 *
 * const { models } = await model([samplePath()], { outcomes: ["types"], predict: "gender,experience" });
 * const [first] = models ?? [];
 * console.log(first?.family, first?.coefficients.map(({ term }) => term).join(" ")); // linear (intercept) gender=male experience=6-10 experience=11-plus
 */
export async function model(files: SurveyInput, options: ModelOptions): Promise<ResultsOf<"model">> {
	const [spec, run] = splitRun(options);
	return ask(files, modelInquiry(spec), run);
}

/** `model` as one of several questions answered in one pass over the files. */
export function modelInquiry(spec: ModelSpec): Inquiry<ResultsOf<"model">> {
	const settings = normalizeModel(spec);
	return inquiry({
		settings,
		plan: (codebook, header) => planModel(codebook, header, settings),
		collect: ({ sets }) => new SumsCollector(sets.map(modelSums)),
		answer: modelsOf,
	});
}

type ModelSample = Sample<ModelQuestion, ModelSettings>;

/** A model in a group, with the notes for its reader. */
interface Answered {
	row: ModelRow;
	findings: readonly ModelFinding[];
}

function modelsOf(sample: ModelSample): ResultsOf<"model"> {
	const { settings, question } = sample;
	const answered = question.sets.flatMap((set, index) => setRows(sample, set, index));
	const findings = answered.flatMap(({ row, findings }) => findings.map((one) => ({ ...one, row })));
	const [first] = findings;
	if (first !== undefined && answered.every(({ row }) => row.status === "not-estimable")) {
		throw refusal(first, sample);
	}
	return resultSet("model", sample, {
		settings: settingsOf(settings),
		measured: [],
		models: answered.map(({ row }) => row),
		factors: question.sets.flatMap(({ variables }) =>
			variables.map(({ key, named }) => ({ id: key, ...(named === undefined ? {} : { named }) })),
		),
		notes: findings.map(({ code, detail, row }) => noteOf(code, detail, row, sample)),
	});
}

/** All models of one outcome, by group. */
function setRows(sample: ModelSample, set: PlannedSet, index: number): Answered[] {
	const { tabulated, groups, settings, collector } = sample;
	const collected = collector as SumsCollector;
	const { estimator } = tabulated;
	const sums = collected.of(index, estimator.terms);
	const designDf = groups.map(({ cell }) => tabulated.degreesOfFreedom(cell));
	const together = groups.map(({ numbers }) => sums.together(partsOf(sample, numbers)));
	const isMet = (variable: number, level: number) =>
		together.some((one) => (one?.levels.get(variable)?.[level]?.rows ?? 0) > 0);
	const options = { ...optionsOf(sample, set, collected), isMet };
	return set.models.flatMap(({ name, terms }) =>
		groups.map((cell, place): Answered => {
			const own = { sums: together[place], design: sums.design };
			const fitted = fitModel(set, terms, own, designDf[place] as number, options);
			const flag = cautionOf(sample, cell)?.marks.join("");
			const row = rowOf({ set, name, group: cell.group, fitted, ...(flag === undefined ? {} : { flag }) });
			const predictions =
				settings.at.length === 0 || fitted.fitted === null
					? []
					: predictionsOf(fitted.fitted, settings, options);
			return {
				row: settings.at.length === 0 ? row : { ...row, predictions },
				findings: fitted.findings,
			};
		}),
	);
}

/** Groups pooled into one; with equal weights for systems, one part per system. */
function partsOf(
	{ settings, tabulated, question }: ModelSample,
	numbers: readonly number[],
): readonly number[][] {
	if (!settings.equalSystems) return [[...numbers]];
	const country = question.plan.groups.findIndex(({ id }) => id === "country");
	const parts = new Map<string, number[]>();
	for (const number of numbers) {
		const code = tabulated.report.valuesOf(number)[country] ?? "";
		parts.set(code, [...(parts.get(code) ?? []), number]);
	}
	return [...parts.values()];
}

function rowOf({
	set,
	name,
	group,
	flag,
	fitted,
}: {
	set: PlannedSet;
	name: string | null;
	group: Group;
	flag?: string;
	fitted: FittedModel;
}): ModelRow {
	const [outcome] = set.variables;
	const {
		n,
		schools,
		df,
		status,
		coefficients,
		references,
		tests,
		findings: _,
		fitted: __,
		...shares
	} = fitted;
	return {
		...(name === null ? {} : { name }),
		group,
		outcome: {
			topic: outcome?.topic ?? null,
			item: outcome?.item ?? "",
			variable: outcome?.variable ?? null,
			statistic: outcome?.kind === "answer" ? "percent" : "mean",
		},
		...{ family: set.family, base: set.base, n, schools, df, ...shares },
		...(flag === undefined ? {} : { flag }),
		...{ status, coefficients },
		...(references === undefined ? {} : { references }),
		tests,
	};
}

function optionsOf(
	sample: ModelSample,
	set: PlannedSet,
	collected: SumsCollector,
): Omit<FitOptions, "isMet"> {
	const { settings, tabulated, hasSchools } = sample;
	const levelsOf = (variable: number) =>
		collected.levelsOf(set.variables[variable] as PlannedSet["variables"][number]);
	const ranks = set.variables.map((variable, place) => {
		const { values } = variable;
		const levels = levelsOf(place);
		const ordered =
			values ??
			(variable.kind === "answer" ? levels : [...levels].sort((a, b) => valueOrder().compare(a, b)));
		return levels.map((level) => ordered.indexOf(level));
	});
	return {
		estimator: tabulated.estimator,
		levelsOf,
		rankOf: (variable) => ranks[variable] as number[],
		hasSchools,
		rule: ruleOf(sample),
		showAll: settings.suppress === "none",
		level: settings.level,
		df: settings.df === "design" ? null : settings.df,
		standardize: settings.standardize,
		effects: settings.effects,
	};
}

/** The question in a form that can be asked again. */
function settingsOf(settings: ModelSettings) {
	return {
		models: settings.models.map(({ name, terms }) => {
			const text = terms.map(termName).join(", ");
			return name === null ? text : `${name}: ${text}`;
		}),
	};
}

function noteOf(
	code: ModelFinding["code"],
	detail: ModelFinding["detail"],
	{ outcome, group, name }: ModelRow,
	sample: Sample,
): Note {
	const note = makeNote(loadLocale(sample.settings.language));
	return note(
		`model-${code}`,
		{ outcome: outcome.item, ...(name === undefined ? {} : { model: name }), ...detail },
		group,
	);
}

/** Refuses the run if no model can be estimated: there would be nothing to show. */
function refusal({ code, detail, row }: ModelFinding & { row: ModelRow }, sample: ModelSample): UserError {
	const where = Object.values(row.group).join(", ");
	const text = makeNote(loadLocale("en"))(`model-${code}`, { outcome: row.outcome.item, ...detail }).text;
	void sample;
	return new UserError(`${where === "" ? "" : `${where}: `}${text.replace(/\.$/, "")}`, {
		hint: HINTS[code],
	});
}

const HINTS: Record<ModelFinding["code"], string> = {
	"no-variation": "choose another outcome or other teachers",
	"no-df": "use fewer predictors, or groups with more schools",
	"no-reference": "choose a reference level that the group has: --reference VARIABLE=LEVEL",
	exact: "leave out what the outcome is made of",
	separated: "leave the term out, or put its levels together",
	constant: "leave it out, or keep other teachers",
	collinear: "leave one of the terms out",
	"replicates-dropped": "use fewer predictors",
	"replicates-separated": "use fewer predictors",
};
