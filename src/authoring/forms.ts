import type { Answers, Codebook, Topic } from "../codebook/definition/schema.js";
import type { FoundColumn } from "./column-kinds.js";
import { ownText } from "./draft-texts.js";
import { wholeColumn } from "./headings.js";

/** A form of REDCap: columns that a record has filled only where the form was opened. */
export interface RedcapForm {
	/** Positions of its columns: from the first to the one before its state. */
	from: number;
	to: number;
	/** Id of the base of its percentages. */
	base: string;
}

/** What a draft says about forms. */
export interface FoundForms {
	forms: RedcapForm[];
	bases: Codebook["bases"];
	/** Meaning of the states of forms. */
	answers: Codebook["answers"];
	topic: Topic | null;
	decisions: string[];
}

/** Key of the topic whose items say which forms were filled in. */
export const FORMS = "forms";

/**
 * Forms that not all records have filled in. REDCap writes the boxes of a form that was never opened as not ticked, so its
 * percentages are of those who finished it.
 */
export function findForms(columns: readonly FoundColumn[]): FoundForms {
	const found: FoundForms = { forms: [], bases: {}, answers: {}, topic: null, decisions: [] };
	let from = 0;
	for (const { profile, found: kind } of columns) {
		if (kind.kind !== "form") continue;
		const { name, place, texts } = profile;
		const open = texts.find(({ text }) => !kind.opened.includes(text));
		const base = `form-${found.forms.length + 1}`;
		if (open !== undefined) {
			found.forms.push({ from, to: place, base });
			found.bases[base] = {
				label: ownText("finished", { form: name }),
				gate: `${FORMS}:${base}`,
				within: "all",
				decides: "gate",
			};
			found.topic ??= formsTopic();
			found.answers[FORMS] ??= statesOf(open.text, kind.opened);
			found.topic.items[base] = { variable: name, label: { en: wholeColumn(profile) } };
			found.decisions.push(
				`${name}: the ${open.rows} records with ${open.text} are left out of the questions before it, as boxes of a form that was never opened are written as not ticked`,
			);
		}
		from = place + 1;
	}
	return found;
}

function statesOf(open: string, opened: readonly string[]): Answers {
	const names = ["Incomplete", "Unverified", "Complete"];
	const values = [open, ...opened].map((code, place) => [code, { en: names[place] as string }]);
	return { yes: [...opened], values: Object.fromEntries(values), missing: {} };
}

function formsTopic(): Topic {
	return {
		label: ownText("forms"),
		title: ownText("forms"),
		question: "The state of each form, as REDCap keeps it.",
		answers: FORMS,
		base: "all",
		items: {},
	};
}
