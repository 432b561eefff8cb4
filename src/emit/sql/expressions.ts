import { type Expressions, resolved } from "../../codebook/meaning/columns-named.js";
import type {
	AnswerExpression,
	Band,
	Codes,
	Expression,
	Named,
	OffForm,
	PossibleForms,
} from "../../codebook/meaning/expression.js";
import * as semantics from "../../codebook/meaning/semantics.js";
import {
	ANSWERS,
	canonicalCode,
	EMPTY,
	FIRST_COUNT,
	MISSING,
	NO,
	NOT_ADMINISTERED,
	NOT_APPLICABLE,
	stateOf,
	YES,
} from "../../codebook/meaning/states.js";
import type { ColumnReading, ColumnReadings, UnknownTexts } from "./columns.js";
import { numberLiteral } from "./dialect.js";
import type { Layers, Made } from "./layers.js";
import { changed, countOfState, mapped, paired } from "./states.js";

/** An expression as columns of a subquery. */
export interface Written {
	kind: "answer" | "number" | "category";
	/** Its state, as in the recoding; of numbers of a column FIRST_COUNT where there is one. */
	state: Made;
	/** The number, of numbers of a column. */
	value?: Made;
	/** What the states from FIRST_COUNT on stand for; null for answers and for numbers of a column. */
	values: readonly (number | string)[] | null;
}

/** By what the reason of an empty cell was told. */
export interface ToldBy {
	by: "population" | "form" | "answers" | "routing";
	/** 1 where a cell was explained so, else 0. */
	used: Made;
}

/**
 * Writes expressions of a plan as columns of subqueries. What they mean is said in semantics.ts: each CASE is made of the
 * functions there, as the tables of the recoding are.
 */
export class Writer {
	/** Unknown texts, of columns that are shown. */
	readonly unknown: UnknownTexts[] = [];
	readonly explained: ToldBy[] = [];
	private readonly made = new Map<string, Written>();

	constructor(
		private readonly expressions: Expressions,
		private readonly columns: ColumnReadings,
		private readonly layers: Layers,
	) {}

	/** @param silent Does not count unknown texts: of conditions, and of what only tells why a cell is empty. */
	read(expression: Expression, silent = false): Written {
		const own = resolved(expression, this.expressions);
		const key = `${silent} ${JSON.stringify(own)}`;
		const known = this.made.get(key) ?? this.write(own, silent);
		this.made.set(key, known);
		return known;
	}

	private write(expression: Exclude<Expression, Named>, silent: boolean): Written {
		const answer = (of: AnswerExpression) => this.read(of, silent).state;
		switch (expression.is) {
			case "codes":
				return this.codes(expression, silent);
			case "number":
				return this.column("number", this.columns.number(expression), silent);
			case "category":
				return this.column("category", this.columns.category(expression), silent);
			case "any-of":
				return answers(this.atLeast(1, expression.of.map(answer)));
			case "at-least":
				return answers(this.atLeast(expression.least, expression.of.map(answer)));
			case "all-of":
				return answers(this.allOf(expression.of.map(answer)));
			case "count-of":
				return this.countOf(expression.of.map(answer));
			case "not":
				return answers(this.change(answer(expression.of), semantics.not));
			case "routed-as-no":
				return answers(this.change(answer(expression.of), semantics.routedAsNo));
			case "administered":
				return answers(this.change(answer(expression.of), semantics.administered));
			case "widened":
				return answers(this.pair(answer(expression.of), answer(expression.gate), semantics.widened));
			case "restricted": {
				const of = this.read(expression.of, silent);
				const ofValue = (gate: semantics.Answer) => semantics.restricted("value" as const, gate);
				const gate = answer(expression.gate);
				return { ...of, state: this.pair(of.state, gate, semantics.restricted, ofValue) };
			}
			case "jointly": {
				const of = this.read(expression.of, silent);
				return { ...of, state: this.jointly(of.state, expression.with.map(answer)) };
			}
			case "in":
				return answers(this.isIn(this.read(expression.of, silent), expression.values));
			case "compared":
				return answers(this.compared(this.read(expression.of, silent), expression.by, expression.bound));
			case "band":
				return this.band(this.read(expression.of, silent), expression.bands);
			case "off-form":
				return answers(this.offForm(expression));
			case "possible-forms":
				throw new Error("the forms a teacher may have had are no value of a row");
		}
	}

	private column(kind: Written["kind"], reading: ColumnReading, silent: boolean): Written {
		if (!silent && reading.unknown !== null) this.unknown.push(reading.unknown);
		const { state, value, values } = reading;
		return { kind, state, values, ...(value === undefined ? {} : { value }) };
	}

