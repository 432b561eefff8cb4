import { UserError } from "../../base/errors.js";
import type { Cursor } from "../cursor.js";
import { Fields } from "../fields.js";

/** Widths of what a release of the format has, in bytes. */
interface Widths {
	name: number;
	format: number;
	label: number;
}

/** A variable as the file stores it, its texts still bytes. */
export interface RawDtaVariable {
	name: Buffer;
	/** Code of its type. */
	type: number;
	format: string;
	label: Buffer;
	/** Name of the set of value labels it has; empty without. */
	labels: string;
}

/** What a Stata file says before its rows, and where they are. Plain data but for the bytes of texts. */
export interface DtaLayout {
	release: number;
	littleEndian: boolean;
	rows: number;
	variables: RawDtaVariable[];
	widths: Widths;
	/** Where the first row begins, and bytes a row has. */
	data: number;
	rowBytes: number;
	/** Where the cells of a column begin in a row. */
	places: number[];
}

/** A release since 13 is marked by tags, those before by a byte. */
export const FIRST_TAGGED = 117;

const OLD_WIDTHS = { name: 33, label: 81 };
const WIDTHS: Record<number, Widths> = {
	113: { ...OLD_WIDTHS, format: 12 },
	114: { ...OLD_WIDTHS, format: 49 },
	115: { ...OLD_WIDTHS, format: 49 },
	117: { ...OLD_WIDTHS, format: 49 },
	118: { name: 129, format: 57, label: 321 },
	119: { name: 129, format: 57, label: 321 },
};

const MOST_COLUMNS = 120_000;
const MOST_ROW_BYTES = 1 << 25;
const [DATA_LABEL, TIME_STAMP] = [81, 18];

/**
 * Reads up to the first row. Layout after Stata's own description, `help dta`.
 * @throws UserError where the file is cut off, damaged, or of another release.
 */
export async function readLayout(cursor: Cursor): Promise<DtaLayout> {
	const first = await cursor.take(1, "the file header");
	if (first[0] !== 0x3c) return new OldLayoutReader(cursor, first[0] as number).read();
	return new TaggedLayoutReader(cursor).read();
}

function widthsOf(release: number, cursor: Cursor): Widths {
	const widths = WIDTHS[release];
	if (widths !== undefined) return widths;
	throw new UserError(`is a Stata file of release ${release}, which is not read`, {
		where: { file: cursor.name },
		hint: "save it from Stata with saveold, or in R: haven::write_dta(data, file)",
	});
}

/** Bytes of a cell by the code of its type; undefined where there is no such type. */
function cellBytes(type: number): number | undefined {
	if (type > 0 && type <= LONGEST_TEXT) return type;
	return { [BYTE]: 1, [INT]: 2, [LONG]: 4, [FLOAT]: 4, [DOUBLE]: 8, [LONG_TEXT]: 8 }[type];
}

/** Types as releases since 13 code them; texts have their length. */
export const [DOUBLE, FLOAT, LONG, INT, BYTE, LONG_TEXT] = [65526, 65527, 65528, 65529, 65530, 32768];
const LONGEST_TEXT = 2045;

/** Releases before 13 code types in a byte. */
const OLD_TYPES = new Map([
	[251, BYTE],
	[252, INT],
	[253, LONG],
	[254, FLOAT],
	[255, DOUBLE],
]);

/** A text up to its zero. */
export function upToZero(bytes: Buffer): Buffer {
	const end = bytes.indexOf(0);
	return end < 0 ? bytes : bytes.subarray(0, end);
}

/** What both kinds of layout share: fixed-width fields, one per variable. */
abstract class LayoutReader {
	protected littleEndian = true;

	constructor(protected readonly cursor: Cursor) {}

	protected async fields(count: number, what: string): Promise<Fields> {
		const start = this.cursor.offset;
		return new Fields(await this.cursor.take(count, what), this.littleEndian, this.cursor, start);
	}

	/** One text per variable, each in a field of this width. */
	protected async texts(count: number, width: number, what: string): Promise<Buffer[]> {
		const bytes = await this.cursor.take(count * width, what);
		return Array.from({ length: count }, (_, index) =>
			upToZero(bytes.subarray(index * width, (index + 1) * width)),
		);
	}

	protected checkColumns(columns: number): void {
		if (columns < 1 || columns > MOST_COLUMNS) throw this.cursor.damaged(`it claims ${columns} variables`);
	}

	protected checkRows(rows: number): void {
		if (!Number.isSafeInteger(rows) || rows < 0) throw this.cursor.damaged(`it claims ${rows} rows`);
	}

	/** Where the cells of each column begin, and how long a row is. */
	protected places(types: readonly number[]): Pick<DtaLayout, "places" | "rowBytes"> {
		let rowBytes = 0;
		const places = types.map((type) => {
			const place = rowBytes;
			const bytes = cellBytes(type);
			if (bytes === undefined) throw this.cursor.damaged(`a variable is of type ${type}, which is none`);
			rowBytes += bytes;
			return place;
		});
		if (rowBytes > MOST_ROW_BYTES) throw this.cursor.damaged(`a row claims ${rowBytes} bytes`);
		return { places, rowBytes };
	}
}

/** Releases 113 to 115: fields one after the other. */
class OldLayoutReader extends LayoutReader {
	constructor(
		cursor: Cursor,
		private readonly release: number,
	) {
		super(cursor);
	}

