/** A number, a text, or a missing value: `.`, `.a` to `.z`. */
export type DtaCell = number | string;

export interface DtaVariable {
	name: string;
	/** Bytes of a text up to 2045, "long" for a text of any length, or a kind of number. */
	type: number | "long" | "byte" | "int" | "int32" | "float" | "double";
	format?: string;
	label?: string;
	values?: [number | string, string][];
}

export interface DtaFile {
	release: 113 | 114 | 115 | 117 | 118 | 119;
	bigEndian?: boolean;
	variables: DtaVariable[];
	rows: DtaCell[][];
	/** Rows the header claims. */
	claims?: number;
}

const WIDTHS = {
	113: { name: 33, format: 12, label: 81 },
	114: { name: 33, format: 49, label: 81 },
	115: { name: 33, format: 49, label: 81 },
	117: { name: 33, format: 49, label: 81 },
	118: { name: 129, format: 57, label: 321 },
	119: { name: 129, format: 57, label: 321 },
};
const CODES = { byte: 65530, int: 65529, int32: 65528, float: 65527, double: 65526, long: 32768 };
const OLD_CODES = { byte: 251, int: 252, int32: 253, float: 254, double: 255, long: 0 };
const BYTES = { byte: 1, int: 2, int32: 4, float: 4, double: 8, long: 8 };
const FIRST_MISSING = { byte: 101, int: 32741, int32: 2147483621 };

/** Writes what is asked for and nothing else, so that tests can write what Stata would not. */
export function dta(file: DtaFile): Buffer {
	return file.release < 117 ? old(file) : tagged(file);
}

class Parts {
	readonly parts: Buffer[] = [];
	length = 0;

	constructor(private readonly bigEndian: boolean) {}

	put(...bytes: Buffer[]): this {
		for (const one of bytes) {
			this.parts.push(one);
			this.length += one.length;
		}
		return this;
	}

	text(text: string): this {
		return this.put(Buffer.from(text));
	}

	/** Text and zeros up to a width. */
	field(text: string, width: number): this {
		const bytes = Buffer.alloc(width);
		bytes.write(text);
		return this.put(bytes);
	}

	/** A whole number of so many bytes. */
	int(value: number, width: number): this {
		const bytes = Buffer.alloc(8);
		bytes.writeBigInt64LE(BigInt(value));
		const own = Buffer.from(bytes.subarray(0, width));
		return this.put(this.bigEndian ? own.reverse() : own);
	}

	real(value: number, width: 4 | 8): this {
		const bytes = Buffer.alloc(width);
		if (width === 4) bytes.writeFloatLE(value);
		else bytes.writeDoubleLE(value);
		return this.put(this.bigEndian ? bytes.reverse() : bytes);
	}

	bytes(): Buffer {
		return Buffer.concat(this.parts);
	}
}

const rankOf = (missing: string) => (missing === "." ? 0 : missing.charCodeAt(1) - 96);
const labelsOf = ({ values }: DtaVariable, index: number) => (values === undefined ? "" : `labels${index}`);

function old({ release, bigEndian = false, variables, rows, claims = rows.length }: DtaFile): Buffer {
	const { name, format, label } = WIDTHS[release];
	const out = new Parts(bigEndian);
	out
		.put(Buffer.of(release, bigEndian ? 1 : 2, 1, 0))
		.int(variables.length, 2)
		.int(claims, 4);
	out.field("made for a test", 81).field("01 Jan 2026 00:00", 18);
	for (const { type } of variables) out.int(typeof type === "number" ? type : OLD_CODES[type], 1);
	for (const variable of variables) out.field(variable.name, name);
	out.put(Buffer.alloc(2 * (variables.length + 1)));
	for (const variable of variables) out.field(formatOf(variable), format);
	for (const [index, variable] of variables.entries()) out.field(labelsOf(variable, index), name);
	for (const variable of variables) out.field(variable.label ?? "", label);
	out.int(1, 1).int(5, 4).text("note\0").int(0, 1).int(0, 4);
	writeRows(out, { release, bigEndian, variables, rows });
	for (const set of sets(variables, name, bigEndian)) out.put(set);
	return out.bytes();
}

