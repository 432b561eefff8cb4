import { entryOf } from "../base/entry-of.js";
import { groupBy } from "../base/group-by.js";
import { keyOf } from "../base/key-of.js";
import { COUNTED_ANSWERS, UNDECIDED } from "../codebook/definition/counted.js";
import type { Answers, Codebook, Item, Text, Topic } from "../codebook/definition/schema.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { type FoundList, sum } from "./answer-lists.js";
import { says, yesAndNo } from "./answer-words.js";
import { type FoundColumn, inOneCase, isBox, isNumber, type LeftOut, OTHER } from "./column-kinds.js";
import { type DraftFilters, draftFilters, FILTERS } from "./draft-filters.js";
import { ownText } from "./draft-texts.js";
import { findFilter, type Gate, gateOf } from "./find-filters.js";
import { isMostlyNumbers } from "./find-replicates.js";
import { FORMS, type RedcapForm } from "./forms.js";
import { headingOf, oneLine, wholeColumn } from "./headings.js";
import type { Unused } from "./left-out.js";
import { labels, listed, reasons } from "./named.js";
import type { ColumnProfile } from "./profile.js";
import { type UnderstoodScale, understandScale } from "./scale-order.js";

/** Path of a codebook key → the decision it needs. */
export type Comments = [path: string[], text: string][];

/** The parts of a draft made from columns. */
export interface DraftParts {
	answers: Codebook["answers"];
	topics: Codebook["topics"];
	groups: Codebook["groups"];
	measures: NonNullable<Codebook["measures"]>;
	grids: NonNullable<Codebook["grids"]>;
	/** Bases of questions that not everybody was asked. */
	filters: DraftFilters;
	comments: Comments;
	/** What was decided that changes percentages, to be read first of all. */
	decisions: string[];
	/** What only the reader can decide. */
	questions: string[];
	/** Topics that have no percentages before that. */
	undecided: string[];
	/** Columns that are not in the draft, and why. */
	unused: Unused[];
}

/** Columns of one question, with the same answers. */
interface Question {
	stem: string;
	/** Null where the columns ask different things and only their answers are alike. */
	label: string | null;
	/** The table row that all columns belong to. */
	row?: string | undefined;
	columns: FoundColumn[];
}

/** Groups have at most this many values, or tables become unreadable. */
const MOST_GROUP_VALUES = 20;

/**
 * Makes topics, groups and measures of the columns that the design does not use.
 * @param forms Forms of which a record may have some only.
 */
export function makeParts(
	columns: readonly FoundColumn[],
	used: ReadonlySet<number>,
	forms: readonly RedcapForm[] = [],
): DraftParts {
	const parts: DraftParts = {
		answers: {},
		topics: {},
		groups: {},
		measures: {},
		grids: {},
		filters: { bases: {}, topic: null },
		comments: [],
		decisions: [],
		questions: [],
		undecided: [],
		unused: [],
	};
	const rest = columns.filter(({ profile }) => !used.has(profile.place));
	const submitted = columns.some(({ profile }) => says.submitted(profile.name));
	const builder = new Builder(parts, submitted, forms);
	for (const question of questionsOf(rest)) builder.add(question);
	builder.decideFilters(rest);
	builder.makeGrids();
	builder.decideScales();
	builder.sayMissing();
	builder.decideOthers(rest);
	builder.askOfCodes(rest);
	builder.askOfNumbers(rest);
	builder.askOfUnits(rest);
	return parts;
}

