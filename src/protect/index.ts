import { entryOf } from "../base/entry-of.js";
import { UserError } from "../base/errors.js";
import type { Turn } from "../base/turn.js";
import { codebookIds, loadCodebook } from "../codebook/definition/library.js";
import type { Codebook } from "../codebook/definition/schema.js";
import type { Disclosure } from "../results/about-files.js";
import { groupKey } from "../results/group-key.js";
import type { Group, Note, ResultSet } from "../results/result-set.js";
import { type Locale, loadLocale } from "../wording/locale.js";
import { layingOut, POINTS } from "./cells-at-risk.js";
import { Publication } from "./complement.js";
import { conditionsOf, type Published, within } from "./figures.js";
import { formulasOf } from "./formulas.js";
import { type Hiding, withoutTellers } from "./hidden.js";
import { loadSolver } from "./linear-program.js";
import { ROUNDING } from "./precision.js";
import { roundedResults } from "./rounding.js";
import { structureOf } from "./structure.js";
import { asDisclosure, type Teller, throughOthers } from "./through/index.js";
import { rejectUntoldItems, rejectUntoldResults } from "./untold.js";

export { roundedResults } from "./rounding.js";
export { rejectUntold } from "./untold.js";

/** The threshold where none is stated. */
const FEW = 10;

/** NCES's Rule of 62. */
const NCES = 62;

/**
 * Protects results of one survey that are published together: rounds numbers, and hides enough that no figure of too
 * few teachers, or of the few without a value of a breakdown, can be derived to within 5 points.
 * @param all Results of the same teachers; what is hidden in one is hidden in all.
 * @param turn Awaited often: lets a signal in.
 * @throws UserError for an item that the codebook defines by a group or a number.
 */
export async function protectedResults(
	all: readonly ResultSet[],
	codebook: Codebook,
	turn?: Turn,
): Promise<ResultSet[]> {
	rejectUntoldItems(all, codebook);
	const lay = layingOut(structureOf(codebook));
	const rounded = (decimals: number) =>
		all.map(
			(results): Published => ({
				...{ results: roundedResults(results, decimals), decimals },
				least: leastOf(results, codebook),
				formulas: formulasOf(results, codebook),
			}),
		);
	// Digits beyond print go first, before anything is hidden.
	let decimals: number = ROUNDING.decimals;
	let published = rounded(decimals);
	let publication = new Publication(published, lay, loadSolver, turn);
	while (decimals > 0 && (await publication.isExposed())) {
		published = rounded(--decimals);
		publication = new Publication(published, lay, loadSolver, turn);
	}
	await publication.protect();
	const { shown, hidden } = withoutTelling(
		published.map((one) => ({ ...one, results: publication.hidden.taken(one.results) })),
	);
	return shown.map(({ results }) => {
		// Covariances of answers reveal more than their rounded errors.
		const { covariances: _, ...taken } = results;
		const own = [...publication.hidden.list(), ...hidden].filter(({ topic }) =>
			taken.estimates.some((row) => row.topic === topic),
		);
		const conditions = conditionsOf(taken);
		const told = new Set(taken.estimates.map(({ group }) => groupKey(within(conditions, group))));
		const withheld = publication.hidden.withheld().filter((group) => told.has(groupKey(group)));
		return {
			...taken,
			settings: {
				...taken.settings,
				protection: { ...ROUNDING, decimals, points: POINTS, fewest: leastOf(taken, codebook) },
			},
			notes: [...notesOf(taken, own, withheld), ...taken.notes.map((one) => withoutCount(one, taken))],
		} as ResultSet;
	});
}

/** Hides whatever reveals hidden figures of another kind, until nothing does. */
function withoutTelling(all: readonly Published[]): { shown: readonly Published[]; hidden: Hiding[] } {
	let shown = all;
	const hidden: Hiding[] = [];
	for (let told = throughOthers(shown); told.length > 0; told = throughOthers(shown)) {
		const tellers = new Set(told.flatMap(({ by }) => by));
		shown = shown.map((one) => ({ ...one, results: withoutTellers(one.results, tellers) }));
		for (const teller of tellers) hidden.push(hidingOf(teller));
	}
	return { shown, hidden };
}

function hidingOf(teller: Teller): Hiding {
	const { topic, item } = "outcome" in teller ? teller.outcome : teller;
	return { topic: topic ?? "", item, base: teller.base, group: teller.group, reason: "hidden" };
}

/** Fewer teachers than this are too few by the rule of a run; 0 if nothing is hidden. */
function leastOf({ settings }: ResultSet, codebook: Codebook | undefined): number {
	if (settings.protection?.fewest !== undefined) return settings.protection.fewest;
	if (settings.suppress === "none") return 0;
	if (settings.suppress === "nces") return NCES;
	return codebook === undefined ? FEW : (codebook.suppression?.teachers ?? 0);
}

