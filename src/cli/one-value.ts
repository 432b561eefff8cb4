import type { Option } from "commander";
import { CHART_ENDINGS } from "../chart/choices.js";
import { FORMAT_INFOS } from "../present/format-list.js";

/** What is wrong with the values of an option: message and hint. */
export type ValueProblem = readonly [message: string, hint: string];

/** Options that name a file to write, of which a run writes one. */
const WRITTEN: readonly string[] = ["--out", "--chart"];

const ENDINGS: readonly string[] = [
	...FORMAT_INFOS.flatMap(({ endings }) => endings),
	...Object.values(CHART_ENDINGS),
	...[".parquet", ".gz", ".yaml", ".yml"],
];

const ONCE_EACH = "a run writes one of these: run it once for each";

/**
 * Makes an option tell of a second value: of two that are typed, the first would be lost without a word. An option that may
 * be repeated reads its values by itself and stays as it is.
 * @param tell Takes what is wrong; nothing is thrown here, where errors of the library are not loaded yet.
 */
export function takeOneValue(option: Option, tell: (problem: ValueProblem) => void): void {
	if (option.parseArg !== undefined || option.isBoolean()) return;
	const flag = option.long ?? option.flags;
	const isWritten = WRITTEN.includes(flag);
	let first: string | undefined;
	option.argParser((value: string) => {
		if (first !== undefined && first !== value) {
			const hint = isWritten ? ONCE_EACH : "it takes one value: leave one of them out";
			tell([`${flag} is given twice: ${first} and ${value}`, hint]);
		}
		const files = isWritten ? filesIn(value) : 1;
		if (files > 1) tell([`${flag} takes one file, and "${value}" names ${files}`, ONCE_EACH]);
		first = value;
		return value;
	});
}

/** How many files a value names; a comma within a name is no second one. */
function filesIn(value: string): number {
	const names = value.split(",").map((name) => name.trim().toLowerCase());
	return names.every((name) => ENDINGS.some((ending) => name.endsWith(ending))) ? names.length : 1;
}
