import { answerReader, answersOf, spellingOf } from "../codebook/answers.js";
import { resolveBreakdown } from "../codebook/breakdown.js";
import { canonicalCode } from "../codebook/coding.js";
import type { Codebook } from "../codebook/schema.js";
import { findWeights } from "../design/columns.js";
import { columnPlaces } from "../read/names.js";
import type { CheckFinding } from "../results.js";
import { findKinds, isNumber } from "./kinds.js";
import type { ColumnProfile, Profile, TextCount } from "./profile.js";

/** Everything in which a file and a codebook do not fit, errors first; of one kind in the order of the file. */
export function checkCodebook(
	codebook: Codebook,
	columns: readonly string[],
	profile: Profile,
): CheckFinding[] {
	const checks = new Checks(codebook, columns, profile);
	checks.design();
	checks.items();
	checks.groups();
	checks.measures();
	checks.unused();
	const rank = ({ severity }: CheckFinding) => (severity === "error" ? 0 : 1);
	return checks.found.toSorted((a, b) => rank(a) - rank(b));
}

class Checks {
	readonly found: CheckFinding[] = [];
	private readonly used = new Set<number>();

	constructor(
		private readonly codebook: Codebook,
		private readonly columns: readonly string[],
		private readonly profile: Profile,
	) {}

	/** Weights, replicates, strata and sampling units, which nothing works without. */
	design(): void {
		const { design, ids } = this.codebook;
		const { weight, replicates } = findWeights(this.columns, design);
		if (design.weight !== undefined) this.weights(design.weight, weight);
		for (const { name, places } of replicates) this.weights(name, places);
		const { strata, psu, fpc } = { strata: undefined, psu: undefined, fpc: undefined, ...design };
		for (const name of [strata, psu, fpc]) {
			const column = name === undefined ? undefined : this.column(name, "design-column", "error");
			if (column !== undefined && column.empty.rows > 0)
				this.say("error", "design-empty", name as string, column.empty);
		}
		for (const name of Object.values(ids)) if (name !== undefined) this.column(name, "id-column", "warning");
		if (this.codebook.synthetic !== undefined) this.use(this.codebook.synthetic);
	}

	items(): void {
		const { topics } = this.codebook;
		let any = false;
		const seen = new Set<string>();
		for (const topic of Object.values(topics)) {
			for (const item of Object.values(topic.items)) {
				const key = `${item.variable} ${item.answers ?? topic.answers}`;
				if (seen.has(key)) continue;
				seen.add(key);
				const column = this.column(item.variable, "item-column", "warning");
				if (column === undefined) continue;
				any = true;
				const answers = answersOf(this.codebook, topic, item);
				const [read, spell] = [answerReader(answers), spellingOf(answers)];
				this.codes(item.variable, column, (text) => read(spell(text)) !== undefined, "unknown-code");
			}
		}
		if (!any) this.say("error", "no-items", "");
	}

	groups(): void {
		for (const [id, { variable }] of Object.entries(this.codebook.groups)) {
			const column = this.column(variable, "group-column", "warning");
			if (column === undefined || columnPlaces(this.columns, variable).length > 1) continue;
			const { classify, spell } = resolveBreakdown(this.codebook, { columns: this.columns }, id);
			this.codes(variable, column, (text) => classify(spell(text)) !== undefined, "unknown-value");
		}
	}

	measures(): void {
		for (const { variable, missing = {} } of Object.values(this.codebook.measures ?? {})) {
			const column = this.column(variable, "measure-column", "warning");
			if (column === undefined) continue;
			this.codes(variable, column, (text) => isNumber(text) || canonicalCode(text) in missing, "no-number");
		}
	}

	/** Columns that look like items and that the codebook says nothing of. */
	unused(): void {
		for (const { profile, found } of findKinds(this.profile)) {
			const isItem = found.kind === "answers" || found.kind === "list";
			if (isItem && !this.used.has(profile.place)) this.say("warning", "unused-column", profile.name);
		}
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

	/** The column of a name; says so where there is none, or more than one. */
	private column(
		name: string,
		code: CheckFinding["code"],
		severity: CheckFinding["severity"],
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

	private codes(
		name: string,
		{ texts }: ColumnProfile,
		knows: (text: string) => boolean,
		code: CheckFinding["code"],
	): void {
		for (const one of texts) if (!knows(one.text)) this.say("error", code, name, one);
	}

	private say(
		severity: CheckFinding["severity"],
		code: CheckFinding["code"],
		column: string,
		where?: Partial<TextCount>,
	): void {
		const same = this.found.some(
			(one) => one.code === code && one.column === column && one.text === where?.text,
		);
		if (!same) this.found.push({ severity, code, column, ...where });
	}
}
