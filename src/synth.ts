// talis-pd/synth: synthetic surveys, and the calibrations they are made from.

export { type SynthOptions, synth } from "./library/synth.js";
export { calibrationFrom } from "./synth/calibration/library.js";
export { type ListedTarget, listTargets } from "./synth/calibration/parse.js";
export { type Calibration, type SyntheticSize, type SyntheticSystem, synthesize } from "./synth/index.js";
