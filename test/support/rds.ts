/** A column of a data frame: whole numbers, numbers or texts, null for NA; levels make a factor of whole numbers. */
export interface RColumn {
	name: string;
	kind: "integer" | "real" | "text";
	values: (number | string | null)[];
	levels?: string[];
	label?: string;
}

const [LIST, STRINGS, CHARS, REAL, INTEGER, PAIRS, SYMBOL, NOTHING] = [19, 16, 9, 14, 13, 2, 1, 254];
const [IS_OBJECT, HAS_ATTRIBUTES, HAS_TAG, UTF8] = [1 << 8, 1 << 9, 1 << 10, 8 << 12];

/** A data frame as saveRDS(data, file, compress = FALSE) writes it. */
export function rds(columns: readonly RColumn[]): Buffer {
	const parts: Buffer[] = [];
	const int = (value: number) => {
		const bytes = Buffer.alloc(4);
		bytes.writeInt32BE(value | 0);
		parts.push(bytes);
	};
	const chars = (text: string | null) => {
		int(CHARS | UTF8);
		int(text === null ? -1 : Buffer.byteLength(text));
		parts.push(Buffer.from(text ?? ""));
	};
	const strings = (texts: readonly (string | null)[], flags = 0) => {
		int(STRINGS | flags);
		int(texts.length);
		for (const text of texts) chars(text);
	};
	const attributes = (pairs: Record<string, readonly string[] | undefined>) => {
		for (const [name, texts] of Object.entries(pairs)) {
			if (texts === undefined) continue;
			int(PAIRS | HAS_TAG);
			int(SYMBOL);
			chars(name);
			strings(texts);
		}
		int(NOTHING);
	};
	parts.push(Buffer.from("X\n"));
	for (const number of [3, 0x40202, 0x30500]) int(number);
	int(5);
	parts.push(Buffer.from("UTF-8"));
	int(LIST | IS_OBJECT | HAS_ATTRIBUTES);
	int(columns.length);
	for (const { kind, values, levels, label } of columns) {
		const flags = levels === undefined && label === undefined ? 0 : HAS_ATTRIBUTES;
		if (kind === "text")
			strings(
				values.map((value) => (value === null ? null : String(value))),
				flags,
			);
		else {
			int((kind === "real" ? REAL : INTEGER) | flags);
			int(values.length);
			for (const value of values) {
				if (kind === "integer") int(value === null ? -(2 ** 31) : Number(value));
				else if (value === null) parts.push(Buffer.from([0x7f, 0xf0, 0, 0, 0, 0, 0x07, 0xa2]));
				else {
					const bytes = Buffer.alloc(8);
					bytes.writeDoubleBE(Number(value));
					parts.push(bytes);
				}
			}
		}
		if (flags !== 0) {
			attributes({
				...(levels && { levels, class: ["factor"] }),
				...(label === undefined ? {} : { label: [label] }),
			});
		}
	}
	attributes({ names: columns.map(({ name }) => name), class: ["data.frame"] });
	return Buffer.concat(parts);
}
