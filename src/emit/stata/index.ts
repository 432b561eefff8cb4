import { UserError } from "../../base/errors.js";
import { command, say } from "../../base/say.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import { type Design, isReplicated, type LinearDesign, replicateFactors } from "../../design/method.js";
import { noWeights, unitColumnsOf } from "../../design/weight-columns.js";
import type { Emission } from "../emission.js";
import {
	type AskedFigure,
	COUNTED,
	figureLines,
	hasTotals,
	headLines,
	leftOutOfScript,
	rejectModels,
	type Statements,
	statementsOf,
} from "../syntax/question.js";
import type { Regression } from "../syntax/regressions.js";
import type { Association } from "../syntax/relations.js";
import { nameInStata, quoted, STATA } from "./syntax.js";

/**
 * A do-file that reads the same files, recodes them by the same plan, and estimates with `svy` and, for replicate weights,
 * with the OECD's `repest`; the tool's figures stand beside each command. What neither has is said at its head.
 * @throws UserError for files and statistics that Stata does not read or know.
 */
export function scriptInStata(emission: Emission): string {
	const { results, plans } = emission;
	rejectModels(results);
	const statements = statementsOf(emission, STATA);
	const plan = plans.plans[0] as Plan;
	const columns = [...new Set([...columnsOfPlan(plan), ...unitColumnsOf(plans.design)])];
	const sections: [title: string, lines: readonly string[]][] = [
		["The data", dataLines(emission, columns, statements)],
		["The design", designLines(plans.design)],
		[
			"What the columns mean: 1 yes, 0 no, -1 missing, -2 not applicable, -3 not administered",
			statements.lines,
		],
		["The breakdowns", breakdownLines(statements)],
		...shownSections(statements, plans.design),
	];
	const head = [
		...headLines(emission),
		...notInStata(emission, statements).map((line) => `Not as in the tool: ${line}`),
	];
	return `${[
		head.map(STATA.comment).join("\n"),
		"version 16\nclear all\nset more off",
		...sections.map(([title, lines]) => `${STATA.comment(`---- ${title} ----`)}\n${lines.join("\n")}`),
	].join("\n\n")}\n`;
}

/** What readers must know to compare the two. */
function notInStata({ results, plans: { design } }: Emission, statements: Statements): string[] {
	const left = leftOutOfScript(results, statements);
	return [
		...(left.length === 0 ? [] : [`${left.join(", ")} are not in this file`]),
		"repest prints z-tests; svy takes one number of degrees of freedom for all groups (dof()), the tool each group's own",
		...(isReplicated(design.definition)
			? [
					"logit intervals of the tool are made from the replicates; svy: proportion takes the delta method from the standard error",
				]
			: []),
		...(design.definition.method === "bootstrap"
			? ["Stata divides bootstrap variances by R, the tool by R - 1 unless told otherwise"]
			: []),
		"averages over countries are not in this file",
	];
}

function dataLines(
	{ results, plans, files }: Emission,
	columns: readonly string[],
	{ country }: Statements,
): string[] {
	const texts = new Set(country === null ? [] : [country]);
	const weights = plans.design.columns.map(nameInStata);
	const constants = plans.files.flatMap((file) => Object.entries(file.constants));
	const own = columns.filter(
		(name) => !constants.some(([constant]) => constant.toUpperCase() === name.toUpperCase()),
	);
	const numbers = own.map(nameInStata).filter((name) => !texts.has(name));
	const read = results.source.map(({ file, format }, place) => {
		const path = quoted(files[place] ?? file);
		if (format === "csv") {
			return `import delimited ${path}, clear varnames(1) case(lower) stringcols(_all) encoding("utf-8")`;
		}
		if (format === "dta") return `use ${path}, clear\nrename *, lower`;
		throw new UserError(`a do-file does not read ${format} with its codes as they stand`, {
			where: { file: files[place] ?? file },
			hint: say`make it csv first: ${command("convert", `convert ${file} data.csv`)}`,
		});
	});
	const isText = results.source.every(({ format }) => format === "csv");
	return [
		...read.flatMap((line, place) =>
			read.length === 1 ? [line] : [line, `tempfile part${place + 1}`, `save \`part${place + 1}'`],
		),
		...(read.length === 1
			? []
			: [`use \`part1', clear`, ...read.slice(1).map((_, place) => `append using \`part${place + 2}'`)]),
		...constants.map(([name, value]) => `gen ${nameInStata(name)} = ${quoted(value)}`),
		...(isText && numbers.length > 0
			? [
					"* Codes are numbers; what is none of them counts as missing",
					`destring ${wrapped([...numbers])}, replace force`,
				]
			: []),
		...(isText && weights.length > 0 ? [`destring ${wrapped(weights)}, replace`] : []),
	];
}

