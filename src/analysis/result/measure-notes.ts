import { entryOf } from "../../base/entry-of.js";
import type { SelectedMeasure } from "../../codebook/meaning/select-measures.js";
import type { EstimateRow, Note } from "../../results/result-set.js";
import { loadLocale } from "../../wording/locale.js";
import type { Sample } from "../survey/sample.js";
import { type MakeNote, makeNote, rowName } from "./notes.js";
import { wordsFor } from "./words-for.js";

/** Notes on the columns behind means. */
export function measureNotes(sample: Sample, measures: readonly SelectedMeasure[]): Note[] {
	const note = noteOf(sample);
	const countries = new Set(sample.groups.map(({ group }) => group.country ?? ""));
	const names = (list: readonly SelectedMeasure[]) => list.map(({ item }) => item?.variable).join(", ");
	const isDefined = ({ key }: SelectedMeasure) => entryOf(sample.codebook.measures ?? {}, key) !== undefined;
	const undeclared = measures.filter((one) => one.meaning.missing === null && !isDefined(one));
	const nominal = measures.filter(({ meaning }) => meaning.kind === "nominal");
	const uneven = countries.size < 2 ? [] : measures.filter((one) => !isScalar(one, sample.populations));
	const untold = countries.size < 2 ? [] : measures.filter(isUntold);
	return [
		...(undeclared.length === 0 ? [] : [note("measure-undeclared", { items: names(undeclared) })]),
		...(nominal.length === 0
			? []
			: [note("measure-nominal", { items: names(nominal), count: nominal.length })]),
		...(uneven.length === 0 ? [] : [note("measure-not-comparable", { items: names(uneven) })]),
		...(untold.length === 0 ? [] : [note("measure-comparability-unknown", { items: names(untold) })]),
	];
}

/** Number of rows that a note names; it counts all of them. */
const MOST_NAMED = 8;

/**
 * Quantiles with an error of 0 or a zero-width interval. So many teachers share this value that the quantile is the
 * same under every replicate, which does not make it exact.
 */
export function tiedNotes(rows: readonly EstimateRow[], sample: Sample): Note[] {
	const tied = rows.filter(
		({ statistic, se, ciLow, ciHigh }) =>
			statistic.startsWith("q") && (se === 0 || (ciLow !== null && ciLow === ciHigh)),
	);
	if (tied.length === 0) return [];
	const named = tied.slice(0, MOST_NAMED).map((row) => `${rowName(row)} (${row.statistic})`);
	const more = tied.length > MOST_NAMED ? "; …" : "";
	return [noteOf(sample)("quantiles-tied", { items: `${named.join("; ")}${more}`, count: tied.length })];
}

function noteOf({ settings: { language }, codebook }: Sample): MakeNote {
	const make = makeNote(loadLocale(language));
	return (code, detail = {}) => make(code, detail, undefined, wordsFor(code, detail, codebook, language));
}

/** Whether means of a scale are comparable between countries; numbers other than scales always are. */
function isScalar({ meaning }: SelectedMeasure, populations: readonly string[]): boolean {
	const { invariance } = meaning;
	if (invariance === undefined) return true;
	if (typeof invariance === "string") return invariance === "scalar";
	const levels = populations.length === 0 ? Object.keys(invariance) : populations;
	return levels.every((level) => (invariance[level] ?? "scalar") === "scalar");
}

/** Whether the publisher does not state how far means of a scale are comparable between countries. */
function isUntold({ meaning: { kind, invariance } }: SelectedMeasure): boolean {
	return kind === "scale" && invariance === undefined;
}