	async read(): Promise<DtaLayout> {
		const { cursor, release } = this;
		const widths = widthsOf(release, cursor);
		const order = (await cursor.take(3, "the file header"))[0];
		if (order !== 1 && order !== 2) throw cursor.damaged(`its byte order is ${order}, which is none`);
		this.littleEndian = order === 2;
		const header = await this.fields(6, "the file header");
		const columns = header.short();
		const rows = header.int();
		this.checkColumns(columns);
		this.checkRows(rows);
		await cursor.take(DATA_LABEL + TIME_STAMP, "the file header");
		const types = [...(await cursor.take(columns, "the types"))].map((type) => OLD_TYPES.get(type) ?? type);
		const names = await this.texts(columns, widths.name, "the names");
		await cursor.take(2 * (columns + 1), "the sort order");
		const formats = await this.texts(columns, widths.format, "the formats");
		const labels = await this.texts(columns, widths.name, "names of value labels");
		const texts = await this.texts(columns, widths.label, "the labels");
		await this.passExpansions();
		const places = this.places(types);
		return {
			...{ release, littleEndian: this.littleEndian, rows, widths, data: cursor.offset, ...places },
			variables: variablesOf({ names, types, formats, texts, labels }),
		};
	}

	/** Characteristics, each with its type and length; one without either ends them. */
	private async passExpansions(): Promise<void> {
		for (;;) {
			const header = await this.fields(5, "the characteristics");
			const [type, length] = [header.byte(), header.int()];
			if (length < 0) throw this.cursor.damaged(`a characteristic claims ${length} bytes`);
			if (type === 0 && length === 0) return;
			await this.cursor.skip(length, "the characteristics");
		}
	}
}

/** Releases since 117: the same between tags, and a map of where they are. */
class TaggedLayoutReader extends LayoutReader {
	async read(): Promise<DtaLayout> {
		const { cursor } = this;
		await this.expect("stata_dta><header><release>", "the file header");
		const release = Number((await cursor.take(3, "the file header")).toString("latin1"));
		const widths = widthsOf(release, cursor);
		await this.expect("</release><byteorder>", "the file header");
		const order = (await cursor.take(3, "the file header")).toString("latin1");
		if (order !== "LSF" && order !== "MSF") throw cursor.damaged("its byte order is none");
		this.littleEndian = order === "LSF";
		const is117 = release === FIRST_TAGGED;
		await this.expect("</byteorder><K>", "the file header");
		const columns = await this.unsigned(release === 119 ? 4 : 2);
		this.checkColumns(columns);
		await this.expect("</K><N>", "the file header");
		const rows = await this.unsigned(is117 ? 4 : 8);
		this.checkRows(rows);
		await this.expect("</N><label>", "the file header");
		await cursor.take(await this.unsigned(is117 ? 1 : 2), "the file header");
		await this.expect("</label><timestamp>", "the file header");
		await cursor.take(await this.unsigned(1), "the file header");
		await this.expect("</timestamp></header><map>", "the file header");
		await cursor.take(14 * 8, "the map");
		await this.expect("</map><variable_types>", "the map");
		const typeFields = await this.fields(2 * columns, "the types");
		const types = Array.from({ length: columns }, () => typeFields.unsigned(2));
		await this.expect("</variable_types><varnames>", "the types");
		const names = await this.texts(columns, widths.name, "the names");
		await this.expect("</varnames><sortlist>", "the names");
		await cursor.skip((release === 119 ? 4 : 2) * (columns + 1), "the sort order");
		await this.expect("</sortlist><formats>", "the sort order");
		const formats = await this.texts(columns, widths.format, "the formats");
		await this.expect("</formats><value_label_names>", "the formats");
		const labels = await this.texts(columns, widths.name, "names of value labels");
		await this.expect("</value_label_names><variable_labels>", "names of value labels");
		const texts = await this.texts(columns, widths.label, "the labels");
		await this.expect("</variable_labels><characteristics>", "the labels");
		await this.passCharacteristics();
		await this.expect("data>", "the characteristics");
		const places = this.places(types);
		return {
			...{ release, littleEndian: this.littleEndian, rows, widths, data: cursor.offset, ...places },
			variables: variablesOf({ names, types, formats, texts, labels }),
		};
	}

	/** Characteristics up to the `<` of what follows them. */
	private async passCharacteristics(): Promise<void> {
		const { cursor } = this;
		for (;;) {
			const tag = (await cursor.take(4, "the characteristics")).toString("latin1");
			if (tag !== "<ch>") {
				if (tag !== "</ch") throw cursor.damaged("a mark is missing within the characteristics");
				return this.expect("aracteristics><", "the characteristics");
			}
			await cursor.skip(await this.unsigned(4), "the characteristics");
			await this.expect("</ch>", "the characteristics");
		}
	}

	private async expect(text: string, what: string): Promise<void> {
		await expectMark(this.cursor, text, what);
	}

	private async unsigned(bytes: 1 | 2 | 4 | 8): Promise<number> {
		return (await this.fields(bytes, "the file header")).unsigned(bytes);
	}
}

/** @throws UserError where something else stands there. */
export async function expectMark(cursor: Cursor, text: string, what: string): Promise<void> {
	const found = (await cursor.take(text.length, what)).toString("latin1");
	if (found !== text) throw cursor.damaged(`a mark is missing behind ${what}`, cursor.offset - text.length);
}

function variablesOf(parts: {
	names: Buffer[];
	types: number[];
	formats: Buffer[];
	texts: Buffer[];
	labels: Buffer[];
}): RawDtaVariable[] {
	return parts.names.map((name, index) => ({
		name,
		type: parts.types[index] as number,
		format: (parts.formats[index] as Buffer).toString("latin1"),
		label: parts.texts[index] as Buffer,
		labels: (parts.labels[index] as Buffer).toString("latin1"),
	}));
}
