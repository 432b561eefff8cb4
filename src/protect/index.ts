import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import type { Group, Note, ResultSet } from "../results/result-set.js";
import { type Locale, loadLocale } from "../wording/locale.js";
import { POINTS } from "./cells-at-risk.js";
import { Publication } from "./complement.js";
import type { Published } from "./figures.js";
import type { Hiding } from "./hidden.js";
import { loadSolver } from "./linear-program.js";
import { ROUNDING, roundedResults } from "./rounding.js";
import { structureOf } from "./structure.js";

export { roundedResults } from "./rounding.js";

/** Where nothing states what is too few. */
const FEW = 10;

/** NCES's Rule of 62. */
const NCES = 62;

/**
 * Results of one survey that are published together, protected: numbers are rounded, and so much is hidden that no figure of
 * too few teachers, and none of the few without a value of a breakdown, can be worked out to within 5 points.
 * @param all Results of the same teachers; what is hidden in one is hidden in all.
 */
export async function protectedResults(all: readonly ResultSet[], codebook: Codebook): Promise<ResultSet[]> {
	const published = all.map(
		(results): Published => ({
			results: roundedResults(results),
			exact: results.estimates.map(({ n }) => n),
			rounded: true,
			least: leastOf(results, codebook),
		}),
	);
	const publication = new Publication(published, structureOf(codebook), loadSolver);
	await publication.protect();
	return published.map(({ results }) => {
		const taken = publication.hidden.taken(results);
		const own = publication.hidden.list().filter(({ topic }) => taken.estimates.some((row) => row.topic === topic));
		return {
			...taken,
			settings: { ...taken.settings, protection: { ...ROUNDING, points: POINTS } },
			notes: [...notesOf(taken, own), ...taken.notes],
		} as ResultSet;
	});
}

/** Fewer teachers are too few by the rule of a run; none are where nothing is hidden. */
function leastOf({ settings }: ResultSet, codebook: Codebook | undefined): number {
	if (settings.suppress === "none") return 0;
	if (settings.suppress === "nces") return NCES;
	return codebook === undefined ? FEW : (codebook.suppression?.teachers ?? 0);
}

/** Something that can be worked out from results. */
export interface Finding {
	topic: string;
	item: string;
	statistic: "percent" | "mean";
	base: string;
	/** The cell; "" stands for those without a value of a breakdown. */
	group: Group;
	/** Null where it follows exactly from what is published, whatever that is. */
	between: readonly [number, number] | null;
}

/**
 * What can be worked out from saved results, several together: figures that are hidden, and those of the few without a value
 * of a breakdown, to within 5 points.
 */
export async function disclosures(all: readonly ResultSet[]): Promise<Finding[]> {
	const published = all.map((results): Published => {
		const rounded = (results.settings as { protection?: unknown }).protection !== undefined;
		return { results, exact: null, rounded, least: leastOf(results, known(results)) };
	});
	const [first] = all;
	const structure = structureOf(first === undefined ? undefined : known(first));
	const found = await new Publication(published, structure, loadSolver).exposures();
	return found.map(({ table: { topic, item, statistic }, exposure: { base, group, between } }) => ({
		...{ topic, item, statistic, base, group },
		between: Number.isNaN(between[0]) ? null : between,
	}));
}

/** The codebook of saved results; undefined where it is not there any more. */
function known({ codebook }: ResultSet): Codebook | undefined {
	return codebookIds().includes(codebook.id) ? loadCodebook(codebook.id) : undefined;
}

function notesOf(results: ResultSet, hidden: readonly Hiding[]): Note[] {
	const locale = loadLocale(results.settings.lang ?? "en");
	const about = (reason: Hiding["reason"]) => hidden.filter((one) => one.reason === reason);
	return [
		note(locale, "protected-rounding", { n: ROUNDING.n, digits: ROUNDING.digits }),
		...(["hidden", "without-value"] as const).flatMap((reason) => {
			const names = [...new Set(about(reason).map((one) => nameOf(one)))];
			return names.length === 0
				? []
				: [note(locale, `protected-${reason}`, { count: names.length, groups: names.join("; "), points: POINTS })];
		}),
	];
}

/** Topic and group, as they are asked for. */
function nameOf({ topic, item, group }: Hiding): string {
	const values = Object.entries(group).map(([id, value]) => `${id}=${value}`);
	return `${item === null ? topic : `${topic}:${item}`} (${values.join(", ")})`;
}

function note(locale: Locale, code: string, detail: Record<string, string | number>): Note {
	return { code, text: locale.text(`note.${code}`, detail), detail };
}
