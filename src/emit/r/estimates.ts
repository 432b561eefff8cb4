import type { PlansExplained } from "../../analysis/survey/planned.js";
import { UserError } from "../../base/errors.js";
import type { ResultSet } from "../../results/result-set.js";
import { isAverage, type ShownRow, shownRows } from "./rows.js";
import { dataFrame } from "./table.js";
import { text, texts } from "./write.js";

/** The tool's numbers of a row, by what they are called in a script. */
const NUMBERS = {
	estimate: "estimate",
	se: "se",
	low: "ciLow",
	high: "ciHigh",
	df: "df",
	n: "n",
	schools: "schools",
	weighted: "weightedN",
	coverage: "coverage",
	deff: "deff",
} as const;

/** Recomputes the rows of a table and prints them beside the tool's. */
export function estimatesAsR(results: ResultSet, plans: PlansExplained): string {
	const names = namesOf(plans);
	const rows = shownRows(results, names);
	if (rows.length === 0) throw new UserError("no figure is shown that a script could recompute");
	const used = [...new Set(rows.map(({ variable }) => variable))];
	return [
		"variables <- list()",
		...used.map((name) => `variables[[${text(name)}]] <- answers[[${text(name)}]]`),
		"",
		"# What the tool printed. Hidden figures and those that others published are not in it.",
		`tool <- ${tableOf(rows, results)}`,
		`breakdowns <- ${breakdowns(rows)}`,
		`numbers <- ${texts(Object.keys(NUMBERS))}`,
		"",
		statisticsAsR(rows, isWoodruff(results, plans)),
		figuresAsR(rows, results.settings.averageKind ?? "simple"),
		"",
		SHOW,
	].join("\n");
}

/** Names of the variables of a plan, by `topic:item`. */
function namesOf({ plans, items }: PlansExplained): Map<string, string> {
	const variables = plans[0]?.variables ?? [];
	return new Map((items[0] ?? []).map((id, place) => [id, variables[place] as string]));
}

function idsOf(rows: readonly ShownRow[]): string[] {
	return [...new Set(rows.flatMap(({ row }) => Object.keys(row.group)))];
}

function breakdowns(rows: readonly ShownRow[]): string {
	const ids = idsOf(rows);
	return ids.length === 0 ? "character()" : `c(${ids.map((id) => text(`by ${id}`)).join(", ")})`;
}

function tableOf(rows: readonly ShownRow[], { settings }: ResultSet): string {
	const groups = idsOf(rows).map((id) => [`by ${id}`, rows.map(({ row }) => row.group[id] ?? null)]);
	const infinite = settings.df === "inf";
	const numbers = Object.entries(NUMBERS).map(([name, key]) => [
		name,
		// JSON has no infinity: without degrees of freedom they are infinite.
		rows.map(({ row }) =>
			name === "df" && row.se !== null && (infinite || row.df === null) ? Number.POSITIVE_INFINITY : row[key],
		),
	]);
	return dataFrame({
		label: rows.map(({ row }) => row.label),
		...Object.fromEntries(groups),
		statistic: rows.map(({ row }) => row.statistic),
		variable: rows.map(({ variable }) => variable),
		...(rows.some(({ value }) => value !== null) ? { value: rows.map(({ value }) => value) } : {}),
		...(rows.some(({ row }) => isAverage(row))
			? { members: rows.map(({ members }) => members.join("|")) }
			: {}),
		...Object.fromEntries(numbers),
	});
}

/** What each statistic of the table is worked out by. */
function statisticsAsR(rows: readonly ShownRow[], woodruff: boolean): string {
	const used = [...new Set(rows.map(({ row, value }) => (value === null ? row.statistic : "of_value")))];
	const made = used.map((statistic) => {
		const known = FUNCTIONS[statistic];
		if (known !== undefined) return `${statistic} = ${known}`;
		const q = Number(statistic.slice(1)) / 100;
		const by = woodruff ? "woodruff_figure" : "quantile_figure";
		return `${statistic} = function(own, number) ${by}(own, number, ${q})`;
	});
	return `statistics <- list(${made.join(", ")})`;
}

const FUNCTIONS: Readonly<Record<string, string>> = {
	percent: "percent_of",
	count: "count_figure",
	mean: "mean_figure",
	sd: "sd_figure",
	of_value: "value_figure",
};

/** Quantiles take Woodruff's interval where that of replicates would not be consistent, and on request. */
function isWoodruff({ settings }: ResultSet, { design }: PlansExplained): boolean {
	const { quantileInterval = "auto" } = settings as { quantileInterval?: string };
	const isSmoothOnly = design.replicates === 0 || design.definition.method.startsWith("jk");
	return quantileInterval === "woodruff" || (quantileInterval === "auto" && isSmoothOnly);
}

/** Works every row out. */
function figuresAsR(rows: readonly ShownRow[], kind: string): string {
	const values = rows.some(({ value }) => value !== null);
	const averages = rows.some(({ row }) => isAverage(row));
	const one = `figure_of(tool$variable[row], group, tool$statistic[row]${values ? ", tool$value[row]" : ""})`;
	const ofAverage =
		kind === "pooled"
			? ['  group[["country"]] <- tool$members[row]', `  ${one}`]
			: [
					"  average_of(lapply(members, function(country) {",
					'    group[["country"]] <- country',
					`    ${one}`,
					`  }), tool$statistic[row], ${text(kind)})`,
				];
	const body = averages
		? [
				'  members <- strsplit(tool$members[row], "|", fixed = TRUE)[[1]]',
				`  if (length(members) == 0) return(${one})`,
				...ofAverage,
			]
		: [`  ${one}`];
	return [
		"figures <- lapply(seq_len(nrow(tool)), function(row) {",
		"  group <- group_in(row)",
		...body,
		"})",
	].join("\n");
}

const SHOW = `\
recomputed <- as.data.frame(sapply(numbers, function(name) vapply(figures, function(one) as.numeric(one[[name]]), 0), simplify = FALSE))
if (all(is.na(schools))) recomputed$schools <- NA
difference <- vapply(seq_along(figures), function(row) {
  max(vapply(numbers, function(name) apart(recomputed[row, name], tool[row, name]), 0))
}, 0)

shown <- cbind(tool[c("label", breakdowns, "statistic")], recomputed[c("estimate", "se", "low", "high", "df", "n")], difference)
names(shown) <- sub("^by ", "", names(shown))
options(width = 200)
print(shown, digits = 6, row.names = FALSE)
largest <- max(difference)`;
