import type { Expression } from "../../codebook/meaning/expression.js";
import { type Dialect, type DialectName, dialectOf } from "./dialect.js";
import { type AskedOfTable, type SqlNumber, SurveySql } from "./survey-sql.js";
import type { SqlTable } from "./table.js";

export { DIALECTS, type DialectName } from "./dialect.js";

/** A question as it is asked of a table, whether there is one at hand or not. */
export interface AskedInSql extends AskedOfTable {
	/** What models and correlations add up, instead of tables of patterns; by the states that variables have. */
	sums?(variables: SurveySql["sizes"]): AskedSums[];
	/** Values of breakdowns that no codebook lists, by breakdown. */
	values: Readonly<Record<string, readonly string[]>>;
	/** Name of the table; with a schema before it as a further part. */
	table: readonly string[];
}

/** The sums over several variables. */
export interface AskedSums {
	/** Names of the variables by their places, the outcome first. */
	named: ReadonlyMap<number, string>;
	/** Places of those by whose states products are added up. */
	factors: readonly number[];
	/** Products of numbers, none of them first; null where teachers are counted who are alike in all variables. */
	features: readonly (readonly SqlNumber[])[] | null;
}

/** Products of two of some features, the first of them first, in the order in which their sums are asked for. */
export function featureProducts<T>(features: readonly (readonly T[])[]): T[][] {
	return features.flatMap((a, place) => features.slice(place).map((b) => [...a, ...b]));
}

/**
 * The queries that add up what rates and means of a question are made from, as text, each with what it gives.
 * @param name The engine that is to run them.
 */
export function queriesInSql(asked: AskedInSql, name: DialectName): string {
	const dialect = dialectOf(name);
	const sql = new SurveySql(asked, tableOf(asked, dialect), dialect);
	const { plan, weights } = asked;
	const key = plan.groups.map(({ id, role }) => (role === "pooled" ? `${id} (put together)` : id));
	const grouped = key.length === 0 ? "nothing: all rows are one group" : key.join(", ");
	const parts: [said: string[], query: string][] = [
		[
			[
				"Counts of rows, to be looked at first: all, those that satisfy the conditions, those among them without a weight;",
				`then for each weight (${weights.length}) how many rows have a usable one, which has to be all of them.`,
			],
			sql.survey(),
		],
		...(asked.sums?.(sql.sizes) ?? []).map((sums) => sumsPart(sql, sums, grouped)),
		...(asked.sums === undefined ? patternParts(asked, sql, grouped) : []),
		...(plan.school.length === 0
			? []
			: [
					[
						["Schools of each group, and to which variables one of their teachers gave a valid answer."],
						sql.schools(),
					] as [string[], string],
				]),
		...(asked.units === null
			? []
			: [
					[
						["Sampling units of all rows with a weight: by stratum how many there are, whatever the groups."],
						sql.units(),
					] as [string[], string],
				]),
		...(weights.length < 2
			? []
			: [
					[
						["Distinct vectors of replicate weights: their rank less one is the degrees of freedom."],
						sql.vectors(),
					] as [string[], string],
				]),
	];
	const groups = plan.groups.flatMap((group, place) => {
		const values = sql.groups[place]?.values ?? [];
		return values.length === 0
			? []
			: [`${group.id}: ${values.map((value, own) => `${5 + own} ${value}`).join(", ")}`];
	});
	const head = [
		`Written for ${name}. Columns are taken to have the codes of the codebook; what is none of them counts as missing.`,
		...(groups.length === 0 ? [] : ["States of groups:", ...groups.map((group) => `  ${group}`)]),
	];
	return `${[comment(head), ...parts.map(([said, query]) => `${comment(said)}\n${query};`)].join("\n\n")}\n`;
}

/** Columns that identify a sampling unit, if any. */
function unitSaid({ units }: Pick<AskedInSql, "units">): string {
	const { strata = [], psu, fpc } = units ?? {};
	const names = [...strata, psu, fpc].filter((name) => name !== undefined);
	return names.length === 0 ? "" : `the sampling unit (${names.join(", ")}), `;
}

function patternParts(asked: AskedInSql, sql: SurveySql, grouped: string): [string[], string][] {
	const { plan, units } = asked;
	const variance =
		units === null
			? [
					"A percentage is 100 * sum(yes) / (sum(yes) + sum(no)), under each weight; its variance the design's constant times",
					"the sum of the squared deviations of the replicates' percentages from it.",
				]
			: [
					"A percentage is 100 * sum(yes) / (sum(yes) + sum(no)) over all units; its variance is that between units within",
					"strata of (yes of the unit - percentage/100 * (yes + no) of the unit) / (sum(yes) + sum(no)).",
				];
	return sql
		.patterns(plan.variables.map((_, place) => [place]))
		.map(({ sql: query, tables }): [string[], string] => [
			[
				`What figures are made from. Groups by ${grouped}; then the state of one of the variables, all others NULL:`,
				...tables.map((place) => `  ${describe(sql, place)} ${plan.variables[place]}`),
				`then ${unitSaid(asked)}rows, and the sum of the weight and of each replicate.`,
				STATES,
				...variance,
			],
			query,
		]);
}