/** Names over several lines. */
function wrapped(names: readonly string[]): string {
	const lines: string[] = [];
	for (const name of names) {
		const last = lines.at(-1);
		if (last !== undefined && last.length + name.length < 100) lines[lines.length - 1] = `${last} ${name}`;
		else lines.push(name);
	}
	return lines.join(" ///\n\t");
}

/** Replicates that are numbered from 1 on, as a range. */
function range(columns: readonly string[]): string {
	const names = columns.map(nameInStata);
	const [first = "", last = ""] = [names[0], names.at(-1)];
	const [, prefix] = /^(.*\D)1$/.exec(first) ?? [];
	const isRun = prefix !== undefined && names.every((name, place) => name === `${prefix}${place + 1}`);
	return isRun ? `${first}-${last}` : wrapped(names);
}

function designLines({ definition, columns, replicates, units }: Design): string[] {
	const [weight, ...own] = columns;
	const pweight = weight === undefined ? "" : ` [pweight = ${nameInStata(weight)}]`;
	const none = noWeights(definition);
	const drop =
		weight === undefined || none.length === 0
			? []
			: [`drop if inlist(${nameInStata(weight)}, ${none.join(", ")})`];
	if (!isReplicated(definition)) {
		const { strata = [], psu, fpc } = units ?? { strata: [] };
		const { lonelyPsu } = { lonelyPsu: undefined, ...definition } as Extract<
			LinearDesign,
			{ method: "taylor" }
		>;
		const single = SINGLE_UNITS[lonelyPsu ?? "fail"];
		return [
			...drop,
			...(strata.length === 0
				? []
				: [`egen long stratum_ = group(${strata.map(nameInStata).join(" ")}), missing`]),
			`svyset ${psu === undefined ? "_n" : nameInStata(psu)}${pweight}, vce(linearized)${strata.length === 0 ? "" : " strata(stratum_)"}${fpc === undefined ? "" : ` fpc(${nameInStata(fpc)})`}${single === undefined ? "" : ` singleunit(${single})`}`,
		];
	}
	const factors = [...replicateFactors(definition, replicates)];
	const mse = definition.centre === "replicate-mean" ? "" : " mse";
	const sets: Record<string, string> = {
		"fay-brr": `brrweight(${range(own)}) fay(${"fay" in definition ? definition.fay : 0}) vce(brr)`,
		brr: `brrweight(${range(own)}) vce(brr)`,
		bootstrap: `bsrweight(${range(own)}) vce(bootstrap)`,
		sdr: `sdrweight(${range(own)}) vce(sdr)`,
	};
	const even = factors.every((factor) => factor === factors[0]);
	const jackknife = `jkrweight(${range(own)}, multiplier(${even ? factors[0] : factors.join(" ")})) vce(jackknife)`;
	return [...drop, `svyset${pweight}, ${sets[definition.method] ?? jackknife}${mse}`];
}

/** What Stata calls what R's survey does with a stratum of one unit; by default both refuse it. */
const SINGLE_UNITS: Readonly<Record<string, string>> = {
	certainty: "certainty",
	remove: "certainty",
	average: "scaled",
	adjust: "centered",
};

/** All breakdowns but the country as one number, which over() takes. */
function breakdownLines({ breakdowns, country }: Statements): string[] {
	return [
		...(country === null ? [] : [`encode ${country}, gen(country_)`]),
		...(breakdowns.length === 0
			? []
			: [
					`egen long group_ = group(${breakdowns.map(({ value }) => value).join(" ")}) if ${COUNTED} == 1, label`,
				]),
	];
}

/** Figures, models, differences and relations. */
function shownSections(statements: Statements, design: Design): [title: string, lines: string[]][] {
	const { asked, regressions, associations } = statements;
	const titles: [string, string[]][] = [
		["The figures", asked.flatMap((one) => figure(one, statements, design))],
		["Models and differences", regressions.flatMap((one) => regressionLines(one, design))],
		["Relations", associations.flatMap((one) => associationLines(one, design))],
	];
	return titles.filter(([, lines]) => lines.length > 0);
}

/** A regression by `svy` and `repest`; its terms are variables, so that both know them by one name. */
function regressionLines(
	{ about, family, lines, outcome, terms, rows, tests, figures }: Regression,
	design: Design,
): string[] {
	const by = family === "linear" ? "regress" : "logit";
	const call = [by, outcome, ...terms.map(({ name }) => name)].join(" ");
	const further = family === "linear" && terms.length > 0 ? " results(add(r2))" : "";
	return [
		"",
		STATA.comment(about),
		...lines,
		...terms.map((one) => `label variable ${one.name} ${quoted(one.about)}`),
		`svy, subpop(${rows}): ${call}`,
		...tests.map((one) => `test ${one.terms.join(" ")}, nosvyadjust`),
		...repestLine(`stata: ${call}`, rows, further, design),
		...figures.map(STATA.comment),
	];
}

