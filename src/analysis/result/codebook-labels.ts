import { entryOf } from "../../base/entry-of.js";
import { knownSystem, ofCycle } from "../../codebook/definition/family.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { profileValueText } from "../../codebook/definition/profiles.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { answersOf } from "../../codebook/meaning/answers.js";
import { OWN } from "../../codebook/meaning/select-items.js";
import { MEASURES } from "../../codebook/meaning/select-measures.js";
import { knownVariable } from "../../codebook/variables/library.js";
import { AVERAGE, isAverage, type Labels, TOTAL } from "../../results/result-set.js";
import { averageParts, averageText } from "../../wording/average-name.js";
import { type Language, loadLocale } from "../../wording/locale.js";

/** Grids with at least two topics in the results. */
export function gridLabels(
	{ grids = {} }: Codebook,
	shown: readonly string[],
	language: Language,
): NonNullable<Labels["grids"]> {
	const several = Object.entries(grids).filter(
		([, { topics }]) => shown.filter((topic) => Object.hasOwn(topics, topic)).length > 1,
	);
	return Object.fromEntries(
		several.map(([id, { label, title, base, topics }]) => [
			id,
			{
				label: inLanguage(label, language),
				title: inLanguage(title, language),
				base: inLanguage(base, language),
				topics: Object.fromEntries(
					Object.entries(topics).map(([topic, head]) => [topic, inLanguage(head, language)]),
				),
			},
		]),
	);
}

/**
 * A title names the published answers. If other answers are counted, it names those; if each answer has a row, it names
 * none.
 */
export function topicLabels(
	codebook: Codebook,
	key: string,
	counted: readonly string[] | "each" | null,
	language: Language,
): { label: string; title: string } {
	const topic = entryOf(codebook.topics, key);
	if (topic === undefined) return ownTopic(key, language);
	const label = inLanguage(topic.label, language);
	if (counted === null) return { label, title: inLanguage(topic.title, language) };
	if (counted === "each") return { label, title: label };
	const values = entryOf(codebook.answers, topic.answers)?.values ?? {};
	const named = counted.map((code) => entryOf(values, code)).filter((text) => text !== undefined);
	return { label, title: `${label}: ${named.map((text) => inLanguage(text, language)).join(", ")}` };
}

const MADE_TOPICS = ["measures", "unmet", OWN];

/** Topics that the tool creates and no codebook has. */
function ownTopic(key: string, language: Language) {
	if (!MADE_TOPICS.includes(key)) return { label: key, title: key };
	const text = loadLocale(language).text(`topic.${key}`);
	return { label: text, title: text };
}

/** Sides of comparisons other than a codebook's breakdowns. */
const SIDES = ["baseline", "benchmark", "cycle", "item", "topic"];

export function breakdownLabel(codebook: Codebook, id: string, language: Language): string | undefined {
	if (SIDES.includes(id)) return loadLocale(language).text(`between.${id}`);
	const group = entryOf(codebook.groups, id) ?? entryOf(codebook.profiles, id);
	if (group !== undefined) return inLanguage(group.label, language);
	const [topic = "", key = ""] = id.split(":");
	const { label } = entryOf(entryOf(codebook.topics, topic)?.items, key) ?? knownVariable(codebook, id) ?? {};
	return label === undefined ? undefined : inLanguage(label, language);
}

export function codebookValueLabel(
	codebook: Codebook,
	id: string,
	value: string,
	language: Language,
): string {
	const locale = loadLocale(language);
	if (value === TOTAL) return locale.text("group.total");
	if (id === "moderator") {
		const label = entryOf(codebook.averages, value)?.label;
		return label === undefined ? value.toUpperCase() : inLanguage(label, language);
	}
	if (id === "baseline") return locale.text(`baseline.${value}`);
	if (id === "benchmark" && value === OWN_SIDE) return locale.text("between.own");
	if (["benchmark", "country"].includes(id) && value.includes("@")) {
		return benchmarkLabel(codebook, value, language);
	}
	if (id === "benchmark") return systemLabel(codebook, value, language);
	if (id === "country" && isAverage(value)) return averageLabel(codebook, value, language);
	const values = (entryOf(codebook.groups, id) ?? entryOf(codebook.profiles, id))?.values;
	if (values === "systems") return systemLabel(codebook, value, language);
	if (values !== undefined) {
		const known = entryOf(values, value);
		return known === undefined ? value : inLanguage(known.label, language);
	}
	if (id.includes(":")) return value === "yes" || value === "no" ? locale.text(`answer.${value}`) : value;
	const answer = knownVariable(codebook, id)?.answers?.[value];
	return inLanguage(answer ?? profileValueText(value), language);
}