/** The sums behind a set of models or a correlation. */
function sumsPart(
	sql: SurveySql,
	{ named, factors, features }: AskedSums,
	grouped: string,
): [string[], string] {
	const nameOf = (place: number) => named.get(place) as string;
	const [outcome, ...others] = named.values();
	const about = `${outcome} by ${others.join(", ")}`;
	const columns = (places: readonly number[]) =>
		places.map((place) => `  ${describe(sql, place)} ${nameOf(place)}`);
	const all = [...named.keys()];
	if (features === null) {
		const said = [
			`${about}: teachers who are alike. Groups by ${grouped}; then the states of`,
			...columns(all),
			"then the sampling unit where the design has one, rows, and the sum of the weight and of each replicate.",
			STATES,
		];
		return [said, sql.alike(all)];
	}
	const products = featureProducts(features);
	const said = [
		`${about}: cross-products. Groups by ${grouped},`,
		...(factors.length === 0 ? [] : ["then the states of", ...columns(factors)]),
		"then the sampling unit where the design has one, rows, and for each of these products its sum under every weight,",
		"in as many queries as an engine needs to answer with all of them:",
		...products.map((own, place) => {
			const names = own.map(({ place: number }) => nameOf(number));
			return `  ${place + 1}: ${["weight", ...names].join(" * ")}`;
		}),
		"Entries of X'WX and X'Wy are such sums; the coefficients solve X'WX b = X'Wy, under each weight.",
		STATES,
	];
	return [said, sql.moments({ all, by: factors, products }).join(";\n\n")];
}

const STATES = "States: 0 yes, 1 no, 2 missing, 3 not applicable, 4 not administered, from 5 on values.";

/** Lines of comment: what is said may be a name from a file. */
function comment(lines: readonly string[]): string {
	return lines.map((line) => `-- ${line.replace(/\p{Cc}/gu, " ")}`).join("\n");
}

function describe(sql: SurveySql, place: number): string {
	return sql
		.columnsOf(place)
		.map(({ name }) => name)
		.join(", ");
}

/** A table of which nothing is known but what the plan says of its columns. */
function tableOf({ plan, table, values }: AskedInSql, dialect: Dialect): SqlTable {
	const codes = new Map<string, Set<string>>();
	const add = (column: string, more: readonly string[]) => {
		const own = codes.get(column) ?? new Set();
		for (const code of more) own.add(code);
		codes.set(column, own);
	};
	for (const { id, of } of plan.groups) {
		if (of.is === "category" && of.others !== "unknown") add(of.column, values[id] ?? []);
	}
	for (const one of expressionsIn([plan.expressions, plan.groups, plan.conditions])) {
		if (one.is === "codes") add(one.column, Object.keys(one.codes));
		if (one.is === "number") add(one.column, Object.keys(one.missing.codes));
		if (one.is === "category") {
			add(one.column, [
				...Object.keys(one.codes),
				...Object.keys(one.missing.codes),
				...(one.possible?.codes ?? []),
			]);
		}
		if (one.is === "in" && one.of.is === "category" && one.of.others !== "unknown")
			add(one.of.column, one.values);
		if (one.is === "possible-forms") {
			for (const { column, codes: own } of one.evidence) add(column, Object.keys(own));
		}
	}
	const isNumber = (name: string) =>
		[...(codes.get(name) ?? [])].every((code) => Number.isFinite(Number(code)));
	return {
		relation: table.map(dialect.identifier).join("."),
		fields: [...codes.keys()],
		column: (name) => ({
			sql: dialect.identifier(name),
			kind: plan.school.includes(name) ? "text" : isNumber(name) ? "number" : "text",
		}),
		texts: (name) => [...(codes.get(name) ?? [])].map((code) => ({ raw: code, code })),
	};
}

/** All expressions that are somewhere in a plan. */
function expressionsIn(value: unknown): Expression[] {
	if (typeof value !== "object" || value === null) return [];
	if (Array.isArray(value)) return value.flatMap(expressionsIn);
	const here = "is" in value ? [value as Expression] : [];
	return [...here, ...Object.values(value).flatMap(expressionsIn)];
}
