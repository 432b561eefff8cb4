import { categoryReader, codesReader, numberReader } from "../../codebook/meaning/cells.js";
import type { Category, Codes, NumberColumn, Range } from "../../codebook/meaning/expression.js";
import { reasonOf } from "../../codebook/meaning/semantics.js";
import { EMPTY, FIRST_COUNT, MISSING, stateOf } from "../../codebook/meaning/states.js";
import { type Dialect, numberLiteral } from "./dialect.js";
import type { Layers, Made } from "./layers.js";
import { among } from "./states.js";
import type { SqlColumn, SqlTable } from "./table.js";

/** Numbers larger than any that a column can have, so that what is not finite is not below. */
export const LARGEST = "1.7976931348623157e308";

/** Whether a number is one: neither NULL nor infinite nor NaN. */
function isANumber(sql: string): string {
	return `${sql} >= -${LARGEST} AND ${sql} <= ${LARGEST}`;
}

/** Texts of a column whose meaning is unknown. */
export interface UnknownTexts {
	column: string;
	/** The column in the innermost subquery. */
	raw: Made;
	/** True where a row has such a text, and the columns that this names. */
	is: string;
	from: readonly Made[];
}

/** Meanings of a column's cells, by their texts. */
export interface ColumnReading {
	state: Made;
	/** The number, where the state is FIRST_COUNT; only of numbers. */
	value?: Made;
	/** Meanings of states from FIRST_COUNT on; null for answers. */
	values: readonly (number | string)[] | null;
	unknown: UnknownTexts | null;
}

/** Reads single columns of a table. */
export class ColumnReadings {
	constructor(
		private readonly table: SqlTable,
		private readonly layers: Layers,
		private readonly dialect: Dialect,
	) {}

	/** A column as codes are looked for in it. */
	raw(name: string): Made {
		const { sql, kind } = this.table.column(name);
		const { dialect } = this;
		return this.layers.add(kind === "text" ? sql : dialect.orNull(dialect.double(sql)));
	}

	/** An answer by codes; EMPTY where other columns tell why a cell is empty. */
	codes(expression: Codes): ColumnReading {
		const read = codesReader(expression);
		return this.byText(expression.column, null, (text) => {
			const found = read(text);
			if (found === "empty") return EMPTY;
			return found === "unknown" ? null : stateOf(found);
		});
	}

	category(expression: Category): ColumnReading {
		const read = categoryReader(expression);
		const values: string[] = [];
		const stateOfValue = (value: string) => {
			const place = values.indexOf(value);
			return FIRST_COUNT + (place >= 0 ? place : values.push(value) - 1);
		};
		return this.byText(
			expression.column,
			values,
			(text) => {
				const found = read(text);
				if (found === "unknown") return null;
				return typeof found === "string" ? stateOf(found) : stateOfValue(found.value);
			},
			(raw) => this.bandArms(expression, raw, stateOfValue),
		);
	}

	/** What becomes of numbers that are none of the texts that are known. */
	private bandArms(
		{ column, bands, missing, possible }: Category,
		raw: string,
		stateOfValue: (value: string) => number,
	): string {
		if (bands.length === 0 || this.kindOf(column) === "text") return "";
		const none = [
			...(missing.range === undefined ? [] : [isWithin(raw, missing.range)]),
			...(possible === undefined || possible.codes !== undefined ? [] : [`NOT (${isWithin(raw, possible)})`]),
		];
		const arms = bands.map(
			({ value, ...range }) => ` WHEN ${isWithin(raw, range)} THEN ${stateOfValue(value)}`,
		);
		return [...none.map((is) => ` WHEN ${is} THEN ${MISSING}`), ...arms].join("");
	}

	/** 1 where a cell has one of some texts in the spelling of codes, else 0. */
	hasCode(column: string, isOne: (text: string) => boolean): Made {
		const raw = this.raw(column);
		const found = this.table.texts(column).filter(({ code }) => isOne(code));
		if (found.length === 0) return this.layers.add("0", [raw]);
		const list = found.map((one) => this.literal(column, one.raw));
		return this.layers.add(`CASE WHEN ${among(raw.name, list)} THEN 1 ELSE 0 END`, [raw]);
	}

