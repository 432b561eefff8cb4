import { chartSpec, type TopLevelSpec } from "../chart/index.js";
import { SAMPLES } from "../codebook/breakdown.js";
import { UserError } from "../errors.js";
import { loadLocale } from "../locale.js";
import type { ResultSet } from "../results.js";
import type { Report } from "./analyse.js";
import { ofTopic, type Part, topicsOf } from "./parts.js";

/** A drawing of a part, by topic where the part has several. */
export interface Chart {
	/** Name of its files, and of its place on the page. */
	id: string;
	spec: TopLevelSpec;
}

/** Name of a part's table and, with a topic, of a chart. */
export function idOf({ kind, by }: Part, topic?: string): string {
	const names: Record<Part["kind"], string | null> = {
		rates: null,
		breakdown: `by-${by}`,
		differences: `between-${by}`,
		gaps: "gaps",
		means: "means",
		change: "change",
	};
	// A column of the file may be called anything.
	return [topic, names[kind]]
		.filter((part) => part !== undefined && part !== null)
		.join("-")
		.replace(/[^\p{L}\p{N}_-]+/gu, "-");
}

/** The drawings of a report, in the order of its page. */
export function chartsOf({ config, parts, language }: Report): Chart[] {
	const wanted: Record<typeof config.charts, readonly Part["kind"][]> = {
		none: [],
		topics: ["rates", "gaps", "change"],
		all: ["rates", "breakdown", "differences", "gaps", "means", "change"],
	};
	const locale = loadLocale(language);
	return parts
		.filter(({ kind }) => wanted[config.charts].includes(kind))
		.flatMap((part) =>
			drawn(part).flatMap(({ topic, results }) => {
				const spec = specOf(results, locale);
				return spec === null ? [] : [{ id: idOf(part, topic), spec }];
			}),
		);
}

function drawn({ kind, results }: Part): { topic?: string; results: ResultSet }[] {
	if (kind === "gaps" || kind === "means") return [{ results }];
	const drawable = kind === "change" ? ofSamples(results) : results;
	return topicsOf(drawable).map((topic) => ({ topic, results: ofTopic(drawable, topic) }));
}

/** Changes of all teachers; those of every group by itself are in the tables. */
function ofSamples(results: ResultSet): ResultSet {
	const isSample = ({ group }: ResultSet["comparisons"][number]) =>
		Object.keys(group).every((id) => SAMPLES.includes(id));
	return { ...results, comparisons: results.comparisons.filter(isSample) };
}

/** Null where the results have nothing that can be drawn, such as a topic whose figures are all hidden. */
function specOf(results: ResultSet, locale: ReturnType<typeof loadLocale>): TopLevelSpec | null {
	const shown = [
		...results.estimates.map(({ estimate }) => estimate),
		...results.comparisons.map(({ difference }) => difference),
	];
	if (shown.every((number) => number === null)) return null;
	try {
		return chartSpec(results, { locale });
	} catch (error) {
		if (error instanceof UserError) return null;
		throw error;
	}
}
