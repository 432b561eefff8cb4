import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { Expression } from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import { isReadable, type ScriptFile } from "./files.js";
import { folded } from "./fold.js";
import { functionsOf, withoutComments } from "./functions.js";
import { namesIn } from "./question.js";
import { filesOf, loaded, surveyAsR } from "./sections.js";
import { shortCell } from "./short-cell.js";
import { number, text } from "./write.js";

/** A percentage, the results it is one of, and what was read for them. */
export interface OneCell {
	estimate: Estimate;
	results: ResultSet;
	plans: PlansExplained;
	/** Files as they were named. */
	files: readonly string[];
}

/**
 * A percentage, its standard error and its interval in R's survey package, from the files on: a few lines where
 * they can say it; else the recodes of the same plan as scripts have them. Lines are broken to 76 columns wherever R lets them be.
 */
export function cellInR({ estimate, results, plans, files }: OneCell): string[] {
	const named = filesOf({ results, plans, files });
	const [teachers, schools] = [named.teachers.map(asCsv), named.schools.map(asCsv)];
	const converted = [...named.teachers, ...named.schools]
		.filter((file) => !isReadable(file))
		.map((file) => `# First make it csv: talis-pd convert ${file.path} ${asCsv(file).path}`);
	const own = { ...plans, plans: [ofOneVariable(plans.plans[0] as Plan)] };
	const rows =
		shortCell(estimate.group, own, teachers) ??
		longCell({ estimate, results, plans: own }, teachers, schools);
	return [
		...converted,
		loaded("survey"),
		...rows,
		...figureInR(estimate, results.settings.level ?? 0.95),
	].flatMap(folded);
}

/** Files that R cannot read unchanged, even as csv. */
function asCsv(file: ScriptFile): ScriptFile {
	if (isReadable(file)) return file;
	const [, stem] = /([^/\\]*?)(\.[a-z]+)*$/i.exec(file.path) ?? [];
	return { ...file, path: `${stem || "data"}.csv`, source: { ...file.source, format: "csv" } };
}

/** The plan without what the first variable, groups and conditions are not made of. */
function ofOneVariable(plan: Plan): Plan {
	const [name = ""] = plan.variables;
	const known = new Set<string>();
	const reach = (of: unknown): void => {
		for (const part of namesIn(of).filter((one) => !known.has(one))) {
			known.add(part);
			reach(plan.expressions[part]);
		}
	};
	reach([{ is: "named", name }, plan.groups, plan.conditions]);
	const expressions = Object.entries(plan.expressions).filter(([own]) => known.has(own));
	// Schools only tell whether a figure is shown.
	return {
		...plan,
		expressions: Object.fromEntries<Expression>(expressions),
		variables: [name],
		school: [],
	};
}

/** The rows of a percentage as `design`, with `yes` in it, by the recodes that scripts have. */
function longCell(
	{ estimate: { group }, results, plans }: Omit<OneCell, "files">,
	teachers: readonly ScriptFile[],
	schools: readonly ScriptFile[],
): string[] {
	const [name = ""] = plans.plans[0]?.variables ?? [];
	const steps = surveyAsR({ results, plans, teachers, schools }).map(
		([title, code]) => `# ${title}.\n${withoutComments(code)}`,
	);
	const apart = Object.entries(group).filter(([, value]) => value !== "total");
	const isOfCountry = apart.some(([id]) => id === "country");
	const kept = [
		"counted",
		...apart.map(([id, value]) => `groups[[${text(id)}]]$value %in% ${text(value)}`),
		...(isOfCountry ? [] : ["!counted_twice"]),
		'answer %in% c("yes", "no")',
	];
	const calls = Object.values(functionsOf(steps.join("\n"))).filter((code) => code !== "");
	const isText = [...teachers, ...schools].map(({ source }) => source.format === "csv");
	return [
		...(isText.includes(true) ? [loaded("data.table")] : []),
		...(isText.includes(false) ? [loaded("haven")] : []),
		"# What reads and recodes.",
		...calls.map(withoutComments),
		...steps,
		"# Who says yes, among those of the group who say yes or no.",
		`answer <- answers[[${text(name)}]]`,
		'design <- update(design, yes = as.numeric(answer == "yes"))',
		`design <- subset(design, ${kept.join(" & ")})`,
	];
}

/** svyciprop's names of the intervals that both compute alike. */
const METHODS: Readonly<Record<string, string>> = { logit: "logit", xlogit: "xlogit", wald: "mean" };

function figureInR({ estimate, se, ciLow, ciHigh, ciMethod, df }: Estimate, level: number): string[] {
	const method = METHODS[ciMethod ?? ""];
	const own = (...values: (number | null)[]) => values.map((value) => value?.toPrecision(10)).join(" ");
	const interval =
		method === undefined || ciLow === null
			? []
			: [
					`# Here ${own(ciLow, ciHigh)}:`,
					`100 * attr(svyciprop(~yes, design, method = ${text(method)}, level = ${number(level)}, df = ${number(df ?? Number.POSITIVE_INFINITY)}), "ci")`,
				];
	return [
		"figure <- svymean(~yes, design)",
		`# Here ${own(estimate, se)}:`,
		"print(100 * c(coef(figure), SE(figure)), digits = 10)",
		...interval,
	];
}