/**
 * What can be derived from results, several together, by adding and subtracting (rank), by linear programming with
 * the rounding of their numbers, and through averages, sums, differences and models: figures that are hidden, and
 * those of the few without a value of a breakdown, to within 5 percentage points (of a mean, 5 % of the range its
 * numbers may have).
 * @param all Results of the same teachers.
 * @returns Empty if they are safe to publish.
 * @throws UserError for results with a definition that uses a group or a number, and if only some of several results
 * distinguish countries: it is then unknown which is part of which.
 * @example
 * import { disclosures, rates, samplePath } from "talis-pd";
 *
 * const asked = { items: ["peer-coaching"] };
 * const all = [await rates([samplePath()], asked), await rates([samplePath()], { ...asked, by: ["country", "gender"] })];
 * const [{ group, between }] = (await disclosures(all)) as [Awaited<ReturnType<typeof disclosures>>[number]];
 * console.log(group.gender === "", between?.map((percent) => percent.toFixed(1)).join(" to ")); // true 100.0 to 100.0
 */
export async function disclosures(all: readonly ResultSet[]): Promise<Disclosure[]> {
	rejectUntoldResults(all);
	const published = all.map((results): Published => {
		const decimals = results.settings.protection?.decimals ?? null;
		const codebook = known(results);
		return {
			...{ results, decimals },
			least: leastOf(results, codebook),
			formulas: formulasOf(results, codebook),
		};
	});
	if (new Set(all.flatMap(namesCountry)).size > 1) {
		throw new UserError(
			"some of the results tell countries apart and some do not, so they cannot be compared",
			{
				hint: "make all of them with country among the breakdowns, such as country and gender",
			},
		);
	}
	const [first] = all;
	const lay = layingOut(structureOf(first === undefined ? undefined : known(first)));
	const found = await new Publication(published, lay, loadSolver).exposures();
	const added = found.map(({ table: { topic, item, statistic }, exposure: { base, group, between } }) => ({
		...{ topic, item, statistic, base, group },
		between: Number.isNaN(between[0]) ? null : between,
	}));
	const others = throughOthers(published).map(asDisclosure);
	return [
		...new Map([...added, ...others].map((one) => [JSON.stringify({ ...one, between: null }), one])).values(),
	];
}

/** Whether results distinguish countries; undefined if they have no figures that show it. */
function namesCountry({ estimates, models = [], relations = [] }: ResultSet): boolean[] {
	const groups = [...estimates, ...models, ...relations].map(({ group }) => group);
	return groups.length === 0 ? [] : [groups.some((group) => "country" in group)];
}

/** The codebook of saved results; undefined if it is no longer installed. */
function known({ codebook }: ResultSet): Codebook | undefined {
	return codebookIds().includes(codebook.id) ? loadCodebook(codebook.id) : undefined;
}

function notesOf(results: ResultSet, hidden: readonly Hiding[], withheld: readonly Group[]): Note[] {
	const locale = loadLocale(results.settings.lang ?? "en");
	const about = (reason: Hiding["reason"]) => hidden.filter((one) => one.reason === reason);
	return [
		note(locale, "protected-rounding", { n: ROUNDING.n, digits: ROUNDING.digits }),
		...(["hidden", "without-value"] as const).flatMap((reason) => {
			const names = [...new Set(about(reason).map((one) => nameOf(one)))];
			return names.length === 0
				? []
				: [
						note(locale, `protected-${reason}`, {
							count: names.length,
							groups: names.join("; "),
							points: POINTS,
						}),
					];
		}),
		...(withheld.length === 0
			? []
			: [note(locale, "protected-totals", { groups: withheld.map(valuesOf).join("; "), points: POINTS })]),
	];
}

/** How many rows lack a value of a breakdown, rounded as other numbers. */
function withoutCount(one: Note, { labels, settings }: ResultSet): Note {
	const { breakdown, rows } = one.detail ?? {};
	if (one.code !== "rows-without-value" || typeof rows !== "number") return one;
	const detail = { breakdown: String(breakdown), rows: (Math.floor(rows / ROUNDING.n) + 1) * ROUNDING.n };
	const words = {
		...detail,
		breakdown: entryOf(labels?.groups, detail.breakdown)?.label ?? detail.breakdown,
	};
	const code = "rows-without-value-rounded";
	return { ...one, code, text: loadLocale(settings.lang ?? "en").text(`note.${code}`, words), detail };
}

/** Topic and group, as they are asked for. */
function nameOf({ topic, item, group }: Hiding): string {
	return `${item === null ? topic : `${topic}:${item}`} (${valuesOf(group)})`;
}

function valuesOf(group: Group): string {
	return Object.entries(group)
		.map(([id, value]) => `${id}=${value}`)
		.join(", ");
}

function note(locale: Locale, code: string, detail: Record<string, string | number>): Note {
	return { code, text: locale.text(`note.${code}`, detail), detail };
}