	number(expression: NumberColumn): ColumnReading {
		const { column, missing, possible } = expression;
		const { layers } = this;
		const raw = this.raw(column);
		const isText = this.kindOf(column) === "text";
		const number = isText ? layers.add(this.dialect.numberIn(raw.name), [raw]) : raw;
		const read = numberReader(expression);
		const texts = isText ? this.table.texts(column) : [];
		const said = texts.map(({ raw: text, code }) => ({
			text: this.literal(column, text),
			found: read(code),
		}));
		const stateOfText = ({ found }: (typeof said)[number]) => {
			if (typeof found === "number") return FIRST_COUNT;
			return found === "unknown" ? MISSING : stateOf(found);
		};
		const byText = said.map((one) => ` WHEN ${raw.name} = ${one.text} THEN ${stateOfText(one)}`).join("");
		const v = number.name;
		const codes = Object.entries(missing.codes).filter(
			([code]) => code !== "" && Number.isFinite(Number(code)),
		);
		const byCode = codes
			.map(([code, why]) => ` WHEN ${v} = ${numberLiteral(Number(code))} THEN ${stateOf(reasonOf(why))}`)
			.join("");
		const byRange = missing.range === undefined ? "" : ` WHEN ${isWithin(v, missing.range)} THEN ${MISSING}`;
		const isPossible =
			possible === undefined
				? isANumber(v)
				: possible.codes === undefined
					? `${isANumber(v)} AND ${isWithin(v, possible)}`
					: among(v, possible.codes.map(Number).filter(Number.isFinite).map(numberLiteral));
		const known = `CASE WHEN ${raw.name} IS NULL THEN ${MISSING}${byText}${byCode}${byRange}`;
		const from = [raw, number];
		const unknownTexts = said.filter(({ found }) => found === "unknown").map(({ text }) => text);
		const ofText = unknownTexts.length === 0 ? "" : ` WHEN ${among(raw.name, unknownTexts)} THEN 1`;
		const others = said.filter(({ found }) => found !== "unknown").map(({ text }) => text);
		const ofOther = others.length === 0 ? "" : ` WHEN ${among(raw.name, others)} THEN 0`;
		const asZero = (arm: string) => arm.replace(/THEN \d+/g, "THEN 0");
		const odd = `CASE WHEN ${raw.name} IS NULL THEN 0${ofText}${ofOther}${asZero(byCode)}${asZero(byRange)} WHEN ${isPossible} THEN 0 ELSE 1 END = 1`;
		const values = said.flatMap(({ text, found }) =>
			typeof found === "number" ? [` WHEN ${raw.name} = ${text} THEN ${numberLiteral(found)}`] : [],
		);
		return {
			state: layers.add(`${known} WHEN ${isPossible} THEN ${FIRST_COUNT} ELSE ${MISSING} END`, from),
			value: values.length === 0 ? number : layers.add(`CASE${values.join("")} ELSE ${v} END`, from),
			values: null,
			unknown: { column, raw, is: odd, from },
		};
	}

	/**
	 * States by the texts of a column.
	 * @param stateOf Null where the meaning of a text is unknown.
	 * @param others Arms for other texts.
	 */
	private byText(
		column: string,
		values: readonly string[] | null,
		stateOf: (text: string) => number | null,
		others: (raw: string) => string = () => "",
	): ColumnReading {
		const raw = this.raw(column);
		const lists = new Map<number, string[]>();
		const unknown: string[] = [];
		const ofNull = stateOf("");
		for (const { raw: text, code } of this.table.texts(column)) {
			const state = stateOf(code);
			const literal = this.literal(column, text);
			if (state === null) unknown.push(literal);
			else lists.set(state, [...(lists.get(state) ?? []), literal]);
		}
		const arms = [...lists].map(([state, texts]) => ` WHEN ${among(raw.name, texts)} THEN ${state}`);
		const empty = ` WHEN ${raw.name} IS NULL THEN ${ofNull ?? MISSING}`;
		return {
			state: this.layers.add(`CASE${empty}${arms.join("")}${others(raw.name)} ELSE ${MISSING} END`, [raw]),
			values,
			unknown: unknown.length === 0 ? null : { column, raw, is: among(raw.name, unknown), from: [raw] },
		};
	}

	private kindOf(column: string): SqlColumn["kind"] {
		return this.table.column(column).kind;
	}

	/** A text of a column, as it is compared with it. */
	private literal(column: string, text: string): string {
		return this.kindOf(column) === "text" ? this.dialect.text(text) : numberLiteral(Number(text));
	}
}

function isWithin(sql: string, { from, to }: Range): string {
	const bounds = [
		...(from === undefined ? [] : [`${sql} >= ${numberLiteral(from)}`]),
		...(to === undefined ? [] : [`${sql} <= ${numberLiteral(to)}`]),
	];
	return bounds.length === 0 ? isANumber(sql) : bounds.join(" AND ");
}
