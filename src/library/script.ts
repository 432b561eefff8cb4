import { isResultsFile, readResults } from "../analysis/saved/read-saved.js";
import type { PlansExplained } from "../analysis/survey/planned.js";
import { UserError } from "../base/errors.js";
import type { RunOptions } from "../base/run-options.js";
import { option, say } from "../base/say.js";
import { codebookOfResults } from "../codebook/definition/family.js";
import { scriptInR } from "../emit/r/index.js";
import { type SampleRead, samplesInR } from "../emit/r/samples.js";
import { syntaxInSpss } from "../emit/spss/index.js";
import { DIALECTS, type DialectName } from "../emit/sql/index.js";
import { scriptInStata } from "../emit/stata/index.js";
import type { ResultSet } from "../results/result-set.js";
import { oneOf } from "../settings/values.js";
import { queriesOf } from "./queries.js";

/** Languages that scripts are written in. */
export const SCRIPTS = ["r", "stata", "spss", "sql"] as const;

/** Languages of scripts that recompute a result. */
export type ScriptLanguage = (typeof SCRIPTS)[number];

/**
 * A complete script that recomputes a result from the same files with other software (R's `survey`, with `data.table`
 * or `haven`), prints the same table with the differences, and exits with status 1 if one exceeds 1e-8.
 * @param language Language of the script: `r`; `stata` or `spss`, which give the tool's figures in comments; or
 * `sql`, the queries that compute the sums behind the result in a database.
 * @param files Paths as the script should name them, relative to where it will run.
 * @param ask Asks the question: called with the files, and with run options that record what was read.
 * @param dialect Of SQL; by default that of the table's database, otherwise DuckDB's.
 * @throws UserError for anything the caller can correct, and where the script's language cannot read such files.
 * @example
 * import { rates, samplePath, script } from "talis-pd";
 *
 * const inR = await script("r", [samplePath()], (files, run) => rates(files, { items: ["peer-coaching"], ...run }));
 * console.log(inR.includes("svrepdesign(")); // true
 */
export async function script(
	language: ScriptLanguage,
	files: readonly string[],
	ask: (files: string[], run: Pick<RunOptions, "onPlan">) => Promise<ResultSet>,
	dialect?: DialectName,
): Promise<string> {
	checkScript(language, dialect);
	const plans: object[] = [];
	const results = await ask([...files], { onPlan: (plan) => plans.push(plan) });
	return scriptOf(language, results, plans, files, dialect);
}

/** @throws UserError for an unsupported script language or dialect. */
export function checkScript(language: string, dialect?: string): void {
	if (dialect !== undefined) {
		oneOf("dialect", dialect, DIALECTS);
		if (language !== "sql") {
			throw new UserError(say`${option("dialect")} is of SQL`, { hint: say`add ${option("emit", "sql")}` });
		}
	}
	if (SCRIPTS.some((known) => known === language)) return;
	throw new UserError(say`"${language}" is not a value of ${option("emit")}`, {
		code: "option",
		hint: `use ${SCRIPTS.join(" or ")}`,
	});
}

/** The script of a result, by what was read for it. */
export function scriptOf(
	language: string,
	results: ResultSet,
	plans: readonly object[],
	files: readonly string[],
	dialect?: string,
): string {
	const read = plans as PlansExplained[];
	const saved = files.filter(isResultsFile);
	const [plan, ...more] = read;
	if (results.kind === "compare" && (saved.length > 0 || more.length > 0)) {
		return samplesOf(language, results, read, files);
	}
	if (plan === undefined || more.length > 0) {
		throw new UserError("a script needs survey files, and this result was not made from any", {
			hint: "ask for microdata",
		});
	}
	const emission = { results, plans: plan, files };
	if (language === "r") return scriptInR(emission);
	if (language === "stata") return scriptInStata(emission);
	if (language === "spss") return syntaxInSpss(emission);
	const own = DIALECTS.find((name) => name === (dialect ?? results.source[0]?.format));
	return queriesOf({ results, plans: plan, files }, own ?? "duckdb");
}

/** A script of samples that were read one by one: each survey file by its plan, and saved results. */
function samplesOf(
	language: string,
	results: ResultSet,
	plans: readonly PlansExplained[],
	files: readonly string[],
): string {
	if (language !== "r") {
		throw new UserError(
			say`${option("emit", language)} needs one set of survey files, and this result is from several, or from saved results`,
			{ hint: say`use ${option("emit", "r")}, or ask for one cycle of microdata` },
		);
	}
	const surveys = files.filter((file) => !isResultsFile(file));
	const left = [...plans];
	if (surveys.length !== left.length) {
		throw new UserError("a script of several samples is of files that are named one by one", {
			hint: "name each file, without a pattern",
		});
	}
	const samples = files.map((path): SampleRead => {
		if (!isResultsFile(path)) return { path, plans: left.shift() as PlansExplained };
		const saved = readResults(path);
		const { cycle } = saved.settings;
		const known =
			typeof cycle === "number" ? cycle : codebookOfResults(saved.codebook.id, cycle, undefined)?.cycle;
		return { path, cycle: known ?? null, saved };
	});
	return samplesInR({ results, samples });
}
