import { type Random, random } from "../../src/synth/sample/random.js";

/** The choices of one input; a seed and its number decide all of them. */
export interface Draw {
	below(limit: number): number;
	chance(share: number): boolean;
	pick<T>(list: readonly T[]): T;
}

export function drawOf(seed: number, input: number): Draw {
	const { below, uniform }: Random = random(seed, "fuzz", input);
	return { below, chance: (share) => uniform() < share, pick: (list) => list[below(list.length)] as never };
}
