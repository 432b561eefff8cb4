import { z } from "zod";
import { UserError } from "../errors.js";
import { readText } from "../read/open.js";
import { type Comparison, type Estimate, RESULTS_SCHEMA, type ResultSet } from "../results.js";

/** What every estimate of a result file has; all else may be absent. */
const estimate = z.looseObject({
	topic: z.string(),
	item: z.string(),
	group: z.record(z.string(), z.string()),
	base: z.string(),
	statistic: z.string(),
	estimate: z.number().nullable(),
	se: z.number().nullable(),
	status: z.string(),
});

const results = z.looseObject({
	schema: z.literal(RESULTS_SCHEMA),
	estimates: z.array(estimate),
});

/** Whether a file's name says that it holds results and no survey. */
export function isResultsFile(file: string): boolean {
	return file.toLowerCase().endsWith(".json");
}

/**
 * Results read back. Fields that are absent become null, unknown ones are kept.
 * @throws UserError where the file is no result file of this schema, naming what is wrong.
 */
export function readResults(file: string): ResultSet {
	return parseResults(readText(file), file);
}

export function parseResults(text: string, file: string): ResultSet {
	const fail = (message: string, hint: string, cause?: unknown): never => {
		throw new UserError(message, { where: { file }, hint, cause });
	};
	const data: unknown = (() => {
		try {
			return JSON.parse(text.replace(/^\uFEFF/, ""));
		} catch (cause) {
			return fail(`is no JSON: ${(cause as Error).message}`, "give a file made with --format json", cause);
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
	const checked = results.safeParse(data);
	if (!checked.success) {
		const [issue] = checked.error.issues;
		fail(`${issue?.path.join(".")}: ${issue?.message}`, "give a file made with --format json");
	}
	return complete(checked.data as unknown as Partial<ResultSet> & { estimates: Partial<Estimate>[] });
}

function complete(data: Partial<ResultSet> & { estimates: Partial<Estimate>[] }): ResultSet {
	const { id = "unknown", version = "", title } = data.codebook ?? {};
	return {
		...data,
		schema: RESULTS_SCHEMA,
		tool: data.tool ?? { name: "talis-pd", version: "" },
		source: data.source ?? [],
		codebook: { id, version, title: title ?? id },
		design: { weight: "", method: "unknown", replicates: 0, ...data.design },
		settings: data.settings ?? {},
		estimates: data.estimates.map((row) => Object.assign({ ...NOTHING, label: row.item }, row) as Estimate),
		comparisons: (data.comparisons ?? []) as Comparison[],
		notes: data.notes ?? [],
	};
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
