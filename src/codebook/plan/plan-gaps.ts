import { UserError } from "../../base/errors.js";
import type { Header } from "../../read/block.js";
import type { ColumnPicker } from "../../read/columns/column-picker.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Codebook } from "../definition/schema.js";
import { itemsOf, knownTopics, type SelectedItem, selectItems } from "../meaning/select-items.js";
import { FIRST_COUNT } from "../meaning/states.js";
import { gapStates } from "../recode/combine-states.js";
import { ItemReader } from "../recode/item-reader.js";
import { checkBase, complete, idOf, noItems, type Question, type Scope } from "./scope.js";

/** Topic of teachers who need something and are not offered it. */
export const UNMET = "unmet";

/**
 * The same for needs against offers: three variables a topic that is asked both ways, on one base.
 * @throws UserError where no topic is asked both ways.
 */
export function planGaps(
	codebook: Codebook,
	header: Header,
	settings: Pick<RatesSettings, "topics" | "items"> & Scope,
	picker: ColumnPicker,
): Question {
	const sides = gapTopics(codebook, settings.topics);
	checkBase(codebook, settings.base);
	const reader = new ItemReader(codebook, header.columns, picker, null);
	const offers = itemsOf(codebook, sides.offer);
	const needs =
		settings.items.length === 0
			? itemsOf(codebook, sides.needs)
			: selectItems(codebook, [sides.needs], settings.items);
	const asked = needs.flatMap((need) => {
		const offer = offers.find(({ key }) => key === need.key);
		return offer === undefined || need.topic !== sides.needs ? [] : [{ need, offer }];
	});
	if (asked.length === 0) throw noPairs(codebook);
	const present = asked.filter(({ need, offer }) => reader.has(idOf(need)) && reader.has(idOf(offer)));
	if (present.length === 0) throw noItems(asked.map(({ need }) => need));
	const items = present.flatMap(({ need, offer }) => {
		for (const item of [need, offer]) reader.prepare(idOf(item), null);
		const routedAsNo = settings.base === null || settings.base === "all";
		if (!routedAsNo && settings.base !== offer.base) throw misfit(offer, settings.base);
		return (["need", "offer", "unmet"] as const).map((part): SelectedItem => {
			const topic = { need: sides.needs, offer: sides.offer, unmet: UNMET }[part];
			reader.define(`gaps:${topic}:${need.key}`, {
				base: "all",
				states: FIRST_COUNT,
				own: (block) => gapStates(part, block.item(idOf(need)), block.item(idOf(offer)), routedAsNo),
			});
			const item = { need: need.item, offer: offer.item, unmet: undefined }[part];
			return {
				topic,
				key: need.key,
				...(item === undefined ? {} : { item }),
				base: settings.base ?? "all",
				label: need.label,
			};
		});
	});
	const absent = asked.filter((pair) => !present.includes(pair)).map(({ need }) => need);
	const question = complete({ codebook, header, picker, reader, items, absent }, { ...settings, base: null });
	const variables = items.map((item) => `gaps:${idOf(item)}`);
	return { ...question, plan: { ...question.plan, variables } };
}

/**
 * The topics that gaps are between.
 * @param asked The topics of needs and of the offer, in this order; none takes those that the codebook names.
 * @throws UserError where neither names both.
 */
export function gapTopics(codebook: Codebook, asked: readonly string[]): { needs: string; offer: string } {
	const { id, gaps } = codebook;
	const topics = asked.flatMap((topic) => knownTopics(codebook, topic));
	const [needs, offer, ...more] = topics;
	// The codebook knows which of its two topics is the need, in whatever order they are asked for.
	if (gaps !== undefined && topics.length === 2 && topics.includes(gaps.needs) && topics.includes(gaps.offer))
		return gaps;
	if (needs !== undefined && offer !== undefined && more.length === 0) return { needs, offer };
	if (needs !== undefined) {
		throw new UserError(`gaps are between two topics, not "${asked.join(",")}"`, {
			hint: `say --topic NEEDS,OFFER${gaps === undefined ? "" : `, such as ${gaps.needs},${gaps.offer}`}`,
		});
	}
	if (gaps !== undefined) return gaps;
	throw new UserError(`${id} names no topics of needs and offers`, {
		hint: "say --topic NEEDS,OFFER, or name them in the codebook: gaps: { needs: TOPIC, offer: TOPIC }",
	});
}

export function noPairs({ id }: Codebook): UserError {
	return new UserError(`${id} asks no topic both as a need and as an offer`, {
		hint: "name items that stand in both topics",
	});
}

export function misfit({ topic, key, base }: SelectedItem, asked: string | null): UserError {
	return new UserError(`"${asked}" is no value of --base for ${topic}:${key}`, {
		hint: `leave it out, or use all or ${base}`,
	});
}
