import { UserError } from "../../base/errors.js";
import type { Cursor } from "../cursor.js";
import type { DecodeText } from "../sav/text.js";

/** Types of R's objects as serialisation codes them. */
export const TYPE = {
	nil: 0,
	symbol: 1,
	pairs: 2,
	closure: 3,
	environment: 4,
	promise: 5,
	call: 6,
	special: 7,
	builtin: 8,
	chars: 9,
	logical: 10,
	integer: 13,
	real: 14,
	complex: 15,
	strings: 16,
	dots: 17,
	list: 19,
	expression: 20,
	pointer: 22,
	weak: 23,
	raw: 24,
	s4: 25,
	alternative: 238,
	persistent: 247,
	packaged: 248,
	namespace: 249,
	null: 254,
	reference: 255,
} as const;

/** Objects without content: empty and base environments, markers. */
const EMPTY_TYPES: ReadonlySet<number> = new Set([TYPE.nil, TYPE.null, 241, 242, 250, 251, 252, 253]);

/** Deepest nesting of objects. */
const MOST_DEPTH = 200;
/** Elements of an attribute that is kept. */
const MOST_KEPT = 1 << 22;
export const NOT_AVAILABLE = -(2 ** 31);

/** What stands before an object. */
export interface Flags {
	type: number;
	/** For texts, their encoding. */
	levels: number;
	hasAttributes: boolean;
	hasTag: boolean;
	/** Number of what is referred to. */
	reference: number;
}

/** A small vector, such as the labels of a column; null stands for what is not available. */
export interface Values {
	values: (string | number | null)[];
	names: (string | null)[];
	/** Of numbers, the letter of each that is not available for a reason of its own; empty otherwise. */
	tags: string[];
}

/** Attributes of an object that are asked for, by their name. */
export type Attributes = Map<string, Values>;

/** Objects of R as they are serialised, taken one after the other. */
export class Items {
	/** Names of symbols, and null for what else may be referred to, in the order of the file. */
	private readonly references: (string | null)[] = [];

	constructor(
		readonly cursor: Cursor,
		readonly littleEndian: boolean,
		private readonly decode: DecodeText,
		/** Attributes that are kept. */
		private readonly kept: ReadonlySet<string>,
	) {}

	async int(): Promise<number> {
		const bytes = await this.cursor.take(4, "an object");
		return this.littleEndian ? bytes.readInt32LE() : bytes.readInt32BE();
	}

	async flags(): Promise<Flags> {
		const flags = await this.int();
		return {
			type: flags & 0xff,
			levels: (flags >> 12) & 0xffff,
			hasAttributes: (flags & 0x200) !== 0,
			hasTag: (flags & 0x400) !== 0,
			reference: flags >>> 8,
		};
	}

	/** Elements of a vector; more than 2^31 are written in two parts. */
	async length(): Promise<number> {
		const length = await this.int();
		if (length >= 0) return length;
		if (length !== -1) throw this.cursor.damaged(`a vector claims ${length} elements`);
		return (await this.int()) * 2 ** 32 + ((await this.int()) >>> 0);
	}

