import { UserError } from "../../base/errors.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import { type Design, isReplicated } from "../../design/method.js";
import { noWeights } from "../../design/weight-columns.js";
import type { Emission } from "../emission.js";
import {
	type AskedFigure,
	figureLines,
	headLines,
	leftOutOfScript,
	rejectModels,
	type Statements,
	statementsOf,
} from "../syntax/question.js";
import type { Regression } from "../syntax/regressions.js";
import type { Association } from "../syntax/relations.js";
import { quoted, SPSS } from "./syntax.js";

/**
 * SPSS syntax that opens the same file, recodes it by the same plan, and estimates as far as SPSS can: weighted figures; and
 * standard errors by Complex Samples where the design has strata and units, as SPSS knows no replicate weights.
 * @throws UserError for files that SPSS opens only with a list of all columns, and for what it has no statistic for.
 */
export function syntaxInSpss(emission: Emission): string {
	const { results, plans } = emission;
	rejectModels(results);
	const statements = statementsOf(emission, SPSS);
	const sections: [title: string, lines: readonly string[]][] = [
		["The data", dataLines(emission, statements)],
		[
			"What the columns mean: 1 yes, 0 no, -1 missing, -2 not applicable, -3 not administered",
			statements.lines,
		],
		["The weight, and who is counted", weightLines(plans.design)],
		...shownSections(statements, plans.design),
	];
	const head = [
		...headLines(emission),
		...notInSpss(emission, statements).map((line) => `Not as in the tool: ${line}`),
	];
	return `${[
		head.map(SPSS.comment).join("\n"),
		...sections.map(([title, lines]) => `${SPSS.comment(`---- ${title} ----`)}\n${lines.join("\n")}`),
	].join("\n\n")}\nEXECUTE.\n`;
}

function notInSpss({ results, plans }: Emission, statements: Statements): string[] {
	const left = leftOutOfScript(results, statements);
	return [
		...(isReplicated(plans.design.definition)
			? [
					"SPSS knows no replicate weights, so the figures are right and their standard errors are not; take those of the comments, of R or of repest",
				]
			: ["Complex Samples takes one number of degrees of freedom for all groups"]),
		...(left.length === 0 ? [] : [`${left.join(", ")} are not in this file`]),
		"averages over countries, design effects and logit intervals are not in this file",
	];
}

function dataLines({ results, plans, files }: Emission, { lines }: Statements): string[] {
	const [source, ...more] = results.source;
	const [file = source?.file ?? ""] = files;
	if (source?.format !== "sav" || more.length > 0) {
		throw new UserError(
			more.length > 0
				? "SPSS syntax is of one file"
				: `SPSS opens ${source?.format} only with a list of all its columns`,
			{ where: { file }, hint: "give the .sav file, or use --emit r" },
		);
	}
	const plan = plans.plans[0] as Plan;
	const said = lines.join("\n");
	// Texts have no codes of missing answers.
	const coded = columnsOfPlan(plan)
		.filter((name) => said.includes(`(${name},`) || said.includes(`(${name})`))
		.filter((name) => !said.includes(`RTRIM(${name})`));
	return [
		`GET FILE=${quoted(file)}.`,
		SPSS.comment("Codes of missing answers are told apart below, so none of them may be missing to SPSS"),
		...(coded.length === 0 ? [] : [`MISSING VALUES ${coded.join(" ")} ().`]),
	];
}

function weightLines({ definition, columns: [weight] }: Design): string[] {
	if (weight === undefined) return [SPSS.comment("Every row counts as one"), "SELECT IF (counted_ = 1)."];
	const none = noWeights(definition);
	return [
		...(none.length === 0 ? [] : [`SELECT IF (NOT ANY(${weight}, ${none.join(", ")})).`]),
		// Rows that Complex Samples does not see are no part of its design, so there they only have no value.
		...(isReplicated(definition)
			? [`WEIGHT BY ${weight}.`, "SELECT IF (counted_ = 1)."]
			: complexPlan(weight, definition)),
	];
}

/** Whether there is a plan of Complex Samples: it has a weight, and knows no replicates. */
function isComplex({ definition, columns }: Design): boolean {
	return columns.length > 0 && !isReplicated(definition);
}

/** The plan file that procedures of Complex Samples read. */
function complexPlan(weight: string, definition: object): string[] {
	const { strata, psu } = definition as { strata?: string; psu?: string };
	const design = [
		...(strata === undefined ? [] : [`STRATA=${strata}`]),
		...(psu === undefined ? [] : [`CLUSTER=${psu}`]),
	];
	return [
		"CSPLAN ANALYSIS",
		"  /PLAN FILE='talis-pd.csaplan'",
		`  /PLANVARS ANALYSISWEIGHT=${weight}`,
		"  /SRSESTIMATOR TYPE=WOR",
		`  /DESIGN ${design.join(" ")}`.trimEnd(),
		"  /ESTIMATOR TYPE=WR.",
	];
}

/** Figures, models, differences and relations. */
function shownSections(statements: Statements, design: Design): [title: string, lines: string[]][] {
	const { asked, regressions, associations } = statements;
	const titles: [string, string[]][] = [
		["The figures", asked.flatMap((one) => figure(one, statements, design))],
		["Models and differences", regressions.flatMap((one) => regressionLines(one, design))],
		["Relations", associations.flatMap(associationLines)],
	];
	return titles.filter(([, lines]) => lines.length > 0);
}

