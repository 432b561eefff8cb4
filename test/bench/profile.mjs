import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Threads of a run over a large CSV file, in the order they start. */
const THREADS = ["plans, recodes, adds up, estimates, writes", "reads and scans", "SHA-256"];
/** What functions are called that do not say it themselves. */
const NAMES = {
	"(garbage collector)": "garbage collection",
	Script: "loading code",
	update: "SHA-256",
};
const MOST = 9;
const MICROSECONDS = 1000;

/**
 * Where a run spends its time, thread by thread, by functions.
 * @param command Argument vector that begins with node.
 * @returns Rows: the thread, milliseconds it is busy, its largest parts in milliseconds.
 */
export function profileOf([node, ...args]) {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-profile-"));
	try {
		const options = ["--cpu-prof", "--cpu-prof-interval", "250", `--cpu-prof-dir=${folder}`];
		execFileSync(node, [...options, ...args]);
		// …TIME.PROCESS.THREAD.NUMBER.cpuprofile
		const files = readdirSync(folder).sort((a, b) => threadOf(a) - threadOf(b));
		return files.map((file, index) => threadRow(THREADS[index] ?? "another", join(folder, file)));
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function threadOf(file) {
	return Number(file.split(".").at(-3));
}

function threadRow(name, file) {
	const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, "utf8"));
	const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
	const times = new Map();
	for (const [index, id] of samples.entries()) {
		const part = partOf(frames.get(id));
		times.set(part, (times.get(part) ?? 0) + timeDeltas[index] / MICROSECONDS);
	}
	const waits = times.get("(idle)") ?? 0;
	times.delete("(idle)");
	const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
	const largest = [...times].sort((a, b) => b[1] - a[1]).slice(0, MOST);
	const parts = largest.map(([part, time]) => `${part} ${time.toFixed(0)}`).join(", ");
	return [name, busy.toFixed(0), waits.toFixed(0), parts];
}

function partOf({ functionName, url }) {
	if (functionName === "") return "functions without a name";
	// Functions of WebAssembly are called by the path of their source, such as src/loops/scan/row.
	return (
		NAMES[functionName] ??
		(url.startsWith("wasm:") ? functionName.split("/").slice(-2).join("/") : functionName)
	);
}
