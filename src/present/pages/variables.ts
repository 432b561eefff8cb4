import { Chalk } from "chalk";
import type { ListedVariable, VariableListing } from "../../results/about-files.js";
import type { Locale } from "../../wording/locale.js";
import { hanging } from "../text/text-width.js";
import type { View } from "../view.js";

/** Number of answers shown; the rest is only counted. */
const ANSWERS = 12;

/** Columns of a file with what is known of each, as a page for the terminal. */
export function renderVariables({ variables }: VariableListing, { locale, width, color }: View): string {
	const chalk = new Chalk({ level: color ? 1 : 0 });
	return variables
		.map((variable) => {
			const kind = locale.text(`variables.kind.${variable.kind ?? "unknown"}`);
			const head = hanging(`${variable.name} · ${variable.label}`, width);
			const facts = factsOf(variable, locale).flatMap((fact) => hanging(fact, width - 2));
			const [first = "", ...rest] = head;
			return [chalk.bold(first), ...rest, ...[kind, ...facts].map((line) => `  ${line}`)].join("\n");
		})
		.join("\n\n")
		.concat("\n");
}

function factsOf(variable: ListedVariable, locale: Locale): string[] {
	const { answers, missing, from, to, invariance, forms, populations, confidence } = variable;
	const fact = (key: string, detail: Record<string, string | number>) =>
		locale.text(`variables.${key}`, detail);
	const bounds = to === null ? `≥ ${from}` : `${from}–${to}`;
	return [
		...(answers === null ? [] : [answersText(answers, locale)]),
		...(answers !== null || from === null ? [] : [fact("range", { range: bounds })]),
		...(missing === null || missing.length === 0 ? [] : [fact("missing", { codes: missing.join(", ") })]),
		...(missing === null ? [fact("undeclared", {})] : []),
		...(invariance === null ? [] : [fact("invariance", { level: invarianceText(invariance, locale) })]),
		...(forms === null ? [] : [fact("forms", { forms: forms.map((form) => form.toUpperCase()).join(", ") })]),
		...(populations === null
			? []
			: [fact("populations", { populations: populations.map(levelText).join(", ") })]),
		...(confidence === "high" ? [] : [fact(`confidence-${confidence}`, {})]),
	];
}

function answersText(answers: NonNullable<ListedVariable["answers"]>, locale: Locale): string {
	const shown = answers.length > ANSWERS + 1 ? answers.slice(0, ANSWERS) : answers;
	const more = answers.length - shown.length;
	return [
		...shown.map(({ code, label }) => `${code} ${label}`),
		...(more === 0 ? [] : [locale.text("variables.more", { count: more })]),
	].join(" · ");
}

function invarianceText(invariance: NonNullable<ListedVariable["invariance"]>, locale: Locale): string {
	const level = (name: string) => locale.text(`variables.invariance.${name}`);
	if (typeof invariance === "string") return level(invariance);
	return Object.entries(invariance)
		.map(([population, name]) => `${levelText(population)}: ${level(name)}`)
		.join("; ");
}

/** `isced2` → ISCED 2. */
function levelText(population: string): string {
	return population.replace(/^isced(\d)$/, "ISCED $1");
}