	private codes(expression: Codes, silent: boolean): Written {
		const { empty } = expression;
		const { state } = this.column("answer", this.columns.codes(expression), silent);
		if (typeof empty === "string") return answers(state);
		const told = {
			elsewhere: empty.elsewhere && this.read(empty.elsewhere, true).state,
			offForm: empty.offForm && this.read(empty.offForm, true).state,
			gate: empty.gate && this.read(empty.gate, silent).state,
		};
		const yes = (made: Made | undefined, is: boolean) =>
			made === undefined ? (is ? undefined : "") : ` AND ${made.name} ${is ? "=" : "<>"} ${YES}`;
		const gates = told.gate === undefined ? [undefined] : ANSWERS;
		const arms = [false, true].flatMap((isElsewhere) =>
			[false, true].flatMap((isOffForm) =>
				gates.flatMap((gate) => {
					const [elsewhere, off] = [yes(told.elsewhere, isElsewhere), yes(told.offForm, isOffForm)];
					if (elsewhere === undefined || off === undefined) return [];
					const about = {
						...(isElsewhere ? { elsewhere: "yes" as const } : {}),
						...(isOffForm ? { offForm: "yes" as const } : {}),
						...(gate === undefined ? {} : { gate }),
					};
					const beside = gate === undefined ? "" : ` AND ${told.gate?.name} = ${stateOf(gate)}`;
					const when = `${state.name} = ${EMPTY}${elsewhere}${off}${beside}`;
					return [{ when, ...semantics.emptyCell(about, empty.asked) }];
				}),
			),
		);
		const from = [state, told.elsewhere, told.offForm, told.gate].filter((made) => made !== undefined);
		const formBy = empty.offForm?.is === "off-form" ? this.forms(empty.offForm.of).by : "form";
		for (const by of ["population", "form", "routing"] as const) {
			const own = arms.filter((arm) => arm.by === by).map(({ when }) => `(${when})`);
			if (own.length === 0) continue;
			const used = this.layers.add(`CASE WHEN ${own.join(" OR ")} THEN 1 ELSE 0 END`, from);
			this.explained.push({ by: by === "form" ? formBy : by, used });
		}
		const whens = arms.map(({ when, answer }) => ` WHEN ${when} THEN ${stateOf(answer)}`).join("");
		return answers(this.layers.add(`CASE${whens} ELSE ${state.name} END`, from));
	}

	private forms(expression: Named | PossibleForms): PossibleForms {
		return resolved(expression, this.expressions) as PossibleForms;
	}

	/** semantics.ts: offForm of possibleForms. */
	private offForm({ of, forms }: OffForm): Made {
		const { all, evidence } = this.forms(of);
		const possible = all.map((form) => {
			const excluding = evidence.map(({ column, codes }) =>
				this.columns.hasCode(column, (text) => {
					const code = canonicalCode(text);
					return Object.hasOwn(codes, code) && !codes[code]?.includes(form);
				}),
			);
			const sum = excluding.length === 0 ? "0" : excluding.map(({ name }) => name).join(" + ");
			return this.layers.add(`CASE WHEN ${sum} = 0 THEN 1 ELSE 0 END`, excluding);
		});
		const sumOf = (made: readonly Made[]) =>
			made.length === 0 ? "0" : made.map(({ name }) => name).join(" + ");
		const wanted = possible.filter((_, place) => forms.includes(all[place] as string));
		const whereAll = stateOf(semantics.offForm(all, forms));
		const sql = `CASE WHEN ${sumOf(possible)} = 0 THEN ${whereAll} WHEN ${sumOf(wanted)} > 0 THEN ${NO} ELSE ${YES} END`;
		return this.layers.add(sql, possible);
	}

	private change(of: Made, change: (answer: semantics.Answer) => semantics.Answer): Made {
		return this.layers.add(changed(of.name, change), [of]);
	}

	private pair(of: Made, beside: Made, ...how: PairArguments): Made {
		return this.layers.add(paired(of.name, beside.name, ...how), [of, beside]);
	}

	/** Counts the list items in each state. */
	private tally(of: readonly Made[]) {
		const names = of.map(({ name }) => name);
		const made = (state: number) => this.layers.add(countOfState(names, state), of);
		const [yes, no, missing, routed, off] = [YES, NO, MISSING, NOT_APPLICABLE, NOT_ADMINISTERED].map(made);
		return { yes, no, missing, routed, off } as Record<"yes" | "no" | "missing" | "routed" | "off", Made>;
	}

	/** semantics.ts: reasonOfList, where no arm before applies. */
	private combined(of: readonly Made[], arms: (tally: ReturnType<Writer["tally"]>) => string): Made {
		const tally = this.tally(of);
		const { off, routed } = tally;
		const shared = ` WHEN ${off.name} = ${of.length} THEN ${NOT_ADMINISTERED} WHEN ${off.name} + ${routed.name} = ${of.length} THEN ${NOT_APPLICABLE}`;
		return this.layers.add(`CASE${arms(tally)}${shared} ELSE ${MISSING} END`, Object.values(tally));
	}

