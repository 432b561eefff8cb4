import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import type { Header } from "../../read/block.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Codebook } from "../definition/schema.js";
import type { AnswerExpression, Jointly } from "../meaning/expression.js";
import { itemsOf, knownTopics, type SelectedItem, selectItems } from "../meaning/select-items.js";
import { ItemExpressions } from "./item-expressions.js";
import { checkBase, idOf, noItems, planScope, type Question, type Scope } from "./scope.js";

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
): Question {
	const sides = gapTopics(codebook, settings.topics);
	checkBase(codebook, settings.base);
	const made = new ItemExpressions(codebook, header, null);
	const offers = itemsOf(codebook, sides.offer);
	const needs =
		settings.items.length === 0
			? itemsOf(codebook, sides.needs)
			: selectItems(codebook, [sides.needs], settings.items);
	const asked = needs.flatMap((need) => {
		const offer = offers.find(({ key }) => key === need.key);
		const fits = need.topic === sides.needs && !isCount(codebook, need);
		return offer === undefined || !fits ? [] : [{ need, offer }];
	});
	if (asked.length === 0) throw noPairs(codebook);
	const present = asked.filter(({ need, offer }) => made.has(idOf(need)) && made.has(idOf(offer)));
	if (present.length === 0)
		throw noItems(
			asked.map(({ need }) => need),
			header,
		);
	const routedAsNo = settings.base === null || settings.base === "all";
	const rows = present.flatMap(({ need, offer }) => {
		const answers = [made.on(idOf(need), null), made.on(idOf(offer), null)] as const;
		if (!routedAsNo && settings.base !== offer.base) throw misfit(offer, settings.base);
		const topics = { need: sides.needs, offer: sides.offer, unmet: UNMET };
		return Object.entries(gapAnswers(...answers, routedAsNo)).map(([part, expression]) => {
			const topic = topics[part as keyof typeof topics];
			const item = { need: need.item, offer: offer.item, unmet: undefined }[part];
			const row: SelectedItem = {
				topic,
				key: need.key,
				...(item === undefined ? {} : { item }),
				base: settings.base ?? "all",
				label: need.label,
			};
			return { name: `gaps:${topic}:${need.key}`, expression, row };
		});
	});
	const own = Object.fromEntries(rows.map(({ name, expression }) => [name, expression]));
	return {
		plan: {
			expressions: { ...made.named, ...own },
			variables: rows.map(({ name }) => name),
			...planScope(codebook, header, settings),
		},
		items: rows.map(({ row }) => row),
		absent: asked.filter((pair) => !present.includes(pair)).map(({ need }) => need),
	};
}

/**
 * Need and offer of one topic by the same teachers, and need without offer. A row counts where the need has an answer and
 * the offer has one, or was not asked because the teacher took part in nothing.
 * @param routedAsNo Whether such a teacher counts as not covered; otherwise the teacher is left out.
 */
function gapAnswers(need: AnswerExpression, asked: AnswerExpression, routedAsNo: boolean) {
	const offer: AnswerExpression = routedAsNo ? { is: "routed-as-no", of: asked } : asked;
	const jointly = (of: AnswerExpression): Jointly<AnswerExpression> => ({
		is: "jointly",
		of,
		with: [need, offer],
	});
	const unmet: AnswerExpression = { is: "all-of", of: [need, { is: "not", of: offer }] };
	return { need: jointly(need), offer: jointly(offer), unmet: jointly(unmet) };
}

/** Numbers of items are neither needed nor offered. */
function isCount({ topics }: Codebook, { topic, key, item }: SelectedItem): boolean {
	return item === undefined && entryOf(entryOf(topics, topic)?.derived, key)?.rule === "count";
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
			hint: say`say ${option("topics", "NEEDS,OFFER")}${gaps === undefined ? "" : `, such as ${gaps.needs},${gaps.offer}`}`,
		});
	}
	if (gaps !== undefined) return gaps;
	throw new UserError(`${id} names no topics of needs and offers`, {
		hint: say`say ${option("topics", "NEEDS,OFFER")}, or name them in the codebook: gaps: { needs: TOPIC, offer: TOPIC }`,
	});
}

function noPairs({ id }: Codebook): UserError {
	return new UserError(`${id} asks no topic both as a need and as an offer`, {
		hint: "name items that stand in both topics",
	});
}

function misfit({ topic, key, base }: SelectedItem, asked: string | null): UserError {
	return new UserError(say`"${String(asked)}" is not a value of ${option("base")} for ${topic}:${key}`, {
		hint: `leave it out, or use all or ${base}`,
	});
}
