import { entryOf } from "../../base/entry-of.js";
import type { Answers, Codebook, Text, Topic } from "./schema.js";

/** In a topic's title: the labels of the answers that count, so that they are written once. */
export const COUNTED_ANSWERS = "{yes}";

/** Placeholder in `yes` for answers that are yet to be decided. */
export const UNDECIDED = "?";

/** Whether the decision on which answers count is still open. */
export function isUndecided({ yes, values }: Answers): boolean {
	return yes.length === 1 && yes[0] === UNDECIDED && !Object.hasOwn(values, UNDECIDED);
}

/** A codebook whose titles name the answers that count, where they ask for it. */
export function withCountedAnswers(codebook: Codebook): Codebook {
	const topics = Object.entries(codebook.topics).map(([key, topic]): [string, Topic] => {
		const answers = entryOf(codebook.answers, topic.answers);
		return [key, answers === undefined ? topic : { ...topic, title: filled(topic.title, answers) }];
	});
	return { ...codebook, topics: Object.fromEntries(topics) };
}

function filled(title: Text, answers: Answers): Text {
	const counted = (language: string) =>
		answers.yes
			.map((code) => entryOf(answers.values, code))
			.map((label) => label?.[language] ?? label?.en ?? UNDECIDED)
			.join(", ");
	const texts = Object.entries(title).map(([language, text]) => [
		language,
		text?.replaceAll(COUNTED_ANSWERS, () => counted(language)),
	]);
	return { ...title, ...Object.fromEntries(texts) };
}