/** Neighbours with one stem, or alike in their answers where each has a name of its own. */
function questionsOf(columns: readonly FoundColumn[]): Question[] {
	const questions: Question[] = [];
	const others: FoundColumn[] = [];
	const stems = columns.map(({ profile }) => headingOf(profile).stem);
	const isAlone = (stem: string) => stems.indexOf(stem) === stems.lastIndexOf(stem);
	for (const column of columns) {
		const { stem, question, row } = headingOf(column.profile);
		const last = questions.at(-1);
		const before = last?.columns.at(-1);
		const alike =
			last !== undefined &&
			before !== undefined &&
			answersAlike(column, before, last.stem === stem) &&
			last.columns.every((one) => !contradict(one, column));
		const single =
			isScale(column) || (column.found.kind === "answers" && column.found.answers.empty === undefined);
		if (last?.stem === stem && says.other(column.profile.name)) {
			// Beside boxes it is the box of what is written there; beside one answer it only says which other one.
			const [first] = last.columns;
			if (first?.found.kind === "answers" && (last.columns.length > 1 || first.found.answers.empty === "no"))
				last.columns.push(column);
			else others.push({ ...column, found: { kind: "specify" } });
		} else if (
			alike &&
			(last.stem === stem
				? column.found.kind === "answers" || follows(column, before)
				: single && isAlone(stem) && isAlone(last.stem) && last.columns.every(isSingle) && isSingle(column))
		) {
			last.columns.push(column);
			if (last.stem !== stem) last.label = null;
		} else questions.push({ stem, label: question, row, columns: [column] });
	}
	for (const column of others) questions.push({ stem: "", label: null, columns: [column] });
	return splitByFilters(questions, columns).map((one) => {
		const [only, ...others] = one.columns;
		const alone = only !== undefined && others.length === 0 && isSingle(only);
		return alone ? { ...one, label: headingOf(only.profile).part } : one;
	});
}

/** Questions that were put together for their answers alone, apart where they were asked of different people. */
function splitByFilters(questions: readonly Question[], columns: readonly FoundColumn[]): Question[] {
	const isBoxes = ({ found }: FoundColumn) => found.kind === "answers" && found.answers.empty !== undefined;
	// Q5 and Q6 are questions, Q5_1 and Q5_2 parts of one.
	const isLoose = ({ label, columns }: Question) =>
		columns.length > 1 &&
		(label === null || columns.every(({ profile }) => /^[A-Za-z]+\d+$/.test(profile.name))) &&
		columns.every((column) => isSingle(column) && !isBoxes(column));
	if (!questions.some(isLoose)) return [...questions];
	const gates = columns.flatMap((column) => gateOf(column) ?? []);
	const filterOf = (column: FoundColumn): string => {
		const { place } = column.profile;
		const others = gates.filter(({ places }) => !places.includes(place));
		const found = findFilter<Gate>([column], others);
		return found === undefined ? "" : `${found.gate.places.join()} ${found.open.join("\n")}`;
	};
	return questions.flatMap((question) => {
		if (!isLoose(question)) return [question];
		const parts: { filter: string; columns: FoundColumn[] }[] = [];
		for (const column of question.columns) {
			const filter = filterOf(column);
			const last = parts.at(-1);
			if (last?.filter === filter) last.columns.push(column);
			else parts.push({ filter, columns: [column] });
		}
		return parts.map(({ columns }) => ({ ...question, columns }));
	});
}

/** `V5` and `V19` are two questions, not two parts of one: numbers of parts have no gaps. */
function follows({ profile: { name } }: FoundColumn, { profile: before }: FoundColumn): boolean {
	const number = (text: string) => Number(/\d+$/.exec(text)?.[0] ?? Number.NaN);
	const step = number(name) - number(before.name);
	return Number.isNaN(step) || step === 1;
}

/** A column whose heading names no part of a question. */
function isSingle({ profile }: FoundColumn): boolean {
	const { question, part } = headingOf(profile);
	return profile.shared === undefined && (question === part || !profile.name.includes("["));
}

/** Degrees of agreement, of frequency and the like: neighbours that share them are statements of one question. */
function isScale({ found }: FoundColumn): boolean {
	if (found.kind !== "values" || found.values.length < 3) return false;
	return understandScale(found.values) !== undefined || found.values.some(says.high);
}

function answersAlike({ found: a }: FoundColumn, { found: b }: FoundColumn, sameStem: boolean): boolean {
	if (a.kind === "answers" && b.kind === "answers") {
		// A tick may be the text of the option.
		if (sameStem && isBox(a.answers) && isBox(b.answers)) return true;
		// 1 and 2 beside 0 and 1: a code that is impossible in one of them would be an answer.
		const codes = [a, b].map(({ answers }) => answers.values.toSorted().join());
		const isCoded = [...a.answers.values, ...b.answers.values].every(isNumber);
		if (isCoded && codes[0] !== codes[1]) return false;
		const yes = b.answers.yes.map(foldCase);
		return a.answers.empty === b.answers.empty && a.answers.yes.some((text) => yes.includes(foldCase(text)));
	}
	// A rare answer may be absent from some columns of a question.
	return a.kind === "values" && b.kind === "values" && a.values.some((value) => b.values.includes(value));
}

