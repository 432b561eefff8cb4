// Kills commands at random moments and looks at what they leave: every file is the old one or the new one, whole; a
// folder is, at the latest after the next run; and a signal that can be caught leaves nothing else behind.
//
//   npm run build && node test/kill/kill.mjs --rounds 300 --seed 1
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";

const { values } = parseArgs({
	options: { rounds: { type: "string", default: "300" }, seed: { type: "string", default: "1" } },
});
const ROUNDS = Number(values.rounds);
const BIN = resolve("bin/talis-pd.js");
const SAMPLE = resolve("data/samples/synthetic-kazakhstan-2018.csv");
const OWN = resolve("data/samples/synthetic-national-pd-survey.csv");
const SIGNALS = ["SIGKILL", "SIGTERM", "SIGINT"];
const OLD = "what was there before\n";

const root = mkdtempSync(join(tmpdir(), "talis-pd-kill-"));

/** Commands by what they write; `link` is a name that leads to it. */
const COMMANDS = {
	rates: {
		files: ["rates.csv", "rates.svg"],
		argv: (at) => ["rates", SAMPLE, "--out", at("rates.csv"), "--chart", at("rates.svg")],
	},
	chart: {
		files: ["only.svg"],
		argv: (at) => ["rates", SAMPLE, "--topic", "focus", "--quiet", "--chart", at("only.svg")],
	},
	convert: { files: ["sample.parquet"], argv: (at) => ["convert", SAMPLE, at("sample.parquet")] },
	synth: {
		files: ["synthetic.csv"],
		argv: (at) => ["synth", "--teachers", "3000", "--out", at("synthetic.csv")],
	},
	codebook: { files: ["draft.yaml"], argv: (at) => ["codebook", "init", OWN, "--out", at("draft.yaml")] },
	report: {
		folder: "report",
		argv: (at) => ["report", at("config.yaml"), "--allow-outside", "--out", at("link")],
	},
};

const CONFIG = `title: Killed\ndata: ${SAMPLE}\ntopics: focus\ncharts: none\n`;

let state = Number(values.seed) >>> 0 || 1;
/** A number from 0 to below 1; the same ones for the same seed. */
function random() {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return state / 2 ** 32;
}

const hash = (content) => createHash("sha256").update(content).digest("hex");

/** Contents below a folder by path, and nothing where there is none. */
function contents(folder) {
	if (!existsSync(folder)) return null;
	return readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => {
			const path = join(entry.parentPath, entry.name);
			return `${path.slice(folder.length)} ${hash(readFileSync(path))}`;
		})
		.sort()
		.join("\n");
}

function run(argv, signal, delay) {
	return new Promise((done) => {
		const child = spawn(process.execPath, [BIN, ...argv], { stdio: "ignore" });
		const timer = signal === undefined ? undefined : setTimeout(() => child.kill(signal), delay);
		child.once("exit", (code, killed) => {
			clearTimeout(timer);
			done({ code, killed });
		});
	});
}

function place(name) {
	const folder = join(root, name);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder);
	writeFileSync(join(folder, "config.yaml"), CONFIG);
	mkdirSync(join(folder, "real"));
	return (file) => join(folder, file);
}

/** An empty folder, and the name that leads to it. */
function linkFolder(at) {
	mkdirSync(at("report"));
	symlinkSync("report", at("link"));
}

/** What each command writes when it is left alone, and how long that takes. */
const whole = {};
for (const [name, { files, folder, argv }] of Object.entries(COMMANDS)) {
	const at = place(`whole-${name}`);
	if (folder !== undefined) {
		rmSync(at("real"), { recursive: true });
		linkFolder(at);
	}
	const started = performance.now();
	const { code } = await run(argv(at));
	if (code !== 0) throw new Error(`${name} ends with ${code} when it is left alone`);
	const time = performance.now() - started;
	whole[name] = {
		time,
		at,
		files: files?.map((file) => hash(readFileSync(at(file)))),
		folder: folder && contents(at(folder)),
	};
}

const faults = [];
const ends = { killed: 0, finished: 0, failed: 0 };
for (let round = 0; round < ROUNDS; round++) {
	const names = Object.keys(COMMANDS);
	const name = names[round % names.length];
	const signal = SIGNALS[Math.floor(random() * SIGNALS.length)];
	const { files, folder, argv } = COMMANDS[name];
	const known = whole[name];
	const at = place("round");
	const fault = (what) => faults.push(`round ${round}, ${name} ${signal}: ${what}`);
	if (folder !== undefined) {
		linkFolder(at);
		if (round % 2 === 0) cpSync(known.at(folder), at(folder), { recursive: true });
	} else if (round % 2 === 0) {
		for (const file of files) writeFileSync(at(file), OLD);
	}
	const existed = round % 2 === 0;
	// Most moments lie near the end, where files are written.
	const delay = known.time * (round % 3 === 0 ? random() : 0.75 + 0.35 * random());
	const { code, killed } = await run(argv(at), signal, delay);
	ends[killed !== null ? "killed" : code === 0 ? "finished" : "failed"]++;
	if (killed === null && code !== 0) fault(`ended with ${code}`);
	for (const [place, file] of (files ?? []).entries()) {
		const found = existsSync(at(file)) ? hash(readFileSync(at(file))) : null;
		const old = existed ? hash(OLD) : null;
		if (found !== old && found !== known.files[place]) fault(`${file} is neither old nor new`);
	}
	const left = readdirSync(at(".")).filter((file) => file.endsWith(".part") || file.includes("talis-pd-new"));
	if (signal !== "SIGKILL" && left.length > 0) fault(`left ${left.join(", ")}`);
	if (folder !== undefined) {
		const found = contents(at(folder));
		if (found !== null && found !== known.folder && found !== (existed ? known.folder : ""))
			fault("the folder is neither old nor new");
		const again = await run(argv(at));
		if (again.code !== 0) fault(`the next run ended with ${again.code}`);
		else if (contents(at(folder)) !== known.folder) fault("the next run did not restore the folder");
		const litter = readdirSync(at(".")).filter((file) => file.includes("talis-pd-"));
		if (litter.length > 0) fault(`the next run left ${litter.join(", ")}`);
	}
}
rmSync(root, { recursive: true, force: true });
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.stdout.write(
	`${ROUNDS} rounds: ${ends.killed} killed, ${ends.finished} finished, ${ends.failed} failed; ${faults.length} faults\n`,
);
process.exitCode = faults.length === 0 ? 0 : 1;
