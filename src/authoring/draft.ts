import type * as z from "zod";
import { enumerated } from "../base/enumerated.js";
import { UserError } from "../base/errors.js";
import { keyOf } from "../base/key-of.js";
import type { codebookSchema } from "../codebook/definition/schema.js";
import { otherSheets } from "../read/columns/other-sheets.js";
import { LANGUAGES } from "../wording/languages.js";
import { says } from "./answer-words.js";
import { findKinds } from "./column-kinds.js";
import { FILTERS } from "./draft-filters.js";
import { ownText } from "./draft-texts.js";
import { type Comments, type DraftParts, makeParts } from "./draft-topics.js";
import { findDesign } from "./find-design.js";
import { FORMS, findForms } from "./forms.js";
import { leftOutLines } from "./left-out.js";
import { rejectTotals, repeatedRows } from "./odd-rows.js";
import type { FileProfile } from "./profile.js";
import { withSharedStems } from "./shared-stems.js";

/** A codebook as written in a file: keys with a default may be left out. */
export type CodebookSource = z.input<typeof codebookSchema>;

export interface Draft {
	codebook: CodebookSource;
	comments: Comments;
	/** Columns that are not in the draft, and why. */
	leftOut: readonly string[];
	/** Decisions that change percentages. */
	decisions: readonly string[];
	/** Questions that only the reader can decide. */
	questions: readonly string[];
	/** Whether the method has to be written before the draft runs. */
	decide: boolean;
}

/** The column by which this tool's own samples say that their teachers are made up. */
const SYNTHETIC = "SYNTHETIC";

/**
 * Drafts a codebook for an unknown file from its header and cells, with comments on what to decide.
 * @param year Of the survey, where no date in the file tells it.
 * @throws UserError where no column looks like an item or a number.
 */
