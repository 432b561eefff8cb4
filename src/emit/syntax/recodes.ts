import { UserError } from "../../base/errors.js";
import type {
	BandOf,
	Category,
	Codes,
	Expression,
	NoAnswers,
	NumberColumn,
	Possible,
} from "../../codebook/meaning/expression.js";
import { answerSaid, reasonOf } from "../../codebook/meaning/semantics.js";
import type { Plan } from "../../codebook/plan/plan.js";
import type { Syntax } from "./dialect.js";

/** An answer as a number; a number or category with a value is YES. */
export const STATES = { yes: 1, no: 0, missing: -1, "not-applicable": -2, "not-administered": -3 } as const;

/** An expression as variables of a script: its state, and the value of numbers and categories. */
export interface Recoded {
	state: string;
	/** Absent of answers. */
	value?: string;
	/** Of categories: the names that values 1, 2, … stand for; of others its column, which is a text. */
	names?: readonly string[];
	text?: string;
}

const is = (syntax: Syntax, variable: string, state: keyof typeof STATES) =>
	syntax.equals(variable, String(STATES[state]));

/** The expressions of a plan as statements that make variables, each once and after those it is made of. */
export class Recodes {
	readonly lines: string[] = [];
	private readonly known = new Map<string, Recoded>();
	private count = 0;

	constructor(
		private readonly plan: Pick<Plan, "expressions">,
		private readonly syntax: Syntax,
	) {}

	/** @throws UserError for what a statement cannot say: several answers in a cell, forms of a questionnaire. */
	read(expression: Expression): Recoded {
		switch (expression.is) {
			case "named":
				return this.named(expression.name);
			case "codes":
				return this.codes(expression);
			case "any-of":
				return this.atLeast(1, expression.of);
			case "all-of":
				return this.allOf(expression.of);
			case "at-least":
				return this.atLeast(expression.least, expression.of);
			case "count-of":
				return this.countOf(expression.of);
			case "not":
				return this.mapped(expression.of, { yes: "no", no: "yes" });
			case "routed-as-no":
				return this.mapped(expression.of, { "not-applicable": "no" });
			case "widened":
				return this.widened(this.read(expression.of), this.read(expression.gate));
			case "restricted":
				return this.restricted(this.read(expression.of), this.read(expression.gate));
			case "jointly":
				return this.jointly(this.read(expression.of), expression.with);
			case "in":
				return this.isIn(this.read(expression.of), expression.values);
			case "compared":
				return this.compared(this.read(expression.of), `${expression.by} ${expression.bound}`);
			case "number":
				return this.numberIn(expression);
			case "category":
				return this.categoryIn(expression);
			case "band":
				return this.banded(this.read(expression.of), expression.bands);
			case "administered":
				return this.administered(this.read(expression.of));
			case "off-form":
			case "possible-forms":
				throw new UserError("the script does not tell forms of the questionnaire apart", {
					hint: "ask for an R script, which does",
				});
		}
	}

	private named(name: string): Recoded {
		const found = this.known.get(name);
		if (found !== undefined) return found;
		const own = this.plan.expressions[name] as Expression;
		const made = this.read(own);
		this.lines.push(
			this.syntax.comment(`${name} is ${made.state}${made.value === undefined ? "" : ` and ${made.value}`}`),
		);
		this.known.set(name, made);
		return made;
	}

	private fresh(kind: "s" | "v"): string {
		this.count += 1;
		return `${kind}${this.count}_`;
	}

	private state(first: number | string): string {
		const name = this.fresh("s");
		this.lines.push(this.syntax.create(name, String(first)));
		return name;
	}

	private set(name: string, state: keyof typeof STATES, condition: string): void {
		this.lines.push(this.syntax.assign(name, String(STATES[state]), condition));
	}

