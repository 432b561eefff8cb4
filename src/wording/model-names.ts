import { plain } from "../base/escape.js";
import type { Model, ResultSet } from "../results/result-set.js";
import type { Locale } from "./locale.js";

/** "Needs: ICT skills", where what is needed and what was learnt have one name. */
export function ofTopic(topic: string | null, label: string, { labels }: ResultSet): string {
	const name = topic === null ? undefined : labels?.topics[topic]?.label;
	return name === undefined ? label : `${name}: ${label}`;
}

/** What tells models side by side apart: of published ones what they hold constant. */
export function modelName(name: string, { kind }: ResultSet, locale: Locale): string {
	const key = `model.controls.${name}`;
	return kind === "published" && locale.knows(key) ? locale.text(key) : name;
}

/** The levels of factors that coefficients are compared with; empty where models have none. */
export function referenceLevels(models: readonly Pick<Model, "references">[], locale: Locale): string {
	const labels = models.flatMap(({ references = [] }) => references.map(({ label }) => plain(label)));
	return labels.length === 0
		? ""
		: locale.text("model.reference", { levels: [...new Set(labels)].join("; ") });
}
