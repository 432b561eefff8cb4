import { counted, UserError } from "../base/errors.js";
import { command, option, say } from "../base/say.js";
import { didYouMean } from "../base/suggest.js";
import { GATES, type GateName, KINDS } from "./kinds.js";
import type { Comparison, Estimate, ResultSet, Status } from "./result-set.js";
import { isSignificant } from "./significance.js";

const SUPPRESSED: readonly Status[] = [
	"few-teachers",
	"few-schools",
	"low-response",
	"protected",
	"suppressed",
];

interface Gate {
	kind: GateName;
	/** The item that the gate is limited to; null for all. */
	item: string | null;
}

/**
 * Parses a gate.
 * @throws UserError for an unknown gate, or an item on a gate that takes none.
 */
export function parseGate(text: string): Gate {
	const [name = "", ...rest] = text.split(":");
	const kind = GATES.find((gate) => gate === name);
	if (kind === undefined) {
		throw new UserError(say`"${text}" is not a value of ${option("failOn")}`, {
			hint: didYouMean(name, GATES),
		});
	}
	const item = rest.join(":").trim().toLowerCase();
	if (rest.length === 0) return { kind, item: null };
	if (item !== "" && kind.startsWith("significant-")) return { kind, item };
	throw new UserError(say`"${text}" is not a value of ${option("failOn")}`, {
		hint: "an item follows significant-drop or significant-rise, as in significant-drop:coaching",
	});
}

/**
 * Checks the gate of a command that has no earlier result to compare with.
 * @throws UserError for an unknown gate, and for a gate on changes.
 */
export function checkGate(gate: string): void {
	if (!isOfChange(gate)) return;
	throw new UserError(say`${option("failOn", gate)} needs an earlier result to compare with`, {
		hint: say`it belongs to ${command("report", "report")} with ${option("baseline")}`,
	});
}

/** Whether a gate needs an earlier result to compare with. */
export function isOfChange(gate: string): boolean {
	return !KINDS.rates.gates.includes(parseGate(gate).kind);
}

/**
 * The failure of a gate (exit code 3), or undefined if the results pass.
 * @throws UserError for an unknown gate, and for an item that is not compared.
 */
export function failedGate(results: ResultSet, gate: string): UserError | undefined {
	const { kind, item } = parseGate(gate);
	const asked = NOTED[kind];
	const found =
		kind === "suppressed"
			? hiddenFigures(results)
			: asked !== undefined
				? noted(results, asked)
				: significantChanges(results, kind === "significant-drop" ? -1 : 1, item);
	return found === undefined
		? undefined
		: new UserError(found, { exitCode: 3, hint: say`asked for with ${option("failOn", gate)}` });
}

function hiddenFigures({ estimates, comparisons }: ResultSet): string | undefined {
	const broken = [...estimates, ...comparisons].filter(({ status }) => SUPPRESSED.includes(status));
	const [first] = broken;
	if (first === undefined) return undefined;
	return `${counted(broken.length, "figure")} ${broken.length === 1 ? "is" : "are"} suppressed, first ${nameOf(first)} (${first.status})`;
}

/** Gates that depend on notes about the baseline: their message and the codes of the notes. */
const NOTED: Readonly<Partial<Record<GateName, readonly [says: string, ...codes: string[]]>>> = {
	"data-changed": [
		"the data are not those of the baseline",
		...["baseline-other-data", "baseline-saved-anew", "baseline-other-codebook"],
	],
	"design-changed": [
		"figures are not made as those of the baseline",
		...["baseline-other-codebook", "baseline-other-settings"],
	],
	"year-missing": [
		"the data are still those of the baseline",
		...["baseline-same-data", "baseline-saved-anew"],
	],
	"figures-missing": ["figures of the baseline are not in this report", "baseline-figures-missing"],
};

function noted(
	{ notes, settings }: ResultSet,
	[says, ...codes]: readonly [string, ...string[]],
): string | undefined {
	const found = notes.filter(({ code }) => codes.includes(code));
	if (found.length === 0) return undefined;
	// Notes are in the results' language, errors in the reader's.
	if (settings.lang !== undefined && settings.lang !== "en") return says;
	return `${says}: ${found.map(({ text }) => text.replace(/\.$/, "")).join("; ")}`;
}

function significantChanges(
	{ comparisons, settings }: ResultSet,
	sign: number,
	item: string | null,
): string | undefined {
	const changes = comparisons.filter(({ between }) => ["cycle", "baseline"].includes(between.variable));
	const asked = item === null ? changes : changes.filter((row) => isCalled(row, item));
	if (item !== null && asked.length === 0) {
		throw new UserError(say`${option("failOn")} names "${item}", which is compared with nothing earlier`, {
			hint: didYouMean(item, [...new Set(changes.map((row) => row.item))]),
		});
	}
	const found = asked.filter(
		(row) => isSignificant(row, settings) === true && sign * (row.difference ?? 0) > 0,
	);
	const [first] = found;
	if (first === undefined) return undefined;
	const word = sign < 0 ? "dropped" : "rose";
	const tested = asked.filter(({ p }) => p !== null);
	return `${found.length} of ${tested.length} tested figures ${word} significantly, first ${nameOf(first)} (by ${Math.abs(first.difference ?? 0).toFixed(1)})`;
}

/** By key, `topic:item`, variable, or part of a key or label. */
function isCalled({ topic, item, variable, label }: Comparison, word: string): boolean {
	return (
		`${topic}:${item}` === word ||
		variable?.toLowerCase() === word ||
		item.includes(word) ||
		label.toLowerCase().includes(word)
	);
}

function nameOf({ topic, item, group }: Pick<Estimate, "topic" | "item" | "group">): string {
	const values = Object.values(group).join(", ");
	return `${topic}:${item}${values === "" ? "" : ` of ${values}`}`;
}
