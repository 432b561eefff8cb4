import { UserError } from "../base/errors.js";

/** The definition of a user-defined concept, in the names of a codebook or a file. */
export type Formula =
	| { is: "item"; name: string }
	| { is: "any" | "all"; of: readonly Formula[] }
	| { is: "not"; of: Formula }
	/** Crosses two conditions: both true, only one of them, or neither. */
	| { is: "profile"; of: readonly [Formula, Formula] }
	/** Number of conditions in a list that are true. */
	| { is: "count"; of: readonly Formula[]; by: Comparator; bound: number }
	/** A number, or a count of the codebook such as `types`, compared with a bound. */
	| { is: "compared"; name: string; by: Comparator; bound: number }
	/** A value of a breakdown. */
	| { is: "value"; name: string; values: readonly string[] };

export type Comparator = "<" | "<=" | ">" | ">=" | "=";

/** A range of a column's values, including both ends. */
export interface NamedRange {
	value: string;
	from?: number;
	to?: number;
}

/** A concept: either yes or no, or levels derived from a column. */
export type Definition = { name: string; text: string } & (
	| { formula: Formula }
	| { column: string; levels: readonly NamedRange[] }
);

/**
 * Reads `NAME = any(a, b)`: `any`, `all`, `count(…) >= 3`, `profile(a, b)`, `types >= 3`, `need and not done`, `gender=female`,
 * `band(COLUMN: -29, 30-44, 45-)` and `recode(COLUMN: 1=a, 2-3=b)`; names with blanks or signs stand in quotation marks.
 * @throws UserError saying where a definition cannot be read.
 * @example parseDefinition("school-based = any(peer-coaching, network)").name // school-based
 */