/** Whether what one column takes for an answer is none in the other. */
function contradict({ found: a }: FoundColumn, { found: b }: FoundColumn): boolean {
	if (a.kind !== "values" || b.kind !== "values") return false;
	return (
		a.values.some((value) => b.missing.includes(value)) || b.values.some((value) => a.missing.includes(value))
	);
}

/** Names of a topic. */
interface TopicName {
	label: string | null;
	row?: string | undefined;
	/** Whether its title names the answers that count. */
	counted?: boolean;
	/** Base of its percentages; all by default. */
	base?: string;
}

/** Ratings that should also have a mean. */
const RATINGS = [
	...[5, 7, 10].map((top) => Array.from({ length: top }, (_, place) => place + 1)),
	Array.from({ length: 11 }, (_, place) => place),
].map((values) => values.join(" "));

/** Numbers of a few steps of which a mean says something, too: ratings, and counts from 0 on. */
function isRating({ profile: { name, variable }, found }: FoundColumn): boolean {
	if (found.kind !== "values" || !found.values.every(isNumber)) return false;
	const counts = found.values.every((text, place) => Number(text) === place);
	return (
		RATINGS.includes(found.values.join(" ")) ||
		(counts && found.values.length > 2 && says.quantity(variable?.label || name))
	);
}

/** Answers of a usual scale in words, by the file's labels where it has them. */
function isSpokenScale(column: FoundColumn): boolean {
	const { found } = column;
	if (found.kind !== "values" || found.beside !== undefined) return false;
	const answers = [...new Set(Object.values(labels(found.values, [column])).map(({ en }) => en))];
	return answers.length > 2 && (understandScale(answers)?.counted.length ?? 0) > 0;
}

class Builder {
	private readonly topicKeys = new Set<string>([FORMS, FILTERS]);
	private readonly groupKeys = new Set<string>();
	private readonly sets = new Set<string>();
	/** Question → its topics, one per table row. */
	private readonly tables = new Map<string, { topic: string; row: string }[]>();
	/** Sets of scales → the topics that are read by them. */
	private readonly scales = new Map<string, string[]>();
	/** Codes taken for no answer, by column. */
	private readonly taken: { column: string; texts: string[]; reason: string }[] = [];
	/** Columns where 1 is taken for yes, by the code taken for no. */
	private readonly coded = new Map<string, string[]>();
	/** Columns of boxes whose empty cells mean no. */
	private readonly boxes: FoundColumn[] = [];
	/** Columns of lists whose empty cells mean that nothing was ticked. */
	private readonly emptyLists: FoundColumn[] = [];
	/** Topics → their columns. */
	private readonly asked = new Map<string, readonly FoundColumn[]>();

	constructor(
		private readonly parts: DraftParts,
		/** Each row is a form that was sent off, so that a list that is empty has nothing ticked. */
		private readonly submitted: boolean,
		private readonly forms: readonly RedcapForm[],
	) {}

	add({ columns, label, row }: Question): void {
		const [first] = columns;
		if (first === undefined) return;
		const { found } = first;
		if (found.kind === "list") this.addList(first, label);
		else if (found.kind === "answers") this.addYesNo(columns, label, row);
		else if (found.kind === "values" && columns.length > 1) this.addScale(columns, label, row);
		else if (found.kind === "values" && inOneCase(found.values).length <= MOST_GROUP_VALUES) {
			// A scale by itself is an item, and a breakdown of others.
			if (isSpokenScale(first)) this.addScale(columns, label, row);
			this.addGroup(first);
			if (isRating(first)) this.addMeasure(first);
		} else if (found.kind === "number") this.addMeasure(first);
		else if (found.kind !== "form") {
			const why = found.kind === "values" ? ("many" as const) : (found.kind as LeftOut);
			this.parts.unused.push(...columns.map(({ profile }) => ({ name: profile.name, why })));
		}
	}

