import { describe, expect, test } from "vitest";
import { describeError, UserError } from "../../src/index.js";
import { type Content, readAll } from "../support/read.js";
import { type SavFile, sav } from "../support/sav.js";
import { COMPRESSIONS, EVERYTHING, savSeeds } from "../support/sav-seeds.js";

/** What a damaged file gives: an error a user can act on, or content. Anything else fails the test. */
async function outcome(bytes: Buffer): Promise<UserError | Content> {
	try {
		return await readAll(bytes);
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		expect(error.hint).toBeTruthy();
		expect(error.where.file).toBeTruthy();
		expect(describeError(error)).not.toMatch(/\n|\bat .*\.[jt]s|undefined|\[object|NaN/);
		return error;
	}
}

/** Numbers from 0 up to 1, the same in every run. */
function random(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
}

const SMALL: SavFile = {
	variables: [
		{ name: "A", label: "Age", values: [[1, "one"]], missing: [9] },
		{ name: "B", longName: "Remark", width: 10, missing: ["none"] },
	],
	rows: [
		[1, "abc"],
		[2.5, ""],
		[null, "abcdefghij"],
	],
	encoding: "UTF-8",
	codePage: 65001,
};

describe("a file that is cut off says so, wherever it is cut", () => {
	test.each(COMPRESSIONS)("%s", async (compression) => {
		const bytes = sav({ ...SMALL, compression, zlibBlock: 20 });
		for (let length = 4; length < bytes.length; length++) {
			const found = await outcome(bytes.subarray(0, length));
			expect(found, `${length} of ${bytes.length} bytes`).toBeInstanceOf(UserError);
			expect((found as UserError).message).toMatch(/cut off|zlib stream/);
		}
		expect(await outcome(bytes)).not.toBeInstanceOf(UserError);
	});

	test.each(COMPRESSIONS)("%s, rows not counted: whole rows are all there is", async (compression) => {
		const bytes = sav({ ...SMALL, compression, claims: null });
		const whole = (await outcome(bytes)) as Content;
		for (let length = 4; length < bytes.length; length++) {
			const found = await outcome(bytes.subarray(0, length));
			if (found instanceof UserError) continue;
			expect(found.rows).toEqual(whole.rows.slice(0, found.rows.length));
		}
	});
});

/** A number at its place instead of the one that stands there. */
function claiming(bytes: Buffer, at: number, value: number): Buffer {
	const copy = Buffer.from(bytes);
	copy.writeInt32LE(value, at);
	return copy;
}

describe("claims that no bytes stand behind are not believed", () => {
	const bytes = sav(SMALL);
	/** Place of the value labels' count, of their variables' count, of the label's length, of an extension's count. */
	const labels = bytes.indexOf(Buffer.from(Int32Array.of(3, 1).buffer), 176) + 4;
	const variables = bytes.indexOf(Buffer.from(Int32Array.of(4, 1, 1).buffer)) + 4;
	const label = bytes.indexOf("Age") - 4;
	const extension = bytes.indexOf(Buffer.from(Int32Array.of(7, 13).buffer)) + 12;

	test.each<[string, number, number, RegExp]>([
		["rows", 80, 1_000_000_000, /cut off after row 3 of 1000000000/],
		["rows below none", 80, -5, /claims -5 rows/],
		["value labels", labels, 2 ** 31 - 1, /damaged|cut off/],
		["variables of labels", variables, 2 ** 31 - 1, /damaged|cut off/],
		["a label's letters", label, 2 ** 31 - 1, /claims 2147483647 bytes/],
		["an extension's bytes", extension, 2 ** 31 - 1, /claims 2147483647 bytes/],
		["a negative number of labels", labels, -1, /number of value labels is -1/],
	])("%s", async (_, at, value, message) => {
		const before = process.memoryUsage().rss;
		const found = await outcome(claiming(bytes, at, value));
		expect(describeError(found as UserError)).toMatch(message);
		expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
	});

	test("a billion rows, in memory that does not grow with them", async () => {
		const rows = Array.from({ length: 20_000 }, (_, row) => [row % 7, "same"]);
		const many = sav({ ...SMALL, rows, claims: 1_000_000_000 });
		expect(((await outcome(many)) as UserError).message).toMatch(/after row 20000 of 1000000000/);
	});
});

describe("what cannot be is refused with its place", () => {
	const bytes = sav(SMALL);
	/** Where the codes of the rows begin. */
	const data = bytes.indexOf(Buffer.from(Int32Array.of(999, 0).buffer)) + 8;
	const changed = (change: (copy: Buffer) => void) => {
		const copy = Buffer.from(bytes);
		change(copy);
		return copy;
	};

	test.each<[string, Buffer, RegExp]>([
		["a layout nobody has", changed((copy) => copy.writeInt32LE(7, 64)), /byte 64: .*layout code is 7/],
		["a compression nobody has", changed((copy) => copy.writeInt32LE(9, 72)), /byte 72: .*compression/],
		["numbers in another format", changed((copy) => copy.writeDoubleLE(99, 84)), /IEEE 754/],
		["a record of no type", changed((copy) => copy.writeInt32LE(77, 176)), /byte 176: .*record of type 77/],
		["blanks for a number", changed((copy) => copy.writeUInt8(254, data)), /row 1: .*blanks stand/],
		["a number for a text", changed((copy) => copy.writeUInt8(150, data + 1)), /row 1: .*number stands/],
	])("%s", async (_, damaged, message) => {
		const found = await outcome(damaged);
		expect(found).toBeInstanceOf(UserError);
		expect(describeError(found as UserError)).toMatch(message);
	});

	test("no variables", async () => {
		expect(((await outcome(sav({ variables: [], rows: [] }))) as UserError).message).toMatch(/no variables/);
	});

	test("no rows", async () => {
		expect(((await outcome(sav({ ...SMALL, rows: [] }))) as UserError).message).toMatch(/no rows/);
	});

	test("zlib damage anywhere is found by its checksum", async () => {
		const packed = sav({ ...EVERYTHING, compression: "zlib" });
		const data = packed.lastIndexOf(Buffer.from([0x78, 0x9c]));
		for (let at = data + 2; at < packed.length - 48; at += 7) {
			const copy = Buffer.from(packed);
			copy[at] = (copy[at] as number) ^ 0x10;
			expect(await outcome(copy), `byte ${at}`).toBeInstanceOf(UserError);
		}
	});
});

describe("damage of every kind ends in an error or in content", () => {
	test.each(savSeeds().map(({ name, bytes }, index) => [name, bytes, index] as const))(
		"%s",
		async (_, bytes, index) => {
			const draw = random(index + 1);
			for (let trial = 0; trial < 150; trial++) {
				const copy = Buffer.from(bytes);
				const hits = 1 + Math.floor(draw() * 4);
				for (let hit = 0; hit < hits; hit++) {
					const at = Math.floor(draw() * copy.length);
					copy[at] =
						draw() < 0.5 ? Math.floor(draw() * 256) : (copy[at] as number) ^ (1 << Math.floor(draw() * 8));
				}
				const found = await outcome(copy);
				if (found instanceof UserError) continue;
				expect(found.rows.length).toBeGreaterThan(0);
				for (const row of found.rows) expect(row.every((cell) => typeof cell === "string")).toBe(true);
			}
		},
	);
});