	/** Passes over an object whose flags have been taken. */
	async pass(flags: Flags, depth = 0): Promise<void> {
		this.checkDepth(depth);
		const { cursor } = this;
		const { type } = flags;
		if (EMPTY_TYPES.has(type)) return;
		switch (type) {
			case TYPE.reference:
				if (flags.reference === 0) await this.int();
				return;
			case TYPE.symbol:
				await this.symbol();
				return;
			case TYPE.chars:
				await cursor.skip(Math.max(0, await this.int()), "a text");
				break;
			case TYPE.logical:
			case TYPE.integer:
				await cursor.skip(4 * (await this.length()), "whole numbers");
				break;
			case TYPE.real:
				await cursor.skip(8 * (await this.length()), "numbers");
				break;
			case TYPE.complex:
				await cursor.skip(16 * (await this.length()), "complex numbers");
				break;
			case TYPE.raw:
				await cursor.skip(await this.length(), "bytes");
				break;
			case TYPE.special:
			case TYPE.builtin:
				await cursor.skip(Math.max(0, await this.int()), "a function");
				return;
			case TYPE.strings:
				await this.texts(await this.length(), () => {});
				break;
			case TYPE.list:
			case TYPE.expression:
				for (let left = await this.length(); left > 0; left--) await this.pass(await this.flags(), depth + 1);
				break;
			case TYPE.persistent:
			case TYPE.packaged:
			case TYPE.namespace:
				await this.int();
				await this.texts(await this.length(), () => {});
				this.references.push(null);
				return;
			case TYPE.environment:
				this.references.push(null);
				await this.int();
				for (let part = 0; part < 4; part++) await this.pass(await this.flags(), depth + 1);
				return;
			case TYPE.pointer:
				this.references.push(null);
				for (let part = 0; part < 2; part++) await this.pass(await this.flags(), depth + 1);
				break;
			case TYPE.weak:
				this.references.push(null);
				break;
			case TYPE.s4:
				break;
			case TYPE.alternative:
				for (let part = 0; part < 3; part++) await this.pass(await this.flags(), depth + 1);
				return;
			case TYPE.pairs:
			case TYPE.call:
			case TYPE.closure:
			case TYPE.promise:
			case TYPE.dots:
				return this.passPairs(flags, depth);
			default:
				throw new UserError("holds an object that is not a table", {
					where: { file: cursor.name, byte: cursor.offset },
					hint: "save the data frame alone: saveRDS(data, file)",
				});
		}
		if (flags.hasAttributes) await this.pass(await this.flags(), depth + 1);
	}

	/** A name, whose flags have been taken: a symbol, or one that was there before; null for anything else. */
	async name(flags: Flags): Promise<string | null> {
		if (flags.type === TYPE.symbol) return this.symbol();
		if (flags.type !== TYPE.reference) {
			await this.pass(flags);
			return null;
		}
		const number = flags.reference === 0 ? await this.int() : flags.reference;
		const name = this.references[number - 1];
		if (name === undefined) throw this.cursor.damaged("a reference is to nothing");
		return name;
	}

	/** The attributes of a vector whose elements have been taken; none where its flags say so. */
	async attributes({ hasAttributes }: Pick<Flags, "hasAttributes">): Promise<Attributes> {
		const found: Attributes = new Map();
		if (!hasAttributes) return found;
		let flags = await this.flags();
		while (flags.type === TYPE.pairs) {
			const tag = flags.hasTag ? await this.name(await this.flags()) : null;
			const value = await this.flags();
			if (tag !== null && this.kept.has(tag)) found.set(tag, await this.values(value));
			else await this.pass(value);
			flags = await this.flags();
		}
		await this.pass(flags);
		return found;
	}

	/** Elements of a vector of texts, each told with whether it is there. */
	async texts(count: number, take: (bytes: Buffer | null, levels: number) => void): Promise<void> {
		const { cursor, littleEndian } = this;
		for (let left = count; left > 0; ) {
			// As many as are at hand, without waiting for each.
			const piece = await cursor.some(Number.POSITIVE_INFINITY);
			let at = 0;
			while (left > 0 && piece.length - at >= 8) {
				const flags = littleEndian ? piece.readInt32LE(at) : piece.readInt32BE(at);
				const length = littleEndian ? piece.readInt32LE(at + 4) : piece.readInt32BE(at + 4);
				const end = at + 8 + Math.max(0, length);
				if (end > piece.length) break;
				this.checkText(flags, length);
				take(length < 0 ? null : piece.subarray(at + 8, end), (flags >> 12) & 0xffff);
				at = end;
				left -= 1;
			}
			cursor.putBack(piece.subarray(at));
			if (left === 0) return;
			const { type, levels } = await this.flags();
			const length = await this.int();
			this.checkText(type, length);
			take(length < 0 ? null : await cursor.take(length, "a text"), levels);
			left -= 1;
		}
	}

	/** A text by its encoding: Latin-1 where it is marked so, else UTF-8 where it is that. */
	readonly text = (bytes: Buffer, levels: number): string => {
		return (levels & 0x4) === 0 ? this.decode(bytes) : bytes.toString("latin1").trimEnd();
	};

