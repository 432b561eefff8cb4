import { UserError } from "../../base/errors.js";
import type { Block, Dictionary, Source } from "../../read/block.js";
import type { Codebook, NoAnswer, Text } from "../definition/schema.js";
import { knownVariable } from "../variables/library.js";
import { canonicalCode } from "./states.js";

/**
 * The source with answers that are written out, such as "Yes" and "No", read as the codes that codebook and variables
 * give them, in any language and case. Columns whose codes are words themselves stay as they are.
 * @throws UserError while rows are read, where a column has both codes and labels of answers.
 * @example
 * withCodes(source, loadCodebook("talis-2018-teacher")); // TT3G22G: "yes" → "1", "Omitted or invalid" → "9"
 */
export function withCodes(source: Source, codebook: Codebook): Source {
	return {
		...source,
		read(wanted) {
			const { blocks, dictionaries } = source.read(wanted);
			const columns = wanted.coded.map((place, slot) => {
				const name = source.columns[place] as string;
				const labels = source.variables?.[place]?.values;
				return new LabelledColumn(dictionaries[slot] as Dictionary, name, slot, codebook, labels);
			});
			return { dictionaries, blocks: respelt(blocks, columns, source.name) };
		},
	};
}

async function* respelt(
	blocks: AsyncIterable<Block>,
	columns: readonly LabelledColumn[],
	file: string,
): AsyncGenerator<Block> {
	for await (const block of blocks) {
		for (const column of columns) column.respell(block, file);
		yield block;
	}
}

/** What the texts of a column stand for. */
interface Meaning {
	codes: ReadonlySet<string>;
	/** Code of each label; null where several codes have it. */
	labels: ReadonlyMap<string, string | null>;
	missing: ReadonlyMap<NoAnswer, string>;
}

/** How publishers write out why there is no answer. */
const NO_ANSWER_LABELS: readonly [RegExp, NoAnswer][] = [
	[/^(?:logically )?not applicable$|^valid skip$|^не применимо$|^қолданылмайды$/, "not-applicable"],
	[/^not administered$|^не спрашивали$|^сұралмаған$/, "not-administered"],
	[/^not reached$|^не дошли$|^жетпеген$/, "not-reached"],
	[/^omitted(?: or invalid| response)?$|^invalid$|^no response$|^пропущено$|^жауапсыз$/, "omitted"],
];

/** Distinct numbers that are remembered of a column; one with more of them has no codes. */
const MOST_CODES = 200;

class LabelledColumn {
	private seen = 0;
	private readonly numbers = new Map<string, number>();
	private firstLabel: number | undefined;
	private meaning: Meaning | null | undefined;

	constructor(
		private readonly dictionary: Dictionary,
		private readonly name: string,
		private readonly slot: number,
		private readonly codebook: Codebook,
		/** What the file itself says its values mean. */
		private readonly labels: ReadonlyMap<string, string> | undefined,
	) {}

	/** Brings texts that have come with a block into the spelling of codes. */
	respell(block: Block, file: string): void {
		const { dictionary } = this;
		const before = this.seen;
		for (; this.seen < dictionary.texts.length; this.seen++) this.look(this.seen);
		if (this.seen > before) this.rejectMixture(block, file);
	}

	private look(index: number): void {
		const text = this.dictionary.texts[index] as string;
		const code = canonicalCode(text);
		if (code === "") return;
		if (Number.isFinite(Number(code))) {
			if (this.numbers.size < MOST_CODES && !this.numbers.has(code)) this.numbers.set(code, index);
			return;
		}
		const meaning = this.known();
		if (meaning === null) return;
		const label = spelling(text);
		const answer = meaning.labels.get(label);
		const reason = noAnswerOf(label) ?? noAnswerOf(spelling(this.labels?.get(text) ?? ""));
		const found = answer ?? (reason === undefined ? undefined : meaning.missing.get(reason));
		if (found == null) return;
		this.dictionary.texts[index] = found;
		if (answer != null) this.firstLabel ??= index;
	}

	/** Worked out when the first word is met, as most files have none. */
	private known(): Meaning | null {
		if (this.meaning === undefined) this.meaning = meaningOf(this.name, this.codebook);
		return this.meaning;
	}

	private rejectMixture({ rows, codes, place }: Block, file: string): void {
		const known = [...this.numbers].find(([code]) => this.meaning?.codes.has(code));
		if (this.firstLabel === undefined || known === undefined) return;
		const [code, index] = known;
		const own = codes[this.slot] as Int32Array;
		const row = own.subarray(0, rows).findIndex((one) => one === index || one === this.firstLabel);
		throw new UserError(`has answers as codes, such as ${code}, and written out`, {
			where: { file, column: this.name.toUpperCase(), ...place(Math.max(0, row)) },
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
			const set = codebook.answers[item.answers ?? topic.answers];
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
function codesByLabel(answers: readonly [code: string, label: Text][]): Map<string, string | null> {
	const found = new Map<string, { code: string | null; of: Text }>();
	for (const [code, text] of answers) {
		for (const label of Object.values(text)) {
			if (label === undefined) continue;
			const key = spelling(label);
			const known = found.get(key);
			if (known === undefined) found.set(key, { code, of: text });
			else if (known.of !== text && known.code !== code) known.code = null;
		}
	}
	return new Map([...found].map(([key, { code }]) => [key, code]));
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
