import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import { unitColumnsOf } from "../../design/weight-columns.js";
import type { ResultSet } from "../../results/result-set.js";
import { askedSettings, type Emission } from "../emission.js";
import { designAsR } from "./design.js";
import { filesAsR, packagesOf, type ScriptFile, schoolsAsR, unchangedAsR } from "./files.js";
import { foldedAt } from "./fold.js";
import { functionsOf } from "./functions.js";
import { groupsAsR, recodingAsR, weightAsR } from "./question.js";
import { statisticsAsR } from "./statistics.js";
import { columnNames, comment, number, text } from "./write.js";

/** Files of a survey, and how they are read. */
export interface SurveyRead {
	results: ResultSet;
	plans: PlansExplained;
	teachers: readonly ScriptFile[];
	schools: readonly ScriptFile[];
}

/** From files to the rows that count and their groups. */
export function surveyAsR({ results, plans, teachers, schools }: SurveyRead): ScriptSection[] {
	const plan = plans.plans[0] as Plan;
	const looked = plans.schools?.columns ?? [];
	const lookedUp = plans.schools === null || looked.length === 0 ? null : plans.schools;
	const wanted = [
		...new Set([
			...plans.design.columns,
			...unitColumnsOf(plans.design),
			...columnsOfPlan(plan).filter((column) => !looked.includes(column)),
			...(lookedUp?.keys ?? []),
		]),
	];
	return [
		["The data", dataAsR(teachers, wanted)],
		...(lookedUp === null
			? []
			: [["The schools", schoolsAsR(schools, { keys: lookedUp.keys, columns: looked })] as const]),
		["The weights", weightAsR(plans.design)],
		["The design", designAsR(plans.design)],
		["What the columns mean", recodingAsR(plan)],
		["Who is counted, and in which group", groupsAsR(plan, countedTwice(results))],
	];
}

export type ScriptSection = readonly [title: string, code: string];

/** A script of sections; the functions that they call stand before what first needs them. */
export function scriptOfSections(
	results: ResultSet,
	files: readonly ScriptFile[],
	survey: readonly ScriptSection[],
	tables: readonly ScriptSection[],
	more: readonly string[] = [],
): string {
	const known = unchangedAsR(files);
	const code = [...survey, ...tables, ["", known]].map(([, own]) => own).join("\n");
	const { reading = "", recoding = "", figures = "", models = "" } = functionsOf(code);
	const isData = (title: string) => title.startsWith("The data");
	const first = 1 + survey.findIndex(([title]) => isData(title));
	const sections: ScriptSection[] = [
		...(reading === "" ? [] : [["How files are read", reading] as const]),
		...(known === "" ? [] : [["Whether the files are those of the table", known] as const]),
		...survey.slice(0, first),
		...(recoding === "" ? [] : [["What codes mean: functions", recoding] as const]),
		...survey.slice(first),
		["Estimates: functions", figures],
		...(models === "" ? [] : [["Models, relations and tests: functions", models] as const]),
		...tables,
		[
			"The verdict",
			'cat("largest difference: ", format(largest, digits = 2), "\\n", sep = "")\nif (largest > 1e-8) quit(status = 1)',
		],
	];
	const body = sections.map(
		([title, code], place) => `# ---- ${place + 1}. ${title} ----\n\n${foldedAt(code, WIDTH)}`,
	);
	const contents = sections.map(([title], place) => `${place + 1}. ${title}`).join("; ");
	return `${[head(results, files, { more, contents }), ...body].join("\n\n")}\n`;
}

/** Columns of a script. */
const WIDTH = 120;

