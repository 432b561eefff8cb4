import { UserError } from "./errors.js";
import type { ResultSet, Status } from "./results.js";
import { didYouMean } from "./suggest.js";

/** What a run can be made to fail on. */
export const GATES = ["suppressed"] as const;

const SUPPRESSED: readonly Status[] = [
	"few-teachers",
	"few-schools",
	"low-response",
	"protected",
	"suppressed",
];

/** @throws UserError for an unknown gate. */
export function checkGate(gate: string): void {
	if ((GATES as readonly string[]).includes(gate)) return;
	throw new UserError(`"${gate}" is no value of --fail-on`, { hint: didYouMean(gate, GATES) });
}

/**
 * The failure of a gate (exit code 3), or undefined where the results pass.
 * @throws UserError for an unknown gate.
 */
export function failedGate({ estimates, comparisons }: ResultSet, gate: string): UserError | undefined {
	checkGate(gate);
	const broken = [...estimates, ...comparisons].filter(({ status }) => SUPPRESSED.includes(status));
	const [first] = broken;
	if (first === undefined) return undefined;
	const group = Object.values(first.group).join(", ");
	return new UserError(
		`${broken.length} figures are suppressed, first ${first.topic}:${first.item}${group === "" ? "" : ` of ${group}`} (${first.status})`,
		{ exitCode: 3, hint: "asked for with --fail-on suppressed" },
	);
}
