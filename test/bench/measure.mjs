import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const TIME = "/usr/bin/time";

/** Runs a whole process. @returns Seconds from start to end, seconds of all cores, peak memory in MB. */
function run([command, ...args]) {
	const timed = existsSync(TIME) ? [TIME, "-f", "%U %S %M", command, ...args] : [command, ...args];
	const start = performance.now();
	const { status, stderr } = spawnSync(timed[0], timed.slice(1), { encoding: "utf8" });
	const wall = (performance.now() - start) / 1000;
	if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${stderr}`);
	if (timed[0] !== TIME) return { wall, cpu: Number.NaN, memory: Number.NaN };
	const [user, system, kilobytes] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
	return { wall, cpu: user + system, memory: kilobytes / 1024 };
}

/**
 * Runs commands in turn, so that all of them meet the same machine, as often as asked.
 * @param commands Argument vectors by name.
 * @returns Medians by name.
 */
export function inTurn(commands, runs) {
	const entries = Object.entries(commands);
	const measured = new Map(entries.map(([name]) => [name, []]));
	for (let round = 0; round < runs; round++) {
		for (const [name, command] of entries) measured.get(name).push(run(command));
	}
	return Object.fromEntries([...measured].map(([name, all]) => [name, medians(all)]));
}

function medians(all) {
	const of = (key) => all.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(all.length / 2)];
	return {
		wall: of("wall"),
		cpu: of("cpu"),
		memory: Math.max(...all.map(({ memory }) => memory)),
		runs: all.length,
	};
}