export function draftCodebook(profile: FileProfile, year: number): Draft {
	rejectTotals(profile);
	const synthetic = profile.columns.find(({ name }) => name.toUpperCase() === SYNTHETIC);
	const columns = findKinds({ ...profile, columns: withSharedStems(profile.columns) }).filter(
		(column) => column.profile.place !== synthetic?.place,
	);
	const { design, ids, advice, schoolAdvice, used, decide, ...found } = findDesign(columns, profile);
	const { forms, bases, answers, topic, decisions } = findForms(columns);
	const parts = makeParts(columns, used, forms);
	const { filters } = parts;
	if (marksOf(parts).length === 0 || (isWithoutItems(parts) && profile.rows < FEWEST_ROWS)) {
		throw new UserError("has no column that looks like an item or a number", {
			where: { file: profile.file },
			hint:
				profile.sheets === undefined
					? "talis-pd reads one row a teacher and one column a question"
					: otherSheets(profile.sheets),
		});
	}
	const unnamed = profile.columns.filter(
		({ name, texts }) => /^(\s*|\s*#\d+)$/.test(name) && texts.length > 0,
	);
	const skipped = unnamed.map(
		({ place }) =>
			`column ${place + 1} has no heading and is left out, as R writes numbers of rows; where it holds answers, give it one`,
	);
	const name = profile.file.replace(/\.(csv|tsv|txt|sav|zsav|dta|parquet)?(\.gz)?$/i, "");
	const title = { en: name.replace(/[_-]+/g, " ") };
	const codebook: CodebookSource = {
		id: keyOf(name, "own-survey", new Set()),
		version: "0.1.0",
		cycle: yearOf(profile) ?? year,
		title,
		survey: title,
		detect: { columns: marksOf(parts) },
		ids,
		...(synthetic === undefined ? {} : { synthetic: synthetic.name }),
		design,
		suppression: { teachers: 10, schools: ids.school === undefined ? 0 : 3, nonresponse: 100 },
		...(topic === null && filters.topic === null && parts.undecided.length === 0 ? {} : withDefaults(parts)),
		...(Object.keys(filters.bases).length === 0 ? {} : { emptyCells: "inferred" as const }),
		bases: { all: { label: ownText("all") }, ...bases, ...filters.bases },
		answers: withoutEmpty({ ...answers, ...parts.answers }),
		groups: parts.groups,
		...(Object.keys(parts.measures).length === 0 ? {} : { measures: parts.measures }),
		topics: {
			...parts.topics,
			...(topic === null ? {} : { [FORMS]: topic }),
			...(filters.topic === null ? {} : { [FILTERS]: filters.topic }),
		},
		...(Object.keys(parts.grids).length === 0 ? {} : { grids: parts.grids }),
	};
	const comments: Comments = [
		[
			["grids"],
			"Topics that ask the same, shown as one table: --topic with the name of the grid. base says of whom its percentages are, in one line for all its topics.",
		],
		[["ids"], schoolAdvice],
		[["cycle"], "The year of the survey."],
		[
			["title"],
			`Labels are as the file has them, whatever their language. Write ${enumerated(LANGUAGES.slice(1), "and")} beside en where there are to be several; en alone is enough, and stands in for the others.`,
		],
		[["design"], advice.join("\n")],
		[
			["suppression"],
			"Hidden: figures from fewer than 10 respondents, or from fewer than 3 schools where the file has a column of schools. nonresponse hides what more left unanswered, in percent: 50 is usual, 100 hides nothing for that. Without this rule nothing is hidden. Does your office ask for more?",
		],
		[
			["bases"],
			'Who a question was asked of. For questions that some teachers skipped, add a base, such as\n  participants: { label: { en: teachers with an activity }, gate: "TOPIC:ITEM", within: all }\nand name it at the topic: base: participants. If the cells of those who skipped it are empty, add also\nemptyCells: inferred; then they are not counted there, neither as missing nor as a box that is not ticked.',
		],
		...parts.comments,
		[
			["groups"],
			"Breakdowns for --by. Remove what is none, and put values together by listing several codes.\nFor numbers give bounds instead: { label: …, from: 0, to: 5 }.",
		],
		[
			["topics"],
			"Percentages are of all topics unless you choose: defaults: { topics: [TOPIC] }. For needs against offers\nwith items of the same keys: gaps: { needs: TOPIC, offer: TOPIC }.",
		],
	];
	return {
		codebook,
		comments: comments.filter(([, text]) => text !== ""),
		leftOut: leftOutLines(parts.unused),
		decisions: [...repeatedRows(profile), ...skipped, ...found.decisions, ...decisions, ...parts.decisions],
		questions: [...found.questions, ...parts.questions],
		decide,
	};
}

/** What is shown when nothing is asked for: topics of which it is decided what counts. */
function withDefaults({ topics, undecided }: DraftParts): Pick<CodebookSource, "defaults"> {
	const decided = Object.keys(topics).filter((topic) => !undecided.includes(topic));
	return decided.length === 0 ? {} : { defaults: { topics: decided } };
}

/** Columns by which the survey is recognised. */
/** A sheet of totals has numbers, too, in fewer rows than these. */
const FEWEST_ROWS = 10;

function isWithoutItems({ topics }: DraftParts): boolean {
	return Object.keys(topics).length === 0;
}

function marksOf({ topics, measures }: DraftParts): string[] {
	const items = Object.values(topics).flatMap((topic) => Object.values(topic.items));
	const variables = [...items, ...Object.values(measures)].map(({ variable }) => variable);
	return [...new Set(variables)].slice(0, 3);
}

/** Dates of one survey are of this many years at most; those of birth are of more. */
const MOST_YEARS = 3;

/** Year of the first date that a survey tool has put into the file. */
function yearOf({ columns }: FileProfile): number | undefined {
	for (const { texts } of columns) {
		const first = texts[0]?.text ?? "";
		if (!says.date(first)) continue;
		const years = texts.flatMap(({ text }) => /(?:19|20)\d\d/.exec(text) ?? []).map(Number);
		const [year] = years;
		const last = years.reduce((a, b) => Math.max(a, b), 0);
		const spread = last - years.reduce((a, b) => Math.min(a, b), last);
		if (year !== undefined && year >= 2000 && spread < MOST_YEARS) return year;
	}
	return undefined;
}

function withoutEmpty(answers: DraftParts["answers"]): CodebookSource["answers"] {
	return Object.fromEntries(
		Object.entries(answers).map(([name, { yes, missing, ...rest }]) => [
			name,
			{
				...(yes.length === 0 ? {} : { yes }),
				...rest,
				...(Object.keys(missing).length === 0 ? {} : { missing }),
			},
		]),
	);
}
