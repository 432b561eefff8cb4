import { UserError } from "../base/errors.js";
import { didYouMean } from "../base/suggest.js";
import type { Header } from "../read/block.js";
import type { RatesSettings } from "../settings/rates.js";
import { answersOf } from "./answers.js";
import { type Breakdown, resolveBreakdown, SAMPLES } from "./breakdown.js";
import { FIRST_COUNT } from "./coding.js";
import { gapStates } from "./combine.js";
import { type Condition, resolveCondition } from "./condition.js";
import type { ColumnPicker } from "./frame.js";
import { ItemReader } from "./items.js";
import { measureMaker, type SelectedMeasure, selectMeasures } from "./measures.js";
import type { RecodePlan } from "./recode.js";
import { columnIndex, itemsOf, knownTopics, type SelectedItem, selectItems } from "./resolve.js";
import type { Codebook, Topic } from "./schema.js";

/** What is asked of a file, by its codebook. */
export interface Question {
	plan: RecodePlan;
	/** What is estimated, in the order of plan.variables. */
	items: readonly SelectedItem[];
	/** Asked items whose columns the file lacks. */
	absent: readonly SelectedItem[];
	/** True where the breakdowns were not named but taken from the file. */
	byDefault: boolean;
}

/** Settings that say of whom figures are asked. */
type Scope = Pick<RatesSettings, "by" | "where" | "base"> & {
	/** A breakdown whose groups are compared. Rows without a value in it still tell the degrees of freedom. */
	between?: string | null;
	/** Breakdowns beside those asked for, or beside the default ones. */
	also?: readonly string[];
};

/**
 * Settings + codebook + header → what to read and how to recode it.
 * @param picker Columns to read; questions that share a reading share it.
 * @throws UserError for unknown topics, items, groups, columns, values and answers.
 */
export function planQuestion(
	codebook: Codebook,
	header: Header,
	settings: Pick<RatesSettings, "topics" | "items" | "yes"> & Scope,
	picker: ColumnPicker,
): Question {
	const selected = selectItems(codebook, settings.topics, settings.items);
	checkBase(codebook, settings.base);
	checkAnswers(codebook, selected, settings.yes);
	const reader = new ItemReader(codebook, header.columns, picker, settings.yes);
	const present = selected.filter((item) => reader.has(idOf(item)));
	if (present.length === 0) throw noItems(selected);
	for (const item of present) reader.prepare(idOf(item), settings.base);
	const absent = selected.filter((item) => !present.includes(item));
	return complete({ codebook, header, picker, reader, items: present, absent }, settings);
}

/**
 * The same for numbers of the file: scales, years, the number of activity types.
 * @throws UserError for unknown columns, groups and values.
 */
export function planMeasures(
	codebook: Codebook,
	header: Header,
	settings: { variables: readonly string[]; topics: readonly string[] } & Scope,
	picker: ColumnPicker,
): Question & { measures: readonly SelectedMeasure[] } {
	const reader = new ItemReader(codebook, header.columns, picker, null);
	checkBase(codebook, settings.base);
	const selected = selectMeasures(codebook, header, settings.variables);
	const isAsked = ({ topic }: SelectedItem) =>
		settings.topics.length === 0 || settings.topics.includes(topic);
	const [measures, counts] = [selected.measures.filter(isAsked), selected.counts.filter(isAsked)];
	for (const measure of measures) {
		const slot = picker.slot(columnIndex(header.columns, measure.item?.variable ?? "") as number);
		reader.define(idOf(measure), measureMaker(slot, measure.missing));
	}
	const present = counts.filter((item) => reader.has(idOf(item)));
	const items = [...measures, ...present];
	if (items.length === 0) {
		throw new UserError("the file has none of the numbers the codebook lists", {
			hint: "name columns with --variable, or leave out --topic",
		});
	}
	for (const item of items) reader.prepare(idOf(item), settings.base);
	const absent = counts.filter((item) => settings.variables.length > 0 && !present.includes(item));
	return { ...complete({ codebook, header, picker, reader, items, absent }, settings), measures };
}

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

function noPairs({ id }: Codebook): UserError {
	return new UserError(`${id} asks no topic both as a need and as an offer`, {
		hint: "name items that stand in both topics",
	});
}

function misfit({ topic, key, base }: SelectedItem, asked: string | null): UserError {
	return new UserError(`"${asked}" is no value of --base for ${topic}:${key}`, {
		hint: `leave it out, or use all or ${base}`,
	});
}