function head(
	results: ResultSet,
	files: readonly ScriptFile[],
	{ more, contents }: { more: readonly string[]; contents: string },
): string {
	const { tool, codebook, kind } = results;
	const data = files.map(({ path, source }) => `${path} (SHA-256 ${source.sha256})`);
	const packages = ["survey", ...packagesOf(files), ...(results.syntheses === undefined ? [] : ["metafor"])];
	return [
		comment(
			`Recomputes a table of ${tool.name} ${tool.version} (${kind}) with R's survey package, from the same data and by the same rules, and tells how far the numbers are apart. Run it with: Rscript FILE.R. The last line tells the largest difference; the exit status is 1 where it is beyond 1e-8.`,
		),
		"# Run it in the folder where the command was typed: the file names are as they were given.",
		"#",
		comment(`Data: ${[...data, ...more].join(", ")}`),
		comment(`Codebook: ${codebook.id} ${codebook.version}`),
		comment(
			`Asked: ${askedSettings(results)
				.map(([name, value]) => `${name} ${JSON.stringify(value)}`)
				.join("; ")}`,
		),
		"#",
		comment(`In here: ${contents}.`),
		"",
		UTF8,
		...packages.map(loaded),
		"options(warn = 1)",
	].join("\n");
}

/** Where R takes only ASCII, as build servers often have it, no text of the script would equal one of the file. */
const UTF8 = [
	'if (!l10n_info()[["UTF-8"]]) for (name in c("C.UTF-8", "en_US.UTF-8")) {',
	'  if (suppressWarnings(Sys.setlocale("LC_CTYPE", name)) != "") break',
	"}",
].join("\n");

/** A package, without what it says of itself. */
export function loaded(name: string): string {
	return `suppressPackageStartupMessages(library(${name}))`;
}

function dataAsR(files: readonly ScriptFile[], wanted: readonly string[]): string {
	return [`columns <- ${columnNames(wanted)}`, `data <- ${filesAsR(files, "columns")}`].join("\n");
}

export function settingsAsR({ settings }: ResultSet): string {
	const { df = "design", level = 0.95, ci = "logit" } = settings;
	const fixed = df === "design" ? "NA" : df === "inf" ? "Inf" : number(df);
	return [
		"options(width = 200)",
		"largest <- 0",
		`level <- ${number(level)}`,
		`interval <- ${text(ci)}  # of percentages`,
		`fixed_df <- ${fixed}  # NA: those of the design, degf() of the rows of a group`,
	].join("\n");
}

/** The variables of the tables, and the estimators of their statistics. */
export function estimatedAsR(results: ResultSet, plans: PlansExplained): string {
	const used = [...new Set(plans.plans[0]?.variables)];
	return [
		"variables <- list()",
		...used.map((name) => `variables[[${text(name)}]] <- answers[[${text(name)}]]`),
		...ratiosAsR(plans),
		statisticsAsR(results, plans),
	].join("\n");
}

/** The denominators of ratios. */
function ratiosAsR({ plans, items }: PlansExplained): string[] {
	const [variables = [], ids = []] = [plans[0]?.variables, items[0]];
	const first = ids.findIndex((id) => id.includes("/"));
	if (first < 0) return [];
	// Denominators stand behind all numerators, in their order.
	return ids.slice(first).map((_, place) => {
		const [of, per] = [variables[first + place], variables[ids.length + place]] as [string, string];
		return `variables[[${text(of)}]]$per <- answers[[${text(per)}]]$value`;
	});
}

/** Systems whose teachers are there once more as part of another. */
function countedTwice({ notes }: ResultSet): string[] {
	const found = notes.filter(({ code }) => code === "counted-once");
	return found.flatMap(({ detail }) => String(detail?.systems ?? "").split(", "));
}

export function filesOf({ results, plans, files }: Emission): {
	teachers: ScriptFile[];
	schools: ScriptFile[];
} {
	const left = [...files];
	const all = results.source.map((source): ScriptFile => {
		const place = left.findIndex((path) => path.split(/[/\\]/).at(-1) === source.file);
		const [path = source.file] = place < 0 ? [] : left.splice(place, 1);
		const { constants = {}, words = {} } = plans.files.find(({ file }) => file === source.file) ?? {};
		return { path, source, constants, words };
	});
	return {
		teachers: all.filter(({ source }) => source.role !== "schools"),
		schools: all.filter(({ source }) => source.role === "schools"),
	};
}
