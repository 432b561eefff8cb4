import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Block, Dictionary, Source } from "../../src/read/block.js";
import { HeldFile } from "../../src/read/held-file.js";
import { openSource } from "../../src/read/index.js";
import { standBy, takeOver, threadsOf } from "../../src/read/threads/file-threads.js";
import { readAhead } from "../../src/read/threads/read-ahead.js";
import { weightsOf } from "../support/read.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-ahead-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A survey of 20 000 rows, which is five blocks: more than may be on their way at once. */
function survey(): string[] {
	const lines = Array.from({ length: 20_000 }, (_, row) =>
		[`C${row % 7}`, row % 11, (row * 1.37).toFixed(5), (row * 0.71).toFixed(7)].join(","),
	);
	return ["CNTRY,TT3G22A,W,R1", ...lines];
}

function write(name: string, lines: readonly string[]): string {
	const path = join(folder, name);
	writeFileSync(path, `${lines.join("\n")}\n`);
	return path;
}

const open = (path: string) => openSource(path, { stdin: process.stdin });
const openAhead = async (path: string, start: "at-once" | "when-read" = "at-once", hashed = true) => {
	const file = new HeldFile(path);
	const source = await open(path);
	return readAhead(file, source, {
		progress: () => {},
		hashed,
		begun: start === "at-once" ? threadsOf(file) : undefined,
	});
};

/** All that a source tells, row by row. */
async function rowsOf(source: Source): Promise<unknown[]> {
	const { blocks, dictionaries } = source.read({ coded: [1, 0], weights: [2, 3] });
	const rows: unknown[] = [];
	for await (const block of blocks) {
		for (let row = 0; row < block.rows; row++) {
			rows.push([block.place(row), ...valuesOf(block, row, dictionaries)]);
		}
	}
	const sha256 = await source.sha256();
	source.close?.();
	return [...rows, sha256];
}

function valuesOf(block: Block, row: number, dictionaries: readonly Dictionary[]) {
	return [
		...block.codes.map((column, slot) => dictionaries[slot]?.texts[column[row] as number]),
		...weightsOf(block, row),
	];
}

describe("a file read by a thread of its own", () => {
	test("gives the same rows, places and sum as without, block by block", async () => {
		const path = write("teachers.csv", survey());
		const rows = await rowsOf(await open(path));
		expect(rows).toHaveLength(20_001);
		for (const start of ["at-once", "when-read"] as const) {
			expect(await rowsOf(await openAhead(path, start))).toEqual(rows);
		}
	});

	test("has no sum where nobody asks for it", async () => {
		const path = write("teachers.csv", survey());
		const rows = await rowsOf(await open(path));
		expect(await rowsOf(await openAhead(path, "at-once", false))).toEqual(rows.with(-1, ""));
		expect(await rowsOf(await openSource(path, { hashed: false }))).toEqual(rows.with(-1, ""));
	});

	test("tells what is wrong with it as without", async () => {
		const path = write("ragged.csv", survey().with(15_000, "C1,2"));
		const fault = (source: Promise<Source>) => source.then(rowsOf).catch((error) => error);
		const expected = await fault(open(path));
		expect(expected.where).toEqual({ file: "ragged.csv", line: 15_001 });
		const found = await fault(openAhead(path));
		expect({ ...found, message: found.message }).toEqual({ ...expected, message: expected.message });
	});

	test("tells which blocks have weights that may be negative", async () => {
		const path = write("negative.csv", survey().with(15_000, "C1,2,-5,1").with(15_001, "C1,2,5e0,1"));
		for (const source of [await open(path), await openAhead(path)]) {
			const flags: unknown[] = [];
			for await (const { unsigned } of source.read({ coded: [0], weights: [2] }).blocks) flags.push(unsigned);
			expect(flags).toEqual([true, true, true, false, true]);
		}
	});

	test("is let go of by who does not read it", async () => {
		const source = await openAhead(write("left.csv", survey()));
		source.close?.();
		await expect(rowsOf(source)).rejects.toThrow();
	});

	test("has threads that wait for it where it is large and the only one of a command", async () => {
		const large = (name: string) => {
			const path = write(name, survey());
			truncateSync(path, 1 << 24);
			return path;
		};
		const [one, other, small] = [large("one.csv"), large("other.csv"), write("small.csv", survey())];
		expect(standBy([small, folder, "none.csv", "x".repeat(5000)])).toBeUndefined();
		expect(standBy([one, other])).toBeUndefined();
		const waiting = standBy([one, "--by", "country", small]);
		takeOver(waiting);
		const files = [other, one, one].map((path) => new HeldFile(path));
		const threads = files.map(threadsOf);
		expect(threads.map((own) => own.reader === waiting?.reader)).toEqual([false, true, false]);
		for (const own of threads) await own.end();
		for (const file of files) file.close();
	});

	test("is the same file for all its threads, whatever becomes of its name", async () => {
		const path = write("renamed.csv", survey());
		const rows = await rowsOf(await open(path));
		const source = await openAhead(path);
		rmSync(path);
		expect(await rowsOf(source)).toEqual(rows);
	});

	test("is refused where it changes while it is read", async () => {
		const path = write("changing.csv", survey());
		const source = await openAhead(path);
		appendFileSync(path, "C1,2,3,4\n");
		await expect(rowsOf(source)).rejects.toThrow("has changed while it was read");
	});

	test("leaves no thread behind where it cannot be opened", async () => {
		const path = join(folder, "damaged.gz");
		writeFileSync(path, Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(1 << 24, 7)]));
		const threads = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;
		const before = threads();
		await expect(openSource(path, { stdin: process.stdin, ahead: "at-once" })).rejects.toThrow("gzip");
		expect(threads()).toBe(before);
	});

	test("is let go of by who stops early", async () => {
		const { blocks } = (await openAhead(write("again.csv", survey()))).read({ coded: [0], weights: [2] });
		for await (const block of blocks) {
			expect(block.rows).toBe(4096);
			break;
		}
	});
});
