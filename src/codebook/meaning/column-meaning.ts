import type { Header } from "../../read/block.js";
import type { Codebook, Item, Measure, NoAnswer, Text } from "../definition/schema.js";
import { knownVariable } from "../variables/library.js";
import type { VariableKind } from "../variables/schema.js";
import { declaredCodes, type MissingCodes } from "./no-answers.js";

/** What the values of a column are: plain data, by which every command reads it. */
export interface ColumnMeaning {
	label: Text;
	/** What it holds; null where nobody says. */
	kind: VariableKind | null;
	/** Null where nobody says which codes are no answer. */
	missing: MissingCodes | null;
	/** Valid codes; null where any value within the bounds is valid. */
	answers: Readonly<Record<string, Text>> | null;
	/** Bounds that no value can leave, inclusive. */
	from: number;
	to: number;
	invariance?: Measure["invariance"];
	confidence?: Item["confidence"];
}

/**
 * What is known of a column: which codes are missing by whoever asks (`--missing`), else by the codebook where it reads
 * the column, else by its list of variables, else by what the file declares.
 * @param column Its place in the header.
 */
export function columnMeaning(codebook: Codebook, header: Header, column: number): ColumnMeaning {
	const name = (header.columns[column] as string).toUpperCase();
	const known = knownVariable(codebook, name);
	const said = header.variables?.[column];
	return {
		label: known?.label ?? { en: said?.label || name },
		kind: known?.kind ?? null,
		missing:
			askedCodes(header, name) ??
			usedCodes(codebook, name) ??
			(known === undefined ? null : { codes: known.missing, range: null }) ??
			(said?.missing == null ? null : declaredCodes(said.missing)),
		answers: known?.answers ?? null,
		from: known?.from ?? Number.NEGATIVE_INFINITY,
		to: known?.to ?? Number.POSITIVE_INFINITY,
		...(known?.invariance == null ? {} : { invariance: known.invariance }),
		...(known === undefined || known.confidence === "high" ? {} : { confidence: known.confidence }),
	};
}

/** Missing codes that whoever asks has said. */
export function askedCodes({ missing }: Header, name: string): MissingCodes | null {
	const asked = missing?.get(name.toUpperCase());
	return asked === undefined ? null : declaredCodes({ values: asked, range: null });
}

/** Missing codes of a column that is an item or a group of the codebook. */
function usedCodes(codebook: Codebook, name: string): MissingCodes | null {
	const same = (variable: string) => variable.toUpperCase() === name;
	for (const topic of Object.values(codebook.topics)) {
		const item = Object.values(topic.items).find(({ variable }) => same(variable));
		if (item === undefined) continue;
		const codes = codebook.answers[item.answers ?? topic.answers]?.missing;
		return codes === undefined ? null : { codes, range: null };
	}
	const lists = Object.values(codebook.groups).flatMap(({ variable, missing }) =>
		same(variable) && missing !== undefined ? [missing] : [],
	);
	if (lists.length === 0) return null;
	const codes: Record<string, NoAnswer> = {};
	for (const code of lists.flat()) codes[code] = "omitted";
	return { codes, range: null };
}

/** Whether the codebook itself reads a column, as an item or a group; then it also says which codes are missing. */
export function isUsed(codebook: Codebook, name: string): boolean {
	return usedCodes(codebook, name.toUpperCase()) !== null;
}

/** Whether a code that is no missing one is a value the column can have. */
export function isPossible({ answers, from, to }: ColumnMeaning, code: string): boolean {
	if (answers !== null) return Object.hasOwn(answers, code);
	if (from === Number.NEGATIVE_INFINITY && to === Number.POSITIVE_INFINITY) return true;
	const value = code === "" ? Number.NaN : Number(code);
	return value >= from && value <= to;
}
