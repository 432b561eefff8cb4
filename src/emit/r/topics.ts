import { GAP_SIDES, gapTopicsOf } from "../../results/gap-topics.js";
import { topicLabel } from "../../results/labels.js";
import type { ResultSet } from "../../results/result-set.js";
import { loadLocale } from "../../wording/locale.js";
import type { ScriptColumn } from "./table.js";

/** A column that names the topics of rows as the tool's own table does; none where all are of one. */
export function topicColumn(topics: readonly string[], results: ResultSet): Record<string, ScriptColumn> {
	if (new Set(topics).size < 2) return {};
	return { topic: topics.map((topic) => nameOf(topic, results)) };
}

function nameOf(topic: string, results: ResultSet): string {
	const sides = gapTopicsOf(results);
	const side = results.kind === "gaps" ? GAP_SIDES.find((one) => sides[one] === topic) : undefined;
	if (side === undefined) return topicLabel(topic, results);
	return loadLocale(results.settings.lang ?? "en").text(`gaps.${side}`);
}
