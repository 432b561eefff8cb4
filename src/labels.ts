import type { Breakdown } from "./codebook/breakdown.js";
import { inLanguage } from "./codebook/resolve.js";
import type { Codebook } from "./codebook/schema.js";
import { loadLocale } from "./locale.js";
import type { Base, Group, Labels } from "./results.js";
import type { RatesSettings } from "./settings.js";
import { TOTAL } from "./tabulate/groups.js";

/** Names, in the run's language, of every topic, base and group value the results mention. */
export function labelsOf(
	codebook: Codebook,
	topics: readonly string[],
	groups: readonly Group[],
	breakdowns: readonly Breakdown[],
	settings: RatesSettings,
): Labels {
	const { language } = settings;
	const bases = Object.entries(codebook.bases).map(([base, { label }]) => [
		base,
		inLanguage(label, language),
	]);
	return {
		topics: Object.fromEntries(topics.map((topic) => [topic, topicLabels(codebook, topic, settings)])),
		bases: Object.fromEntries(bases) as Record<Base, string>,
		groups: Object.fromEntries(
			breakdowns.map(({ id }) => [
				id,
				{
					label: breakdownLabel(codebook, id, language),
					values: Object.fromEntries(
						[...new Set(groups.flatMap((group) => group[id] ?? []))].map((value) => [
							value,
							valueLabel(codebook, id, value, language),
						]),
					),
				},
			]),
		),
	};
}

type Language = RatesSettings["language"];

/** A title names the published answers; where others are counted, it names those instead. */
function topicLabels(codebook: Codebook, key: string, { language, yes }: RatesSettings) {
	const topic = codebook.topics[key];
	if (topic === undefined) return { label: key, title: key };
	const label = inLanguage(topic.label, language);
	if (yes === null) return { label, title: inLanguage(topic.title, language) };
	const values = codebook.answers[topic.answers]?.values ?? {};
	const counted = yes.map((code) => values[code]).filter((text) => text !== undefined);
	return { label, title: `${label}: ${counted.map((text) => inLanguage(text, language)).join(", ")}` };
}

function breakdownLabel(codebook: Codebook, id: string, language: Language): string {
	const group = codebook.groups[id];
	if (group !== undefined) return inLanguage(group.label, language);
	const [topic = "", key = ""] = id.split(":");
	const item = codebook.topics[topic]?.items[key];
	return item === undefined ? id : inLanguage(item.label, language);
}

function valueLabel(codebook: Codebook, id: string, value: string, language: Language): string {
	const locale = loadLocale(language);
	if (value === TOTAL) return locale.text("group.total");
	const values = codebook.groups[id]?.values;
	if (values === "systems") {
		const system = codebook.systems?.[value];
		if (system?.label !== undefined) return inLanguage(system.label, language);
		return system?.region === undefined ? value : locale.region(system.region);
	}
	if (values !== undefined) {
		const known = values[value];
		return known === undefined ? value : inLanguage(known.label, language);
	}
	return id.includes(":") && (value === "yes" || value === "no") ? locale.text(`answer.${value}`) : value;
}