	private addYesNo(columns: readonly FoundColumn[], label: string | null, row?: string): void {
		const boxes = columns.filter(({ profile }) => columns.length === 1 || !says.other(profile.name));
		const found = boxes.flatMap(({ found }) => (found.kind === "answers" ? [found.answers] : []));
		const [first] = found;
		if (first === undefined) return;
		const missing = inOneCase(found.flatMap((answers) => answers.missing));
		const values = inOneCase(found.flatMap((answers) => answers.values));
		this.takeForNoAnswer(columns);
		const ticked = first.empty !== undefined;
		const names = boxes.map(({ profile }) => oneLine(profile.name));
		if (ticked) this.boxes.push(...boxes);
		else this.keepCodes(boxes, names);
		const set = this.set(ticked ? "ticked" : "yes-no", {
			yes: inOneCase(found.flatMap((answers) => answers.yes)).map(canonicalCode),
			values: labels(values, columns),
			missing: reasons(missing, columns),
			...(ticked ? { empty: "no" } : {}),
			...(first.unlisted === undefined ? {} : { unlisted: first.unlisted }),
		});
		if (ticked) {
			this.say(
				["answers", set],
				"An empty cell counts as not ticked. Who stopped before this question counts so too: leave them out with --where, or write another rule.",
			);
		}
		this.topic(columns, { label, row }, set);
	}

	private keepCodes(columns: readonly FoundColumn[], names: readonly string[]): void {
		const isLabelled = columns.some(({ profile }) => (profile.variable?.values.size ?? 0) > 0);
		const values = columns.flatMap(({ found }) => (found.kind === "answers" ? found.answers.values : []));
		const no = ["0", "2"].find((code) => values.includes(code));
		if (isLabelled || no === undefined) return;
		this.coded.set(no, [...(this.coded.get(no) ?? []), ...names]);
	}

	private addScale(columns: readonly FoundColumn[], label: string | null, row?: string): void {
		const found = columns.flatMap(({ found }) => (found.kind === "values" ? [found] : []));
		const values = [...new Set(found.flatMap((one) => one.values))];
		const missing = [...new Set(found.flatMap((one) => one.missing))];
		this.takeForNoAnswer(columns);
		const texts = labels(inOneCase(values), columns);
		const { order, counted } = this.scaleOf(texts, columns);
		const set = this.set("scale", {
			yes: counted.length === 0 ? [UNDECIDED] : counted,
			values: Object.fromEntries(order.map((code) => [code, texts[code] as Text])),
			missing: reasons(missing, columns),
		});
		const topic = this.topic(columns, { label, row, counted: true }, set);
		this.scales.set(set, [...(this.scales.get(set) ?? []), topic]);
	}

	/** Codes of a scale in their order, and those that count; none where the answers are not understood. */
	private scaleOf(texts: Record<string, Text>, columns: readonly FoundColumn[]): UnderstoodScale {
		const codes = Object.keys(texts);
		const answers = codes.map((code) => texts[code]?.en ?? code);
		const coded = (of: readonly string[]) => codes.filter((code) => of.includes(texts[code]?.en ?? code));
		const scale = understandScale(answers);
		if (scale !== undefined) {
			const order = scale.order.flatMap((answer) => coded([answer]));
			return { order: codes.every(isNumber) ? codes : [...new Set(order)], counted: coded(scale.counted) };
		}
		const beside = columns.some(({ found }) => found.kind === "values" && found.beside !== undefined);
		return { order: codes, counted: beside ? coded(answers.filter(says.yes)) : [] };
	}

	/** Says of each scale which of its answers count, or that this has to be decided. */
	decideScales(): void {
		for (const [set, topics] of this.scales) {
			const { yes, values } = entryOf(this.parts.answers, set) as Answers;
			const named = topics.map((topic) => entryOf(this.parts.topics, topic)?.label.en ?? topic).join(", ");
			const said = (codes: readonly string[]) =>
				codes.map((code) => oneLine(entryOf(values, code)?.en ?? code)).join(", ");
			const all = Object.keys(values);
			if (yes.includes(UNDECIDED)) {
				this.say(
					["answers", set],
					"Which of these answers are the percentages of? Nobody can tell from the words: write them instead of ?.",
				);
				this.parts.undecided.push(...topics);
				this.parts.questions.push(
					`${named}: the words do not say which answers to count (${said(all)}): list those as yes of answers.${set}; until then it has no percentages`,
				);
				continue;
			}
			this.say(["answers", set], "A scale: yes lists the answers that percentages count; titles name them.");
			const others = all.filter((code) => !yes.includes(code));
			this.parts.decisions.push(
				`${named}: the percentages count ${said(yes)} as yes and ${said(others) || "others"} as no; to change this, edit yes in answers.${set}; move what is not an answer from values to missing`,
			);
		}
	}

