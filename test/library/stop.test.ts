import {
	appendFileSync,
	copyFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
	codebooks,
	compare,
	convert,
	doctor,
	inspect,
	type Progress,
	type RunOptions,
	rates,
	reach,
	report,
	samplePath,
} from "../../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-stop-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The sample's teachers 20 times over: large enough for a thread of its own. */
const large = join(folder, "large.csv");
const copy = join(folder, "copy.csv");
beforeAll(() => {
	const [head, ...rows] = readFileSync(samplePath(), "utf8").trimEnd().split("\n");
	writeFileSync(large, `${head}\n`);
	for (let time = 0; time < 20; time++) appendFileSync(large, `${rows.join("\n")}\n`);
	copyFileSync(large, copy);
});

/** Files and threads that this process has open; only Linux tells. */
function open(): { files: string[]; threads: number } {
	return { files: readdirSync("/proc/self/fd"), threads: readdirSync("/proc/self/task").length };
}

/** Threads of files that are read; the others are Node's own, which come and go. */
const workers = () => process.getActiveResourcesInfo().filter((name) => name === "MessagePort").length;

const isLinux = existsSync("/proc/self/fd");

/** Runs something until bytes are read for the nth time, then stops it. */
async function stopped(run: (options: RunOptions) => Promise<unknown>, after: number): Promise<unknown> {
	const controller = new AbortController();
	let times = 0;
	const onProgress = () => {
		times += 1;
		if (times === after) controller.abort(new Error("enough"));
	};
	const outcome = await run({ signal: controller.signal, onProgress }).then(
		() => "came to its end",
		(reason: unknown) => reason,
	);
	expect(times).toBeGreaterThanOrEqual(after);
	return outcome;
}

const config = () => {
	const path = join(folder, "report.yaml");
	writeFileSync(path, `title: T\ndata: ${large}\ntopics: [activities, focus]\n`);
	return path;
};

/** At which reading each is stopped: while the file is opened, or in the midst of its rows. */
const RUNS: [string, (options: RunOptions) => Promise<unknown>, number][] = [
	["rates of a large file", (options) => rates([large], options), 1],
	["rates of a large file, later", (options) => rates([large], options), 6],
	["rates of a small file", (options) => rates([samplePath()], options), 2],
	["rates of several files", (options) => rates([large, copy], options), 6],
	["compare", (options) => compare([large], { between: "gender", ...options }), 6],
	["inspect", (options) => inspect(large, options), 6],
	["doctor", (options) => doctor(large, options), 6],
	["reach", (options) => reach(large, options), 1],
	["convert", (options) => convert(large, join(folder, "large.parquet"), options), 6],
	["a codebook's draft", (options) => codebooks.draft(large, options), 6],
	["a codebook's check", (options) => codebooks.check(large, "talis-2018-teacher", options), 6],
	["report", (options) => report(config(), join(folder, "out"), options), 6],
];

describe("a signal stops", () => {
	test.skipIf(!isLinux).each(RUNS)("%s, and files and threads are let go", async (_, run, after) => {
		// What is loaded once and stays.
		await stopped(run, after);
		await pause(200);
		const before = open();
		for (let time = 0; time < 5; time++) {
			expect(await stopped(run, after)).toEqual(new Error("enough"));
		}
		await expect.poll(() => open().files.length, { timeout: 5000 }).toBeLessThanOrEqual(before.files.length);
		await expect.poll(() => open().threads, { timeout: 5000 }).toBeLessThanOrEqual(before.threads);
		expect(workers()).toBe(0);
	});

	test("before anything is opened", async () => {
		const signal = AbortSignal.abort();
		await expect(rates(["nowhere.csv"], { signal })).rejects.toThrow(signal.reason);
	});

	test("with the usual error where no reason is given", async () => {
		const controller = new AbortController();
		const run = rates([large], { signal: controller.signal, onProgress: () => controller.abort() });
		await expect(run).rejects.toMatchObject({ name: "AbortError" });
	});

	test("what waits for standard input that never comes", async () => {
		const stdin = new Readable({ read() {} });
		const signal = AbortSignal.timeout(100);
		await expect(rates(["-"], { signal, stdin })).rejects.toMatchObject({ name: "TimeoutError" });
		expect(stdin.destroyed).toBe(true);
	});

	test("nothing of what is written: an older file stays as it was", async () => {
		const out = join(folder, "kept.csv");
		writeFileSync(out, "as it was");
		await stopped((options) => convert(large, out, options), 6);
		expect(readFileSync(out, "utf8")).toBe("as it was");
		expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
	});
});

describe("progress", () => {
	test.each([large, samplePath()])("is told in bytes up to the end of %s", async (file) => {
		const told: Progress[] = [];
		await rates([file], { onProgress: (one) => told.push(one) });
		const { size } = told.at(-1) as Progress;
		expect(size).toBe(readFileSync(file).length);
		expect(told.every((one) => one.file === file && one.size === size)).toBe(true);
		const read = told.map((one) => one.read);
		expect(read).toEqual(read.toSorted((a, b) => a - b));
		expect(read.at(-1)).toBe(size);
	});

	test("of standard input has no size", async () => {
		const told: Progress[] = [];
		const stdin = Readable.from([readFileSync(samplePath())]);
		await rates(["-"], { stdin, onProgress: (one) => told.push(one) });
		expect(told.at(-1)).toMatchObject({ file: "-", size: null });
	});
});
