import type { Expression } from "../../codebook/meaning/expression.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Design } from "../../design/method.js";
import { noWeights } from "../../design/weight-columns.js";
import { expressionAsR } from "./expressions.js";
import { comment, number, text, vector } from "./write.js";

/** The expressions of a plan, each after its parts. */
export function recodingAsR({ expressions }: Plan): string {
	const lines: string[] = [];
	const done = new Set<string>();
	const write = (name: string): void => {
		if (done.has(name)) return;
		done.add(name);
		const own = expressions[name] as Expression;
		for (const part of namesIn(own)) write(part);
		lines.push(`answers[[${text(name)}]] <- ${expressionAsR(own)}`);
	};
	for (const name of Object.keys(expressions)) write(name);
	return ["answers <- list()", ...lines].join("\n");
}

/** Expressions that another, or a list of some, refers to by name. */
export function namesIn(value: unknown): string[] {
	if (typeof value !== "object" || value === null) return [];
	if ("is" in value && value.is === "named" && "name" in value) return [String(value.name)];
	return Object.values(value).flatMap(namesIn);
}

/** The weight, and which rows have one. */
export function weightAsR({ definition, columns }: Design): string {
	const [weight] = columns;
	if (weight === undefined) {
		return ["# Every row counts as one.", "weight <- rep(1, length(data[[1]]))"].join("\n");
	}
	const none = noWeights(definition);
	return [
		`weight <- weights_of(data[[${text(weight)}]])`,
		...(none.length === 0
			? []
			: [
					"# Codes that stand for no weight.",
					`weighed <- !weight %in% ${vector(none.map(number))}`,
					"weight <- weight[weighed]",
					"data <- lapply(data, function(column) column[weighed])",
				]),
	].join("\n");
}

/** The rows that count, and their groups. */
export function groupsAsR({ groups, conditions, school }: Plan, countedTwice: readonly string[]): string {
	const needed = groups.filter(({ role }) => role === "standard" || role === "asked");
	return [
		"groups <- list()",
		...groups.map(({ id, of }) => `groups[[${text(id)}]] <- ${grouped(expressionAsR(of), of)}`),
		...conditions.flatMap(({ text: condition, holds }) => [
			comment(`--where "${condition}"`),
			`counted <- counted & ${expressionAsR(holds)} == "yes"`,
		]),
		...(needed.length === 0
			? []
			: [
					"# A row without a value in a breakdown is in none of its groups, nor in their total.",
					`for (id in ${vector(needed.map(({ id }) => text(id)))}) counted <- counted & groups[[id]]$why == ""`,
				]),
		countedTwice.length === 0
			? "counted_twice <- rep(FALSE, length(weight))"
			: `counted_twice <- groups[["country"]]$value %in% ${vector(countedTwice.map(text))}`,
		schoolAsR(school),
	].join("\n");
}

/** Answers as groups are called yes and no. */
function grouped(written: string, of: Expression): string {
	const hasValues = of.is === "category" || of.is === "band" || of.is === "number" || of.is === "count-of";
	return hasValues ? written : `as_group(${written})`;
}

function schoolAsR(school: readonly string[]): string {
	const id = school.at(-1);
	if (id === undefined) return "schools <- rep(NA, length(weight))";
	const parts = school.map((column) => `spelt(data[[${text(column)}]])`);
	return `schools <- ifelse(spelt(data[[${text(id)}]]) == "", NA, paste(${parts.join(", ")}))`;
}