export function parseDefinition(text: string): Definition {
	const [, given = "", right = ""] = /^\s*([^=()<>,]+?)\s*=\s*(.*\S)\s*$/s.exec(text) ?? [];
	const name = given.toLowerCase();
	if (right === "") {
		throw new UserError(`"${text}" is not a definition`, {
			code: "option",
			hint: 'write "NAME = any(peer-coaching, network)"',
		});
	}
	if (!NAME.test(name)) throw unreadable(text, `"${given}" is no name of letters, digits and hyphens`);
	const [, kind, column = "", parts = ""] =
		/^(band|recode)\s*\(\s*("[^"]+"|'[^']+'|[^:(),]+)\s*:(.*)\)$/is.exec(right) ?? [];
	if (kind === undefined) return { name, text, formula: parseFormula(right) };
	const read = kind.toLowerCase() === "band" ? bandOf : recodedOf;
	const levels = parts
		.split(",")
		.filter((part) => part.trim() !== "")
		.flatMap((part) => read(part.trim(), text));
	if (levels.length === 0) throw unreadable(text, "it names no level");
	return { name, text, column: unquoted(column.trim()), levels };
}

/** Words in any script, joined by hyphens. */
const NAME = /^[\p{L}\p{M}\p{N}]+(-[\p{L}\p{M}\p{N}]+)*$/u;

/** `-29`, `30-44`, `45-` or `7`. */
const RANGE = /^(-?\d+(?:\.\d+)?)?\s*(-)?\s*(\d+(?:\.\d+)?)?$/;

type Range = Omit<NamedRange, "value">;

function rangeOf(text: string, whole: string): Range {
	const open = /^-\s*(\d+(?:\.\d+)?)$/.exec(text);
	if (open !== null) return { to: Number(open[1]) };
	const [, low, dash, high] = RANGE.exec(text) ?? [];
	if (low === undefined) throw unreadable(whole, `"${text}" is no range such as 30-44, -29 or 45-`);
	const from = Number(low);
	if (dash === undefined) return { from, to: from };
	if (high === undefined) return { from };
	if (Number(high) < from) throw unreadable(whole, `"${text}" ends before it begins`);
	return { from, to: Number(high) };
}

function bandOf(text: string, whole: string): NamedRange[] {
	const range = rangeOf(text, whole);
	return [{ value: bandValue(range), ...range }];
}

function bandValue({ from, to }: Range): string {
	if (from === to) return String(from);
	if (from === undefined) return `to-${to}`;
	return to === undefined ? `${from}-plus` : `${from}-${to}`;
}

/** What tables call a level: `≤29`, `30–44` and `45+` for bands, the user's own word for what is recoded. */
export function levelName({ value, ...range }: NamedRange): string {
	const { from, to } = range;
	if (from === to || value !== bandValue(range)) return value;
	if (from === undefined) return `≤${to}`;
	return to === undefined ? `${from}+` : `${from}–${to}`;
}

function recodedOf(text: string, whole: string): NamedRange[] {
	const [, codes = "", value = ""] = /^(.+?)\s*=\s*(\S+)$/.exec(text) ?? [];
	if (value === "") throw unreadable(whole, `"${text}" is not written as 2-3=b`);
	return codes.split("|").map((code) => ({ value: value.toLowerCase(), ...rangeOf(code.trim(), whole) }));
}

function unreadable(text: string, why: string): UserError {
	return new UserError(`"${text}" is not a definition: ${why}`, { code: "option" });
}

/**
 * Reads the right-hand side of a yes-or-no definition.
 * @throws UserError saying where it cannot be read.
 */
export function parseFormula(text: string): Formula {
	return new Parser(text).whole();
}

/** The items that a formula names; numbers and groups belong to no single item. */
export function itemsIn(formula: Formula): string[] {
	if (formula.is === "item") return [formula.name];
	if (formula.is === "compared" || formula.is === "value") return [];
	return [formula.of].flat().flatMap(itemsIn);
}

const TOKEN = /\s*(>=|<=|[()<>,|=]|"[^"]+"|'[^']+'|[^\s()<>,|=]+)/y;
const COMPARATORS: readonly string[] = ["<", "<=", ">", ">=", "="];
const LISTS: readonly string[] = ["any", "all", "count", "profile"];

function unquoted(text: string): string {
	return /^(["']).+\1$/s.test(text) ? text.slice(1, -1) : text;
}

type List = "any" | "all" | "count" | "profile";

/** The values of a two-way profile, from yes to both to yes to neither. */
export function profileValues([first, second]: readonly [Formula, Formula]): [
	string,
	string,
	string,
	string,
] {
	const alone = (part: Formula, other: string) =>
		`${part.is === "item" ? part.name.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-") : other}-only`;
	return ["both", alone(first, "first"), alone(second, "second"), "neither"];
}

/** `or` binds weakest, then `and`, then `not`. */
class Parser {
	private readonly tokens: string[] = [];
	private place = 0;

	constructor(private readonly text: string) {
		TOKEN.lastIndex = 0;
		for (let match = TOKEN.exec(text); match !== null; match = TOKEN.exec(text)) {
			this.tokens.push(match[1] as string);
		}
	}

	whole(): Formula {
		const formula = this.either();
		if (this.place < this.tokens.length) throw this.stuck();
		return formula;
	}

	private either(): Formula {
		return this.chain("or", "any", () => this.both());
	}

	private both(): Formula {
		return this.chain("and", "all", () => this.negated());
	}

	private chain(word: string, is: "any" | "all", part: () => Formula): Formula {
		const of = [part()];
		while (this.takes(word)) of.push(part());
		return of.length === 1 ? (of[0] as Formula) : { is, of };
	}

	private negated(): Formula {
		return this.takes("not") ? { is: "not", of: this.negated() } : this.primary();
	}

	private primary(): Formula {
		if (this.takes("(")) {
			const inside = this.either();
			this.expect(")");
			return inside;
		}
		const token = this.next();
		if (token === undefined || /^[()<>,|=]/.test(token)) throw this.stuck(-1);
		const word = token.toLowerCase();
		if (LISTS.includes(word) && this.takes("(")) return this.list(word as List);
		const name = unquoted(token);
		const by = this.comparator();
		if (by === undefined) return { is: "item", name };
		const value = this.next();
		if (value === undefined) throw this.stuck(-1);
		const bound = Number(value.replace(",", "."));
		if (by !== "=" || (Number.isFinite(bound) && word === "types")) return this.compared(name, by, bound);
		const values = [unquoted(value)];
		while (this.takes("|")) values.push(unquoted(this.next() ?? ""));
		return { is: "value", name, values };
	}

	private compared(name: string, by: Comparator, bound: number): Formula {
		if (!Number.isFinite(bound)) throw unreadable(this.text, `${name} ${by} needs a number`);
		return { is: "compared", name, by, bound };
	}

	private list(is: List): Formula {
		const of = [this.either()];
		while (this.takes(",")) of.push(this.either());
		this.expect(")");
		if (is === "profile") {
			const [first, second, ...others] = of as [Formula, Formula?, ...Formula[]];
			if (second === undefined || others.length > 0) {
				throw unreadable(this.text, "a profile is of two: profile(needs:ict, focus:ict)");
			}
			return { is, of: [first, second] };
		}
		if (is !== "count") return { is, of };
		const by = this.comparator();
		const bound = Number(this.next());
		if (by === undefined || !Number.isInteger(bound)) {
			throw unreadable(this.text, "count(…) is compared with a number: count(a, b, c) >= 2");
		}
		return { is, of, by, bound };
	}

	private comparator(): Comparator | undefined {
		const token = this.tokens[this.place];
		if (token === undefined || !COMPARATORS.includes(token)) return undefined;
		this.place += 1;
		return token as Comparator;
	}

	private next(): string | undefined {
		this.place += 1;
		return this.tokens[this.place - 1];
	}

	private takes(word: string): boolean {
		if (this.tokens[this.place]?.toLowerCase() !== word) return false;
		this.place += 1;
		return true;
	}

	private expect(word: string): void {
		if (!this.takes(word)) throw this.stuck();
	}

	private stuck(back = 0): UserError {
		const found = this.tokens[this.place + back];
		return unreadable(this.text, found === undefined ? "it breaks off" : `"${found}" is not expected there`);
	}
}
