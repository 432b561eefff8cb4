import { isUndecided } from "../codebook/definition/counted.js";
import type { Codebook } from "../codebook/definition/schema.js";
import {
	isMostlyFree,
	type Watched,
	type WatchedItem,
	watchedGroups,
	watchedItems,
	watchedMeasures,
} from "../codebook/recognise/watched-columns.js";
import { replicateFindings, unitFindings } from "../design/replicate-findings.js";
import { nestingOf, repeatedUnits, unusedStrata } from "../design/unit-names.js";
import { findWeights } from "../design/weight-columns.js";
import { columnPlaces } from "../read/columns/column-names.js";
import type { Finding } from "../results/about-files.js";
import { sum } from "./answer-lists.js";
import { isProvenStratum } from "./choose-units.js";
import { findKinds, isNumber } from "./column-kinds.js";
import { isLikeWeight } from "./find-design.js";
import type { ColumnProfile, FileProfile, TextCount } from "./profile.js";

/** All mismatches between a file and a codebook: errors first, then in the order of the file. */
export function checkCodebook(
	codebook: Codebook,
	columns: readonly string[],
	profile: FileProfile,
): Finding[] {
	const checks = new Checks(codebook, columns, profile);
	checks.design();
	checks.items();
	checks.groups();
	checks.measures();
	checks.unused();
	checks.undecided();
	const rank = ({ severity }: Finding) => (severity === "error" ? 0 : 1);
	return checks.found.toSorted((a, b) => rank(a) - rank(b));
}

class Checks {
	readonly found: Finding[] = [];
	private readonly used = new Set<number>();

	constructor(
		private readonly codebook: Codebook,
		private readonly columns: readonly string[],
		private readonly profile: FileProfile,
	) {}

	/** Checks weights, replicates, strata and sampling units, without which nothing works. */
	design(): void {
		const { design, ids } = this.codebook;
		const { weight, replicates } = findWeights(this.columns, design);
		if (design.weight !== undefined) this.weights(design.weight, weight);
		for (const { name, places } of replicates) this.weights(name, places);
		this.found.push(...unitFindings(this.codebook), ...this.repeated());
		if (weight.length === 1 && replicates.every(({ places }) => places.length === 1)) {
			const numbers = (place: number) =>
				(this.profile.columns[place] as ColumnProfile).first.map((text) =>
					isNumber(text) ? Number(text.replace(",", ".")) : Number.NaN,
				);
			const rows = {
				weight: numbers(weight[0] as number),
				replicates: replicates.map(({ places }) => numbers(places[0] as number)),
			};
			const whole = rows.weight.length === this.profile.rows;
			const [first] = replicates;
			this.found.push(...replicateFindings(design, this.columns, first?.name ?? "", { ...rows, whole }));
		}
		const { strata, psu, fpc } = { strata: undefined, psu: undefined, fpc: undefined, ...design };
		for (const name of [strata, psu, fpc]) {
			const column = name === undefined ? undefined : this.column(name, "design-column", "error");
			if (column !== undefined && column.empty.rows > 0)
				this.say("error", "design-empty", name as string, column.empty);
		}
		for (const name of Object.values(ids)) if (name !== undefined) this.column(name, "id-column", "warning");
		if (this.codebook.synthetic !== undefined) this.use(this.codebook.synthetic);
	}

	/** Strata that the design does not use, by their names or by units that are numbered anew in them. */
	private repeated(): Finding[] {
		const { design } = this.codebook;
		if (design.method !== "taylor" || design.psu === undefined || design.strata !== undefined) return [];
		const { psu } = design;
		const [unit] = columnPlaces(this.columns, psu).map((place) => this.profile.columns[place]);
		if (unit === undefined) return [];
		const named = unusedStrata(design, this.columns);
		const strata = this.profile.columns.filter(
			(one) => one !== unit && (named.includes(one.name) || isProvenStratum(one, unit)),
		);
		return strata.flatMap((one) => repeatedUnits(psu, one.name, nestingOf(one.first, unit.first)));
	}

