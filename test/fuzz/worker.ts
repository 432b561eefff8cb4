import { parentPort, workerData } from "node:worker_threads";
import { drawOf } from "./draw.js";
import { mutantOf } from "./families.js";
import { judge, questionsOf } from "./judge.js";

/** What the command hands to a worker. */
interface Task {
	seed: number;
	from: number;
	to: number;
	only?: string;
	/** Number of the input at hand, and when it was begun in seconds. */
	clock: SharedArrayBuffer;
}

/** An input may raise the greatest memory of the process by this much. */
const MOST_KILOBYTES = 200 << 10;

const { seed, from, to, only, clock } = workerData as Task;
const state = new Float64Array(clock);
const counts: Record<string, number> = {};
let peak = 0;

for (let number = from; number < to; number++) {
	state[0] = number;
	state[1] = Date.now();
	const draw = drawOf(seed, number);
	const mutant = mutantOf(draw, only);
	const question = draw.pick(questionsOf(mutant));
	try {
		const verdict = await judge(mutant, question);
		counts[`${mutant.family} ${verdict}`] = (counts[`${mutant.family} ${verdict}`] ?? 0) + 1;
		const [before, now] = [peak, process.resourceUsage().maxRSS];
		peak = now;
		if (before > 0 && now - before > MOST_KILOBYTES) {
			throw new Error(`memory rose by ${(now - before) >> 10} MB`);
		}
	} catch (error) {
		parentPort?.postMessage({ number, ...mutant, question, why: String((error as Error).stack ?? error) });
	}
}
parentPort?.postMessage({ counts, peak });
