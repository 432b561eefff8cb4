import type { PlansExplained } from "../../analysis/survey/planned.js";
import { isAverage, type ResultSet } from "../../results/result-set.js";
import { type ShownRow, shownRows } from "./rows.js";
import { dataFrame } from "./table.js";
import { topicColumn } from "./topics.js";
import { text, texts } from "./write.js";

/** The tool's numbers of a row, by their names in a script. */
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
export function estimatesAsR(results: ResultSet, plans: PlansExplained): string | null {
	const rows = shownRows(results, variableNames(plans));
	if (rows.length === 0) return null;
	return [
		"# What the tool printed. Hidden figures and those that others published are not in it.",
		`tool <- ${tableOf(rows, results)}`,
		`breakdowns <- ${breakdowns(rows)}`,
		`numbers <- ${texts(Object.keys(NUMBERS))}`,
		"",
		figuresAsR(rows, results.settings.averageKind ?? "simple"),
		"",
		shownAsR(["label", ...Object.keys(topics(rows, results))]),
	].join("\n");
}

/** Names of the variables of a plan, by `topic:item`. */
export function variableNames({ plans, items }: PlansExplained): Map<string, string> {
	const variables = plans[0]?.variables ?? [];
	return new Map((items[0] ?? []).map((id, place) => [id, variables[place] as string]));
}

function idsOf(rows: readonly ShownRow[]): string[] {
	return [...new Set(rows.flatMap(({ row }) => Object.keys(row.group)))];
}

function topics(rows: readonly ShownRow[], results: ResultSet) {
	return topicColumn(
		rows.map(({ row }) => row.topic),
		results,
	);
}

function breakdowns(rows: readonly ShownRow[]): string {
	const ids = idsOf(rows);
	return ids.length === 0 ? "character()" : `c(${ids.map((id) => text(`by ${id}`)).join(", ")})`;
}

function tableOf(rows: readonly ShownRow[], results: ResultSet): string {
	const { settings } = results;
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
		...topics(rows, results),
		...Object.fromEntries(groups),
		statistic: rows.map(({ row }) => row.statistic),
		variable: rows.map(({ variable }) => variable),
		...(rows.some(({ value }) => value !== null) ? { value: rows.map(({ value }) => value) } : {}),
		...(rows.some(({ row }) => isAverage(row.group.country))
			? { members: rows.map(({ members }) => members.join("|")) }
			: {}),
		...Object.fromEntries(numbers),
	});
}

/** Works every row out. */
function figuresAsR(rows: readonly ShownRow[], kind: string): string {
	const values = rows.some(({ value }) => value !== null);
	const averages = rows.some(({ row }) => isAverage(row.group.country));
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

/** Prints the rows under their names, with how far each is from the tool's. */
const shownAsR = (names: readonly string[]) => `\
recomputed <- as.data.frame(sapply(numbers, function(name) vapply(figures, function(one) as.numeric(one[[name]]), 0), simplify = FALSE))
if (all(is.na(schools))) recomputed$schools <- NA
off_by <- largest_of(recomputed, tool, numbers)

shown <- cbind(tool[c(${names.map(text).join(", ")}, breakdowns, "statistic")], recomputed[c("estimate", "se", "low", "high", "df", "n")], off_by)
names(shown) <- sub("^by ", "", names(shown))
print(shown, digits = 6, row.names = FALSE)
largest <- max(largest, off_by)`;