function checkBase({ bases }: Codebook, base: string | null): void {
	if (base === null || Object.hasOwn(bases, base)) return;
	throw new UserError(`"${base}" is no value of --base`, { hint: didYouMean(base, Object.keys(bases)) });
}

function idOf({ topic, key }: SelectedItem): string {
	return `${topic}:${key}`;
}

interface Selection {
	codebook: Codebook;
	header: Header;
	picker: ColumnPicker;
	reader: ItemReader;
	items: readonly SelectedItem[];
	absent: readonly SelectedItem[];
}

/** Adds to what is asked of whom it is asked. */
function complete({ codebook, header, picker, reader, items, absent }: Selection, settings: Scope): Question {
	const { asked, between, pooled } = breakdowns(codebook, header, settings);
	const conditions = settings.where.map((text) => resolveCondition(codebook, header, text));
	const plan: RecodePlan = {
		picker,
		items: reader,
		variables: items.map(idOf),
		base: settings.base,
		breakdowns: [...asked, ...between, ...pooled],
		asked: asked.length,
		grouped: asked.length + between.length,
		conditions,
		school: schoolColumns(codebook, header.columns),
		noWeight: (codebook.design.missing ?? []).map(Number),
	};
	reserveColumns(plan.breakdowns, conditions, plan.school, picker);
	return { plan, items, absent, byDefault: settings.by === null };
}

function noItems(selected: readonly SelectedItem[]): UserError {
	const variables = selected.flatMap(({ item }) => (item === undefined ? [] : [item.variable]));
	return new UserError(`the file has none of the columns asked for: ${variables.slice(0, 5).join(", ")}`, {
		hint: "talis-pd inspect FILE shows what it has",
	});
}

/** `--yes` must be answers of every asked item, or the percentages would be of something else. */
function checkAnswers(
	codebook: Codebook,
	items: readonly SelectedItem[],
	yes: readonly string[] | null,
): void {
	for (const { topic, key, item } of items) {
		if (yes === null || item === undefined) continue;
		if (item.option !== undefined) {
			throw new UserError(`${topic}:${key} is one option of its column, so --yes does not fit it`, {
				hint: "leave out --yes, or name other items with --item",
			});
		}
		const { values } = answersOf(codebook, codebook.topics[topic] as Topic, item);
		const lost = yes.find((code) => !Object.hasOwn(values, code));
		if (lost === undefined) continue;
		const known = Object.entries(values).map(([code, label]) => `${code} ${label.en}`);
		throw new UserError(`${topic}:${key} has no answer ${lost}`, {
			hint: `its answers are ${known.join(", ")}`,
		});
	}
}

/**
 * The asked breakdowns, the one that groups are compared by, and country and population where they are not
 * asked but would be pooled. Country and population are asked by default, but for what is compared.
 */
function breakdowns(codebook: Codebook, header: Header, { by, between, also = [] }: Scope) {
	const standard = SAMPLES.filter((id) => {
		const variable = codebook.groups[id]?.variable;
		return variable !== undefined && columnIndex(header.columns, variable) !== undefined;
	});
	const resolve = (name: string) => resolveBreakdown(codebook, header, name);
	const compared = between === undefined || between === null ? [] : [resolve(between)];
	const isCompared = ({ id }: Breakdown) => compared.some((other) => other.id === id);
	const asked = unique([...(by ?? standard), ...also].map(resolve)).filter(
		(breakdown) => !isCompared(breakdown),
	);
	const pooled = standard
		.map(resolve)
		.filter((one) => !isCompared(one) && !asked.some((breakdown) => breakdown.id === one.id));
	return { asked, between: compared, pooled };
}

function unique(breakdowns: readonly Breakdown[]): Breakdown[] {
	return [...new Map(breakdowns.map((breakdown) => [breakdown.id, breakdown])).values()];
}

/** A school number is unique only within country and population. */
function schoolColumns(codebook: Codebook, columns: readonly string[]): number[] {
	const { country, population, school } = codebook.ids;
	const place = (name: string | undefined) => (name === undefined ? undefined : columnIndex(columns, name));
	if (place(school) === undefined) return [];
	return [country, population, school].map(place).filter((column) => column !== undefined);
}

/** Blocks hold what the picker knows before reading begins. */
function reserveColumns(
	breakdowns: readonly Breakdown[],
	conditions: readonly Condition[],
	school: readonly number[],
	picker: ColumnPicker,
): void {
	for (const { column } of breakdowns) picker.slot(column);
	for (const { breakdown } of conditions) picker.slot(breakdown.column);
	for (const column of school) picker.slot(column);
}