	private addList(column: FoundColumn, label: string | null): void {
		if (column.found.kind !== "list") return;
		const { separator, open } = column.found.list;
		const { question, part } = headingOf(column.profile);
		const row = part === question || isSingle(column) ? undefined : part;
		const options = row === undefined ? column.found.list.options : this.inOrder(question, column.found.list);
		const values: Record<string, Text> = {
			...Object.fromEntries(options.map((option) => [option, { en: option }])),
			...(open ? { [OTHER]: ownText("others") } : {}),
		};
		const set = this.set("list", {
			yes: [],
			values,
			missing: {},
			separator,
			...(this.submitted && column.profile.empty.rows > 0 ? { empty: "no" as const } : {}),
			...(open ? { unlisted: OTHER } : {}),
		});
		if (this.submitted) this.emptyLists.push(column);
		else if (column.profile.empty.rows > 0) {
			this.say(
				["answers", set],
				`Empty cells (${column.profile.empty.rows} in the first column) count as missing. Add empty: no if leaving all out means "none of these".`,
			);
		}
		if (open)
			this.say(
				["answers", set, "unlisted"],
				"What the list does not have, such as free text, counts as this.",
			);
		const taken = new Set<string>();
		const { name, place, shared } = column.profile;
		const items = Object.entries(values).map(([option, text], index): [string, Item] => [
			keyOf(option, `option-${index + 1}`, taken),
			{ variable: name, option: [option], label: text },
		]);
		const key = this.addTopic(
			{ label, row },
			`c${place + 1}`,
			shared?.question ?? name,
			set,
			Object.fromEntries(items),
		);
		this.asked.set(key, [column]);
	}

	/** In the export of a form that was sent off, a question of several answers without one says that none applies. */
	private decideEmpty({ name, empty, texts }: ColumnProfile): void {
		if (empty.rows === 0) return;
		const rows = empty.rows + texts.reduce((sum, text) => sum + text.rows, 0);
		this.parts.decisions.push(
			`${oneLine(name)}: empty cells (${empty.rows} of ${rows}) count as nothing ticked, as a form that was sent off leaves them so; if the question was not shown to all, write a base for it, and without empty: no they count as missing`,
		);
	}

	/** The options of a row in the order of the table's first row. */
	private inOrder(question: string, { options }: FoundList): string[] {
		const [first] = this.tables.get(question) ?? [];
		const known = Object.values(entryOf(this.parts.topics, first?.topic ?? "")?.items ?? {}).map(
			({ label }) => label.en,
		);
		const place = (option: string) => (known.includes(option) ? known.indexOf(option) : known.length);
		return options.toSorted((a, b) => place(a) - place(b));
	}

	/** Says who was asked the questions. */
	decideFilters(columns: readonly FoundColumn[]): void {
		this.parts.filters = draftFilters(this.parts, this.asked, columns, this.submitted);
		for (const column of this.emptyLists) if (this.isOfAll(column)) this.decideEmpty(column.profile);
	}

	/** Whether a column's question was asked of all, as far as cells show. */
	private isOfAll(column: FoundColumn): boolean {
		return [...this.asked].every(
			([topic, columns]) =>
				!columns.includes(column) ||
				!Object.hasOwn(this.parts.filters.bases, entryOf(this.parts.topics, topic)?.base ?? "all"),
		);
	}

	/** Rows that ask the same are shown as one table. */
	makeGrids(): void {
		const taken = new Set(this.topicKeys);
		for (const [question, rows] of this.tables) {
			const keysOf = (topic: string) =>
				Object.keys(entryOf(this.parts.topics, topic)?.items ?? {})
					.sort()
					.join(" ");
			const same = rows.filter(({ topic }) => keysOf(topic) === keysOf(rows[0]?.topic ?? ""));
			if (same.length < 2) continue;
			const text = { en: question };
			this.parts.grids[keyOf(question, "table", taken)] = {
				label: text,
				title: text,
				base: ownText("all"),
				topics: Object.fromEntries(same.map(({ topic, row }) => [topic, { en: row }])),
			};
		}
	}

