// Calls the library many times, calls that fail and calls that are stopped among them, and looks whether file descriptors,
// threads and memory return to where they were.
//
//   npm run build && node --expose-gc test/leak/leak.mjs --calls 500 --at-once 40
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { compare, convert, inspect, means, rates, UserError } from "talis-pd";

const { values } = parseArgs({
	options: { calls: { type: "string", default: "500" }, "at-once": { type: "string", default: "40" } },
});
const CALLS = Number(values.calls);
const AT_ONCE = Number(values["at-once"]);
/** Growth of memory that is no leak: what is compiled and cached differs from call to call, by a few of them. */
const MEGABYTES = 10;

const folder = mkdtempSync(join(tmpdir(), "talis-pd-leak-"));
const at = (name) => join(folder, name);
const SAMPLE = resolve("data/samples/synthetic-kazakhstan-2018.csv");
const [header, ...rows] = readFileSync(SAMPLE, "utf8").trimEnd().split("\n");

/** A file that is read by a thread of its own: 16 MB and more. Ids differ, as teachers are there once. */
function large(name, last = "") {
	const ids = header.split(",").flatMap((column, place) => (/^ID(SCHOOL|TEACH)/.test(column) ? [place] : []));
	writeFileSync(at(name), `${header}\n`);
	for (let copy = 0, size = 0; size < 17 << 20; copy++) {
		const text = rows
			.map((row) => row.split(",").map((cell, place) => (ids.includes(place) ? `${copy}${cell}` : cell)))
			.map((cells) => `${cells.join(",")}\n`)
			.join("");
		appendFileSync(at(name), text);
		size += text.length;
	}
	appendFileSync(at(name), last);
	return at(name);
}

const half = readFileSync(SAMPLE, "utf8");
writeFileSync(at("ragged.csv"), `${half}1,2,3\n`);
writeFileSync(at("packed.csv.gz"), gzipSync(half));
writeFileSync(at("cut.csv.gz"), gzipSync(half).subarray(0, 20_000));
writeFileSync(at("other.csv"), "a,b\n1,2\n");
await convert(SAMPLE, at("sample.parquet"));
writeFileSync(at("cut.parquet"), readFileSync(at("sample.parquet")).subarray(0, 50_000));
const LARGE = large("large.csv");
const LARGE_RAGGED = large("large-ragged.csv", "1,2,3\n");

const asked = { topics: ["activities"] };
const GOOD = [
	() => rates([SAMPLE], asked),
	() => rates([at("packed.csv.gz")], asked),
	() => rates([at("sample.parquet")], asked),
	() => means([SAMPLE], { variables: ["types"] }),
	() => compare([SAMPLE], { ...asked, between: "gender" }),
	() => inspect(SAMPLE),
];
const FAILING = [
	() => rates([at("ragged.csv")], asked),
	() => rates([at("cut.csv.gz")], asked),
	() => rates([at("cut.parquet")], asked),
	() => rates([at("other.csv")], asked),
	() => rates([SAMPLE], { by: ["nothing"] }),
	() => rates([at("not-there.csv")], asked),
	() => rates([SAMPLE, SAMPLE], asked),
	() => inspect(at("cut.parquet")),
];
/** Each takes a while, so that only some calls are of them. */
const LARGE_ONES = {
	good: () => rates([LARGE], asked),
	failing: () => rates([LARGE_RAGGED], asked),
	unplanned: () => rates([LARGE], { by: ["nothing"] }),
};

function stopped(work) {
	return async () => {
		const stop = new AbortController();
		const timer = setTimeout(1 + 60 * Math.random()).then(() => stop.abort());
		try {
			await work(stop.signal);
		} finally {
			await timer;
		}
	};
}
const STOPPED = [
	stopped((signal) => rates([SAMPLE], { ...asked, signal })),
	stopped((signal) => rates([LARGE], { ...asked, signal })),
	stopped((signal) => rates([at("packed.csv.gz")], { ...asked, signal })),
	stopped((signal) => convert(SAMPLE, at(`stopped-${process.hrtime.bigint()}.parquet`), { signal })),
];

const ends = { done: 0, refused: 0, stopped: 0 };

/** @param meant How it is to end; what is stopped may have been done before. */
async function call(work, meant) {
	try {
		await work();
		if (meant === "refused") throw new Error("a call that should fail did not");
		ends.done++;
	} catch (error) {
		if (meant === "done") throw error;
		if (error instanceof UserError) ends.refused++;
		else if (error.name === "AbortError") ends.stopped++;
		else throw error;
	}
}

/** Takes calls from a list, so many at once. */
async function callAll(count, meant, choose) {
	let next = 0;
	const worker = async () => {
		while (next < count) await call(choose(next++), meant);
	};
	await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

const mix = (few, large) => (number) =>
	number % 25 === 24 ? large[number % large.length] : few[number % few.length];

async function round(calls) {
	await callAll(calls, "refused", mix(FAILING, [LARGE_ONES.failing, LARGE_ONES.unplanned]));
	await callAll(calls, "done", mix(GOOD, [LARGE_ONES.good]));
	await callAll(Math.ceil(calls / 5), "stopped", (number) => STOPPED[number % STOPPED.length]);
}

/** What is held when nothing runs: threads end, and memory is let go, a little later. */
async function held() {
	for (let pass = 0; pass < 5; pass++) {
		globalThis.gc?.();
		await setTimeout(100);
	}
	const count = (path) => readdirSync(path).length;
	const { heapUsed, external } = process.memoryUsage();
	return {
		descriptors: count("/proc/self/fd"),
		threads: count("/proc/self/task"),
		megabytes: Math.round((heapUsed + external) / 2 ** 20),
	};
}

await round(Math.max(AT_ONCE, Math.ceil(CALLS / 10)));
for (const end of Object.keys(ends)) ends[end] = 0;
const before = await held();
await round(CALLS);
const after = await held();
const parts = readdirSync(folder).filter((name) => name.endsWith(".part"));
rmSync(folder, { recursive: true });

const faults = [
	...["descriptors", "threads"].filter((what) => after[what] > before[what]),
	...(after.megabytes > before.megabytes + MEGABYTES ? ["megabytes"] : []),
	...(parts.length > 0 ? ["unfinished files"] : []),
];
const shown = Object.keys(before).map((what) => `${what} ${before[what]} → ${after[what]}`);
process.stdout.write(
	`${CALLS} failing, ${CALLS} good and ${Math.ceil(CALLS / 5)} stopped calls, ${AT_ONCE} at once: ` +
		`${ends.done} done, ${ends.refused} refused, ${ends.stopped} stopped; ${shown.join(", ")}; ` +
		`${faults.length === 0 ? "nothing leaks" : `leaks: ${faults.join(", ")}`}\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
