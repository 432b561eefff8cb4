import { assetPath } from "../platform/assets.js";

/**
 * Path of the shipped sample: 2 000 synthetic teachers in the format of TALIS 2018.
 * @example
 * import { rates, samplePath } from "talis-pd";
 *
 * const { source } = await rates([samplePath()], { topics: ["activities"] });
 * console.log(source[0]?.rows, source[0]?.synthetic); // 2000 true
 */
export function samplePath(): string {
	return assetPath("samples/synthetic-kazakhstan-2018.csv");
}