	private codes({ column, codes, empty, separator, others }: Codes): Recoded {
		if (separator !== undefined) {
			throw new UserError(`${column} has several answers in a cell, which the script does not take apart`, {
				hint: "ask for an R script, which does",
			});
		}
		const isText = !Object.keys(codes).every((code) => Number.isFinite(Number(code)));
		const name = this.syntax.column(column);
		const state = this.state(STATES[others ?? "missing"]);
		for (const answer of Object.keys(STATES) as (keyof typeof STATES)[]) {
			const own = Object.entries(codes).filter(([, says]) => answerSaid(says) === answer);
			if (own.length > 0)
				this.set(
					state,
					answer,
					this.syntax.hasCode(
						name,
						own.map(([code]) => code),
						isText,
					),
				);
		}
		const isEmpty = this.syntax.isEmpty(name, isText);
		if (empty === "omitted" || empty === "no") {
			this.set(state, empty === "no" ? "no" : "missing", isEmpty);
			return { state };
		}
		this.set(state, empty.asked === "no" ? "no" : "missing", isEmpty);
		if (empty.gate !== undefined) {
			const { state: gate } = this.read(empty.gate);
			this.set(state, "missing", `${isEmpty} & ${this.not(gate, "yes")}`);
			this.set(state, "not-applicable", `${isEmpty} & ${this.either(gate, ["no", "not-applicable"])}`);
		}
		for (const off of [empty.elsewhere, empty.offForm]) {
			if (off !== undefined)
				this.set(state, "not-administered", `${isEmpty} & ${this.is(this.read(off).state, "yes")}`);
		}
		return { state };
	}

	private is(variable: string, state: keyof typeof STATES): string {
		return is(this.syntax, variable, state);
	}

	private not(variable: string, state: keyof typeof STATES): string {
		return this.syntax.not(this.is(variable, state));
	}

	private either(variable: string, states: readonly (keyof typeof STATES)[]): string {
		return `(${states.map((state) => this.is(variable, state)).join(" | ")})`;
	}

	/** How many of a list are in a state, as an expression of both languages: conditions are 1 or 0. */
	private numberOf(list: readonly Recoded[], state: keyof typeof STATES): string {
		return `(${list.map((one) => `(${this.is(one.state, state)})`).join(" + ")})`;
	}

	/** Why a list has no answer: the reason that all its parts share, missing where one of them is. */
	private reasonOfList(list: readonly Recoded[]): string {
		const state = this.state(STATES.missing);
		const off = this.numberOf(list, "not-administered");
		const routed = this.numberOf(list, "not-applicable");
		this.set(state, "not-applicable", this.syntax.equals(`(${off} + ${routed})`, String(list.length)));
		this.set(state, "not-administered", this.syntax.equals(off, String(list.length)));
		return state;
	}

	private atLeast(least: number, of: readonly Expression[]): Recoded {
		const list = of.map((one) => this.read(one));
		const state = this.reasonOfList(list);
		const [yes, no] = [this.numberOf(list, "yes"), this.numberOf(list, "no")];
		const open = `(${this.numberOf(list, "missing")} + ${this.numberOf(list, "not-applicable")})`;
		this.set(state, "no", `(${yes} + ${no}) > 0 & (${yes} + ${open}) < ${least}`);
		this.set(state, "yes", `${yes} >= ${least}`);
		return { state };
	}

	/** Of those that were administered: no where one is, yes where all are. */
	private allOf(of: readonly Expression[]): Recoded {
		const list = of.map((one) => this.read(one));
		const state = this.reasonOfList(list);
		const asked = `(${list.length} - ${this.numberOf(list, "not-administered")})`;
		const yes = this.numberOf(list, "yes");
		this.set(state, "yes", `${asked} > 0 & ${this.syntax.equals(yes, asked)}`);
		this.set(state, "no", `${this.numberOf(list, "no")} > 0`);
		return { state };
	}