function associationLines(
	{ about, method, lines, variables, rows, figure: told }: Association,
	design: Design,
): string[] {
	const none = {
		pearson: isReplicated(design.definition) ? null : "svy has no correlations",
		spearman: "Stata has no rank correlations with weights",
		alpha: "Stata's alpha takes no weights",
	}[method];
	return [
		"",
		STATA.comment(about),
		...lines,
		...(none === null ? repestLine(`corr ${variables.join(" ")}`, rows, "", design) : [STATA.comment(none)]),
		STATA.comment(told),
	];
}

const QUANTILES = ["q1", "q5", "q10", "q25", "q50", "q75", "q90", "q95", "q99"];

function figure(one: AskedFigure, statements: Statements, design: Design): string[] {
	const { place, recoded, statistic, label } = one;
	const name = `y${place}_`;
	const { country, breakdowns } = statements;
	const isShare = statistic === "percent" || statistic === "count";
	const made = isShare
		? `gen double ${name} = ${recoded.state} if inlist(${recoded.state}, 0, 1) & ${COUNTED} == 1`
		: `gen double ${name} = ${recoded.value} if ${recoded.state} == 1 & ${COUNTED} == 1`;
	const over = [...(country === null ? [] : ["country_"]), ...(breakdowns.length === 0 ? [] : ["group_"])];
	const svy = svyCommand(statistic, name);
	const repest = isReplicated(design.definition) ? repestCommand(statistic, name, statements, design) : null;
	const runs = (own: readonly string[]) => (own.length === 0 ? "" : `, over(${own.join(" ")})`);
	const lines = [
		"",
		STATA.comment(`${label} (${one.variable}): ${statistic}`),
		...(statistic === "percent" && recoded.value !== undefined ? [STATA.comment("a value of a number")] : []),
		made,
		...(svy === null
			? [STATA.comment(`svy has no ${statistic}`)]
			: [
					`svy, subpop(${COUNTED}): ${svy}${runs(over)}`,
					...(hasTotals(one)
						? [`svy, subpop(${COUNTED}): ${svy}${runs(over.filter((id) => id !== "group_"))}`]
						: []),
				]),
		...(repest === null ? [] : [repest]),
		...figureLines(one).map(STATA.comment),
	];
	return lines;
}

function svyCommand(statistic: string, name: string): string | null {
	if (statistic === "percent") return `proportion ${name}`;
	if (statistic === "count") return `total ${name}`;
	return statistic === "mean" ? `mean ${name}` : null;
}

function repestCommand(
	statistic: string,
	name: string,
	{ country, breakdowns }: Statements,
	design: Design,
): string {
	const estimate = estimateOf(statistic, name);
	if (estimate === null) return STATA.comment(`repest has no ${statistic}`);
	const parts = [
		...(country === null ? [] : [` by(${country})`]),
		...(breakdowns.length === 0 ? [] : [" over(group_)"]),
	];
	return repestLine(estimate, COUNTED, parts.join(""), design)[0] ?? "";
}

/**
 * `repest`, with the OECD's own settings for teachers of TALIS where the file has them, else with those of the design; nothing
 * without replicates.
 */
function repestLine(estimate: string, rows: string, options: string, design: Design): string[] {
	const { columns, replicates, definition } = design;
	if (!isReplicated(definition)) return [];
	const factors = replicateFactors(definition, replicates);
	if (definition.centre === "replicate-mean" || !factors.every((factor) => factor === factors[0])) {
		return [
			STATA.comment(
				"repest measures replicates from the estimate, all with one factor, and this design does not",
			),
		];
	}
	const [weight = "", first = ""] = columns.map(nameInStata);
	const stem = first.replace(/1$/, "");
	const parameters = `svyparms(NBpv(1) final_weight_name(${weight}) rep_weight_name(${stem}) variancefactor(${factors[0]}) NREP(${replicates}))`;
	return [`repest SVY if ${rows} == 1, estimate(${estimate})${options} ${parameters} display`];
}

function estimateOf(statistic: string, name: string): string | null {
	if (statistic === "percent") return `means ${name}, pct`;
	if (statistic === "mean") return `means ${name}`;
	if (statistic === "count") return `summarize ${name}, stats(sum)`;
	if (statistic === "sd") return `summarize ${name}, stats(sd)`;
	return QUANTILES.includes(statistic) ? `summarize ${name}, stats(p${statistic.slice(1)})` : null;
}
