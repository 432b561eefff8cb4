import { UserError } from "../../base/errors.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import { refusalOf } from "../../codebook/recognise/refused-files.js";
import { isSchoolFile } from "../../codebook/recognise/school-files.js";
import type { Source } from "../../read/block.js";
import type { AnalysisContext } from "../../read/context.js";
import { findFiles } from "../../read/find-files.js";
import { openIn } from "../../read/index.js";
import type { RatesSettings } from "../../settings/rates.js";

/** Files of a survey by what their rows are. */
export interface SurveyFiles {
	teachers: Source[];
	schools: Source[];
}

/**
 * Opens the files of a survey, named or by pattern. Those that describe schools are named as such, or told by their
 * columns and names.
 * @throws UserError where a file cannot be read, or none has teachers.
 */
export async function openSurvey(
	files: readonly string[],
	{ codebook, schools }: Pick<RatesSettings, "codebook" | "schools">,
	context: AnalysisContext,
): Promise<SurveyFiles> {
	if (files.length === 0) {
		throw new UserError("no file is named", { hint: "give a survey file, or - for standard input" });
	}
	const given = await openAll(files, context);
	const named = await openAll(schools, context);
	try {
		return tellApart(given, named, codebook);
	} catch (error) {
		close({ teachers: given, schools: named });
		throw error;
	}
}

/** Lets go of files, whether they have been read or not. */
export function close({ teachers, schools }: SurveyFiles): void {
	for (const source of [...teachers, ...schools]) source.close?.();
}

function tellApart(given: Source[], named: Source[], codebook: string | null): SurveyFiles {
	const codebooks = codebook === null ? codebookIds().map(loadCodebook) : [loadCodebook(codebook)];
	const ofSchools = (source: Source) => codebooks.some((one) => isSchoolFile(source, one));
	const teachers = given.filter((source) => !ofSchools(source));
	if (teachers.length > 0) return { teachers, schools: [...given.filter(ofSchools), ...named] };
	const { columns, name } = given[0] as Source;
	throw (
		refusalOf(columns, name) ??
		new UserError("describes schools, and rates are of teachers", {
			where: { file: name },
			hint: "name the teachers' file, too",
		})
	);
}

async function openAll(names: readonly string[], context: AnalysisContext): Promise<Source[]> {
	const files = await findFiles(names);
	return Promise.all(
		files.map((file) =>
			// Files are read one after the other, so only one that is alone can use a thread at once.
			openIn(file, context, { ahead: files.length === 1 ? "at-once" : "when-read" }),
		),
	);
}
