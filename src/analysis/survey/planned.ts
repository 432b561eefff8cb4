import { UserError } from "../../base/errors.js";
import { option, say } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import { isUsed } from "../../codebook/meaning/column-meaning.js";
import { rejectNeverAsked } from "../../codebook/plan/never-asked.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import type { ModelQuestion, PlannedSet } from "../../codebook/plan/plan-model.js";
import type { RelateQuestion } from "../../codebook/plan/plan-relate.js";
import type { Question } from "../../codebook/plan/scope.js";
import { type Unasked, withUnasked } from "../../codebook/recognise/columns-not-asked.js";
import { teacherColumns } from "../../codebook/recognise/repeated-teachers.js";
import type { Design } from "../../design/method.js";
import { adaptDesign, resolveDesign, unitColumnsOf } from "../../design/weight-columns.js";
import type { Header, Source } from "../../read/block.js";
import { usedColumn } from "../../read/columns/column-names.js";
import { ColumnSlots } from "../../read/columns/column-slots.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Collector } from "../../tabulate/run.js";
import { whatTravels } from "./only-table.js";
import type { Opened } from "./opened.js";

export type NonEmpty<T> = readonly [T, ...T[]];

/** What is asked of survey files, before they are opened. */
export interface AskedOfFiles<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	/** The question, by the codebook and the header. */
	plan(codebook: Codebook, header: Header): Q;
	/** True where items are set beside each other, as those of the same teachers. */
	together?: boolean;
	/** Who takes the rows, where tables of patterns cannot say what is asked of them. */
	collect?(question: Q): Collector;
}

/** Second phase of a run: what is read of the files for each question, as plain data, and by which design. */
export interface Planned<A extends AskedOfFiles = AskedOfFiles> {
	readonly opened: Opened;
	readonly design: Design;
	readonly asked: NonEmpty<{ readonly by: A; readonly question: Question }>;
	/** The files of teachers, with a column of their own for each item that only others have. */
	readonly sources: readonly Source[];
	/** Items that some of the files lack. */
	readonly unasked: Unasked;
	/** Columns that together name a teacher, where teachers may be in two files. */
	readonly teacher: readonly string[];
	/** All columns that are read, and their places in the blocks. */
	readonly slots: ColumnSlots;
}

/**
 * Plans what is read for some questions.
 * @param asked Their settings name one codebook and one design.
 * @throws UserError for anything that the files do not have or the codebook does not know.
 */
export function planSurvey<A extends AskedOfFiles>(opened: Opened, asked: NonEmpty<A>): Planned<A> {
	const { codebook, teachers, header } = opened;
	const { columns } = header;
	const definition = adaptDesign(codebook.design, asked[0].settings);
	const design = resolveDesign(columns, teachers[0].name, definition, codebook.ids);
	const [first, ...others] = asked;
	const planOne = (by: A) => {
		const said = withMissing(header, by.settings.missing, codebook);
		const question = by.plan(codebook, said);
		rejectNeverAsked(codebook, question, by.together);
		return { by, question };
	};
	const planned = [planOne(first), ...others.map(planOne)] as const;
	const wanted = [...new Set(planned.flatMap(({ question }) => columnsOfPlan(question.plan)))];
	const { sources, unasked } = withUnasked(teachers, columns, wanted, codebook);
	const teacher = sources.length > 1 ? teacherColumns(codebook, columns) : [];
	const slots = new ColumnSlots([...wanted, ...teacher, ...unitColumnsOf(design)]);
	return { opened, design, asked: planned, sources, unasked, teacher, slots };
}

/**
 * A header with the caller's statements about its columns.
 * @throws UserError for columns that the file lacks, and for those whose codes the codebook itself reads.
 */
function withMissing(header: Header, missing: RatesSettings["missing"], codebook: Codebook): Header {
	const names = Object.keys(missing);
	if (names.length === 0) return header;
	for (const name of names) {
		if (usedColumn(header.columns, name) === undefined) {
			throw new UserError(say`${option("missing")} names ${name}, and the file has no such column`, {
				hint: didYouMean(name, header.columns),
			});
		}
		if (!isUsed(codebook, name)) continue;
		throw new UserError(say`${option("missing")} names ${name}, whose codes are those of the codebook`, {
			hint: say`leave it out, or give a codebook of your own with ${option("codebook")}`,
		});
	}
	return { ...header, missing: new Map(Object.entries(missing)) };
}

/** All that decides what a run counts, as plain data. */
export interface PlansExplained {
	/** Of the codebook that says what columns mean. */
	cycle: number;
	/** Files of teachers, with the columns that have one value in every row as the file has none of that name. */
	files: {
		file: string;
		constants: Readonly<Record<string, string>>;
		/** Answers that are written out, and the codes that they stand for; known once the rows are read. */
		words: NonNullable<Source["words"]>;
	}[];
	/** What teachers look up in files of schools, and the columns that together name a school there. */
	schools: { files: string; keys: readonly string[]; columns: readonly string[] } | null;
	design: Design;
	/** One per question. */
	plans: Plan[];
	/** What each question is about: `topic:item` of every variable of its plan, in that order. */
	items: string[][];
	/** Of models and relations, what each question puts together. */
	sets?: readonly PlannedSet[];
	pairs?: RelateQuestion["pairs"];
	scales?: RelateQuestion["scales"];
	/** What leaves the databases that tables are in. */
	travels?: string;
}

/** What was planned, without the files. */
export function explainPlans(planned: Planned): PlansExplained {
	const { opened, sources, design, asked, slots } = planned;
	const travels = whatTravels(planned);
	return {
		cycle: opened.codebook.cycle,
		files: sources.map(({ name, constants = {}, words = {} }) => ({ file: name, constants, words })),
		schools: opened.schools?.explain(slots.columns) ?? null,
		design,
		plans: asked.map(({ question }) => question.plan),
		items: asked.map(({ question }) => question.items.map(({ topic, key }) => `${topic}:${key}`)),
		...ofFirst(asked[0].question),
		...(travels === undefined ? {} : { travels }),
	};
}

/** What models and relations are made of: variables by their places in the plan. */
function ofFirst(
	question: Partial<ModelQuestion & RelateQuestion>,
): Pick<PlansExplained, "sets" | "pairs" | "scales"> {
	const { sets, pairs, scales } = question;
	return {
		...(sets === undefined ? {} : { sets }),
		...(pairs === undefined ? {} : { pairs }),
		...(scales === undefined ? {} : { scales }),
	};
}