	private countOf(of: readonly Expression[]): Recoded {
		const list = of.map((one) => this.read(one));
		const state = this.reasonOfList(list);
		const [yes, no] = [this.numberOf(list, "yes"), this.numberOf(list, "no")];
		const asked = `(${list.length} - ${this.numberOf(list, "not-administered")})`;
		this.set(state, "yes", `${asked} > 0 & ${this.syntax.equals(`(${yes} + ${no})`, asked)}`);
		const value = this.fresh("v");
		this.lines.push(this.syntax.create(value, yes));
		return { state, value };
	}

	private mapped(of: Expression, states: Partial<Record<keyof typeof STATES, keyof typeof STATES>>): Recoded {
		const { state: from, ...own } = this.read(of);
		const state = this.state(from);
		for (const [one, other] of Object.entries(states)) this.set(state, other, this.is(from, one as "yes"));
		return { ...own, state };
	}

	private administered(of: Recoded): Recoded {
		const state = this.state(STATES.yes);
		this.set(state, "not-administered", this.is(of.state, "not-administered"));
		return { state };
	}

	private widened(of: Recoded, gate: Recoded): Recoded {
		const state = this.state(of.state);
		const routed = `${this.is(of.state, "not-applicable")} & ${this.not(gate.state, "not-applicable")}`;
		this.set(state, "missing", routed);
		this.set(state, "no", `${this.is(of.state, "not-applicable")} & ${this.is(gate.state, "no")}`);
		return { state };
	}

	private restricted(of: Recoded, gate: Recoded): Recoded {
		const state = this.state(of.state);
		const leaves = `${this.not(of.state, "not-administered")} & ${this.not(gate.state, "yes")}`;
		this.set(state, "missing", leaves);
		this.set(
			state,
			"not-applicable",
			`${this.not(of.state, "not-administered")} & ${this.either(gate.state, ["no", "not-applicable"])}`,
		);
		return { ...of, state };
	}

	private jointly(of: Recoded, others: readonly Expression[]): Recoded {
		const list = others.map((one) => this.read(one));
		const state = this.state(of.state);
		const answered = `(${this.numberOf(list, "yes")} + ${this.numberOf(list, "no")})`;
		this.set(state, "missing", `${answered} < ${list.length}`);
		this.set(
			state,
			"not-applicable",
			`${answered} < ${list.length} & ${this.numberOf(list, "not-applicable")} > 0`,
		);
		this.set(state, "not-administered", `${this.numberOf(list, "not-administered")} > 0`);
		return { ...of, state };
	}

	private isIn(of: Recoded, values: readonly string[]): Recoded {
		const state = this.state(of.state);
		const { value, names, text } = of;
		const has = this.either(of.state, ["yes", "no"]);
		if (text !== undefined) {
			this.set(state, "no", has);
			this.set(state, "yes", `${has} & ${this.syntax.hasCode(text, values, true)}`);
			return { state };
		}
		if (value === undefined) {
			this.set(state, "yes", `${this.is(of.state, "no")} & ${values.includes("no") ? "1 > 0" : "0 > 1"}`);
			if (!values.includes("yes")) this.set(state, "no", this.is(of.state, "yes"));
			return { state };
		}
		const wanted = values.map((one) => (names === undefined ? one : String(1 + names.indexOf(one))));
		this.set(state, "no", has);
		this.set(state, "yes", `${has} & ${this.syntax.hasCode(value, wanted, false)}`);
		return { state };
	}

	private compared(of: Recoded, test: string): Recoded {
		const state = this.state(of.state);
		this.set(state, "no", this.is(of.state, "yes"));
		this.set(state, "yes", `${this.is(of.state, "yes")} & ${of.value} ${test}`);
		return { state };
	}

	private numberIn({ column, missing, possible }: NumberColumn): Recoded {
		const name = this.syntax.column(column);
		const state = this.state(STATES.missing);
		this.set(
			state,
			"yes",
			[this.syntax.not(this.syntax.isEmpty(name, false)), ...this.within(name, possible)].join(" & "),
		);
		this.without(state, name, missing, false);
		const value = this.fresh("v");
		this.lines.push(this.syntax.create(value, name));
		return { state, value };
	}

