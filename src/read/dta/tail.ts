import type { Cursor } from "../cursor.js";
import { Fields } from "../fields.js";
import type { DecodeText } from "../sav/text.js";
import { type DtaLayout, expectMark, FIRST_TAGGED, upToZero } from "./layout.js";
import { missingText } from "./missing.js";

/** Value labels by the name of their set. */
export type LabelSets = Map<string, Map<string, string>>;

/** Where the file's end is found, and how. */
type Place = Pick<DtaLayout, "release" | "littleEndian" | "rows" | "rowBytes" | "widths">;

/** Bytes all labels may have; beyond it what the tool keeps of them could fill the memory. */
const MOST_LABEL_BYTES = 1 << 26;
const LENGTH_BYTES = 4;
const PADDING = 3;
/** Labels of `.` and `.a` to `.z` have these values and those behind them. */
const FIRST_MISSING = 2_147_483_621;

/**
 * Passes over the rows, and over the long texts behind them.
 * @param onText Takes each long text, by what cells have in its place.
 */
export async function passRows(
	cursor: Cursor,
	place: Place,
	onText?: (key: string, bytes: Buffer) => void,
): Promise<void> {
	await cursor.skip(place.rows * place.rowBytes, "the rows");
	if (place.release < FIRST_TAGGED) return;
	await expectMark(cursor, "</data><strls>", "the rows");
	const wide = place.release === FIRST_TAGGED ? 4 : 8;
	for (;;) {
		const mark = (await cursor.take(3, "the long texts")).toString("latin1");
		if (mark === "</s") return expectMark(cursor, "trls>", "the long texts");
		if (mark !== "GSO") throw cursor.damaged("a long text has no mark");
		const start = cursor.offset;
		const header = await cursor.take(4 + wide + 1 + LENGTH_BYTES, "the long texts");
		const fields = new Fields(header, place.littleEndian, cursor, start);
		const key = `${fields.unsigned(4)} ${fields.unsigned(wide)}`;
		fields.byte();
		const length = fields.unsigned(LENGTH_BYTES);
		if (onText === undefined) await cursor.skip(length, "the long texts");
		else onText(key, upToZero(await cursor.take(length, "the long texts")));
	}
}

/** Reads the value labels, which are the last of the file. */
export async function readLabels(cursor: Cursor, place: Place, decode: DecodeText): Promise<LabelSets> {
	const sets: LabelSets = new Map();
	const tagged = place.release >= FIRST_TAGGED;
	const what = "the value labels";
	if (tagged) await expectMark(cursor, "<value_labels>", "the long texts");
	let kept = 0;
	for (;;) {
		const mark = tagged ? await cursor.take(5, what) : await cursor.some(1);
		if (mark.length === 0) return sets;
		if (!tagged) cursor.putBack(mark);
		else if (mark.toString("latin1") === "</val") {
			await expectMark(cursor, "ue_labels></stata_dta>", what);
			return sets;
		} else if (mark.toString("latin1") !== "<lbl>") throw cursor.damaged("a set of value labels has no mark");
		const header = await fieldsOf(cursor, LENGTH_BYTES + place.widths.name + PADDING, place, what);
		const length = header.unsigned(LENGTH_BYTES);
		kept += length;
		if (kept > MOST_LABEL_BYTES) throw cursor.damaged("its value labels go on for more than 64 MB");
		const name = upToZero(header.raw(place.widths.name)).toString("latin1");
		sets.set(name, setOf(await fieldsOf(cursor, length, place, what), length, cursor, decode));
		if (tagged) await expectMark(cursor, "</lbl>", what);
	}
}

async function fieldsOf(cursor: Cursor, bytes: number, { littleEndian }: Place, what: string) {
	const start = cursor.offset;
	return new Fields(await cursor.take(bytes, what), littleEndian, cursor, start);
}

function setOf(fields: Fields, length: number, cursor: Cursor, decode: DecodeText): Map<string, string> {
	const [count, textBytes] = [fields.unsigned(4), fields.unsigned(4)];
	if (8 + 8 * count + textBytes > length) throw cursor.damaged("a set of value labels is too short");
	const offsets = Array.from({ length: count }, () => fields.unsigned(4));
	const values = Array.from({ length: count }, () => fields.int());
	const texts = fields.raw(textBytes);
	return new Map(
		values.map((value, index) => {
			const code = value < FIRST_MISSING ? String(value) : missingText(value - FIRST_MISSING);
			return [code, decode(upToZero(texts.subarray(offsets[index])))];
		}),
	);
}