	/** semantics.ts: atLeast. */
	private atLeast(least: number, of: readonly Made[]): Made {
		return this.combined(
			of,
			({ yes, no, missing, routed }) =>
				` WHEN ${yes.name} >= ${least} THEN ${YES} WHEN ${yes.name} + ${no.name} > 0 AND ${yes.name} + ${missing.name} + ${routed.name} < ${least} THEN ${NO}`,
		);
	}

	/** semantics.ts: allOf. */
	private allOf(of: readonly Made[]): Made {
		return this.combined(
			of,
			({ yes, no, missing, routed }) =>
				` WHEN ${no.name} > 0 THEN ${NO} WHEN ${yes.name} > 0 AND ${missing.name} + ${routed.name} = 0 THEN ${YES}`,
		);
	}

	/** semantics.ts: countOf. */
	private countOf(of: readonly Made[]): Written {
		const state = this.combined(
			of,
			({ yes, missing, routed, off }) =>
				` WHEN ${off.name} < ${of.length} AND ${missing.name} + ${routed.name} = 0 THEN ${FIRST_COUNT} + ${yes.name}`,
		);
		return { kind: "number", state, values: Array.from({ length: of.length + 1 }, (_, number) => number) };
	}

	/** semantics.ts: jointly. */
	private jointly(of: Made, others: readonly Made[]): Made {
		const names = others.map(({ name }) => name);
		const arms = [NOT_ADMINISTERED, NOT_APPLICABLE, MISSING].map(
			(state) => ` WHEN ${names.map((name) => `${name} = ${state}`).join(" OR ")} THEN ${state}`,
		);
		if (names.length === 0) return of;
		return this.layers.add(`CASE${arms.join("")} ELSE ${of.name} END`, [of, ...others]);
	}

	/** semantics.ts: isIn. */
	private isIn({ state, value, values }: Written, wanted: readonly string[]): Made {
		if (value === undefined) {
			return this.byValue(state, values, (name) => (wanted.includes(String(name)) ? YES : NO));
		}
		const numbers = wanted
			.filter((one) => String(Number(one)) === one)
			.map((one) => numberLiteral(Number(one)));
		const is = numbers.length === 0 ? "1 = 0" : `${value.name} IN (${numbers.join(", ")})`;
		return this.ofNumber(state, value, ` WHEN ${is} THEN ${YES} ELSE ${NO}`);
	}

	/** semantics.ts: compared. */
	private compared({ state, value, values }: Written, by: "<" | "<=" | ">" | ">=", bound: number): Made {
		if (value === undefined) {
			return this.byValue(state, values, (one) => stateOf(semantics.compared(Number(one), by, bound)));
		}
		return this.ofNumber(
			state,
			value,
			` WHEN ${value.name} ${by} ${numberLiteral(bound)} THEN ${YES} ELSE ${NO}`,
		);
	}

	/** semantics.ts: bandOf. */
	private band({ state, value, values }: Written, bands: Band["bands"]): Written {
		const names = [...new Set(bands.map((band) => band.value))];
		const stateOfBand = (name: string) => FIRST_COUNT + names.indexOf(name);
		if (value === undefined) {
			const made = this.byValue(state, values, (one) => {
				const found = semantics.bandOf(Number(one), bands);
				return typeof found === "string" ? stateOf(found) : stateOfBand(found.value);
			});
			return { kind: "category", state: made, values: names };
		}
		const arms = bands.map(({ value: name, from, to }) => {
			const bounds = [
				...(from === undefined ? [] : [`${value.name} >= ${numberLiteral(from)}`]),
				...(to === undefined ? [] : [`${value.name} <= ${numberLiteral(to)}`]),
			];
			return ` WHEN ${bounds.length === 0 ? "1 = 1" : bounds.join(" AND ")} THEN ${stateOfBand(name)}`;
		});
		const made = this.ofNumber(state, value, `${arms.join("")} ELSE ${MISSING}`);
		return { kind: "category", state: made, values: names };
	}

	/** States by what values stand for; what has no value keeps its state. */
	private byValue(state: Made, values: Written["values"], change: (value: number | string) => number): Made {
		const nameOf = (own: number) => (values === null ? ANSWERS[own] : values[own - FIRST_COUNT]);
		const states = values === null ? 2 : FIRST_COUNT + values.length;
		const sql = mapped(state.name, states, (own) =>
			values !== null && own < FIRST_COUNT ? own : change(nameOf(own) as number | string),
		);
		return this.layers.add(sql, [state]);
	}

	private ofNumber(state: Made, value: Made, arms: string): Made {
		const sql = `CASE WHEN ${state.name} <> ${FIRST_COUNT} THEN ${state.name}${arms} END`;
		return this.layers.add(sql, [state, value]);
	}
}

type PairArguments = [
	change: (first: semantics.Answer, second: semantics.Answer) => semantics.Answer,
	ofValue?: (second: semantics.Answer) => semantics.Reason | "value",
];

function answers(state: Made): Written {
	return { kind: "answer", state, values: null };
}
