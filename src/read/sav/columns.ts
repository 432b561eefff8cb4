import type { DeclaredMissing, Variable } from "../block.js";
import type { Cursor } from "../cursor.js";
import { calendar } from "./calendar.js";
import type { RawDictionary, RawLabels, RawVariable } from "./dictionary.js";
import type { DecodeText } from "./text.js";

type Write = (value: number) => string;

/** A column as its readers see it: very long strings are one column however many variables store them. */
export interface SavColumn {
	name: string;
	/** Where its bytes stand in a row; numbers have one part of 8 bytes. */
	parts: { element: number; bytes: number }[];
	variable: Variable;
	/** How its numbers are written; undefined where its cells are texts. */
	write: ((value: number) => string) | undefined;
}

/** Bytes of a very long string that one variable stores, and bytes of its width for which it needs one. */
const STORED_BYTES = 255;
const WIDTH_BYTES = 252;

/** The value numbers have that are missing without a declaration. */
export const SYSTEM_MISSING = -Number.MAX_VALUE;

/**
 * Variables as stored → columns with their long names, whole strings, labels and missing values.
 * @throws UserError where the records contradict each other.
 */
export function savColumns(
	{ variables, extensions }: RawDictionary,
	littleEndian: boolean,
	decode: DecodeText,
	cursor: Cursor,
): SavColumn[] {
	const widths = pairs(extensions.veryLong, decode, /\0*\t|\0+$/);
	const names = pairs(extensions.longNames, decode, /\t/);
	const labels = new LabelReader(littleEndian, decode);
	const long = longDeclarations(extensions, decode);
	const columns: SavColumn[] = [];
	for (let index = 0; index < variables.length; ) {
		const first = variables[index] as RawVariable;
		const short = decode(first.name);
		const width = Number(widths.get(short.toUpperCase()) ?? first.width);
		widths.delete(short.toUpperCase());
		const parts = partsOf(variables, index, width);
		if (parts === undefined) {
			throw cursor.damaged(`the parts of the string ${short} are not as long as its ${width} bytes need`);
		}
		const name = names.get(short.toUpperCase()) ?? short;
		const day = width === 0 ? calendar(first.format) : undefined;
		const write = day === undefined ? savNumber : present(day);
		columns.push({
			name: name.trim(),
			parts,
			variable: {
				label: decode(first.label),
				type: width === 0 && day === undefined ? "number" : "text",
				values: long.labels.get(name) ?? long.labels.get(short) ?? labels.of(first, write),
				missing:
					long.missing.get(name) ?? long.missing.get(short) ?? missingOf(first, littleEndian, decode, write),
			},
			write: width === 0 ? write : undefined,
		});
		index += parts.length;
	}
	for (const [name] of widths)
		throw cursor.damaged(`a very long string ${name} is listed that is no variable`);
	return columns;
}

/** `KEY=value` texts by upper-case key. */
function pairs(bytes: Buffer | null, decode: DecodeText, between: RegExp): Map<string, string> {
	const texts = bytes === null ? [] : decode(bytes).split(between);
	return new Map(
		texts.flatMap((text) => {
			const [, key, value] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
			return key === undefined || value === undefined ? [] : [[key.toUpperCase(), value]];
		}),
	);
}

/** Where a column's bytes stand; undefined where the variables that follow do not fit its width. */
function partsOf(
	variables: readonly RawVariable[],
	index: number,
	width: number,
): SavColumn["parts"] | undefined {
	const first = variables[index] as RawVariable;
	if (width <= STORED_BYTES) return [{ element: first.element, bytes: first.width === 0 ? 8 : first.width }];
	const count = Math.ceil(width / WIDTH_BYTES);
	const parts: SavColumn["parts"] = [];
	for (let segment = 0, left = width; segment < count; segment++) {
		const variable = variables[index + segment];
		const isLast = segment === count - 1;
		const needed = isLast ? Math.ceil((width - WIDTH_BYTES * segment) / 8) : Math.ceil(STORED_BYTES / 8);
		if (variable?.elements !== needed || variable.width === 0) return undefined;
		parts.push({ element: variable.element, bytes: Math.max(0, Math.min(left, STORED_BYTES)) });
		left -= STORED_BYTES;
	}
	return parts;
}

/** Value labels as texts, decoded once for all variables that share them. */
class LabelReader {
	private readonly known = new Map<RawLabels, Map<Write | undefined, Variable["values"]>>();

	constructor(
		private readonly littleEndian: boolean,
		private readonly decode: DecodeText,
	) {}

	of({ labels, width }: RawVariable, write: Write): Variable["values"] {
		if (labels === null) return new Map();
		const by = width === 0 ? write : undefined;
		const made = this.known.get(labels) ?? new Map<Write | undefined, Variable["values"]>();
		this.known.set(labels, made);
		const known =
			made.get(by) ??
			new Map(
				labels.pairs.map(({ value, label }) => [
					by === undefined ? this.decode(value) : by(doubleOf(value, this.littleEndian)),
					this.decode(label),
				]),
			);
		made.set(by, known);
		return known;
	}
}

function doubleOf(bytes: Buffer, littleEndian: boolean): number {
	return littleEndian ? bytes.readDoubleLE() : bytes.readDoubleBE();
}

/** A number as a text file would have it; system-missing is an empty field, and so is NaN, which R reads as NA, too. */
function savNumber(value: number): string {
	return value === SYSTEM_MISSING || Number.isNaN(value) ? "" : String(value);
}

/** The same for numbers that stand for days. */
function present(day: Write): Write {
	return (value) => (savNumber(value) === "" ? "" : day(value));
}

function missingOf(
	{ missing, range, width }: RawVariable,
	littleEndian: boolean,
	decode: DecodeText,
	write: Write,
): DeclaredMissing | null {
	if (missing.length === 0) return null;
	if (width > 0) return { values: missing.map(decode), range: null };
	const numbers = missing.map((bytes) => doubleOf(bytes, littleEndian));
	const [from = 0, to = 0] = numbers;
	return {
		values: numbers.slice(range ? 2 : 0).map(write),
		range: range ? { from: openEnd(from), to: openEnd(to) } : null,
	};
}

/** LOWEST and HIGHEST are written as the outermost numbers there are. */
function openEnd(value: number): number {
	return Math.abs(value) >= OUTERMOST ? value * 2 : value;
}

/** The number next to the largest; LOWEST is its negative, because the lowest itself means system-missing. */
const OUTERMOST = Number.MAX_VALUE * (1 - Number.EPSILON / 2);

function longDeclarations({ longLabels, longMissing }: RawDictionary["extensions"], decode: DecodeText) {
	return {
		labels: new Map(
			longLabels.map(({ variable, pairs }) => [
				decode(variable),
				new Map(pairs.map(({ value, label }) => [decode(value), decode(label)])),
			]),
		),
		missing: new Map(
			longMissing.map(({ variable, values }): [string, DeclaredMissing] => [
				decode(variable),
				{ values: values.map(decode), range: null },
			]),
		),
	};
}
