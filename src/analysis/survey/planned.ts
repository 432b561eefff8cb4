import type { Codebook } from "../../codebook/definition/schema.js";
import type { Plan } from "../../codebook/plan/plan.js";
import { columnsOfPlan } from "../../codebook/plan/plan-columns.js";
import type { Question } from "../../codebook/plan/scope.js";
import { type Unasked, withUnasked } from "../../codebook/recognise/columns-not-asked.js";
import { teacherColumns } from "../../codebook/recognise/repeated-teachers.js";
import type { Design } from "../../design/method.js";
import { adaptDesign, resolveDesign, unitColumnsOf } from "../../design/weight-columns.js";
import type { Header, Source } from "../../read/block.js";
import { ColumnSlots } from "../../read/columns/column-slots.js";
import type { RatesSettings } from "../../settings/rates.js";
import type { Collector } from "../../tabulate/run.js";
import type { Opened } from "./opened.js";

export type NonEmpty<T> = readonly [T, ...T[]];

/** What is asked of survey files, before they are opened. */
export interface Asked<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	/** The question, by the codebook and the header. */
	plan(codebook: Codebook, header: Header): Q;
	/** Who takes the rows, where tables of patterns cannot say what is asked of them. */
	collect?(question: Q): Collector;
}

/** Second phase of a run: what is read of the files for each question, as plain data, and by which design. */
export interface Planned<A extends Asked = Asked> {
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
 * Works out what is read for some questions.
 * @param asked Their settings name one codebook and one design.
 * @throws UserError for anything that the files do not have or the codebook does not know.
 */
export function planSurvey<A extends Asked>(opened: Opened, asked: NonEmpty<A>): Planned<A> {
	const { codebook, teachers, header } = opened;
	const { columns } = header;
	const definition = adaptDesign(codebook.design, asked[0].settings);
	const design = resolveDesign(columns, teachers[0].name, definition, codebook.ids);
	const [first, ...others] = asked;
	const planOne = (by: A) => ({ by, question: by.plan(codebook, header) });
	const planned = [planOne(first), ...others.map(planOne)] as const;
	const wanted = [...new Set(planned.flatMap(({ question }) => columnsOfPlan(question.plan)))];
	const { sources, unasked } = withUnasked(teachers, columns, wanted, codebook);
	const teacher = sources.length > 1 ? teacherColumns(codebook, columns) : [];
	const slots = new ColumnSlots([...wanted, ...teacher, ...unitColumnsOf(design)]);
	return { opened, design, asked: planned, sources, unasked, teacher, slots };
}

/** All that decides what a run counts, as plain data: the design, and a plan a question. */
export function explainPlans({ design, asked, opened }: Planned): {
	codebook: string;
	design: Design;
	plans: Plan[];
} {
	return { codebook: opened.codebook.id, design, plans: asked.map(({ question }) => question.plan) };
}
