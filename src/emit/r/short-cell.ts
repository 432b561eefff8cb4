import type { PlansExplained } from "../../analysis/survey/planned.js";
import type { Expression } from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { type Design, isReplicated, replicateFactors } from "../../design/method.js";
import { noWeights } from "../../design/weight-columns.js";
import type { Group } from "../../results/result-set.js";
import type { ScriptFile } from "./files.js";
import { functionsOf, withoutComments } from "./functions.js";
import {
	codesThat,
	holdsInR,
	isInGroup,
	isName,
	isPlain,
	ShortAnswers,
	TooLong,
} from "./short-expressions.js";
import { argument, call, columnNames, number, text, vector } from "./write.js";

const READERS: Readonly<Record<string, (path: string) => string>> = {
	csv: (path) => call("data.table::fread", path, "data.table = FALSE"),
	sav: (path) => call("haven::read_sav", path, "user_na = TRUE"),
	dta: (path) => call("haven::read_dta", path),
};

/**
 * The rows of a percentage as `design`, with `yes` in it, in the few lines that R users would write themselves; null where
 * the item, a group or a condition is made of more than codes that are numbers, so that it takes all that scripts have.
 */
export function shortCell(
	group: Group,
	{ plans, files, schools, design }: PlansExplained,
	teachers: readonly ScriptFile[],
): string[] | null {
	const [file] = teachers;
	const isAsItStands = files.every(
		({ constants, words }) => Object.keys({ ...constants, ...words }).length === 0,
	);
	const looksUp = (schools?.columns.length ?? 0) > 0;
	if (file === undefined || teachers.length > 1 || looksUp || !isAsItStands) return null;
	const read = READERS[file.source.format]?.(text(file.path));
	const made = designOf(design);
	const kept = rowsOf(group, plans[0] as Plan);
	if (read === undefined || made === null || kept === null) return null;
	return [...functionsIn(kept), `d <- ${read}`, ...made, ...kept];
}

/** The functions that some lines call. */
function functionsIn(lines: readonly string[]): string[] {
	const used = Object.values(functionsOf(lines.join("\n"))).filter((code) => code !== "");
	return used.length === 0 ? [] : ["# What is made of several answers.", ...used.map(withoutComments)];
}

/** The rows that say yes and the rows that count; null if that takes more than a few lines. */
function rowsOf(group: Group, plan: Plan): string[] | null {
	const of = plan.expressions[plan.variables[0] as string] as Expression;
	const apart = plan.groups
		.filter(({ role }) => role !== "pooled")
		.map((own) => isInGroup(own.of, group[own.id]));
	if (!apart.every((part) => part !== null)) return null;
	const answers = new ShortAnswers(plan);
	try {
		const conditions = plan.conditions.map(({ holds }) => holdsInR(holds) ?? `${answers.of(holds)} == "yes"`);
		const isOneColumn = isPlain(of);
		const answer = isOneColumn ? null : answers.of(of);
		const [yes, valid] = isPlain(of)
			? [`${of.column} %in% ${codesThat(of, "yes")}`, `${of.column} %in% ${codesThat(of, "yes", "no")}`]
			: ['answer == "yes"', 'answer %in% c("yes", "no")'];
		const named = [...answers.made].map(([name, made]) => `answers[[${text(name)}]] <- ${made}`);
		return [
			...(named.length === 0 ? [] : ["answers <- list()", ...named]),
			...(answer === null ? [] : [`answer <- ${answer}`]),
			`design <- update(design, yes = as.numeric(${yes}))`,
			`design <- subset(design, ${[...new Set([valid, ...apart, ...conditions])].join(" & ")})`,
		];
	} catch (error) {
		if (error instanceof TooLong) return null;
		throw error;
	}
}

function designOf({ definition, columns, replicates, units }: Design): string[] | null {
	const [weight] = columns;
	const { strata = [], psu, fpc } = units ?? {};
	const named = [...columns, ...strata, ...(psu === undefined ? [] : [psu])];
	if (weight === undefined || !named.every(isName)) return null;
	const none = noWeights(definition);
	const weighed =
		none.length === 0 ? [] : [`d <- d[!d$${weight} %in% ${vector(none.map(number))}, ]  # No weight.`];
	if (!isReplicated(definition)) {
		// Strata of several columns and sizes of populations take more than a line.
		if (strata.length > 1 || fpc !== undefined) return null;
		const { lonelyPsu } = { lonelyPsu: undefined, ...definition } as { lonelyPsu?: string | undefined };
		return [
			...weighed,
			...(lonelyPsu === undefined ? [] : [`options(survey.lonely.psu = ${text(lonelyPsu)})`]),
			call(
				"design <- svydesign",
				`ids = ~${psu ?? 1}`,
				argument("strata", strata[0] && `~${strata[0]}`),
				`weights = ~${weight}`,
				"nest = TRUE",
				"data = d",
			),
		];
	}
	const factors = replicateFactors(definition, replicates);
	if (!factors.every((factor) => factor === factors[0])) return null;
	return [
		...weighed,
		call(
			"design <- svrepdesign",
			"data = d",
			`weights = ~${weight}`,
			`repweights = d[${columnNames(columns.slice(1))}]`,
			'type = "other"',
			"combined.weights = TRUE",
			`scale = ${number(factors[0])}`,
			`rscales = rep(1, ${replicates})`,
			`mse = ${definition.centre === "replicate-mean" ? "FALSE" : "TRUE"}`,
		),
	];
}