function regressionLines(
	{ about, family, lines, outcome, terms, rows, tests, figures }: Regression,
	design: Design,
): string[] {
	const names = terms.map(({ name }) => name);
	const run = isComplex(design)
		? complexRegression(family, outcome, names, rows)
		: weightedRegression(family, outcome, names, rows);
	return [
		"",
		SPSS.comment(about),
		...lines,
		...terms.map((one) => `VARIABLE LABELS ${one.name} ${quoted(one.about)}.`),
		...run,
		...(tests.length === 0 ? [] : [SPSS.comment("Tests of several terms together are not in this file")]),
		...figures.map(SPSS.comment),
	];
}

function weightedRegression(
	family: string,
	outcome: string,
	terms: readonly string[],
	rows: string,
): string[] {
	const some = ["TEMPORARY.", `SELECT IF (${rows} = 1).`];
	if (terms.length === 0) return [...some, `MEANS TABLES=${outcome} /CELLS=MEAN COUNT.`];
	if (family === "logistic") {
		return [...some, `LOGISTIC REGRESSION VARIABLES=${outcome} /METHOD=ENTER ${terms.join(" ")}.`];
	}
	return [...some, `REGRESSION /DEPENDENT ${outcome} /METHOD=ENTER ${terms.join(" ")}.`];
}

function complexRegression(
	family: string,
	outcome: string,
	terms: readonly string[],
	rows: string,
): string[] {
	const whom = [`  /PLAN FILE='talis-pd.csaplan'`, `  /DOMAIN VARIABLE=${rows}(1)`];
	const withTerms = terms.length === 0 ? "" : ` WITH ${terms.join(" ")}`;
	return family === "linear"
		? [`CSGLM ${outcome}${withTerms}`, ...whom, "  /STATISTICS PARAMETER SE CINTERVAL TTEST."]
		: [`CSLOGISTIC ${outcome}(LOW)${withTerms}`, ...whom, "  /STATISTICS PARAMETER SE CINTERVAL TTEST."];
}

/** With weights, but without errors of the design. */
function associationLines({ about, method, lines, variables, rows, figure: told }: Association): string[] {
	const some = ["TEMPORARY.", `SELECT IF (${rows} = 1).`];
	const run = {
		pearson: [...some, `CORRELATIONS /VARIABLES=${variables.join(" ")}.`],
		spearman: [SPSS.comment("SPSS has no rank correlations with weights that are no whole numbers")],
		alpha: [...some, `RELIABILITY /VARIABLES=${variables.join(" ")} /SCALE('all') ALL /MODEL=ALPHA.`],
	}[method];
	return ["", SPSS.comment(about), ...lines, ...run, SPSS.comment(told)];
}

const QUANTILE = /^q([\d.]+)$/;

function figure(one: AskedFigure, { breakdowns, country }: Statements, design: Design): string[] {
	const { place, recoded, statistic, label, variable } = one;
	const name = `y${place}_`;
	const isShare = statistic === "percent" || statistic === "count";
	const factor = statistic === "percent" ? "100 * " : "";
	const by = [...(country === null ? [] : [country]), ...breakdowns.map(({ value }) => value)];
	const value = isShare ? recoded.state : (recoded.value as string);
	const holds = isShare ? `ANY(${recoded.state}, 0, 1)` : `${recoded.state} = 1`;
	return [
		"",
		SPSS.comment(`${label} (${variable}): ${statistic}`),
		`IF (counted_ = 1 & ${holds}) ${name} = ${factor}${value}.`,
		...(isComplex(design) ? complex(statistic, name, by) : weighted(statistic, name, by)),
		...figureLines(one).map(SPSS.comment),
	];
}

function weighted(statistic: string, name: string, by: readonly string[]): string[] {
	const groups = by.length === 0 ? "" : ` BY ${by.join(" BY ")}`;
	const [, quantile] = QUANTILE.exec(statistic) ?? [];
	if (quantile !== undefined) {
		return [
			...(by.length === 0
				? []
				: [`SORT CASES BY ${by.join(" ")}.`, `SPLIT FILE LAYERED BY ${by.join(" ")}.`]),
			`FREQUENCIES VARIABLES=${name} /FORMAT=NOTABLE /PERCENTILES=${quantile}.`,
			...(by.length === 0 ? [] : ["SPLIT FILE OFF."]),
		];
	}
	const cells: Record<string, string> = {
		percent: "MEAN COUNT",
		mean: "MEAN COUNT",
		count: "SUM",
		sd: "STDDEV",
	};
	const cell = cells[statistic];
	if (cell === undefined) return [SPSS.comment(`SPSS has no ${statistic} here`)];
	return [`MEANS TABLES=${name}${groups} /CELLS=${cell}.`];
}

function complex(statistic: string, name: string, by: readonly string[]): string[] {
	const [statement] = { percent: ["/MEAN"], mean: ["/MEAN"], count: ["/SUM"] }[statistic] ?? [];
	if (statement === undefined) return [SPSS.comment(`Complex Samples has no ${statistic}`)];
	return [
		"CSDESCRIPTIVES",
		"  /PLAN FILE='talis-pd.csaplan'",
		`  /SUMMARY VARIABLES=${name}`,
		...(by.length === 0 ? [] : [`  /SUBPOP TABLE=${by.join(" BY ")}`]),
		`  ${statement}`,
		"  /STATISTICS SE CIN(95) COUNT",
		"  /MISSING SCOPE=ANALYSIS CLASSMISSING=EXCLUDE.",
	];
}
