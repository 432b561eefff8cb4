import type { Codebook, Topic } from "../../codebook/definition/schema.js";
import type { SystemCalibration, TopicCalibration } from "../calibration/calibration.js";
import { type ItemCodes, itemCodes, memberItems, OPEN } from "../calibration/item-codes.js";
import { isOfPopulation, itemsAsAsked, rounds } from "../calibration/questionnaire.js";
import type { Teachers } from "../sample/teachers.js";
import { giveEachAYes, settleAnyOf } from "./any-of.js";
import { answer, type Draw, isTarget, unansweredRows } from "./draw.js";
import { isOnForm } from "./forms.js";
import type { Nonresponse } from "./nonresponse.js";
import type { Propensities } from "./propensity.js";
import { whoIsAsked } from "./routing.js";

/** What the answers of one system are drawn from. */
export interface SystemQuestionnaire {
	codebook: Codebook;
	calibration: SystemCalibration;
	teachers: Teachers;
	propensities: Propensities;
	nonresponse: Nonresponse;
}

/**
 * Answers one topic: adds a column for each of its items.
 * @param firstPlace Place of its first item in the questionnaire.
 * @returns The place after its last item.
 */
export function answerTopic(questionnaire: SystemQuestionnaire, key: string, firstPlace: number): number {
	const topic = questionnaire.codebook.topics[key] as Topic;
	const order = itemsAsAsked(topic);
	const isAsked = (item: string) => isOfPopulation(topic, item, questionnaire.calibration.population);
	for (const items of rounds(questionnaire.codebook, key).map((round) => round.filter(isAsked))) {
		for (const item of items) {
			const codes = itemCodes(questionnaire.codebook, key, item);
			const column = unanswered(questionnaire, key, item, firstPlace + order.indexOf(item), codes);
			questionnaire.teachers.columns.set(codes.variable, column);
		}
		answerRound(questionnaire, key, items);
	}
	return firstPlace + order.length;
}

function answerRound(questionnaire: SystemQuestionnaire, key: string, items: readonly string[]): void {
	const { codebook, calibration, teachers } = questionnaire;
	const rules = calibration.topics[key] as TopicCalibration;
	const draws = drawsOf(questionnaire, key, items, rules);
	const mustSayYes = anyOfsOf(questionnaire, key, rules, draws);
	const again = (draw: Draw): void => answer(draw, teachers, rules.shares);
	for (const draw of draws) again(draw);
	for (const { rows, members } of mustSayYes) giveEachAYes(rows, members, again);
	for (const item of items) {
		const entry = rules.items[item];
		if (entry === undefined || !("none-of" in entry)) continue;
		const others = draws.filter((draw) => entry["none-of"].includes(draw.key));
		answerNoneOf(itemCodes(codebook, key, item), others, teachers);
	}
}

/** A column with the codes of those who give no answer, and OPEN for those who will. */
function unanswered(
	{ codebook, calibration, teachers, nonresponse }: SystemQuestionnaire,
	topicKey: string,
	itemKey: string,
	place: number,
	codes: ItemCodes,
): Int32Array {
	const topic = codebook.topics[topicKey] as Topic;
	if (calibration["not-administered"].includes(`${topicKey}:${itemKey}`)) {
		return new Int32Array(teachers.count).fill(codes.missing("not-administered"));
	}
	const onForm = isOnForm(teachers, codebook, topic);
	const base = topic.items[itemKey]?.base ?? topic.base;
	const asked = whoIsAsked(codebook, itemKey, base, calibration.population, teachers);
	const omissions = calibration.topics[topicKey]?.omitted ?? calibration.omitted;
	return Int32Array.from(nonresponse.reasons(topicKey, itemKey, place, omissions), (reason, row) => {
		if (!onForm(row)) return codes.missing("not-administered");
		if (reason === "not-reached") return codes.missing(reason);
		const state = asked(row);
		if (state === "routed-out") return codes.missing("not-applicable");
		return reason === undefined && state === "asked" ? OPEN : codes.missing("omitted");
	});
}

function drawsOf(
	{ codebook, teachers, propensities }: SystemQuestionnaire,
	topicKey: string,
	items: readonly string[],
	rules: TopicCalibration,
): Draw[] {
	return items.flatMap((key) => {
		const target = rules.items[key];
		if (!isTarget(target)) return [];
		const codes = itemCodes(codebook, topicKey, key);
		const column = teachers.columns.get(codes.variable) as Int32Array;
		const propensity = propensities.of(topicKey, key, rules.effects);
		return [{ key, codes, target, propensity, open: unansweredRows(teachers, column), column, cutoff: 0 }];
	});
}

function anyOfsOf(
	{ codebook, teachers, propensities }: SystemQuestionnaire,
	topicKey: string,
	rules: TopicCalibration,
	draws: readonly Draw[],
): { rows: number[]; members: Draw[] }[] {
	const topic = codebook.topics[topicKey] as Topic;
	return Object.keys(topic.derived ?? {}).flatMap((key) => {
		const target = rules.items[key];
		if (!isTarget(target)) return [];
		const keys = memberItems(topic, key);
		const members = draws.filter((draw) => keys.includes(draw.key));
		if (members.length === 0) return [];
		const propensity = propensities.of(topicKey, key, rules.effects);
		return [{ rows: settleAnyOf({ members, target, propensity }, teachers), members }];
	});
}

/** Yes where none of the other items is, which keeps a list of boxes free of contradictions. */
function answerNoneOf(codes: ItemCodes, others: readonly Draw[], teachers: Teachers): void {
	const column = teachers.columns.get(codes.variable) as Int32Array;
	const [yes, no] = [codes.yesCodes[0] as number, codes.noCodes[0] as number];
	for (const row of unansweredRows(teachers, column)) {
		const some = others.some((other) => other.codes.yes.has(other.column[row] as number));
		column[row] = some ? no : yes;
	}
}
