import { entryOf } from "../../base/entry-of.js";
import { inLanguage } from "../../codebook/definition/in-language.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { knownVariable } from "../../codebook/variables/library.js";
import type { Language } from "../../wording/locale.js";
import { codebookValueLabel, itemLabelOf } from "./codebook-labels.js";

type Namer = (id: string, codebook: Codebook, language: Language) => string;

const system: Namer = (code, codebook, language) => codebookValueLabel(codebook, "country", code, language);

const level: Namer = (value, codebook, language) =>
	codebookValueLabel(codebook, "population", value, language);

const average: Namer = (id, { averages }, language) => {
	const label = entryOf(averages, id)?.label;
	return label === undefined ? id : inLanguage(label, language);
};

/** `needs:ai` as "Artificial intelligence (Need for …)": items of several topics share one name. */
const itemOfTopic: Namer = (id, codebook, language) => {
	const [topic = "", key = ""] = id.split(":");
	const asked = entryOf(codebook.topics, topic);
	const label = asked && itemLabelOf(codebook, topic, key, language);
	return label === undefined || asked === undefined ? id : `${label} (${inLanguage(asked.label, language)})`;
};

const variable: Namer = (name, codebook, language) => {
	const measures = Object.values(codebook.measures ?? {});
	const label =
		measures.find((one) => one.variable.toUpperCase() === name.toUpperCase())?.label ??
		knownVariable(codebook, name)?.label;
	return label === undefined ? name : inLanguage(label, language);
};

/** For a row: its item and the values of its group. */
const ofRow: Namer = (id, codebook, language) =>
	[system, level, itemOfTopic].map((nameOf) => nameOf(id, codebook, language)).find((name) => name !== id) ??
	id;

const SYSTEMS = { systems: system };
const MEMBERS = { average, members: system };
const ITEMS = { items: itemOfTopic };
const VARIABLES = { items: variable };

/** Facts of notes that are ids with names, by note and fact. */
const NAMED: Readonly<Record<string, Readonly<Record<string, Namer>>>> = {
	"average-absent": MEMBERS,
	"average-flagged": MEMBERS,
	"average-lost": { items: ofRow },
	"average-members": MEMBERS,
	"average-no-member": MEMBERS,
	"average-part-of": MEMBERS,
	"baseline-figures-missing": ITEMS,
	caution: SYSTEMS,
	"caution-declared": SYSTEMS,
	"counted-once": SYSTEMS,
	"countries-alike": { values: system },
	"countries-pooled": { values: system },
	"cycle-base": ITEMS,
	"cycle-forced": ITEMS,
	"cycle-not-comparable": ITEMS,
	"cycle-population": ITEMS,
	"cycle-unmatched": ITEMS,
	"cycle-unmatched-groups": { items: system },
	"measure-comparability-unknown": VARIABLES,
	"measure-nominal": VARIABLES,
	"measure-not-comparable": VARIABLES,
	"populations-pooled": { values: level },
	"published-flagged": SYSTEMS,
	"synthesis-at-the-edge": SYSTEMS,
	"synthesis-caution": SYSTEMS,
	"synthesis-no-error": SYSTEMS,
	"synthesis-no-figure": SYSTEMS,
	"synthesis-parts-are-in": SYSTEMS,
};

/** Names for the ids among a note's facts; an id without a name stays unchanged. */
export function wordsFor(
	code: string,
	detail: Readonly<Record<string, unknown>>,
	codebook: Codebook | undefined,
	language: Language,
): Record<string, string> {
	const named = entryOf(NAMED, code);
	if (codebook === undefined || named === undefined) return {};
	return Object.fromEntries(
		Object.entries(named).flatMap(([fact, nameOf]) => {
			const ids = detail[fact];
			if (typeof ids !== "string") return [];
			return [[fact, ids.replace(/[\w:-]+/g, (id) => nameOf(id, codebook, language))]];
		}),
	);
}
