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

/** A question to survey files, before they are opened. */
export interface AskedOfFiles<Q extends Question = Question, S extends RatesSettings = RatesSettings> {
	settings: S;
	/** Plans the question from the codebook and the header. */
	plan(codebook: Codebook, header: Header): Q;
	/** Whether items are compared with each other over the same teachers. */
	together?: boolean;
	/** Collects rows for questions that tables of patterns cannot answer. */
	collect?(question: Q): Collector;
}

/** Second phase of a run: the design, and what to read for each question, as plain data. */
export interface Planned<A extends AskedOfFiles = AskedOfFiles> {
	readonly opened: Opened;
	readonly design: Design;
	readonly asked: NonEmpty<{ readonly by: A; readonly question: Question }>;
	/** The files of teachers; each gets a column for every item that only other files have. */
	readonly sources: readonly Source[];
	/** Items missing from some files. */
	readonly unasked: Unasked;
	/** Columns that together identify a teacher, if teachers may be in two files. */
	readonly teacher: readonly string[];
	/** All columns to read, and their positions in the blocks. */
	readonly slots: ColumnSlots;
}

/**
 * Plans what to read for several questions.
 * @param asked Their settings name one codebook and one design.
 * @throws UserError for anything that the files lack or the codebook does not know.
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
 * Adds the caller's missing codes to a header.
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

/** Everything that determines what a run counts, as plain data. */
export interface PlansExplained {
	/** Cycle of the codebook that defines the columns. */
	cycle: number;
	/** Files of teachers, with columns that the file lacks and that therefore have one value in every row. */
	files: {
		file: string;
		constants: Readonly<Record<string, string>>;
		/** Answers written as text, with their codes; known once the rows are read. */
		words: NonNullable<Source["words"]>;
	}[];
	/** School columns looked up for teachers, and the columns that together identify a school. */
	schools: { files: string; keys: readonly string[]; columns: readonly string[] } | null;
	design: Design;
	/** One per question. */
	plans: Plan[];
	/** By question: `topic:item` of every variable, in the order of its plan. */
	items: string[][];
	/** By question, for models and relations: the sets of variables. */
	sets?: readonly PlannedSet[];
	pairs?: RelateQuestion["pairs"];
	scales?: RelateQuestion["scales"];
	/** What leaves the databases that hold tables. */
	travels?: string;
}

/** The plan without the files. */
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

/** The sets of models and relations: variables by their positions in the plan. */
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
