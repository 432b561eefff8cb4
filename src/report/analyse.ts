import { compareInquiry } from "../analysis/questions/compare.js";
import { gapsInquiry } from "../analysis/questions/gaps.js";
import { meansInquiry } from "../analysis/questions/means.js";
import { modelInquiry } from "../analysis/questions/model.js";
import { ratesInquiry } from "../analysis/questions/rates.js";
import { relateInquiry } from "../analysis/questions/relate.js";
import { compareWithBaseline } from "../analysis/saved/baseline.js";
import { readResults } from "../analysis/saved/read-saved.js";
import { translated } from "../analysis/saved/translate.js";
import { askAll, type Inquiry } from "../analysis/survey/inquiry.js";
import type { RunOptions } from "../base/run-options.js";
import { loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { takingTurns } from "../platform/turns.js";
import { roundedResults } from "../protect/index.js";
import type { ResultSet } from "../results/result-set.js";
import { tellsSamples } from "../results/samples.js";
import type { RatesSpec } from "../settings/rates.js";
import type { SynthesisSpec } from "../settings/synthesis.js";
import type { Language } from "../wording/locale.js";
import type { ReportConfig } from "./config.js";
import { divided, merged, type ReportPart } from "./parts.js";

/** What a report shows, in one language. */
export interface Report {
	config: ReportConfig;
	codebook: Codebook;
	language: Language;
	parts: readonly ReportPart[];
	/** All parts together. */
	results: ResultSet;
}

/** The report in each of its languages; the first is the one its files are in. */
export async function analyse(config: ReportConfig, run: RunOptions): Promise<Report[]> {
	const questions = questionsOf(config);
	const inquiries = questions.map(({ inquiry }) => inquiry) as [Inquiry, ...Inquiry[]];
	const answers = await askAll(config.data, inquiries, run);
	const parts = answers.flatMap((results, index) => (questions[index] as Question).parts(results));
	const codebook = loadCodebook(config.codebook ?? (answers[0] as ResultSet).codebook.id);
	const all = [...parts, ...changeOf(parts, codebook, config)];
	const turn = takingTurns(run.signal);
	const reports: Report[] = [];
	for (const language of config.languages) {
		await turn();
		const own = all.map((part) => ({ ...part, results: translated(part.results, language, codebook) }));
		reports.push({ config, codebook, language, parts: own, results: merged(own) });
	}
	return reports;
}

interface Question {
	inquiry: Inquiry;
	parts(results: ResultSet): ReportPart[];
}

/** Everything the config asks of the survey files; one reading answers it. */
function questionsOf(config: ReportConfig): Question[] {
	const { topics, breakdowns, comparisons, gaps, means, answers, models, relations, benchmarks } = config;
	const common = commonSpec(config);
	const systems = synthesisSpec(config);
	const groups = [...new Set([...breakdowns, ...comparisons.map(({ between }) => between)])];
	const one = (kind: ReportPart["kind"], inquiry: Inquiry, by: string | null = null): Question => ({
		inquiry,
		parts: (results) => [{ kind, by, results }],
	});
	return [
		one("rates", ratesInquiry({ ...common, ...systems, topics, benchmark: benchmarks })),
		...groups.map((by): Question => {
			const comparison = comparisons.find(({ between }) => between === by);
			if (comparison === undefined) return one("breakdown", ratesInquiry({ ...common, topics }, [by]), by);
			return {
				inquiry: compareInquiry({ ...common, ...(tellsSamples(by) ? {} : systems), topics, ...comparison }),
				// A breakdown that the overall rates already contain is not shown again.
				parts: (results) =>
					divided(by, results).filter(({ kind }) => kind === "differences" || breakdowns.includes(by)),
			};
		}),
		...(gaps ? [one("gaps", gapsInquiry(common))] : []),
		...(means === false
			? []
			: [one("means", meansInquiry({ ...common, variables: means === true ? [] : means }))]),
		...(answers.length === 0
			? []
			: [one("answers", ratesInquiry({ ...common, items: answers, answers: true }))]),
		...Object.entries(models).map(
			([name, { outcome, "each-own": eachOwn, "equal-systems": equalSystems, ...asked }]) =>
				one(
					"models",
					modelInquiry({
						...ofModels(common),
						...systems,
						...asked,
						outcomes: outcome,
						eachOwn,
						equalSystems,
					}),
					name,
				),
		),
		...Object.entries(relations).map(([name, asked]) =>
			one("relations", relateInquiry({ ...ofRelations(common), ...asked }), name),
		),
	];
}

function commonSpec(config: ReportConfig): RatesSpec {
	const { where, pool, average, level, ci, df, adjust, family, suppress, protect, codebook, languages } =
		config;
	return {
		...{
			define: config.define,
			where,
			pool,
			average,
			level,
			ci,
			df,
			adjust,
			family,
			suppress,
			protect,
			codebook,
		},
		averageKind: config["average-kind"],
		unknownCodes: config["unknown-codes"],
		missing: config.missing,
		language: languages[0],
	};
}

function synthesisSpec(config: ReportConfig): SynthesisSpec {
	const { synthesis, moderator } = config;
	const { "synthesis-test": synthesisTest, "exclude-caution": excludeCaution } = config;
	return { synthesis, moderator, synthesisTest, excludeCaution };
}

/** The general settings that regressions accept. */
function ofModels({ average: _, averageKind: __, ci: ___, family: ____, ...common }: RatesSpec) {
	return common;
}

/** The general settings that correlations accept. */
function ofRelations(common: RatesSpec) {
	const { adjust: _, ...others } = ofModels(common);
	return others;
}

function changeOf(parts: readonly ReportPart[], codebook: Codebook, config: ReportConfig): ReportPart[] {
	const { baseline } = config;
	if (baseline === undefined) return [];
	const spec = { ...commonSpec(config), average: undefined };
	const now = merged(parts);
	const last = readResults(baseline);
	// A figure is compared with one that is rounded in the same way, so their difference reveals no more than they
	// do.
	const decimals = now.settings.protection?.decimals;
	const alike = <R extends ResultSet>(one: R) =>
		decimals === undefined ? one : roundedResults(one, decimals);
	const results = alike(compareWithBaseline(now, alike(last), codebook, spec, baseline));
	return [{ kind: "change", by: null, results }];
}
