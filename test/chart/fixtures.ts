import {
	type Estimate,
	type Group,
	type Labels,
	RESULTS_SCHEMA,
	type ResultSet,
} from "../../src/results/result-set.js";
import { type Language, type Locale, loadLocale } from "../../src/wording/locale.js";

/** A topic to draw: its items as key → label. */
export interface Topic {
	key: string;
	items: Record<string, string>;
	base?: Estimate["base"];
}

export interface FixtureOptions {
	topics: Topic[];
	groups?: Group[];
	labels?: Labels;
	title?: string;
	/** Changes to single estimates, such as hiding them. */
	change?: (estimate: Estimate, index: number) => Partial<Estimate>;
	synthetic?: boolean;
}

/** A result with made-up numbers that look like a survey's: the same ones every time. */
export function makeResults(options: FixtureOptions): ResultSet {
	const { topics, groups = [{ country: "KAZ" }], change = () => ({}), synthetic = true } = options;
	const random = generator(7);
	const estimates = topics.flatMap(({ key, items, base = "all" }) =>
		Object.entries(items).flatMap(([item, label]) => {
			const level = item === "any" ? 96 : 4 + 86 * random();
			return groups.map((group): Estimate => {
				const estimate = Math.min(99, Math.max(1, level + 16 * (random() - 0.5)));
				const se = (0.6 + 2.4 * random()) * Math.sqrt((estimate * (100 - estimate)) / 2500);
				return row({ topic: key, item, label, group, base }, estimate, se);
			});
		}),
	);
	return {
		schema: RESULTS_SCHEMA,
		kind: "rates",
		tool: { name: "talis-pd", version: "0.1.0" },
		source: [
			{ file: "teachers.csv", format: "csv", sha256: "0", rows: 3000, ...(synthetic ? { synthetic } : {}) },
		],
		codebook: {
			id: "talis-2018-teacher",
			version: "1",
			title: options.title ?? "TALIS 2018 teacher questionnaire",
		},
		design: { weight: "TCHWGT", method: "fay-brr", replicates: 100, fay: 0.5, centre: "full-sample" },
		settings: { level: 0.95, ci: "logit", cycle: 2018, by: Object.keys(groups[0] ?? {}) },
		...(options.labels === undefined ? {} : { labels: options.labels }),
		estimates: estimates.map((estimate, index) => ({ ...estimate, ...change(estimate, index) })),
		comparisons: [],
		notes: [],
	};
}

/** What becomes of an estimate that may not be shown. */
export function hidden(status: Estimate["status"], n = 12): Partial<Estimate> {
	return { estimate: null, se: null, ciLow: null, ciHigh: null, ciMethod: null, df: null, n, status };
}

type Place = Pick<Estimate, "topic" | "item" | "label" | "group" | "base">;

function row(place: Place, estimate: number, se: number): Estimate {
	const p = estimate / 100;
	const half = (1.99 * se) / 100 / (p * (1 - p));
	const logit = Math.log(p / (1 - p));
	const expit = (x: number) => 100 / (1 + Math.exp(-x));
	return {
		...place,
		variable: place.item === "any" ? null : `TT3G22_${place.item}`,
		statistic: "percent",
		estimate,
		se,
		ciLow: expit(logit - half),
		ciHigh: expit(logit + half),
		ciMethod: "logit",
		df: 77,
		n: 2950 + Math.round(estimate),
		schools: 150,
		weightedN: 40000,
		coverage: 98,
		deff: 1.6,
		status: "ok",
	};
}

/** Numbers in 0–1 that are the same on every machine: the "minimal standard" of Park and Miller. */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 48271) % 2147483647;
		return state / 2147483647;
	};
}

/** The shipped words, and readable stand-ins for those that other modules have yet to add. */
export function locale(language: Language): Locale {
	const shipped = loadLocale(language);
	const text: Locale["text"] = (key, values) => {
		try {
			return shipped.text(key, values);
		} catch (cause) {
			if (/^(status|group)\./.test(key)) return key.replace(/^\w+\./, "").replaceAll("-", " ");
			throw cause;
		}
	};
	return { ...shipped, text };
}