	/** Numbers or texts of a small vector whose flags have been taken; anything else is passed over and empty. */
	async values(flags: Flags): Promise<Values> {
		const found: Values = { values: [], names: [], tags: [] };
		const { type } = flags;
		const { cursor, littleEndian } = this;
		const count = ([TYPE.logical, TYPE.integer, TYPE.real, TYPE.strings] as number[]).includes(type)
			? await this.length()
			: null;
		if (count === null) {
			if (type === TYPE.alternative) return this.alternativeValues();
			await this.pass(flags);
			return found;
		}
		if (count > MOST_KEPT) throw cursor.damaged(`an attribute has ${count} elements`);
		if (type === TYPE.strings) {
			await this.texts(count, (bytes, levels) =>
				found.values.push(bytes === null ? null : this.text(bytes, levels)),
			);
		} else if (type === TYPE.real) {
			const bytes = await cursor.take(8 * count, "an attribute");
			for (let at = 0; at < bytes.length; at += 8) {
				const value = littleEndian ? bytes.readDoubleLE(at) : bytes.readDoubleBE(at);
				found.values.push(Number.isNaN(value) ? null : value);
				const high = littleEndian ? bytes.readUInt32LE(at + 4) : bytes.readUInt32BE(at);
				found.tags.push(Number.isNaN(value) ? tagOf(high) : "");
			}
		} else {
			const bytes = await cursor.take(4 * count, "an attribute");
			for (let at = 0; at < bytes.length; at += 4) {
				const value = littleEndian ? bytes.readInt32LE(at) : bytes.readInt32BE(at);
				found.values.push(value === NOT_AVAILABLE ? null : value);
			}
		}
		const names = (await this.attributes(flags)).get("names");
		found.names = (names?.values ?? []).map((name) => (name === null ? null : String(name)));
		return found;
	}

	/** A small vector in another form: what is wrapped counts, whatever the wrapping; sequences have no labels. */
	private async alternativeValues(): Promise<Values> {
		await this.pass(await this.flags());
		const state = await this.flags();
		let found: Values = { values: [], names: [], tags: [] };
		if (state.type === TYPE.pairs) {
			if (state.hasAttributes) await this.pass(await this.flags());
			if (state.hasTag) await this.pass(await this.flags());
			found = await this.values(await this.flags());
			await this.pass(await this.flags());
		} else if (state.type === TYPE.real) found = sequence((await this.values(state)).values);
		else await this.pass(state);
		const attributes = await this.attributes({ hasAttributes: true });
		const names = attributes.get("names")?.values ?? [];
		return {
			...found,
			...(names.length > 0 ? { names: names.map((name) => (name === null ? null : String(name))) } : {}),
		};
	}

	private async symbol(): Promise<string> {
		const flags = await this.flags();
		const length = await this.int();
		this.checkText(flags.type, length);
		const name = length < 0 ? "NA" : this.text(await this.cursor.take(length, "a name"), flags.levels);
		this.references.push(name);
		return name;
	}

	/** A chain of pairs, each with its attributes, tag and value; the last one's rest is an object of its own. */
	private async passPairs(first: Flags, depth: number): Promise<void> {
		let flags = first;
		const isChain = ({ type }: Flags) =>
			([TYPE.pairs, TYPE.call, TYPE.closure, TYPE.promise, TYPE.dots] as number[]).includes(type);
		while (isChain(flags)) {
			if (flags.hasAttributes) await this.pass(await this.flags(), depth + 1);
			if (flags.hasTag) await this.pass(await this.flags(), depth + 1);
			await this.pass(await this.flags(), depth + 1);
			flags = await this.flags();
		}
		await this.pass(flags, depth + 1);
	}

	private checkText(flags: number, length: number): void {
		if ((flags & 0xff) !== TYPE.chars || length < -1) throw this.cursor.damaged("a text is none");
	}

	private checkDepth(depth: number): void {
		if (depth > MOST_DEPTH) throw this.cursor.damaged(`objects stand within each other ${depth} deep`);
	}
}

/** How R keeps 1, 2, 3 …: length, first number, step. */
function sequence([length, first, step]: readonly unknown[]): Values {
	const count = Math.min(Number(length), MOST_KEPT);
	const values = Array.from({ length: count }, (_, index) => Number(first) + index * Number(step));
	return { values, names: [], tags: [] };
}

/** The letter of a number that is not available for a reason of its own, as haven writes it; empty without one. */
export function tagOf(high: number): string {
	const letter = high & 0xff;
	return letter >= 0x61 && letter <= 0x7a ? String.fromCharCode(letter) : "";
}