/** Side name of a sample without countries. */
export const OWN_SIDE = "file";

/** "Kazakhstan 2024 (published)" from `KAZ@2024`. */
function benchmarkLabel(codebook: Codebook, id: string, language: Language): string {
	const [system = "", cycle = ""] = id.split("@");
	const own = ofCycle(codebook, Number(cycle)) ?? codebook;
	return loadLocale(language).text("benchmark.name", { name: systemLabel(own, system, language), cycle });
}

/** Name of a country, economy or average; its code if it has no name. */
function systemLabel(
	codebook: Pick<Codebook, "systems" | "averages" | "publisher">,
	code: string,
	language: Language,
): string {
	if (isAverage(code)) return averageLabel(codebook, code, language);
	if (Object.hasOwn(codebook.averages ?? {}, code))
		return averageLabel(codebook, `${AVERAGE}${code}-`, language);
	const system = entryOf(codebook.systems, code) ?? knownSystem(code);
	if (system?.label !== undefined) return inLanguage(system.label, language);
	return system?.region === undefined ? code : loadLocale(language).region(system.region);
}

/**
 * "OECD average-30" from `average:oecd-30`, and "Mean of 3 of 30 OECD systems" from `average:oecd-3-of-30`. A published
 * total differs from a mean of the same systems and gets its own name.
 */
function averageLabel(
	{ averages, publisher }: Pick<Codebook, "averages" | "publisher">,
	value: string,
	language: Language,
): string {
	const { id, count, of } = averageParts(value);
	const { totals = {} } = publisher ?? {};
	const label = entryOf(averages, totals[id] ?? id)?.label;
	return averageText(
		{
			...{ count, of },
			name: label && inLanguage(label, language),
			total: Object.hasOwn(totals, id),
			besideTotal: Object.values(totals).includes(id),
		},
		loadLocale(language),
	);
}

/** Name of an item, an answer, a derived row or its value, or a measure; undefined if the codebook has none. */
export function itemLabelOf(
	codebook: Codebook,
	topic: string,
	item: string,
	language: Language,
): string | undefined {
	if (item.includes("/")) return ratioLabel(codebook, item, language);
	const known = entryOf(codebook.topics, topic);
	const label =
		entryOf(known?.items, item)?.label ??
		entryOf(known?.derived, item)?.label ??
		entryOf(codebook.measures, item)?.label ??
		(topic === MEASURES ? knownVariable(codebook, item)?.label : undefined);
	if (label !== undefined) return inLanguage(label, language);
	const [, answered = "", code = ""] = /^(.+?)=(.+)$/.exec(item) ?? [];
	const asked = entryOf(known?.items, answered);
	if (known !== undefined && asked !== undefined) {
		const answer = entryOf(answersOf(codebook, known, asked).values, code);
		return `${inLanguage(asked.label, language)}: ${answer === undefined ? code : inLanguage(answer, language)}`;
	}
	if (topic === OWN && code !== "") return `${answered}: ${inLanguage(profileValueText(code), language)}`;
	const [, count = "", value] = /^(.+)-(\d+)$/.exec(item) ?? [];
	const counted = entryOf(known?.derived, count)?.label;
	return counted === undefined ? undefined : `${inLanguage(counted, language)}: ${value}`;
}

/** "Years at this school / years in total" from `TT3G11A/TT3G11B`; undefined unless the codebook knows both. */
function ratioLabel(codebook: Codebook, item: string, language: Language): string | undefined {
	const names = item.split("/").map((part) => {
		const [topic = "", key] = part.split(":");
		return itemLabelOf(codebook, key === undefined ? MEASURES : topic, key ?? part, language);
	});
	return names.includes(undefined) ? undefined : names.join(" / ");
}
