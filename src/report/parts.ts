import { buildResults } from "../analysis/result/build.js";
import { groupBy } from "../base/group-by.js";
import { type GridSubject, subjectsOf } from "../results/grids.js";
import type { Estimate, ResultSet, ResultsOf } from "../results/result-set.js";

/**
 * A piece of a report, with results of its own. `rates` are of all teachers of each sample, `breakdown` by a further
 * group, `differences` between its levels, `answers` the shares of every answer of some items, `models` and `relations` by their names, `change` since the baseline.
 */
export interface ReportPart {
	kind:
		| "rates"
		| "breakdown"
		| "differences"
		| "gaps"
		| "means"
		| "answers"
		| "models"
		| "relations"
		| "change";
	/** The breakdown of `breakdown` and `differences`, the name of `models` and `relations`. */
	by: string | null;
	results: ResultSet;
}

/** The results of one topic, or of several. */
export function ofTopics(results: ResultSet, topics: readonly string[]): ResultSet {
	const own = <T extends { topic: string }>(rows: readonly T[]) =>
		rows.filter(({ topic }) => topics.includes(topic));
	const { syntheses, moderatorTests } = results;
	const about = <T extends { of: { topic: string | null } }>(rows: readonly T[]) =>
		rows.filter(({ of: { topic } }) => topic !== null && topics.includes(topic));
	return {
		...results,
		estimates: own(results.estimates),
		comparisons: own(results.comparisons),
		...(syntheses === undefined ? {} : { syntheses: about(syntheses) }),
		...(moderatorTests === undefined ? {} : { moderatorTests: about(moderatorTests) }),
	};
}

/** Topics, and grids of topics, that results are about. */
export function subjectsIn({ estimates, comparisons, labels }: ResultSet): GridSubject[] {
	return subjectsOf(
		[...estimates, ...comparisons].map(({ topic }) => topic),
		labels,
	);
}

/** Results without their syntheses, and the syntheses separately if there are any. */
export function synthesesApart(results: ResultSet): { systems: ResultSet; together?: ResultSet } {
	const { syntheses = [], moderatorTests: _, ...own } = results;
	if (syntheses.length === 0) return { systems: results };
	const { models: __, ...others } = results;
	return { systems: own as ResultSet, together: { ...others, estimates: [], comparisons: [] } as ResultSet };
}

/** Results of `compare` as the rates of its groups and as its differences. */
export function divided(by: string, results: ResultSet): ReportPart[] {
	const { syntheses: _, moderatorTests: __, ...groups } = results;
	return [
		{ kind: "breakdown", by, results: buildResults("rates", { ...groups, comparisons: [] }) },
		{ kind: "differences", by, results: { ...results, estimates: [] } },
	];
}

/**
 * All parts as one result set. Each figure is listed once. Needs and coverage rest on fewer teachers than their
 * topics do separately, so only the unmet need is kept as an estimate.
 */
export function merged(parts: readonly ReportPart[]): ResultsOf<"report"> {
	const [{ results: first }] = parts as [ReportPart];
	const all = parts.map(({ results }) => results);
	const estimates = parts.flatMap(({ kind, results }) =>
		kind === "gaps" ? results.estimates.filter(({ topic }) => topic === "unmet") : results.estimates,
	);
	const labels = all.flatMap(({ labels }) => labels ?? []);
	const groups = labels.flatMap(({ groups }) => Object.entries(groups));
	return buildResults("report", {
		...first,
		...countedIn(all),
		settings: {
			...first.settings,
			between: [...new Set(parts.flatMap(({ kind, by }) => (NAMED.includes(kind) ? [] : (by ?? []))))],
		},
		labels: {
			// A topic counts its published answers, whatever other parts ask for.
			topics: Object.assign({}, ...labels.toReversed().map(({ topics }) => topics)),
			bases: Object.assign({}, ...labels.map(({ bases }) => bases)),
			...(labels.some(({ grids }) => grids !== undefined)
				? { grids: Object.assign({}, ...labels.map(({ grids }) => grids)) }
				: {}),
			groups: Object.fromEntries(
				[...groupBy(groups, ([id]) => id)].map(([id, same]) => [
					id,
					{
						label: same.map(([, { label }]) => label).find((label) => label !== "") ?? id,
						values: Object.assign({}, ...same.map(([, { values }]) => values)),
					},
				]),
			),
		},
		estimates: once(estimates, estimateKey),
		comparisons: all.flatMap(({ comparisons }) => comparisons),
		...gathered(all, "covariances"),
		...gathered(all, "models"),
		...gathered(all, "relations"),
		...gathered(all, "alphas"),
		...gathered(all, "syntheses"),
		...gathered(all, "moderatorTests"),
		notes: once(
			all.flatMap(({ notes }) => notes),
			(note) => JSON.stringify([note.code, note.group, note.text]),
		),
	});
}

/** Everything that counted as missing in any part; each part has its own rows. */
function countedIn(all: readonly ResultSet[]): Pick<ResultSet, "counted"> {
	const codes = all.flatMap(({ counted }) => Object.entries(counted?.missing ?? {}));
	const byReason = [...groupBy(codes, ([reason]) => reason)].map(([reason, same]) => [
		reason,
		[...new Set(same.flatMap(([, own]) => own))].sort(),
	]);
	// If all parts use the same number of rows, they use the same rows.
	const [used, ...others] = new Set(all.map(({ counted }) => counted?.used));
	return {
		counted: {
			...(used === undefined || others.length > 0 ? {} : { used }),
			missing: Object.fromEntries(byReason.sort()),
		},
	};
}

/** Parts that are called by a name of their own. */
const NAMED: readonly ReportPart["kind"][] = ["models", "relations"];

/** All rows that only some questions have. */
function gathered<
	K extends "covariances" | "models" | "relations" | "alphas" | "syntheses" | "moderatorTests",
>(all: readonly ResultSet[], key: K): Pick<ResultSet, K> {
	const rows: unknown[] = all.flatMap((results): readonly unknown[] => results[key] ?? []);
	return (rows.length === 0 ? {} : { [key]: rows }) as Pick<ResultSet, K>;
}

function once<T>(rows: readonly T[], keyOf: (row: T) => string): T[] {
	return [...new Map(rows.toReversed().map((row) => [keyOf(row), row])).values()].toReversed();
}

function estimateKey({ topic, item, group, base, statistic }: Estimate): string {
	return JSON.stringify([topic, item, base, statistic, Object.entries(group).sort()]);
}
