import { entryOf } from "../base/entry-of.js";
import { keyOf } from "../base/key-of.js";
import type { Codebook, Text, Topic } from "../codebook/definition/schema.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { sum } from "./answer-lists.js";
import { type FoundColumn, isBox } from "./column-kinds.js";
import { ownText } from "./draft-texts.js";
import {
	anyGate,
	type FoundFilter,
	findFilter,
	type Gate,
	gateOf,
	NO,
	optionGate,
	YES,
} from "./find-filters.js";
import { oneLine, wholeColumn } from "./headings.js";
import { labels, listed, reasons } from "./named.js";

/** What a draft says about who was asked its questions. */
export interface DraftFilters {
	bases: Codebook["bases"];
	/** Items made only to tell who was asked, where the draft has none for it. */
	topic: Topic | null;
}

/** The parts of a draft that filters change or are derived from. */
interface Parts extends Pick<Codebook, "answers" | "topics"> {
	measures: NonNullable<Codebook["measures"]>;
	decisions: string[];
	questions: string[];
}

/** A gate and its name in the draft. */
interface DraftGate extends Gate {
	column: FoundColumn;
	/** `topic:item`; undefined if the column is not an item. */
	id?: string;
	/** What it is by: a column, a column of a number, an option of a list, or any item of a topic. */
	by: "column" | "number" | "option" | "any";
	/** What people are asked there. */
	question: string;
}

type Found = FoundFilter<DraftGate>;

/** Key of the topic whose items say who was asked. */
export const FILTERS = "asked";

/**
 * Gives a base to questions that not everybody was asked, as cells show: they are empty just where an earlier question has a
 * certain answer.
 * @param asked Columns of each topic.
 * @param emptyIsNo Whether a list without an option is one of which nothing was ticked.
 */
export function draftFilters(
	parts: Parts,
	asked: ReadonlyMap<string, readonly FoundColumn[]>,
	columns: readonly FoundColumn[],
	emptyIsNo: boolean,
): DraftFilters {
	const filters = new Filters(parts, asked, columns, emptyIsNo);
	filters.decide();
	return filters.made;
}

class Filters {
	readonly made: DraftFilters = { bases: {}, topic: null };
	private readonly gates: DraftGate[];
	private readonly found = new Map<string, Found[]>();
	private readonly keys = new Set(["all"]);
	/** Gate and open answers → its base. */
	private readonly known = new Map<string, string>();
	/** Sentence without its columns → the columns. */
	private readonly said = new Map<string, { columns: string[]; ask: boolean }>();
	private readonly open = new Set<string>();

	constructor(
		private readonly parts: Parts,
		private readonly asked: ReadonlyMap<string, readonly FoundColumn[]>,
		private readonly columns: readonly FoundColumn[],
		emptyIsNo: boolean,
	) {
		this.gates = [...this.gatesOfColumns(), ...this.gatesOfTopics(emptyIsNo)];
	}

	decide(): void {
		for (const [topic, columns] of this.asked) {
			const found = this.filtersOf(columns);
			if (found.length > 0) this.found.set(topic, found);
		}
		for (const topic of this.found.keys()) this.settle(topic);
		this.decideNumbers();
		for (const [sentence, { columns, ask }] of this.said) {
			const whole = `${listed(columns)}: ${sentence}`;
			(ask ? this.parts.questions : this.parts.decisions).push(whole);
		}
	}

	private gatesOfColumns(): DraftGate[] {
		return this.columns.flatMap((column): DraftGate[] => {
			const gate = gateOf(column);
			if (gate === undefined) return [];
			const by = column.found.kind === "number" ? "number" : "column";
			const id = column.found.kind === "answers" ? this.itemOf(column) : undefined;
			if (column.found.kind === "answers" && id === undefined) return [];
			const question = oneLine(wholeColumn(column.profile));
			return [{ ...gate, column, by, question, ...(id === undefined ? {} : { id }) }];
		});
	}

	private gatesOfTopics(emptyIsNo: boolean): DraftGate[] {
		return [...this.asked].flatMap(([key, columns]): DraftGate[] => {
			const topic = entryOf(this.parts.topics, key) as Topic;
			const [column] = columns;
			if (column === undefined) return [];
			const question = topic.label.en;
			if (column.found.kind === "list") {
				return Object.entries(topic.items).map(([item, { option, label }]) => ({
					...optionGate(column, String(option?.[0]), emptyIsNo),
					...{ column, by: "option", id: `${key}:${item}`, question: label.en },
				}));
			}
			const gate = topic.derived?.any === undefined ? undefined : anyGate(columns);
			return gate === undefined ? [] : [{ ...gate, column, by: "any", id: `${key}:any`, question }];
		});
	}

	private itemOf({ profile }: FoundColumn): string | undefined {
		for (const [topic, { items }] of Object.entries(this.parts.topics)) {
			const item = Object.entries(items).find(([, { variable }]) => variable === profile.name)?.[0];
			if (item !== undefined) return `${topic}:${item}`;
		}
		return undefined;
	}

