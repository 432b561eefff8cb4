import type * as z from "zod";
import { UserError } from "../../base/errors.js";
import { command, option, say, type Words } from "../../base/say.js";
import { checkBy } from "../../base/schema-issue.js";
import { bare } from "../../codebook/definition/without-prototypes.js";
import { readText } from "../../platform/small-files.js";
import { differencesOf, type ResultDifference } from "../../results/differences.js";
import { possible } from "../../results/possible.js";
import {
	type Comparison,
	type Estimate,
	RESULT_KINDS,
	RESULTS_SCHEMA,
	type ResultKind,
	type ResultSet,
} from "../../results/result-set.js";
import { names } from "../../settings/values.js";
import { savedSchema } from "./saved-schema.js";

/** Whether the file name marks a result file rather than a survey. */
export function isResultsFile(file: string): boolean {
	return file.toLowerCase().endsWith(".json");
}

/**
 * Reads saved results. Absent fields become null, unknown ones are kept.
 * @param file JSON from `render`, or from a command with `--format json`.
 * @throws UserError if the file is not a result file of this schema, or has an impossible row; the message names the
 * fault.
 * @example
 * import { writeFileSync } from "node:fs";
 * import { published, readResults, render } from "talis-pd";
 *
 * const results = published({ countries: ["KAZ"], topics: ["focus"] });
 * writeFileSync("focus.json", await render(results, { format: "json" }));
 * console.log(readResults("focus.json").estimates.length === results.estimates.length); // true
 */
export function readResults(file: string): ResultSet {
	return parseResults(readText(file), file);
}

/** `readResults` for verification: accepts rows that contradict themselves. */
export function readToVerify(file: string): ResultSet {
	return parsed(readText(file), file);
}

const GIVE_JSON = say`give a file made with ${option("format", "json")}`;

export function parseResults(text: string, file: string): ResultSet {
	const results = parsed(text, file);
	rejectImpossible(results, file);
	return results;
}

/** @throws UserError for an impossible or duplicate row. */
function rejectImpossible(results: ResultSet, file: string): void {
	const near = possible(results);
	if (near === results) return;
	const [{ where, field, first }] = differencesOf(results, near) as [ResultDifference];
	const value = typeof first === "string" ? first : JSON.stringify(first);
	throw new UserError(
		field === null ? `has a row twice: ${where}` : `has an impossible ${field}, ${value}, in ${where}`,
		{
			where: { file },
			hint: say`${command("verify", "verify RESULTS.json")} lists all that contradicts itself`,
		},
	);
}

function parsed(text: string, file: string): ResultSet {
	const fail = (message: string, hint: string | Words, cause?: unknown): never => {
		throw new UserError(message, { where: { file }, hint, cause });
	};
	const data: unknown = (() => {
		try {
			return JSON.parse(text.replace(/^\uFEFF/, ""));
		} catch (cause) {
			return fail(`is no JSON: ${(cause as Error).message}`, GIVE_JSON, cause);
		}
	})();
	const schema = (data as { schema?: unknown } | null)?.schema;
	if (schema !== RESULTS_SCHEMA) {
		fail(
			schema === undefined
				? "is no result file: it names no schema"
				: `has the schema ${JSON.stringify(schema)}`,
			`results to compare have the schema ${RESULTS_SCHEMA}`,
		);
	}
	const checked = checkBy(savedSchema, data);
	if (!checked.success) {
		const issue = checked.error.issues[0] as z.core.$ZodIssue;
		fail(
			`${issue.path.join(".")}: ${issue.message}`,
			"the file was changed, or made by another tool; make it again",
		);
	}
	return complete(bare(checked.data) as unknown as Partial<ResultSet> & { estimates: Partial<Estimate>[] });
}

/** The requested part of saved results. */
export interface SavedScope {
	topics?: readonly string[] | undefined;
	items?: readonly string[] | undefined;
	base?: string | undefined;
	by?: readonly string[] | undefined;
	where?: readonly string[] | undefined;
}