	private within(name: string, possible: Possible | undefined): string[] {
		if (possible?.codes !== undefined) return [this.syntax.hasCode(name, possible.codes, false)];
		const { from, to } = possible ?? {};
		return [
			...(from === undefined ? [] : [`${name} >= ${from}`]),
			...(to === undefined ? [] : [`${name} <= ${to}`]),
		];
	}

	/** Codes that are not values. */
	private without(state: string, name: string, { codes, range }: NoAnswers, isText: boolean): void {
		for (const reason of ["missing", "not-applicable", "not-administered"] as const) {
			const own = Object.entries(codes).filter(([, says]) => reasonOf(says) === reason);
			if (own.length > 0)
				this.set(
					state,
					reason,
					this.syntax.hasCode(
						name,
						own.map(([code]) => code),
						isText,
					),
				);
		}
		if (range !== undefined && !isText) {
			const ends = this.within(name, range);
			this.set(state, "missing", ends.length === 0 ? "1 > 0" : ends.join(" & "));
		}
	}

	private categoryIn({ column, missing, pattern, codes, bands, others, possible }: Category): Recoded {
		if (pattern !== undefined) {
			throw new UserError(`the values of ${column} are parts of its texts, which the script does not cut`, {
				hint: "ask for an R script, which does",
			});
		}
		const name = this.syntax.column(column);
		if (others !== "unknown") {
			const state = this.state(STATES.yes);
			this.set(state, "missing", this.syntax.isEmpty(name, true));
			this.without(state, name, missing, true);
			return { state, value: name, text: name };
		}
		const isText = bands.length === 0 && !Object.keys(codes).every((code) => Number.isFinite(Number(code)));
		const names = [...new Set([...Object.values(codes), ...bands.map(({ value }) => value)])];
		const state = this.state(STATES.missing);
		const value = this.fresh("v");
		this.lines.push(this.syntax.create(value, "0"));
		for (const [place, one] of names.entries()) {
			const own = Object.keys(codes).filter((code) => codes[code] === one);
			if (own.length > 0)
				this.lines.push(this.syntax.assign(value, String(place + 1), this.syntax.hasCode(name, own, isText)));
		}
		for (const band of bands.toReversed()) {
			const condition = [
				this.syntax.not(this.syntax.isEmpty(name, false)),
				...this.within(name, possible),
				...ends(name, band),
			];
			this.lines.push(
				this.syntax.assign(value, String(1 + names.indexOf(band.value)), condition.join(" & ")),
			);
		}
		this.set(state, "yes", `${value} > 0`);
		this.without(state, name, missing, isText);
		this.lines.push(
			this.syntax.label(
				value,
				names.map((label, place) => [place + 1, label] as const),
			),
		);
		return { state, value, names };
	}

	private banded(of: Recoded, bands: readonly BandOf[]): Recoded {
		const names = [...new Set(bands.map(({ value }) => value))];
		const state = this.state(of.state);
		const value = this.fresh("v");
		this.lines.push(this.syntax.create(value, "0"));
		for (const band of bands.toReversed()) {
			const condition = [this.is(of.state, "yes"), ...ends(of.value as string, band)].join(" & ");
			this.lines.push(this.syntax.assign(value, String(1 + names.indexOf(band.value)), condition));
		}
		this.set(state, "missing", `${this.is(of.state, "yes")} & ${this.syntax.equals(value, "0")}`);
		this.lines.push(
			this.syntax.label(
				value,
				names.map((label, place) => [place + 1, label] as const),
			),
		);
		return { state, value, names };
	}
}

function ends(name: string, { from, to }: BandOf): string[] {
	return [
		...(from === undefined ? [] : [`${name} >= ${from}`]),
		...(to === undefined ? [] : [`${name} <= ${to}`]),
	];
}