	/** @returns its key. */
	private topic(columns: readonly FoundColumn[], name: TopicName, set: string): string {
		const { label } = name;
		const taken = new Set<string>();
		const items = columns.map(({ profile }): [string, Item] => {
			const part =
				columns.length === 1 && name.row === undefined && profile.shared === undefined
					? wholeColumn(profile)
					: headingOf(profile).part;
			const written =
				columns.length > 1 && says.other(profile.name) ? { answers: this.writtenAnswers() } : {};
			return [
				keyOf(part, `c${profile.place + 1}`, taken),
				{ variable: profile.name, label: { en: oneLine(part) }, ...written },
			];
		});
		const first = columns[0]?.profile;
		const instead = `c${(first?.place ?? 0) + 1}`;
		const form = this.forms.find(({ from, to }) => from <= (first?.place ?? -1) && (first?.place ?? -1) < to);
		const base = form?.base ?? "all";
		const question = first?.shared?.question ?? first?.name ?? "";
		const key = this.addTopic({ ...name, base }, instead, question, set, Object.fromEntries(items));
		this.asked.set(key, columns);
		if (label !== null && columns.length > 2 && isYesNo(entryOf(this.parts.answers, set))) {
			const any = { label: ownText("any"), rule: "any-of" as const };
			this.parts.topics[key] = { ...(entryOf(this.parts.topics, key) as Topic), derived: { any } };
		}
		return key;
	}

	/** The set that free text is read by: whatever is written is a yes. */
	private writtenAnswers(): string {
		return this.set("written", {
			yes: [OTHER],
			values: { [OTHER]: ownText("others") },
			missing: {},
			empty: "no",
			unlisted: OTHER,
		});
	}

	private addTopic(
		{ label, row, counted, base = "all" }: TopicName,
		instead: string,
		question: string,
		answers: string,
		items: Record<string, Item>,
	): string {
		const began = label ?? sharedBeginning(Object.values(items).map((item) => item.label.en));
		const asked = began === undefined ? ownText("mixed") : { en: oneLine(began) };
		const named = row === undefined ? asked : { en: `${asked.en} ${row}` };
		const key = keyOf(row ?? named.en, instead, this.topicKeys);
		if (row !== undefined) {
			this.tables.set(asked.en, [...(this.tables.get(asked.en) ?? []), { topic: key, row }]);
		}
		const topic: Topic = {
			label: named,
			title: counted === undefined ? named : withCounted(named),
			question: oneLine(question),
			answers,
			base,
			items,
		};
		this.parts.topics[key] = topic;
		return key;
	}

	private addGroup({ profile, found }: FoundColumn): void {
		if (found.kind !== "values") return;
		const name = wholeColumn(profile);
		const key = keyOf(name, `c${profile.place + 1}`, this.groupKeys);
		const taken = new Set<string>();
		const names = labels(found.values, [{ profile, found }]);
		const spellings = groupBy(Object.entries(names), ([, label]) => foldCase(label.en));
		const rows = (code: string) =>
			sum(profile.texts.filter(({ text }) => canonicalCode(text) === code).map((one) => one.rows));
		const values = [...spellings.values()].map((unsorted, index) => {
			const same = unsorted.toSorted(([a], [b]) => rows(b) - rows(a));
			const [, label] = same[0] as [string, Text];
			const key = keyOf(label.en, `value-${index + 1}`, new Set(taken));
			// A key that is a number goes before all others, so that "60+" would come first.
			const named = /^\d+$/.test(key) && !isNumber(label.en) ? `from-${label.en}` : label.en;
			return [
				keyOf(named, `value-${index + 1}`, taken),
				{ label, codes: same.map(([code]) => code) },
			] as const;
		});
		this.decideSpellings(
			name,
			values.map(([, { codes }]) => codes).filter((codes) => codes.length > 1),
		);
		this.parts.groups[key] = {
			variable: profile.name,
			label: { en: oneLine(name) },
			...(found.missing.length === 0 ? {} : { missing: found.missing.map(canonicalCode) }),
			values: Object.fromEntries(values),
		};
		this.askOfMissing(["groups", key], found.missing);
		this.takeForNoAnswer([{ profile, found }]);
	}

	/** One value in several spellings, as people type it. */
	private decideSpellings(name: string, values: readonly (readonly string[])[]): void {
		if (values.length === 0) return;
		const said = values.map((codes) => codes.map((code) => `"${oneLine(code)}"`).join(" = ")).join(", ");
		this.parts.decisions.push(
			`${oneLine(name)}: taken for one value each: ${said}; if they are several, write a value for each`,
		);
	}

