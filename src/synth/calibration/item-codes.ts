import type { Answers, Codebook, NoAnswer, Topic } from "../../codebook/definition/schema.js";

/** Answers to come: the row is asked and has not been given a code yet. */
export const OPEN = -2;

/** An item's codes as numbers. */
export interface ItemCodes {
	variable: string;
	yes: ReadonlySet<number>;
	valid: ReadonlySet<number>;
	/** Valid codes in ascending order, those that mean no and those that mean yes. */
	noCodes: readonly number[];
	yesCodes: readonly number[];
	/**
	 * The code of a kind of missing answer: that of an omitted one for those not reached where they have none of their
	 * own, else an empty cell.
	 */
	missing(kind: NoAnswer): number;
}

/** @throws Error for an item the codebook does not have: calibrations are checked before. */
export function itemCodes(codebook: Codebook, topicKey: string, itemKey: string): ItemCodes {
	const topic = codebook.topics[topicKey] as Topic;
	const item = topic.items[itemKey];
	const answers: Answers | undefined = codebook.answers[item?.answers ?? topic.answers];
	if (item === undefined || answers === undefined) throw new Error(`no item ${topicKey}:${itemKey}`);
	const valid = Object.keys(answers.values)
		.map(Number)
		.toSorted((a, b) => a - b);
	const yes = new Set(answers.yes.map(Number));
	const missing = codeOfMissing(answers.missing);
	return {
		variable: item.variable.toUpperCase(),
		yes,
		valid: new Set(valid),
		noCodes: valid.filter((code) => !yes.has(code)),
		yesCodes: valid.filter((code) => yes.has(code)),
		missing,
	};
}

/** @param meanings Code → what it means. */
export function codeOfMissing(meanings: Answers["missing"]): (kind: NoAnswer) => number {
	const codes = new Map(Object.entries(meanings).map(([code, meaning]) => [meaning, Number(code)]));
	return (kind) =>
		codes.get(kind) ?? (kind === "not-reached" ? codes.get("omitted") : undefined) ?? EMPTY_CELL;
}

/** Items a gate or a derived row is made of: all of its topic where nothing else is said. */
export function memberItems(topic: Topic, item: string): string[] {
	if (item in topic.items) return [item];
	return topic.derived?.[item]?.of ?? Object.keys(topic.items);
}

/** An empty cell. */
export const EMPTY_CELL = -1;
