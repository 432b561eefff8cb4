import { foldCase } from "../codebook/meaning/answers.js";
import { canonicalCode } from "../codebook/meaning/states.js";
import { type FoundColumn, isBox } from "./column-kinds.js";
import { reasons } from "./named.js";

/** A question by whose answers others may have been routed: a column, an option of a list, or a whole question. */
export interface Gate {
	/** Positions of its columns. */
	places: readonly number[];
	/** What it can answer, … */
	answers: readonly string[];
	/** … and which of these each of the first rows has; -1 where that is unknown. */
	first: Int16Array;
}

/** Which answers of a gate let respondents be asked, and how well that explains who answered. */
export interface FoundFilter<G extends Gate = Gate> {
	gate: G;
	open: string[];
	/** Respondents who were not asked, and how many of them answered anyway. */
	closed: { rows: number; answered: number };
	/** Respondents who were asked, and how many of them did not answer. */
	asked: { rows: number; silent: number };
	/** Whether nobody answered unasked, nearly all who were asked did, and chance is out of question. */
	sure: boolean;
	/** Another gate that explains the answers equally well. */
	other: FoundFilter<G> | undefined;
}

/** Yes and no of a gate that has these two. */
export const [YES, NO] = ["yes", "no"] as const;

/** Of those who were not asked at most this share answers, by mistake; of those who were, at least that one. */
const MOST_UNASKED = 0.1;
const LEAST_ASKED = 0.5;
/** Where more of those asked are silent, another question may stand between. */
const MOST_SILENT = 0.2;
/** Answers of respondents whose gate is unknown. */
const MOST_UNKNOWN = 0.05;
/** Logarithms of the chance that respondents who were asked leave a question out just where a gate has one answer. */
const [SURE, LIKELY] = [-6, -4];

/**
 * Which of the first rows have an answer in at least so many of some columns: in one, or in half of them, where answers by
 * mistake are to be overlooked.
 * @param asked Counts "do not know" and its like, too: those who say so were asked.
 */
function answeredIn(columns: readonly FoundColumn[], least: number, asked: boolean): Uint8Array {
	const given = new Uint16Array(columns[0]?.profile.first.length ?? 0);
	for (const column of columns) {
		const { profile, found } = column;
		const missing = missingOf(found);
		const why = reasons(missing, [column]);
		const none = new Set(["", ...missing.filter((text) => !asked || why[canonicalCode(text)] !== "omitted")]);
		for (const [row, text] of profile.first.entries()) {
			if (!none.has(text)) given[row] = (given[row] as number) + 1;
		}
	}
	return Uint8Array.from(given, (count) => Number(count >= least));
}

function missingOf(found: FoundColumn["found"]): readonly string[] {
	if (found.kind === "answers") return found.answers.missing;
	return found.kind === "values" || found.kind === "number" ? found.missing : [];
}

/** What a column by itself tells of whom other questions were asked; undefined where it is no question with few answers. */
export function gateOf({ profile, found }: FoundColumn): Gate | undefined {
	const { first, place } = profile;
	if (found.kind === "answers") {
		if (found.answers.unlisted !== undefined) return undefined;
		const yes = new Set(found.answers.yes.map(foldCase));
		const none = new Set(["", ...found.answers.missing]);
		const box = isBox(found.answers);
		return gate([place], [NO, YES], first, (text) => {
			if (none.has(text)) return box && text === "" ? 0 : -1;
			return yes.has(foldCase(text)) ? 1 : 0;
		});
	}
	if (found.kind === "values") {
		const answers = [...new Set(found.values.map(foldCase))];
		return gate([place], answers, first, (text) => answers.indexOf(foldCase(text)));
	}
	if (found.kind !== "number") return undefined;
	const none = new Set(["", ...found.missing]);
	return gate([place], [NO, YES], first, (text) => {
		const number = none.has(text) ? Number.NaN : Number(text.replace(",", "."));
		return Number.isNaN(number) ? -1 : Number(number > 0);
	});
}

/** An option of a column of lists. */
export function optionGate({ profile, found }: FoundColumn, option: string, emptyIsNo: boolean): Gate {
	const separator = found.kind === "list" ? found.list.separator : ";";
	// An option may hold the separator itself, so that cells are not cut there.
	const cell = (text: string) =>
		separator +
		text
			.split(separator)
			.map((part) => part.trim())
			.join(separator) +
		separator;
	const wanted = cell(option);
	return gate([profile.place], [NO, YES], profile.first, (text) => {
		if (text === "") return emptyIsNo ? 0 : -1;
		return Number(cell(text).includes(wanted));
	});
}