/**
 * The rows of some topics, items and base.
 * @throws UserError if nothing is left, or if the requested groups need the survey file.
 */
export function selectSaved(results: ResultSet, scope: SavedScope, file: string): ResultSet {
	rejectModels(results, file);
	if ((scope.by ?? []).length > 0 || (scope.where ?? []).length > 0) {
		throw new UserError("holds results, whose groups are made", {
			where: { file },
			hint: say`leave out ${option("by")} and ${option("where")}, or give the survey file`,
		});
	}
	const words = (list: readonly string[] | undefined) => names(list).map((word) => word.toLowerCase());
	const [topics, items] = [words(scope.topics), words(scope.items)];
	const isExact = ({ topic, item, variable }: Estimate, word: string) =>
		[item, `${topic}:${item}`, variable?.toLowerCase()].includes(word);
	const contains = ({ item, label }: Estimate, word: string) =>
		[item, label.toLowerCase()].some((text) => text.includes(word));
	// As with survey files, an exact match takes precedence.
	const matching = items.map((word) => ({
		word,
		matches: results.estimates.some((row) => isExact(row, word)) ? isExact : contains,
	}));
	const isAsked = (row: Estimate) =>
		matching.length === 0 || matching.some(({ word, matches }) => matches(row, word));
	const estimates = results.estimates.filter(
		(row) =>
			(topics.length === 0 || topics.includes(row.topic)) &&
			isAsked(row) &&
			(scope.base === undefined || row.base === scope.base),
	);
	if (estimates.length > 0) return { ...results, estimates };
	throw new UserError("has no row of the topics, items and base asked for", {
		where: { file },
		hint: "ask for what it holds, or make it again",
	});
}

/**
 * A coefficient depends on all other terms of its model, and an odds ratio even on omitted variables, so those of
 * separate fits are not comparable (Mood 2010).
 */
function rejectModels({ kind }: ResultSet, file: string): void {
	if (kind !== "model" && kind !== "relate") return;
	const what = kind === "model" ? "a model, and coefficients" : "correlations, and those";
	throw new UserError(`holds ${what} of separate results are not comparable`, {
		where: { file },
		hint: say`compare percentages or means, or put systems of one model together: ${command("model", "model FILE …")} ${option("synthesis", "reml")}`,
	});
}

function complete(data: Partial<ResultSet> & { estimates: Partial<Estimate>[] }): ResultSet {
	const { id = "unknown", version = "", title, ...more } = data.codebook ?? {};
	return {
		schema: RESULTS_SCHEMA,
		kind: kindOf(data),
		...data,
		tool: data.tool ?? { name: "talis-pd", version: "" },
		source: data.source ?? [],
		codebook: { id, version, title: title ?? id, ...more },
		design: { weight: "", method: "unknown", replicates: 0, ...data.design },
		settings: data.settings ?? {},
		estimates: data.estimates.map((row) => Object.assign({ ...NOTHING, label: row.item }, row) as Estimate),
		comparisons: (data.comparisons ?? []).map(
			(row) => Object.assign({ ...UNTESTED, label: row.item }, row) as Comparison,
		),
		notes: data.notes ?? [],
	} as ResultSet;
}

/** Files of earlier versions name the command that made them; files without a command hold percentages and means. */
function kindOf({ kind, settings }: Partial<ResultSet>): ResultKind {
	return kind ?? RESULT_KINDS.find((known) => known === settings?.command) ?? "rates";
}

const NOTHING = {
	variable: null,
	ciLow: null,
	ciHigh: null,
	ciMethod: null,
	df: null,
	n: null,
	schools: null,
	weightedN: null,
	coverage: null,
	deff: null,
};

const UNTESTED = {
	variable: null,
	kind: "independent",
	ciLow: null,
	ciHigh: null,
	t: null,
	df: null,
	p: null,
	pAdjusted: null,
};