	items(): void {
		const items = Object.values(this.codebook.topics).flatMap((topic) => Object.values(topic.items));
		for (const { variable } of items) this.column(variable, "item-column", "warning");
		const watched = watchedItems(this.codebook, this.columns);
		for (const item of watched) {
			this.codes(item, "unknown-code");
			this.free(item);
		}
		if (!items.some(({ variable }) => columnPlaces(this.columns, variable).length > 0)) {
			this.say("error", "no-items", "");
		}
	}

	groups(): void {
		for (const { variable, file } of Object.values(this.codebook.groups)) {
			if (file === "schools") continue;
			this.column(variable, "group-column", "warning");
		}
		for (const group of watchedGroups(this.codebook, this.columns)) this.codes(group, "unknown-value");
	}

	measures(): void {
		for (const { variable } of Object.values(this.codebook.measures ?? {})) {
			this.column(variable, "measure-column", "warning");
		}
		for (const measure of watchedMeasures(this.codebook, this.columns)) this.codes(measure, "no-number");
	}

	/** Columns that look like items or like the weight but are missing from the codebook. */
	unused(): void {
		const weightless = this.codebook.design.weight === undefined;
		for (const { profile, found } of findKinds(this.profile)) {
			const isItem =
				found.kind === "answers" ||
				found.kind === "list" ||
				(found.kind === "values" && found.codes === true);
			if (this.used.has(profile.place)) continue;
			if (isItem) this.say("warning", "unused-column", profile.name);
			else if (weightless && isLikeWeight(profile)) this.say("warning", "unused-weight", profile.name);
		}
	}

	/** Scales without a decision on which answers count. */
	undecided(): void {
		for (const [key, answers] of Object.entries(this.codebook.answers))
			if (isUndecided(answers)) this.say("warning", "undecided", `answers.${key}`);
	}

	private weights(name: string, places: readonly number[]): void {
		if (places.length !== 1) {
			this.say("error", places.length === 0 ? "design-column" : "ambiguous-column", name);
			return;
		}
		const column = this.use(name) as ColumnProfile;
		if (column.empty.rows > 0) this.say("error", "weight-empty", name, column.empty);
		for (const one of column.texts) {
			const value = isNumber(one.text) ? Number(one.text.replace(",", ".")) : Number.NaN;
			if (Number.isNaN(value) || value < 0) this.say("error", "weight-value", name, one);
		}
		const zero = column.texts.find(({ text }) => isNumber(text) && Number(text.replace(",", ".")) === 0);
		if (zero !== undefined && name === this.codebook.design.weight)
			this.say("warning", "weight-zero", name, zero);
	}

	/** The column with a name; reports where there is none, or more than one. */
	private column(
		name: string,
		code: Finding["code"],
		severity: Finding["severity"],
	): ColumnProfile | undefined {
		const places = columnPlaces(this.columns, name);
		const known = this.found.some((one) => one.column === name);
		if (places.length === 0 && !known) this.say(severity, code, name);
		if (places.length > 1 && !known) this.say("error", "ambiguous-column", name);
		return this.use(name);
	}

	private use(name: string): ColumnProfile | undefined {
		const places = columnPlaces(this.columns, name);
		for (const place of places) this.used.add(place);
		return this.profile.columns[places[0] ?? -1];
	}

	/** A list column whose cells are mostly free text, as happens with a wrong separator. */
	private free({ column, name, isFree }: WatchedItem): void {
		if (isFree === undefined) return;
		const { texts } = this.profile.columns[column] as ColumnProfile;
		const free = texts.filter(({ text }) => isFree(text));
		const rows = sum(free.map((one) => one.rows));
		if (isMostlyFree(rows, sum(texts.map((one) => one.rows)))) {
			this.say("error", "mostly-unlisted", name, { ...free[0], rows });
		}
	}

	private codes({ column, name, knows }: Watched, code: Finding["code"]): void {
		const { texts } = this.profile.columns[column] as ColumnProfile;
		for (const one of texts) if (!knows(one.text)) this.say("error", code, name, one);
	}

	private say(
		severity: Finding["severity"],
		code: Finding["code"],
		column: string,
		where?: Partial<TextCount>,
	): void {
		const same = this.found.some(
			(one) => one.code === code && one.column === column && one.text === where?.text,
		);
		if (!same) this.found.push({ severity, code, column, ...where });
	}
}
