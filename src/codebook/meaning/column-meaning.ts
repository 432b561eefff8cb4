import { entryOf } from "../../base/entry-of.js";
import type { Header } from "../../read/block.js";
import type { Codebook, Item, Measure, Text } from "../definition/schema.js";
import { knownVariable } from "../variables/library.js";
import type { VariableKind } from "../variables/schema.js";
import type { NoAnswers, Possible } from "./expression.js";
import { declaredMissing, omittedCodes } from "./no-answers.js";

/** What the values of a column are: plain data, by which every command reads it. */
export interface ColumnMeaning {
	label: Text;
	/** Its kind of contents; null if not declared. */
	kind: VariableKind | null;
	/** Null where the codes that are not answers are not declared. */
	missing: NoAnswers | null;
	/** Valid codes; null where any value that is possible is valid. */
	answers: Readonly<Record<string, Text>> | null;
	/** Its possible values, where known. */
	possible?: Possible;
	invariance?: Measure["invariance"];
	confidence?: Item["confidence"];
}

/**
 * What is known of a column: which codes are missing, according to the caller (`--missing`), else by the codebook
 * where it reads the column, else by its list of variables, else by what the file declares.
 * @param place Of the column in the header.
 */
export function columnMeaning(codebook: Codebook, header: Header, place: number): ColumnMeaning {
	const name = (header.columns[place] as string).toUpperCase();
	const known = knownVariable(codebook, name);
	const said = header.variables?.[place];
	const possible = possibleOf(codebook, name);
	return {
		label: known?.label ?? { en: said?.label || name },
		kind: known?.kind ?? null,
		missing:
			askedCodes(header, name) ??
			usedCodes(codebook, name) ??
			(known === undefined ? null : { codes: known.missing }) ??
			(said?.missing == null ? null : declaredMissing(said.missing)),
		answers: known?.answers ?? null,
		...(possible === undefined ? {} : { possible }),
		...(known?.invariance == null ? {} : { invariance: known.invariance }),
		...(known === undefined || known.confidence === "high" ? {} : { confidence: known.confidence }),
	};
}

/** What a column can have by the codebook's list of variables; undefined where that says nothing. */
export function possibleOf(codebook: Codebook, name: string): Possible | undefined {
	const { answers = null, from = null, to = null } = knownVariable(codebook, name) ?? {};
	if (answers !== null) return { codes: Object.keys(answers) };
	if (from === null && to === null) return undefined;
	return { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
}

/** Missing codes stated by the caller. */
export function askedCodes({ missing }: Header, name: string): NoAnswers | null {
	const asked = missing?.get(name.toUpperCase());
	return asked === undefined ? null : declaredMissing({ values: asked, range: null });
}

/** Missing codes of a column that is an item or a group of the codebook. */
function usedCodes(codebook: Codebook, name: string): NoAnswers | null {
	const same = (variable: string) => variable.toUpperCase() === name;
	for (const topic of Object.values(codebook.topics)) {
		const item = Object.values(topic.items).find(({ variable }) => same(variable));
		if (item === undefined) continue;
		const codes = entryOf(codebook.answers, item.answers ?? topic.answers)?.missing;
		return codes === undefined ? null : { codes };
	}
	const lists = Object.values(codebook.groups).flatMap(({ variable, missing }) =>
		same(variable) && missing !== undefined ? [missing] : [],
	);
	return lists.length === 0 ? null : { codes: omittedCodes(lists.flat()) };
}

/** Whether the codebook itself reads a column, as an item or a group; then it also says which codes are missing. */
export function isUsed(codebook: Codebook, name: string): boolean {
	return usedCodes(codebook, name.toUpperCase()) !== null;
}
