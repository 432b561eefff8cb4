import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import type { Block, Dictionary, Source } from "../../read/block.js";
import type { Codebook, NoAnswer, Text } from "../definition/schema.js";
import { knownVariable } from "../variables/library.js";
import { canonicalCode } from "./states.js";

/**
 * The source with answers that are written out, such as "Yes" and "No", read as the codes that codebook and variables
 * give them, in any language and case. Columns whose codes are words themselves stay as they are.
 * @throws UserError while rows are read, where a column has both codes and labels of answers, or where the file itself gives a
 * code the label of another one.
 * @example
 * withCodes(source, loadCodebook("talis-2018-teacher")); // TT3G22G: "yes" → "1", "Omitted or invalid" → "9"
 */
export function withCodes(source: Source, codebook: Codebook): Source {
	const respelled: Record<string, Record<string, string>> = {};
	return {
		...source,
		words: respelled,
		read(wanted) {
			const { blocks, dictionaries } = source.read(wanted);
			const words = (place: number) =>
				new Words(source.columns[place] as string, codebook, source.variables?.[place]?.values, respelled);
			const { school, teacher, country } = codebook.ids;
			const ids = [school, teacher, country].map((name) => name?.toUpperCase());
			const columns = wanted.coded.flatMap((place, slot) =>
				// Of ids there are as many as rows, and they stand for nothing but themselves.
				ids.includes(source.columns[place]?.toUpperCase())
					? []
					: [new LabelledColumn(dictionaries[slot] as Dictionary, slot, words(place))],
			);
			const texts = (wanted.texts ?? []).map(words);
			return { dictionaries, blocks: respelt(blocks, columns, texts, source.name) };
		},
	};
}

async function* respelt(
	blocks: AsyncIterable<Block>,
	columns: readonly LabelledColumn[],
	texts: readonly Words[],
	file: string,
): AsyncGenerator<Block> {
	for await (const block of blocks) {
		for (const column of columns) column.respell(block, file);
		if (texts.length === 0) yield block;
		else yield { ...block, texts: block.texts.map((cells, slot) => (texts[slot] as Words).codes(cells)) };
	}
}

/** Meanings of a column's texts. */
interface Meaning {
	codes: ReadonlySet<string>;
	/** Code of each label, which is null where several answers have it, and all codes that have it. */
	labels: ReadonlyMap<string, Labelled>;
	missing: ReadonlyMap<NoAnswer, string>;
}

interface Labelled {
	code: string | null;
	codes: readonly string[];
}

/** Publishers' words for why there is no answer. */
const NO_ANSWER_LABELS: readonly [RegExp, NoAnswer][] = [
	[/^(?:logically )?not applicable$|^valid skip$|^не применимо$|^қолданылмайды$/, "not-applicable"],
	[/^not administered$|^не спрашивали$|^сұралмаған$/, "not-administered"],
	[/^not reached$|^не дошли$|^жетпеген$/, "not-reached"],
	[/^omitted(?: or invalid| response)?$|^invalid$|^no response$|^пропущено$|^жауапсыз$/, "omitted"],
];

/** Distinct numbers that are remembered of a column; one with more of them has no codes. */
const MOST_CODES = 200;

/** What the texts of a column say where they are words. */
class Words {
	private found: Meaning | null | undefined;
	private readonly known = new Map<string, string>();

	constructor(
		readonly name: string,
		private readonly codebook: Codebook,
		/** The file's own labels of its values. */
		private readonly labels: ReadonlyMap<string, string> | undefined,
		/** Column → text → code, of words that were met. */
		private readonly respelled: Record<string, Record<string, string>>,
	) {}

	/** Worked out when the first word is met, as most files have none. */
	get meaning(): Meaning | null {
		if (this.found === undefined) this.found = meaningOf(this.name, this.codebook);
		return this.found;
	}

	/** The code a text stands for, and whether that is an answer; undefined where it is a code, or says nothing. */
	codeOf(text: string): { code: string; isAnswer: boolean } | undefined {
		if (!isWord(text) || this.meaning === null) return undefined;
		const label = spelling(text);
		const answer = this.meaning.labels.get(label)?.code;
		if (answer != null) return { code: this.met(text, answer), isAnswer: true };
		const reason = noAnswerOf(label) ?? noAnswerOf(spelling(this.labels?.get(text) ?? ""));
		const code = reason && this.meaning.missing.get(reason);
		return code === undefined ? undefined : { code: this.met(text, code), isAnswer: false };
	}

	/** Where the file's own label of a code is what the codebook calls another one. */
	otherLabel(code: string): { label: string; code: string } | undefined {
		const label = this.labels?.get(code);
		if (label === undefined) return undefined;
		const known = this.meaning?.labels.get(spelling(label));
		return known?.code == null || known.codes.includes(code) ? undefined : { label, code: known.code };
	}

	/** Keeps a word for who tells how the file was read. */
	private met(text: string, code: string): string {
		const { name, respelled } = this;
		respelled[name] ??= {};
		(respelled[name] as Record<string, string>)[text] = code;
		return code;
	}

	/** Texts with words as their codes. */
	codes(texts: readonly string[]): readonly string[] {
		return texts.map((text) => {
			if (!isWord(text)) return text;
			let code = this.known.get(text);
			if (code === undefined) {
				code = this.codeOf(text)?.code ?? text;
				if (this.known.size < MOST_CODES) this.known.set(text, code);
			}
			return code;
		});
	}
}