function tagged({ release, bigEndian = false, variables, rows, claims = rows.length }: DtaFile): Buffer {
	const { name, format, label } = WIDTHS[release];
	const out = new Parts(bigEndian);
	const is117 = release === 117;
	out.text(
		`<stata_dta><header><release>${release}</release><byteorder>${bigEndian ? "MSF" : "LSF"}</byteorder>`,
	);
	out.text("<K>").int(variables.length, release === 119 ? 4 : 2);
	out.text("</K><N>").int(claims, is117 ? 4 : 8);
	out
		.text("</N><label>")
		.int(0, is117 ? 1 : 2)
		.text("</label><timestamp>")
		.int(0, 1);
	out
		.text("</timestamp></header><map>")
		.put(Buffer.alloc(14 * 8))
		.text("</map><variable_types>");
	for (const { type } of variables) out.int(typeof type === "number" ? type : CODES[type], 2);
	out.text("</variable_types><varnames>");
	for (const variable of variables) out.field(variable.name, name);
	out.text("</varnames><sortlist>").put(Buffer.alloc((release === 119 ? 4 : 2) * (variables.length + 1)));
	out.text("</sortlist><formats>");
	for (const variable of variables) out.field(formatOf(variable), format);
	out.text("</formats><value_label_names>");
	for (const [index, variable] of variables.entries()) out.field(labelsOf(variable, index), name);
	out.text("</value_label_names><variable_labels>");
	for (const variable of variables) out.field(variable.label ?? "", label);
	out.text("</variable_labels><characteristics><ch>").int(5, 4).text("note\0</ch></characteristics><data>");
	writeRows(out, { release, bigEndian, variables, rows });
	out.text("</data><strls>");
	for (const [row, cells] of rows.entries()) {
		for (const [index, { type }] of variables.entries()) {
			const text = cells[index];
			if (type !== "long" || text === "") continue;
			const bytes = Buffer.from(`${text}\0`);
			out
				.text("GSO")
				.int(index + 1, 4)
				.int(row + 1, is117 ? 4 : 8)
				.int(130, 1)
				.int(bytes.length, 4)
				.put(bytes);
		}
	}
	out.text("</strls><value_labels>");
	for (const set of sets(variables, name, bigEndian)) out.text("<lbl>").put(set).text("</lbl>");
	return out.text("</value_labels></stata_dta>").bytes();
}

function formatOf({ type, format }: DtaVariable): string {
	return format ?? (typeof type === "number" ? `%${type}s` : type === "long" ? "%9s" : "%9.0g");
}

function writeRows(out: Parts, { release, bigEndian = false, variables, rows }: DtaFile): void {
	for (const [row, cells] of rows.entries()) {
		for (const [index, { type }] of variables.entries()) {
			const cell = cells[index] ?? ".";
			if (typeof type === "number") out.field(String(cell), type);
			else if (type === "long") {
				const first = { 117: 4, 118: 2 }[release as number] ?? 3;
				const empty = cell === "";
				out.int(empty ? 0 : index + 1, first).int(empty ? 0 : row + 1, 8 - first);
			} else if (typeof cell === "number") {
				if (type === "float" || type === "double") out.real(cell, BYTES[type] as 4 | 8);
				else out.int(cell, BYTES[type]);
			} else if (type === "float") out.int(0x7f00_0000 + 0x800 * rankOf(cell), 4);
			else if (type === "double") {
				const high = 0x7fe0_0000 + 0x100 * rankOf(cell);
				if (bigEndian) out.int(high, 4).int(0, 4);
				else out.int(0, 4).int(high, 4);
			} else out.int(FIRST_MISSING[type] + rankOf(cell), BYTES[type]);
		}
	}
}

function sets(variables: readonly DtaVariable[], width: number, bigEndian: boolean): Buffer[] {
	return variables.flatMap((variable, index) => {
		if (variable.values === undefined) return [];
		const texts = variable.values.map(([, text]) => Buffer.from(`${text}\0`));
		const table = new Parts(bigEndian).int(texts.length, 4);
		table.int(
			texts.reduce((sum, { length }) => sum + length, 0),
			4,
		);
		let offset = 0;
		for (const { length } of texts) {
			table.int(offset, 4);
			offset += length;
		}
		for (const [value] of variable.values) {
			table.int(typeof value === "number" ? value : FIRST_MISSING.int32 + rankOf(value), 4);
		}
		table.put(...texts);
		return [
			new Parts(bigEndian)
				.int(table.length, 4)
				.field(labelsOf(variable, index), width)
				.put(Buffer.alloc(3), table.bytes())
				.bytes(),
		];
	});
}
