import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import { unitColumnsOf } from "../../design/weight-columns.js";
import type { Comparison, ResultSet } from "../../results/result-set.js";
import { comparisonsAsR, shownComparisons } from "./comparisons.js";
import { designAsR } from "./design.js";
import { estimatesAsR, namesOf } from "./estimates.js";
import { filesAsR, packagesOf, type ScriptFile, schoolsAsR } from "./files.js";
import { functionsOf } from "./functions.js";
import { jointTestsAsR } from "./joint-tests.js";
import { coefficientPlaces, modelsAsR } from "./models.js";
import { groupsAsR, recodingAsR, weightAsR } from "./question.js";
import { relationsAsR } from "./relations.js";
import { shownRows } from "./rows.js";
import { statisticsAsR } from "./statistics.js";
import { placesIn, synthesesAsR } from "./syntheses.js";
import { columnNames, comment, number, text } from "./write.js";

/** What a script is made of. */
export interface Emission {
	results: ResultSet;
	/** What was read for them, as plain data. */
	plans: PlansExplained;
	/** Files as they were named. */
	files: readonly string[];
}

/**
 * A complete R script that reads the same files, recodes them by the same plan, works out the same figures with the
 * `survey` package, prints them beside the tool's, and ends with status 1 where one differs by more than 1e-8.
 * @throws UserError where R has no such reader or statistic, or results were changed on purpose (`--protect`).
 */
export function scriptInR({ results, plans, files }: Emission): string {
	if (results.settings.protect) {
		throw new UserError("protected results are rounded, so a script cannot arrive at them", {
			hint: say`leave out ${option("protect")}: the script is for whoever has the data`,
		});
	}
	const plan = plans.plans[0] as Plan;
	const { teachers, schools } = filesOf({ results, plans, files });
	const tables = [
		["The table, and how far it is from the tool's", estimatesAsR(results, plans)],
		["Differences, and how far they are from the tool's", comparisonsAsR(results, plans)],
		["Tests of all levels together", jointTestsAsR(results, plans)],
		["Models, and how far they are from the tool's", modelsAsR(results, plans)],
		["Relations, and how far they are from the tool's", relationsAsR(results, plans)],
		["Systems together", synthesesAsR(results, placesOf(results, plans))],
	].filter(([, own]) => own !== null);
	if (tables.length === 0) throw new UserError("no figure is shown that a script could recompute");
	const looked = plans.schools?.columns ?? [];
	const wanted = [
		...new Set([
			...plans.design.columns,
			...unitColumnsOf(plans.design),
			...columnsOfPlan(plan).filter((column) => !looked.includes(column)),
			...(plans.schools === null || looked.length === 0 ? [] : plans.schools.keys),
		]),
	];
	const parts: [title: string, code: string][] = [
		["The data", dataAsR(teachers, wanted)],
		...(plans.schools === null || looked.length === 0
			? []
			: [
					["The schools", schoolsAsR(schools, { keys: plans.schools.keys, columns: looked })] as [
						string,
						string,
					],
				]),
		["The weights", weightAsR(plans.design)],
		["The design", designAsR(plans.design)],
		["What the columns mean", recodingAsR(plan)],
		["Who is counted, and in which group", groupsAsR(plan, countedTwice(results))],
		["What decides the numbers", settingsAsR(results, plans)],
		["What is estimated", estimatedAsR(results, plans)],
		...tables.map(([title, own]) => [title, own as string] as [string, string]),
	];
	const code = parts.map(([, own]) => own).join("\n");
	const { reading = "", recoding = "", figures = "", models = "" } = functionsOf(code);
	const [data, ...others] = parts as [[string, string], ...[string, string][]];
	const sections = [
		...(reading === "" ? [] : [["How files are read", reading] as const]),
		data,
		...(recoding === "" ? [] : [["What codes mean: functions", recoding] as const]),
		...others.slice(0, -tables.length - 1),
		["Estimates: functions", figures] as const,
		...(models === "" ? [] : [["Models, relations and tests: functions", models] as const]),
		...others.slice(-tables.length - 1),
	];
	sections.push([
		"The verdict",
		'cat("largest difference:", format(largest, digits = 2), "\\n")\nif (largest > 1e-8) quit(status = 1)',
	]);
	return `${[head(results, [...teachers, ...schools]), ...sections.map(([title, own], place) => section(place + 1, title, own))].join("\n\n")}\n`;
}

/** Where the tables of a script have what syntheses are made from. */
function placesOf(results: ResultSet, plans: PlansExplained) {
	return {
		estimate: placesIn(shownRows(results, namesOf(plans)).map(({ row }) => row)),
		comparison: placesIn(
			shownComparisons(results),
			({ between }: Comparison, of) => JSON.stringify(between) === JSON.stringify(of.between),
		),
		coefficient: coefficientPlaces(results),
	};
}

function section(place: number, title: string, code: string): string {
	return `# ---- ${place}. ${title} ----\n\n${code}`;
}

function head(results: ResultSet, files: readonly ScriptFile[]): string {
	const { tool, codebook, kind, settings } = results;
	const { lang: _, command: __, ...said } = settings as Record<string, unknown>;
	const asked = Object.entries(said).filter(
		([, value]) => value !== null && value !== false && [value].flat().length > 0,
	);
	const packages = ["survey", ...packagesOf(files), ...(results.syntheses === undefined ? [] : ["metafor"])];
	return [
		comment(
			`Recomputes a table of ${tool.name} ${tool.version} (${kind}) with R's survey package, from the same data and by the same rules, and tells how far the numbers are apart. Run it with: Rscript FILE.R. The last line tells the largest difference; the exit status is 1 where it is beyond 1e-8.`,
		),
		"#",
		comment(`Data: ${files.map(({ path, source }) => `${path} (SHA-256 ${source.sha256})`).join(", ")}`),
		comment(`Codebook: ${codebook.id} ${codebook.version}`),
		comment(`Asked: ${asked.map(([name, value]) => `${name} ${JSON.stringify(value)}`).join("; ")}`),
		"",
		...packages.map((name) => `suppressPackageStartupMessages(library(${name}))`),
		"options(warn = 1)",
	].join("\n");
}

function dataAsR(files: readonly ScriptFile[], wanted: readonly string[]): string {
	return [`columns <- ${columnNames(wanted)}`, `data <- ${filesAsR(files, "columns")}`].join("\n");
}

function settingsAsR({ settings }: ResultSet, plans: PlansExplained): string {
	const { df = "design", level = 0.95, ci = "logit" } = settings;
	const fixed = df === "design" ? "NA" : df === "inf" ? "Inf" : number(df);
	return [
		"options(width = 200)",
		"largest <- 0",
		`is_replicated <- ${plans.design.replicates > 0 ? "TRUE" : "FALSE"}`,
		`level <- ${number(level)}`,
		`interval <- ${text(ci)}  # of percentages`,
		`fixed_df <- ${fixed}  # NA: those of the design, degf() of the rows of a group`,
	].join("\n");
}

/** The variables of the tables, and what their statistics are worked out by. */
function estimatedAsR(results: ResultSet, plans: PlansExplained): string {
	const used = [...new Set(plans.plans[0]?.variables)];
	return [
		"variables <- list()",
		...used.map((name) => `variables[[${text(name)}]] <- answers[[${text(name)}]]`),
		...ratiosAsR(plans),
		statisticsAsR(results, plans),
	].join("\n");
}

/** What the sums of ratios are divided by. */
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

function filesOf({ results, plans, files }: Emission): { teachers: ScriptFile[]; schools: ScriptFile[] } {
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
