/** A heading, with the rows below it that are not answers. */
export interface Headed {
	columns: string[];
	/** The text of each question, where a row below the names has it. */
	labels?: string[];
	/** Rows below the names that belong to them. */
	extra: number;
}

/** Most rows below the names that a survey tool adds. */
export const MOST_EXTRA = 2;

/** Qualtrics: what each column is called within it. */
const IMPORT_ID = /^\{\s*"ImportId"\s*:/;

/** Qualtrics, as it was: the texts of the columns that it adds, below V1, V2, … */
const LEGACY = ["ResponseID", "ResponseSet"];

/** SurveyMonkey: what stands below a question with one answer. */
const ONE_ANSWER = /^(open-ended )?response$/i;

/**
 * Tells rows of texts and ids, which survey tools write below the names of columns, from answers: Qualtrics has the
 * texts of the questions and `{"ImportId":"QID1"}`, SurveyMonkey the options of a question over several columns, of which
 * the first alone has a name. These become `Question [Option]`.
 * @param names Names of the columns.
 * @param next The rows below them, two where there are so many.
 */
export function withHeaderRows(names: readonly string[], next: readonly (readonly string[])[]): Headed {
	const ids = next.findIndex((row) => isAll(row, (cell) => IMPORT_ID.test(cell)));
	const [first] = next;
	const legacy = first !== undefined && LEGACY.every((text, at) => first[at] === text);
	if ((ids >= 0 || legacy) && first !== undefined) {
		const columns = [...names];
		if (legacy) return { columns, labels: columns.map((_, at) => questionOf(first[at])), extra: 1 };
		return ids === 0
			? { columns, extra: 1 }
			: { columns, labels: columns.map((_, at) => questionOf(first[at])), extra: 2 };
	}
	if (first === undefined || !areOptions(names, first)) return { columns: [...names], extra: 0 };
	return { columns: namedByOptions(names, first), extra: 1 };
}

/** Whether a row describes the columns of questions and leaves those about the respondent empty. */
function areOptions(names: readonly string[], row: readonly string[]): boolean {
	const nameless = names.flatMap((name, at) => (name === "" ? [at] : []));
	const one = row.some((cell) => ONE_ANSWER.test(cell.trim()));
	const several = nameless.length > 0 && nameless.every((at) => textOf(row[at]) !== "");
	const texts = isAll(row, (cell) => Number.isNaN(Number(cell)));
	return textOf(row[0]) === "" && names[0] !== "" && texts && (several || (one && nameless.length === 0));
}

function namedByOptions(names: readonly string[], row: readonly string[]): string[] {
	let question = "";
	return names.map((name, at) => {
		const option = textOf(row[at]);
		if (name !== "") question = name;
		const alone = name !== "" && names[at + 1] !== "";
		return option === "" || (alone && ONE_ANSWER.test(option)) ? question : `${question} [${option}]`;
	});
}

/** The text of a question without what Qualtrics adds to those of several answers. */
function questionOf(cell: string | undefined): string {
	return textOf(cell).replace(/ - Selected Choice$/, "");
}

function isAll(row: readonly string[], test: (cell: string) => boolean): boolean {
	const filled = row.filter((cell) => cell.trim() !== "");
	return filled.length > 0 && filled.every(test);
}

function textOf(cell: string | undefined): string {
	return (cell ?? "").replace(/\s+/g, " ").trim();
}