	private addMeasure({ profile, found }: FoundColumn): void {
		if (found.kind !== "values" && found.kind !== "number") return;
		const part = wholeColumn(profile);
		const key = keyOf(part, `c${profile.place + 1}`, new Set(Object.keys(this.parts.measures)));
		this.parts.measures[key] = {
			variable: profile.name,
			label: { en: oneLine(part) },
			...(found.missing.length === 0 ? {} : { missing: reasons(found.missing, [{ profile, found }]) }),
		};
		this.askOfMissing(["measures", key], found.missing);
		if (found.missing.length === 0 || profile.variable?.missing != null) return;
		this.parts.decisions.push(
			`${oneLine(part)}: ${found.missing.join(", ")} taken for no value in means; if they are values, remove them from the measure's missing`,
		);
	}

	private askOfMissing(path: string[], missing: readonly string[]): void {
		if (missing.length === 0) return;
		this.say(
			[...path, "missing"],
			`Taken for no value: ${missing.join(", ")}. Is that so, or is it a value?`,
		);
	}

	/** Name of a set of answers. A set with the same answers is reused, with the missing codes of both. */
	private set(name: string, answers: Answers): string {
		const alike = ({ missing: _, ...rest }: Answers) => JSON.stringify(rest);
		const same = Object.entries(this.parts.answers).find(([, known]) => alike(known) === alike(answers));
		if (same !== undefined) {
			const [key, known] = same;
			this.parts.answers[key] = { ...known, missing: { ...known.missing, ...answers.missing } };
			return key;
		}
		const key = keyOf(name, name, this.sets);
		this.parts.answers[key] = answers;
		return key;
	}

	/** Codes taken for no answer; known once all columns are read. */
	sayMissing(): void {
		this.decideMissing();
		this.decideCodes();
		for (const [set, { missing }] of Object.entries(this.parts.answers)) {
			const codes = Object.keys(missing);
			if (codes.length === 0) continue;
			this.say(
				["answers", set, "missing"],
				`Taken for no answer: ${codes.join(", ")}. Percentages leave them out: omitted is nonresponse, not-applicable was not asked.`,
			);
		}
	}

	/** Keeps what a question's columns have that was taken for no answer, unless the file declares it. */
	private takeForNoAnswer(columns: readonly FoundColumn[]): void {
		for (const column of columns) {
			const { profile, found } = column;
			const missing =
				found.kind === "answers" ? found.answers.missing : found.kind === "values" ? found.missing : [];
			const declared = profile.variable?.missing?.values ?? [];
			const own = missing.filter(
				(text) => !declared.includes(canonicalCode(text)) && !isInRange(profile, text),
			);
			const why = reasons(own, [column]);
			for (const reason of ["omitted", "not-applicable"] as const) {
				const names = labels(own, [column]);
				const texts = Object.keys(names)
					.filter((code) => why[code] === reason)
					.map((code) => (names[code]?.en === code ? code : `${code} (${names[code]?.en})`));
				if (texts.length > 0)
					this.taken.push({ column: oneLine(profile.name), texts: inOneCase(texts), reason });
			}
		}
	}

	/** Says what was taken for no answer, one line for columns that have the same. */
	private decideMissing(): void {
		const alike = groupBy(this.taken, ({ texts, reason }) => `${reason} ${texts.join(", ")}`);
		for (const several of alike.values()) {
			const { texts, reason } = several[0] as (typeof several)[number];
			this.parts.decisions.push(
				`${listed(several.map(({ column }) => column))}: ${texts.map(oneLine).join(", ")} taken for no answer (${reason}), so percentages are of those who gave one; where it is an answer, move it from missing to values`,
			);
		}
	}

	/** Says of which columns codes or empty cells were read as yes and no, though nothing in the file says so. */
	private decideCodes(): void {
		for (const [no, columns] of this.coded) {
			this.parts.decisions.push(
				`${listed(columns)}: 1 is taken for yes and ${no} for no, as no labels say what they are`,
			);
		}
		const boxes = this.boxes.filter((box) => this.isOfAll(box));
		if (boxes.length > 0) {
			this.parts.decisions.push(
				`${listed(boxes.map(({ profile }) => oneLine(profile.name)))}: an empty cell counts as no, also of those who stopped before or were not asked; where it is no answer, remove empty: no`,
			);
		}
	}

	/** Only the user knows what 1 and 2 are where nothing says so. */
	askOfCodes(columns: readonly FoundColumn[]): void {
		const lone = columns.filter(({ found }) => found.kind === "values" && found.codes);
		if (lone.length === 0) return;
		this.parts.questions.push(
			`${listed(lone.map(({ profile }) => oneLine(profile.name)))}: no labels say what 1 and 2 are, so they are groups and no items; where they are yes and no, write a topic for them with yes: ["1"]`,
		);
	}