	/** One filter of a whole question, or one of each of its columns; none where it was asked of all. */
	private filtersOf(columns: readonly FoundColumn[]): Found[] {
		const places = columns.map(({ profile }) => profile.place);
		const gates = this.gates.filter((gate) => !gate.places.some((place) => places.includes(place)));
		const filter = (of: readonly FoundColumn[], least = 1) => findFilter(of, gates, least);
		const boxes = columns.some(({ found }) => found.kind === "answers" && isBox(found.answers));
		const whole = filter(columns) ?? (boxes ? undefined : withDoubt(filter(columns, columns.length / 2)));
		const each = boxes || columns.length < 2 ? [] : columns.flatMap((column) => filter([column]) ?? []);
		const own = new Set(each.map(({ gate }) => gate.id ?? gate.question));
		if (each.length === columns.length && own.size > 1) return each;
		return whole === undefined ? [] : [whole];
	}

	/** @returns the base of a topic, after those that it depends on. */
	private settle(key: string): string {
		const topic = entryOf(this.parts.topics, key) as Topic;
		const [first, ...others] = this.found.get(key) ?? [];
		const columns = this.asked.get(key) ?? [];
		if (first === undefined || this.open.has(key)) return topic.base;
		this.found.delete(key);
		this.open.add(key);
		const names = columns.map(({ profile }) => oneLine(profile.name));
		if (others.length === 0) {
			const base = this.baseOf(first);
			if (base === undefined) return topic.base;
			this.parts.topics[key] = { ...topic, base };
			this.say(names, first, base);
			return base;
		}
		const all = [first, ...others];
		const same = this.baseOfEach(topic, all);
		if (same !== undefined) {
			this.parts.topics[key] = { ...topic, base: same };
			this.sayOfEach(names, all, same);
			return same;
		}
		for (const [place, item] of Object.values(topic.items).entries()) {
			const filter = all[place] as Found;
			const base = this.baseOf(filter);
			if (base === undefined) continue;
			item.base = base;
			this.say([names[place] as string], filter, base);
		}
		return topic.base;
	}

	/** The base of a question of which each item was asked after the item of the same key of another one. */
	private baseOfEach(topic: Topic, found: readonly Found[]): string | undefined {
		const own = found[0]?.gate.id?.replace(/:.*$/, "") ?? "";
		const same = Object.keys(topic.items).every((item, place) => {
			const { gate, open } = found[place] as Found;
			return gate.id === `${own}:${item}` && isYes(open);
		});
		if (own === "" || !same) return undefined;
		const base = keyOf(`each of ${own}`, "each", this.keys);
		this.made.bases[base] = {
			label: ownText("asked-each", { question: entryOf(this.parts.topics, own)?.label.en ?? own }),
			gate: `${own}:*`,
			within: this.settle(own),
		};
		return base;
	}

	private baseOf({ gate, open }: Found): string | undefined {
		const known = `${gate.id ?? gate.question}\n${open.join("\n")}`;
		const before = this.known.get(known);
		if (before !== undefined) return before;
		const id = this.gateId(gate, open);
		if (id === undefined) return undefined;
		const label = whoOf(gate, open);
		const named = isYes(open) ? gate.question : `${gate.question} ${open.join(" ")}`;
		const base = keyOf(named, "asked", this.keys);
		this.known.set(known, base);
		this.made.bases[base] = { label, gate: id, within: this.baseOfGate(gate) };
		return base;
	}

	private baseOfGate({ id, column }: DraftGate): string {
		const topic = (id ?? this.itemOf(column))?.replace(/:.*$/, "");
		if (topic === undefined) return "all";
		const base = this.settle(topic);
		const item = id === undefined ? undefined : entryOf(entryOf(this.parts.topics, topic)?.items, itemIn(id));
		return item?.base ?? base;
	}

	/** The item whose yes says who was asked; made if the draft has none. */
	private gateId(gate: DraftGate, open: readonly string[]): string | undefined {
		const { id, column, question, by } = gate;
		if (id !== undefined && isYes(open)) return id;
		const topic = this.topic();
		const own = new Set([...Object.keys(topic.items), ...Object.keys(topic.derived ?? {})]);
		const key = keyOf(`${question} ${isYes(open) ? "" : open.join(" ")}`, "asked", own);
		const label = whoOf(gate, open);
		if (by === "column" && id === undefined) {
			topic.items[key] = this.itemWith(column, open, label);
			return `${FILTERS}:${key}`;
		}
		const measure = Object.entries(this.parts.measures).find(
			([, { variable }]) => variable === column.profile.name,
		);
		const number = `${measure?.[0]} ${isYes(open) ? ">" : "<="} 0`;
		if (by === "number" && measure === undefined) return undefined;
		topic.derived ??= {};
		topic.derived[key] = { label, rule: "defined", define: by === "number" ? number : `not ${id}` };
		return `${FILTERS}:${key}`;
	}

