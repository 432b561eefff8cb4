import { UserError } from "../../base/errors.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import { type Design, isReplicated } from "../../design/method.js";
import { noWeights } from "../../design/weight-columns.js";
import {
	type Asked,
	type Emission,
	figureLines,
	headLines,
	leftOut,
	type Statements,
	statementsOf,
} from "../syntax/question.js";
import { quoted, SPSS } from "./syntax.js";

/**
 * SPSS syntax that opens the same file, recodes it by the same plan, and estimates as far as SPSS can: weighted figures; and
 * standard errors by Complex Samples where the design has strata and units, as SPSS knows no replicate weights.
 * @throws UserError for files that SPSS opens only with a list of all columns, and for what it has no statistic for.
 */
export function syntaxInSpss(emission: Emission): string {
	const { results, plans } = emission;
	if (results.kind === "model" || results.kind === "relate") {
		throw new UserError(`SPSS syntax of ${results.kind} is not written yet`, { hint: "use --emit r" });
	}
	const statements = statementsOf(emission, SPSS);
	const sections: [title: string, lines: readonly string[]][] = [
		["The data", dataLines(emission, statements)],
		[
			"What the columns mean: 1 yes, 0 no, -1 missing, -2 not applicable, -3 not administered",
			statements.lines,
		],
		["The weight", weightLines(plans.design)],
		[
			"The figures",
			[
				"SELECT IF (counted_ = 1).",
				...statements.asked.flatMap((one) => figure(one, statements, plans.design)),
			],
		],
	];
	const head = [...headLines(emission), ...notInSpss(emission).map((line) => `Not as in the tool: ${line}`)];
	return `${[
		head.map(SPSS.comment).join("\n"),
		...sections.map(([title, lines]) => `${SPSS.comment(`---- ${title} ----`)}\n${lines.join("\n")}`),
	].join("\n\n")}\nEXECUTE.\n`;
}

function notInSpss({ results, plans }: Emission): string[] {
	const left = leftOut(results);
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
	if (weight === undefined) return [SPSS.comment("Every row counts as one")];
	const none = noWeights(definition);
	return [
		...(none.length === 0 ? [] : [`SELECT IF (NOT ANY(${weight}, ${none.join(", ")})).`]),
		...(isReplicated(definition) ? [`WEIGHT BY ${weight}.`] : complexPlan(weight, definition)),
	];
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

const QUANTILE = /^q([\d.]+)$/;

function figure(one: Asked, { breakdowns, country }: Statements, design: Design): string[] {
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
		`IF (${holds}) ${name} = ${factor}${value}.`,
		...(isReplicated(design.definition) ? weighted(statistic, name, by) : complex(statistic, name, by)),
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