function isWord(text: string): boolean {
	const code = canonicalCode(text);
	return code !== "" && !Number.isFinite(Number(code));
}

/** A column as its texts come. */
class LabelledColumn {
	private seen = 0;
	private readonly numbers = new Map<string, number>();
	private firstLabel: number | undefined;
	private firstOther: number | undefined;

	constructor(
		private readonly dictionary: Dictionary,
		private readonly slot: number,
		private readonly words: Words,
	) {}

	/** Brings texts that have come with a block into the spelling of codes. */
	respell(block: Block, file: string): void {
		const { dictionary } = this;
		const before = this.seen;
		for (; this.seen < dictionary.texts.length; this.seen++) this.look(this.seen);
		if (this.seen === before) return;
		this.rejectOtherLabels(block, file);
		this.rejectMixture(block, file);
	}

	private look(index: number): void {
		const text = this.dictionary.texts[index] as string;
		if (!isWord(text)) {
			const code = canonicalCode(text);
			if (this.numbers.size < MOST_CODES && !this.numbers.has(code)) {
				this.numbers.set(code, index);
				if (this.words.otherLabel(code) !== undefined) this.firstOther ??= index;
			}
			return;
		}
		const found = this.words.codeOf(text);
		if (found === undefined) return;
		this.dictionary.texts[index] = found.code;
		if (found.isAnswer) this.firstLabel ??= index;
	}

	/** Factors of R lose their codes on the way to Stata and SPSS: their levels are numbered from 1 on. */
	private rejectOtherLabels({ rows, codes, place }: Block, file: string): void {
		if (this.firstOther === undefined) return;
		const code = canonicalCode(this.dictionary.texts[this.firstOther] as string);
		const other = this.words.otherLabel(code);
		if (other === undefined) return;
		const row = (codes[this.slot] as Int32Array).subarray(0, rows).indexOf(this.firstOther);
		throw new UserError(`the file calls ${code} "${other.label}", which in the codebook is ${other.code}`, {
			where: { file, column: this.words.name.toUpperCase(), ...place(Math.max(0, row)) },
			hint: "its codes were numbered anew, as those of factors in R are: keep the publisher's codes, or write the answers as texts",
		});
	}

	private rejectMixture({ rows, codes, place }: Block, file: string): void {
		if (this.firstLabel === undefined) return;
		const known = [...this.numbers].find(([code]) => this.words.meaning?.codes.has(code));
		if (known === undefined) return;
		const [code, index] = known;
		const own = codes[this.slot] as Int32Array;
		const row = own.subarray(0, rows).findIndex((one) => one === index || one === this.firstLabel);
		throw new UserError(`has answers as codes, such as ${code}, and written out`, {
			where: { file, column: this.words.name.toUpperCase(), ...place(Math.max(0, row)) },
			hint: "write the column in one way: all codes, or all labels",
		});
	}
}

/** Codes and labels of a column: by the codebook, and by what is known of its survey's other columns. */
function meaningOf(name: string, codebook: Codebook): Meaning | null {
	const variable = name.trim().toUpperCase();
	const same = (one: { variable: string }) => one.variable.toUpperCase() === variable;
	const answers: [code: string, label: Text][] = [];
	const missing: [code: string, reason: NoAnswer][] = [];
	for (const topic of Object.values(codebook.topics)) {
		for (const item of Object.values(topic.items).filter(same)) {
			const set = entryOf(codebook.answers, item.answers ?? topic.answers);
			if (set === undefined || set.separator !== undefined) return null;
			answers.push(...Object.entries(set.values));
			missing.push(...Object.entries(set.missing));
		}
	}
	for (const { values } of Object.values(codebook.groups).filter(same)) {
		if (values === "systems") return null;
		for (const { label, codes = [] } of Object.values(values)) {
			for (const code of codes) answers.push([code, label]);
		}
	}
	const known = knownVariable(codebook, variable);
	answers.push(...Object.entries(known?.answers ?? {}));
	missing.push(...Object.entries(known?.missing ?? {}));
	missing.push(
		...Object.values(codebook.measures ?? {})
			.filter(same)
			.flatMap((one) => Object.entries(one.missing ?? {})),
	);
	if (answers.length + missing.length === 0 || !answers.every(([code]) => Number.isFinite(Number(code))))
		return null;
	return {
		codes: new Set(answers.map(([code]) => code)),
		labels: codesByLabel(answers),
		missing: new Map(missing.toReversed().map(([code, reason]) => [reason, code])),
	};
}

/** A label that stands for several codes of a group stands for the first of them; of two answers it says nothing. */
function codesByLabel(answers: readonly [code: string, label: Text][]): Map<string, Labelled> {
	const found = new Map<string, { code: string | null; codes: string[]; of: Text }>();
	for (const [code, text] of answers) {
		for (const label of Object.values(text)) {
			if (label === undefined) continue;
			const key = spelling(label);
			const known = found.get(key);
			if (known === undefined) found.set(key, { code, codes: [code], of: text });
			else {
				if (known.of !== text && known.code !== code) known.code = null;
				known.codes.push(code);
			}
		}
	}
	return found;
}

function noAnswerOf(label: string): NoAnswer | undefined {
	return NO_ANSWER_LABELS.find(([words]) => words.test(label))?.[1];
}

/** Words as they are compared: without the marks of what each country words for itself. */
function spelling(text: string): string {
	return text
		.normalize("NFC")
		.toLowerCase()
		.replaceAll("ё", "е")
		.replace(/[<>]/g, "")
		.replace(/\s+/g, " ")
		.trim();
}
