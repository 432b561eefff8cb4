import { nestingOf, restarts } from "../design/unit-names.js";
import type { FoundColumn } from "./column-kinds.js";
import { oneLine } from "./headings.js";
import type { ColumnProfile } from "./profile.js";

/** Strata and sampling units of a file, and the decisions made to find them. */
export interface ChosenUnits {
	stratum: ColumnProfile | undefined;
	unit: ColumnProfile | undefined;
	decisions: string[];
	questions: string[];
	/** Whether it is open what the strata are, without which standard errors would be of another design. */
	decide: boolean;
}

/** So few sampling units are rather numbers within strata. */
const FEW_UNITS = 10;
/** Rows a value that strata have at least on average: two units of some teachers each. */
const LEAST_ROWS = 8;

/** Finds strata and units by their names; without a name for strata, by units that are numbered anew in each stratum. */
export function chooseUnits(columns: readonly FoundColumn[]): ChosenUnits {
	const of = (kind: string) =>
		columns.filter(({ found }) => found.kind === kind).map(({ profile }) => profile);
	const [strata = [], units = []] = ["stratum", "unit"].map(of);
	const [unit] = units;
	if (unit === undefined) return withoutUnits(strata[0]);
	return strata.length > 0 ? named(strata, units) : unnamed(unit, columns);
}

function withoutUnits(stratum: ColumnProfile | undefined): ChosenUnits {
	const decisions =
		stratum === undefined
			? []
			: [
					`${said(stratum)}: strata by its name (${stratum.texts.length}), without sampling units; where schools were drawn, write psu: COLUMN in design`,
				];
	return { stratum, unit: undefined, decisions, questions: [], decide: false };
}

function named(strata: readonly ColumnProfile[], units: readonly ColumnProfile[]): ChosenUnits {
	const pairs = strata.flatMap((stratum) => units.map((unit) => ({ stratum, unit })));
	const fit = pairs.filter(({ stratum, unit }) => nestingOf(stratum.first, unit.first).hasPairs());
	const chosen = fit[0] ?? (pairs[0] as (typeof pairs)[number]);
	const other = fit.find((pair) => partitionOf(pair) !== partitionOf(chosen));
	const questions =
		other === undefined
			? []
			: [
					`the design may be strata ${said(chosen.stratum)} with psu ${said(chosen.unit)}, which is in the draft, or strata ${said(other.stratum)} with psu ${said(other.unit)}: write that of the survey's documentation in design`,
				];
	return { ...chosen, decisions: [decision(chosen, "by their names")], questions, decide: false };
}

function unnamed(unit: ColumnProfile, columns: readonly FoundColumn[]): ChosenUnits {
	const others = columns
		.filter(({ found }) => !["unit", "weight", "teacher", "service", "empty"].includes(found.kind))
		.map(({ profile }) => profile)
		.filter(hasFewValues);
	const proven = others.find((one) => isProvenStratum(one, unit));
	if (proven !== undefined) {
		const decisions = [
			decision({ stratum: proven, unit }, `as ${said(unit)} begins anew in each value of ${said(proven)}`),
		];
		return { stratum: proven, unit, decisions, questions: [], decide: false };
	}
	const schools = columns.filter(({ found }) => found.kind === "school").map(({ profile }) => profile);
	const likely = others.filter(
		(one) =>
			!schools.includes(one) &&
			nestingOf(one.first, unit.first).isNested() &&
			schools.every((school) => isWithin(school.first, one.first)),
	);
	const count = unit.texts.length;
	const few = count < FEW_UNITS;
	const where =
		schools.length === 0 || likely.length === 0 ? "" : `, such as ${likely.map(said).join(" or ")}`;
	const questions =
		few || (schools.length > 0 && likely.length > 0)
			? [
					`${said(unit)} has ${count} numbers, which would leave ${count - 1} degrees of freedom: if it is numbered anew in each stratum, write strata: COLUMN in design${where}; if these are all units that were drawn, leave it so${few ? " and write method: taylor" : ""}`,
				]
			: [];
	const decisions = few
		? []
		: [
				`${said(unit)}: sampling units by its name (${count}), without strata; where units were drawn within strata, write strata: COLUMN in design`,
			];
	return { stratum: undefined, unit, decisions, questions, decide: few };
}

/** Whether the order of rows proves that units are numbered anew in each value of a column. */
export function isProvenStratum(column: ColumnProfile, unit: ColumnProfile): boolean {
	return hasFewValues(column) && restarts(column.first, unit.first);
}

function hasFewValues({ empty, first, texts }: ColumnProfile): boolean {
	return empty.rows === 0 && first.length >= LEAST_ROWS * texts.length;
}

function decision(pair: { stratum: ColumnProfile; unit: ColumnProfile }, why: string): string {
	const { strata, units } = nestingOf(pair.stratum.first, pair.unit.first).counts();
	return `design taylor: ${strata} strata (${said(pair.stratum)}) with ${units} sampling units (${said(pair.unit)}), which leaves ${units - strata} degrees of freedom, ${why}; check it against the survey's documentation`;
}

/** The unit of each row, numbered in order of appearance. */
function partitionOf({ stratum, unit }: { stratum: ColumnProfile; unit: ColumnProfile }): string {
	const numbers = new Map<string, number>();
	return unit.first
		.map((text, row) => {
			const key = `${stratum.first[row]}\n${text}`;
			numbers.set(key, numbers.get(key) ?? numbers.size);
			return `${stratum.first.indexOf(stratum.first[row] as string)} ${numbers.get(key)}`;
		})
		.join();
}

/** Whether all rows of a value of the first column have one value of the second. */
function isWithin(inner: readonly string[], outer: readonly string[]): boolean {
	const known = new Map<string, string | undefined>();
	return inner.every((value, row) => {
		if (!known.has(value)) known.set(value, outer[row]);
		return known.get(value) === outer[row];
	});
}

function said({ name }: ColumnProfile): string {
	return oneLine(name);
}