/** Whether one of several items of yes and no is a yes. */
export function anyGate(columns: readonly FoundColumn[]): Gate | undefined {
	const parts = columns.map(gateOf);
	const first = new Int16Array(parts[0]?.first.length ?? 0);
	for (let row = 0; row < first.length; row++) {
		const all = parts.map((part) => part?.first[row] ?? -1);
		first[row] = all.includes(1) ? 1 : all.includes(-1) ? -1 : 0;
	}
	return { places: columns.map(({ profile }) => profile.place), answers: [NO, YES], first };
}

function gate(
	places: number[],
	answers: string[],
	texts: readonly string[],
	codeOf: (text: string) => number,
): Gate {
	const known = new Map<string, number>();
	const first = Int16Array.from(texts, (text) => {
		const code = known.get(text) ?? codeOf(text);
		known.set(text, code);
		return code;
	});
	return { places, answers, first };
}

/**
 * The gate that best explains who answered a question of some columns, whether those who "do not know" did or not.
 * @param least Columns that must be answered.
 */
export function findFilter<G extends Gate>(
	columns: readonly FoundColumn[],
	gates: readonly G[],
	least = 1,
): FoundFilter<G> | undefined {
	const from = columns[0]?.profile.place ?? 0;
	const [one, other] = [false, true].map((asked) => bestOf(answeredIn(columns, least, asked), gates, from));
	if (one === undefined || other === undefined) return one ?? other;
	return errorsOf(other) < errorsOf(one) ? other : one;
}

/**
 * The gate that best explains who answered, by the rows at hand: one answer or several after which next to nobody
 * did, where most others did. Undefined where no gate does, as where people only leave questions out.
 * @param from Place of the question's first column: what comes later decides only where nothing before it does.
 */
function bestOf<G extends Gate>(
	answered: Uint8Array,
	gates: readonly G[],
	from: number,
): FoundFilter<G> | undefined {
	if (!answered.includes(0)) return undefined;
	const found = gates.flatMap((one) => explain(answered, one) ?? []);
	const before = found.filter(({ gate }) => Math.max(...gate.places) < from);
	const [best, ...others] = (before.length > 0 ? before : found).toSorted(
		(a, b) => errorsOf(a) - errorsOf(b) || nearness(b, from) - nearness(a, from),
	);
	if (best === undefined) return undefined;
	const most = errorsOf(best) + (errorsOf(best) === 0 ? 0 : answered.length / 200);
	return { ...best, other: others.find((one) => errorsOf(one) <= most) };
}

function errorsOf({ closed, asked }: FoundFilter): number {
	return closed.answered + asked.silent;
}

/** Of gates that fit alike, the question right before is the likeliest. */
function nearness({ gate: { places } }: FoundFilter, from: number): number {
	const last = Math.max(...places);
	return last < from ? last - from : from - last;
}

function explain<G extends Gate>(answered: Uint8Array, gate: G): FoundFilter<G> | undefined {
	const rows = gate.answers.map(() => 0);
	const given = gate.answers.map(() => 0);
	let unknown = 0;
	for (let row = 0; row < answered.length; row++) {
		const code = gate.first[row] as number;
		const one = answered[row] as number;
		if (code < 0) unknown += one;
		else {
			rows[code] = (rows[code] as number) + 1;
			given[code] = (given[code] as number) + one;
		}
	}
	const codes = [...gate.answers.keys()].filter((code) => (rows[code] as number) > 0);
	const share = (code: number) => (given[code] as number) / (rows[code] as number);
	const shut = codes.filter((code) => share(code) <= MOST_UNASKED);
	const open = codes.filter((code) => share(code) >= LEAST_ASKED);
	if (shut.length === 0 || open.length === 0 || shut.length + open.length < codes.length) return undefined;
	const total = (of: readonly number[], counts: readonly number[]) =>
		of.reduce((sum, code) => sum + (counts[code] as number), 0);
	const closed = { rows: total(shut, rows), answered: total(shut, given) };
	const asked = { rows: total(open, rows), silent: total(open, rows) - total(open, given) };
	if (unknown > MOST_UNKNOWN * (closed.answered + asked.rows - asked.silent)) return undefined;
	const chance =
		(closed.rows - closed.answered) * Math.log10((asked.silent + 1) / (asked.rows + 2)) +
		closed.answered * Math.log10(closed.rows);
	if (chance > LIKELY) return undefined;
	return {
		gate,
		open: open.map((code) => gate.answers[code] as string),
		...{ closed, asked },
		sure: chance <= SURE && closed.answered === 0 && asked.silent <= MOST_SILENT * asked.rows,
		other: undefined,
	};
}
