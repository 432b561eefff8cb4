// npm run fuzz -- --inputs 100000 --seed 1 [--from N] [--only csv] [--minutes N] [--keep FOLDER]: spoilt inputs of every
// format, each of which has to end in one clear sentence or a right answer. Ends with 1 where one does not; those are kept.
// After so many minutes it begins no further turn, and says how many inputs there were.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";

/** Seconds of a processor's time that an input may take, and megabytes. */
const [LIMIT, HEAP, RESIDENT] = [60, 512, 2500];
/** Seconds of the clock after which an input has come to a stop, however busy the machine is with other things. */
const STOPPED = 900;
/** Inputs a worker takes before a new one begins with an empty memory. */
const TURN = 500;
/** Seconds between two lines that say how far it is. */
const NEWS = 15;

const { values } = parseArgs({
	options: {
		inputs: { type: "string", default: "100000" },
		seed: { type: "string", default: "1" },
		from: { type: "string", default: "0" },
		only: { type: "string" },
		minutes: { type: "string", default: "Infinity" },
		keep: { type: "string", default: "fuzz-found" },
	},
});
const [inputs, seed, first] = [values.inputs, values.seed, values.from].map(Number);
const root = resolve(import.meta.dirname, "../..");
const kept = resolve(values.keep);
// Its own, so that several run beside each other.
const folder = join(root, `node_modules/.cache/talis-pd-fuzz-${process.pid}`);
const place = mkdtempSync(join(tmpdir(), "talis-pd-fuzz-place-"));
process.on("exit", () => {
	for (const own of [folder, place]) rmSync(own, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

await build({
	entryPoints: [join(root, "test/fuzz/worker.ts")],
	outdir: folder,
	bundle: true,
	splitting: true,
	format: "esm",
	platform: "node",
	target: "node20",
	packages: "external",
	logLevel: "warning",
	outExtension: { ".js": ".mjs" },
	// Files beside the sources are found from there.
	define: { "import.meta.url": JSON.stringify(pathToFileURL(join(root, "test/fuzz/worker.js")).href) },
});

// Whatever a command line names as its output lies there.
process.chdir(place);

const totals = {};
const found = [];
let peak = 0;
const began = Date.now();

function keep({ number, family, ending, bytes, question, why }) {
	const name = `${family}-${seed}-${number}.${ending}`;
	if (bytes !== undefined) {
		mkdirSync(kept, { recursive: true });
		writeFileSync(join(kept, name), bytes);
	}
	found.push(number);
	process.stdout.write(
		`input ${number} (${name}), ${question}\n  ${why.split("\n").slice(0, 12).join("\n  ")}\n`,
	);
}

/** Runs inputs until they are through or the worker has to be ended. @returns The input to go on with. */
function turn(from, to) {
	return new Promise((done) => {
		const clock = new SharedArrayBuffer(16);
		const state = new Float64Array(clock);
		state.set([from, Date.now()]);
		const worker = new Worker(join(folder, "worker.mjs"), {
			workerData: {
				...{ seed, from, to, clock },
				...(values.only === undefined ? {} : { only: values.only }),
			},
			resourceLimits: { maxOldGenerationSizeMb: HEAP },
		});
		let ended = false;
		const end = (next) => {
			if (ended) return;
			ended = true;
			clearInterval(watch);
			worker.terminate().then(() => done(next));
		};
		const failed = (why) => {
			if (ended) return;
			keep({ number: state[0], family: "?", ending: "?", question: "?", why });
			end(state[0] + 1);
		};
		let [number, used] = [-1, 0];
		const watch = setInterval(() => {
			const { user, system } = process.cpuUsage();
			at = state[0];
			if (at !== number) [number, used] = [at, user + system];
			const seconds = (Date.now() - state[1]) / 1000;
			const megabytes = process.memoryUsage.rss() / 2 ** 20;
			if (seconds > LIMIT && user + system - used > 1e6 * LIMIT) failed(`no end after ${LIMIT} s of work`);
			else if (seconds > STOPPED) failed(`no end after ${STOPPED} s`);
			else if (megabytes > RESIDENT) failed(`${Math.round(megabytes)} MB of memory`);
		}, 250);
		worker.on("message", (message) => {
			if (message.counts === undefined) return keep(message);
			for (const [key, count] of Object.entries(message.counts)) totals[key] = (totals[key] ?? 0) + count;
			peak = Math.max(peak, message.peak);
			end(to);
		});
		worker.on("error", (error) => failed(String(error.stack ?? error)));
		worker.on("exit", (code) => failed(`the worker ended with ${code}`));
	});
}

let at = first;
const seconds = () => (Date.now() - began) / 1000;
const tell = () =>
	process.stderr.write(
		`${at - first} of ${inputs} inputs, ${found.length} found, ${seconds().toFixed(0)} s\n`,
	);
const news = setInterval(tell, 1000 * NEWS);
let next = first;
while (next < first + inputs && seconds() < 60 * Number(values.minutes)) {
	next = await turn(next, Math.min(next + TURN, first + inputs));
	at = next;
}
clearInterval(news);
tell();

for (const [key, count] of Object.entries(totals).sort()) process.stdout.write(`${key}: ${count}\n`);
process.stdout.write(
	`seed ${seed}: ${next - first} inputs, ${found.length} wrong, ${seconds().toFixed(0)} s, at most ${peak >> 10} MB\n`,
);
process.exitCode = found.length > 0 ? 1 : 0;
