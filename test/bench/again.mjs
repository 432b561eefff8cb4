// What a run takes once this process has compiled its code: seconds until Node has started and the library is loaded, and
// of the fastest of some runs over a file. Node compiles as it runs, so that the first run, which is all that a command has, takes longer.
import { performance } from "node:perf_hooks";

const [file, runs] = process.argv.slice(2);
const { rates } = await import("../../dist/index.js");
const loaded = performance.now();
const times = [];
for (let run = 0; run < Number(runs); run++) {
	const begun = performance.now();
	await rates([file], { topics: ["activities", "focus"], by: ["country"] });
	times.push(performance.now() - begun);
}
process.stdout.write(
	JSON.stringify({ loaded: loaded / 1000, first: times[0] / 1000, least: Math.min(...times) / 1000 }),
);