	/** Only the user knows what an answer other than yes and no means. */
	decideOthers(columns: readonly FoundColumn[]): void {
		const beside = columns.flatMap((column) => {
			const { profile, found } = column;
			if (found.kind !== "values" || found.beside === undefined) return [];
			return [
				{ name: profile.name, others: Object.values(labels(found.beside, [column])).map(({ en }) => en) },
			];
		});
		const groups = new Set(Object.values(this.parts.groups).map(({ variable }) => variable));
		const said = (found: typeof beside) => ({
			answers: inOneCase(found.flatMap(({ others }) => others))
				.map(oneLine)
				.join(", "),
			names: found.map(({ name }) => oneLine(name)).join(", "),
		});
		const not = beside.filter(({ name }) => groups.has(name));
		if (not.length > 0) {
			const { answers, names } = said(not);
			this.parts.decisions.push(
				`columns with yes, no and another answer (${answers}) are groups and no items (${not.length}): ${names}; to make them items, write a topic for them and list that answer as missing, or as a value`,
			);
		}
	}

	/** Numbers with a unit in the same cell, which have no means. */
	askOfUnits(columns: readonly FoundColumn[]): void {
		for (const { profile, found } of columns) {
			const [first] = profile.texts;
			if (first === undefined || !["values", "text"].includes(found.kind)) continue;
			const written = profile.texts.filter(({ text }) => /^\s*[-+]?\d+(?:[.,]\d+)?\s*[^\d\s].*$/s.test(text));
			const units = new Set(written.map(({ text }) => text.replace(/^[\s\d.,+-]+/, "").trim()));
			if (units.size !== 1 || written.length < profile.texts.length || profile.texts.length < 3) continue;
			this.parts.questions.push(
				`${oneLine(profile.name)}: every cell is a number with a unit, such as "${oneLine(first.text)}", and means need numbers alone: remove the unit in the file and draft anew, or leave it so`,
			);
		}
	}

	/** Columns of numbers made useless by words in some cells. */
	askOfNumbers(columns: readonly FoundColumn[]): void {
		for (const { profile } of columns) {
			const { name, texts } = profile;
			if (!this.parts.unused.some((one) => one.name === name) || !isMostlyNumbers(profile)) continue;
			const bad = texts.filter(({ text }) => !isNumber(text));
			if (bad.length === 0) continue;
			const rows = sum(bad.map((one) => one.rows));
			const examples = bad.slice(0, 3).map(({ text, line }) => `"${oneLine(text)}" (${line})`);
			this.parts.questions.push(
				`${oneLine(name)} holds numbers, but ${rows} cells are none: ${examples.join(", ")}${bad.length > 3 ? ", …" : ""} (text and line); correct them in the file and draft anew, as nothing is made of this column now`,
			);
		}
	}

	private say(path: string[], text: string): void {
		if (!this.parts.comments.some(([known]) => known.join(" ") === path.join(" "))) {
			this.parts.comments.push([path, text]);
		}
	}
}

/** The title of a topic of a scale, which says what its percentages are of. */
function withCounted(name: Text): Text {
	const title = (text = "") => `${text}${/[.?!…:]$/.test(text) ? "" : ":"} ${COUNTED_ANSWERS}`;
	return Object.fromEntries(Object.entries(name).map(([language, text]) => [language, title(text)])) as Text;
}

/** Words that questions must share to be called by them. */
const LEAST_SHARED = 3;

/** The words that several questions begin with; undefined where they are too few to name them. */
function sharedBeginning(labels: readonly string[]): string | undefined {
	const [first = [], ...others] = labels.map((label) => label.split(" "));
	const end = first.findIndex((word, place) => others.some((words) => words[place] !== word));
	return others.length === 0 || end < LEAST_SHARED ? undefined : `${first.slice(0, end).join(" ")} …`;
}

function isYesNo(answers: Answers | undefined): boolean {
	const texts = Object.values(answers?.values ?? {}).map(({ en }) => en);
	return answers?.separator === undefined && (texts.length <= 2 || yesAndNo(texts)?.other.length === 0);
}

/** Whether a code lies in the range that the file declares as missing. */
function isInRange({ variable }: ColumnProfile, text: string): boolean {
	const range = variable?.missing?.range ?? null;
	return range !== null && Number(text) >= range.from && Number(text) <= range.to;
}