	private itemWith(column: FoundColumn, open: readonly string[], label: Text): Topic["items"][string] {
		const { profile, found } = column;
		const [values, missing] = found.kind === "values" ? [found.values, found.missing] : [[], []];
		const set = keyOf("asked", "asked", new Set(Object.keys(this.parts.answers)));
		this.parts.answers[set] = {
			yes: [],
			values: labels(values, [column]),
			missing: reasons(missing, [column]),
		};
		const option = values.filter((text) => open.includes(foldCase(text))).map(canonicalCode);
		return { variable: profile.name, option, answers: set, label };
	}

	private topic(): Topic {
		this.made.topic ??= {
			label: ownText("asked"),
			title: ownText("asked"),
			question: "Who was asked the questions that not everybody was asked.",
			answers: Object.keys(this.parts.answers)[0] ?? "asked",
			base: "all",
			items: {},
		};
		return this.made.topic;
	}

	/** Numbers and groups of those who were asked; `means` takes the base that is named. */
	private decideNumbers(): void {
		const measures = Object.values(this.parts.measures).map(({ variable }) => variable);
		const inTopics = [...this.asked.values()].flat();
		for (const column of this.columns) {
			const { profile } = column;
			if (!measures.includes(profile.name) || inTopics.includes(column)) continue;
			const [filter] = this.filtersOf([column]);
			const base = filter?.sure === true ? this.baseOf(filter) : undefined;
			if (filter === undefined || base === undefined) continue;
			const { label } = this.made.bases[base] as { label: Text };
			this.add(
				`numbers of ${label.en}, as the ${filter.closed.rows} who answered otherwise have none; means leaves these out, and with --base ${base} says so`,
				[oneLine(profile.name)],
			);
		}
	}

	private say(columns: string[], filter: Found, base: string): void {
		const { gate, closed, asked, sure, other } = filter;
		const who = (this.made.bases[base] as { label: Text }).label.en;
		const later =
			Math.min(...gate.places) >
			(this.columns.find(({ profile }) => oneLine(profile.name) === columns[0])?.profile.place ?? 0);
		const undo = "if all were asked, write base: all there";
		if (other !== undefined) {
			const instead = whoOf(other.gate, other.open).en;
			this.add(
				`asked only of ${who}, or of ${instead}: cells fit both; base: ${base} in the draft is the first, and the questionnaire tells which is right`,
				columns,
				true,
			);
		} else if (later) {
			this.add(
				`answered only by ${who}, as a later column tells; base: ${base} in the draft takes it for the filter; ${undo}`,
				columns,
				true,
			);
		} else if (!sure) {
			this.add(
				`seems to be asked only of ${who}: ${closed.answered} of the ${closed.rows} who answered otherwise have an answer, and ${asked.silent} of these ${asked.rows} have none; base: ${base} in the draft says so; ${undo}`,
				columns,
				true,
			);
		} else {
			this.add(
				`asked only of ${who}, as none of the ${closed.rows} who answered otherwise has an answer: base: ${base}; ${undo}`,
				columns,
			);
		}
	}

	private sayOfEach(columns: string[], found: readonly Found[], base: string): void {
		const who = (this.made.bases[base] as { label: Text }).label.en;
		const answered = sum(found.map(({ closed }) => closed.answered));
		const others = sum(found.map(({ closed }) => closed.rows));
		this.add(
			`each asked only of ${who}: ${answered} of ${others} other cells have an answer; base: ${base}; if all were asked, write base: all there`,
			columns,
			found.some(({ sure }) => !sure),
		);
	}

	private add(sentence: string, columns: readonly string[], ask = false): void {
		const known = this.said.get(sentence) ?? { columns: [], ask };
		this.said.set(sentence, { columns: [...known.columns, ...columns], ask });
	}
}

function withDoubt(filter: Found | undefined): Found | undefined {
	return filter === undefined ? undefined : { ...filter, sure: false };
}

function isYes(open: readonly string[]): boolean {
	return open.length === 1 && open[0] === YES;
}

function itemIn(id: string): string {
	return id.replace(/^.*?:/, "");
}

/** Who was asked a question, in words. */
function whoOf(gate: DraftGate, open: readonly string[]): Text {
	const { by, column, question } = gate;
	const no = open.length === 1 && open[0] === NO;
	if (by === "number") return ownText(no ? "asked-zero" : "asked-some", { question });
	if (by === "any") return ownText(no ? "asked-none" : "asked-any", { question });
	const { found } = column;
	const ticked = by === "option" || (found.kind === "answers" && isBox(found.answers));
	if (ticked) return ownText(no ? "asked-unticked" : "asked-ticked", { question });
	return ownText("asked-answer", { question, answers: answersOf(column, open).join(", ") });
}

function answersOf(column: FoundColumn, open: readonly string[]): string[] {
	const { found } = column;
	if (found.kind === "answers") {
		const yes = found.answers.yes;
		const texts = isYes(open) ? yes : found.answers.values.filter((text) => !yes.includes(text));
		return Object.values(labels(texts.slice(0, 1), [column])).map(({ en }) => en);
	}
	if (found.kind !== "values") return [...open];
	const texts = found.values.filter((text) => open.includes(foldCase(text)));
	return Object.values(labels(texts, [column])).map(({ en }) => en);
}
