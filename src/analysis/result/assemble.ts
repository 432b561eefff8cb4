import { rulesOf } from "../../codebook/definition/fingerprint.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { defaultTopics, type SelectedItem } from "../../codebook/meaning/select-items.js";
import { missingCodes } from "../../codebook/plan/missing-codes.js";
import { gapTopics } from "../../codebook/plan/plan-gaps.js";
import { describeDesign } from "../../design/method.js";
import type { Measured } from "../../estimate/estimates.js";
import { hide, isHidden } from "../../estimate/reliability.js";
import type {
	Alpha,
	AnswerCovariance,
	AssociationRow,
	ComparisonRow,
	Counted,
	EstimateRow,
	ModelRow,
	Note,
	RelationRow,
	ResultKind,
	ResultsOf,
} from "../../results/result-set.js";
import type { OwnSettings } from "../../results/result-settings.js";
import type { RatesSettings } from "../../settings/rates.js";
import { loadLocale } from "../../wording/locale.js";
import { cautions, type Sample } from "../survey/sample.js";
import { nameResults } from "./build.js";
import type { Names } from "./names.js";
import { notesOf, type RunFindings } from "./notes.js";
import { recordOf } from "./settings-record.js";

/** What a run has computed from a sample. */
export interface Outcome<K extends ResultKind> {
	/** Settings in addition to those of every run. */
	settings?: Partial<OwnSettings[K]>;
	measured: readonly Measured[];
	/** Rows other than those of the sample's groups: averages and published figures. */
	estimates?: readonly EstimateRow[];
	comparisons?: readonly ComparisonRow[];
	covariances?: AnswerCovariance[];
	tests?: readonly AssociationRow[];
	models?: readonly ModelRow[];
	relations?: readonly RelationRow[];
	alphas?: Alpha[];
	/** Predictors of the models, if the file has names for them. */
	factors?: NonNullable<Names["breakdowns"]>;
	notes?: readonly Note[];
	/** Values that sides of comparisons can take, by breakdown. */
	sides?: Readonly<Record<string, readonly string[]>>;
}

/** Numbers, names and notes as plain JSON. */
export function resultSet<K extends ResultKind>(kind: K, sample: Sample, outcome: Outcome<K>): ResultsOf<K> {
	const { codebook, settings, source, design, breakdowns, question, groups } = sample;
	const estimates = [
		...outcome.measured.map(({ estimate }) => shown(estimate, settings)),
		...(outcome.estimates ?? []).map((estimate) => withExtras(estimate, settings)),
	];
	const comparisons = [...(outcome.comparisons ?? [])];
	const parts = {
		source,
		codebook: {
			id: codebook.id,
			version: codebook.version,
			title: inLanguage(codebook.title, settings.language),
			rules: rulesOf(codebook),
		},
		design: describeDesign(design),
		counted: countedOf(sample),
		settings: {
			...recordOf(
				{ ...settings, where: question.plan.conditions.map(({ text }) => text) },
				codebook,
				breakdowns.map(({ id }) => id),
			),
			topics: topicsOf(kind, settings, codebook),
			...outcome.settings,
			populations: sample.populations,
		} as ResultsOf<K>["settings"],
		estimates,
		comparisons,
		...(outcome.covariances === undefined ? {} : { covariances: outcome.covariances }),
		...(outcome.tests === undefined ? {} : { tests: outcome.tests }),
		...(outcome.models === undefined ? {} : { models: outcome.models }),
		...(outcome.relations === undefined ? {} : { relations: outcome.relations }),
		...(outcome.alphas === undefined ? {} : { alphas: outcome.alphas }),
		notes: [
			...notesOf(
				{
					codebook,
					settings,
					design,
					synthetic: source.some(({ synthetic }) => synthetic === true),
					absent: question.absent.filter((item) => isMissed(item, sample.populations)),
					used: question.items,
					inferences: sample.tabulated.report.inferences,
					countedOnce: sample.countedOnce,
					cautions: cautions(sample),
					groups,
					alike: "equalSystems" in settings && settings.equalSystems === true,
					breakdowns,
					conditions: question.plan.conditions,
					report: sample.tabulated.report,
					columnName: (slot) => (sample.read[slot] as string).toUpperCase(),
					measured: outcome.measured,
					dropped: outcome.measured.filter(
						({ dropped, estimate }) =>
							dropped > 0 && !isHidden(estimate.status, settings.suppress === "none"),
					),
					hasSchools: sample.hasSchools,
					columns: sample.columns,
					files: sample.teacherFiles,
					unasked: sample.unasked,
					remarks: sample.remarks,
					schools: sample.schools,
				} satisfies RunFindings,
				loadLocale(settings.language),
			),
			...(outcome.notes ?? []),
		],
	};
	return nameResults(kind, parts, settings.language, {
		...{ codebook, items: question.items },
		breakdowns: [...breakdowns, ...(outcome.factors ?? [])],
		sides: outcome.sides ?? {},
	});
}

/** Row counts and missing codes. A protected run omits the number of rows, because it could reveal hidden ones. */
function countedOf({ settings, tabulated: { report }, question }: Sample): Counted {
	const missing = missingCodes(question.plan);
	return settings.protect ? { missing } : { used: report.selected - report.withoutWeight, missing };
}

/** Whether an absent column matters: not if these populations' questionnaires lack the item. */
function isMissed({ item }: SelectedItem, populations: readonly string[]): boolean {
	const asked = item?.populations;
	return asked === undefined || populations.length === 0 || asked.some((one) => populations.includes(one));
}

/** The topics of a run, with the codebook's default choice written out. */
function topicsOf(kind: ResultKind, { topics }: RatesSettings, codebook: Codebook): readonly string[] {
	if (kind === "means" || kind === "model" || kind === "relate") return topics;
	if (kind === "gaps") return Object.values(gapTopics(codebook, topics));
	return topics.length > 0 ? topics : defaultTopics(codebook);
}

function shown(estimate: EstimateRow, settings: RatesSettings): EstimateRow {
	const row = isHidden(estimate.status, settings.suppress === "none") ? hide(estimate) : estimate;
	return withExtras(row, settings);
}

/** Adds the coefficient of variation in percent and the effective sample size on request. */
function withExtras(row: EstimateRow, { extras }: RatesSettings): EstimateRow {
	const { estimate, se, n, deff } = row;
	const cv = estimate === null || se === null || estimate === 0 ? null : (100 * se) / Math.abs(estimate);
	const nEff = n === null || deff === null || deff === 0 ? null : n / deff;
	return {
		...row,
		...(extras.includes("cv") ? { cv } : {}),
		...(extras.includes("n-eff") ? { nEff } : {}),
	};
}
