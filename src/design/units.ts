import { UserError, type Where } from "../base/errors.js";
import { option, say } from "../base/say.js";
import type { DesignDefinition } from "../codebook/definition/schema.js";
import type { Block, Dictionary } from "../read/block.js";
import type { VarianceForm } from "./variance.js";

type LonelyPsu = NonNullable<Extract<DesignDefinition, { method: "taylor" }>["lonelyPsu"]>;

/** Positions in the coded columns of a block. */
export interface UnitSlots {
	strata: readonly number[];
	psu: number | undefined;
	fpc: number | undefined;
}

/** Names that identify a row's sampling unit. */
interface UnitNames {
	strata: readonly string[];
	/** Undefined if every row is a unit of its own. */
	psu: string | undefined;
	fpc: string | undefined;
}

interface Stratum {
	name: string;
	units: number;
	/** Share of the stratum's units that were not drawn; 1 without a finite population correction. */
	rest: number;
	fpc: string | undefined;
	/** Where it first occurs. */
	where: Where;
}

/** The sampling units of a file, numbered by stratum and unit as rows stream by. */
export class SampleUnits {
	private readonly strata: Stratum[] = [];
	private readonly stratumNumbers = new Map<string, number>();
	private readonly unitNumbers = new Map<string, number>();
	/** Stratum of each unit. */
	private readonly stratumOf: number[] = [];

	constructor(private readonly slots: UnitSlots) {}

	/**
	 * Unit of each row; −1 if the row has no weight.
	 * @throws UserError if a row has no stratum or unit, or the correction differs within a stratum.
	 */
	number(
		block: Block,
		file: string,
		dictionaries: readonly Dictionary[],
		noWeight: readonly number[],
	): Int32Array {
		const text = (slot: number, row: number) =>
			(dictionaries[slot] as Dictionary).texts[(block.codes[slot] as Int32Array)[row] as number]?.trim() ??
			"";
		const { weights, vector, width } = block;
		return Int32Array.from({ length: block.rows }, (_, row) => {
			if (noWeight.includes(weights[(vector[row] as number) * width] as number)) return -1;
			const where = { file, ...block.place(row) };
			const names = this.slots.strata.map((slot) => text(slot, row));
			const fpc = this.slots.fpc === undefined ? undefined : text(this.slots.fpc, row);
			const psu = this.slots.psu === undefined ? undefined : text(this.slots.psu, row);
			return this.unit({ strata: names, psu, fpc }, where);
		});
	}

	/**
	 * Number of the sampling unit with these names, which are trimmed; without a unit name it is a new unit.
	 * @throws UserError if a name is empty, or the correction differs within a stratum.
	 */
	unit({ strata, psu, fpc }: UnitNames, where: Where): number {
		if (strata.includes("")) throw incomplete("stratum", where);
		const stratum = this.stratum(strata, fpc, where);
		if (psu === undefined) return this.add(stratum);
		if (psu === "") throw incomplete("sampling unit", where);
		const key = `${stratum} ${psu}`;
		const known = this.unitNumbers.get(key);
		if (known !== undefined) return known;
		const unit = this.add(stratum);
		this.unitNumbers.set(key, unit);
		return unit;
	}

	/** Units − strata for a set of units (as R's degf). */
	degreesOfFreedom(units: Iterable<number>): number {
		const strata = new Set<number>();
		let count = 0;
		for (const unit of units) {
			strata.add(this.stratumOf[unit] as number);
			count += 1;
		}
		return count - strata.size;
	}

	/**
	 * The variance between units within strata: Σ_h (1 − f_h) n_h/(n_h − 1) Σ_u (z_u − z̄_h)². A stratum with one unit has
	 * no spread of its own: under `remove` and `certainty` it adds nothing, `adjust` measures it from the whole sample,
	 * `average` lets it add the average of the others (over the strata of the file, or of the domain), like R's options of
	 * these names.
	 * @param weights For a domain: Σ w of its rows in each unit, from position 1 on.
	 * @throws UserError naming the stratum if the rule is `fail`.
	 */
	form(rule: LonelyPsu, weights?: Float64Array): VarianceForm {
		const there = weights === undefined ? this.strata : this.strataOf(weights);
		const lonely = there.filter(({ units, rest }) => units === 1 && rest > 0);
		const [first] = lonely;
		if (first !== undefined && rule === "fail") {
			const others = lonely.length > 1 ? ` (and ${lonely.length - 1} more)` : "";
			throw new UserError(`the stratum ${first.name}${others} has one sampling unit, so no variance`, {
				where: first.where,
				hint: say`merge strata, or choose a rule with ${option("lonelyPsu", "remove, certainty, average or adjust")}`,
			});
		}
		const inflation =
			rule === "average" && lonely.length < there.length ? there.length / (there.length - lonely.length) : 1;
		const factorOf = ({ units, rest }: Stratum) => {
			if (units > 1) return (inflation * rest * units) / (units - 1);
			return rule === "adjust" ? rest : 0;
		};
		const factors = this.strata.map(factorOf);
		return {
			factors: Float64Array.from(this.stratumOf, (stratum) => factors[stratum] as number),
			centre: "stratum-mean",
			strata: Int32Array.from(this.stratumOf, (stratum) =>
				rule === "adjust" && this.strata[stratum]?.units === 1 ? -1 : stratum,
			),
		};
	}

	/** Strata in which the domain has rows. */
	private strataOf(weights: Float64Array): Stratum[] {
		const numbers = new Set([...this.stratumOf].filter((_, unit) => (weights[unit + 1] as number) > 0));
		return [...numbers].map((number) => this.strata[number] as Stratum);
	}

	/** Computes the corrections, which need the number of units drawn. Call once, after the last block. */
	finish(): void {
		for (const stratum of this.strata) {
			if (stratum.fpc === undefined) continue;
			const value = Number(stratum.fpc.replace(",", "."));
			const drawn = value > 1 ? stratum.units / value : value;
			if (stratum.fpc === "" || !(drawn >= 0 && drawn <= 1)) {
				throw new UserError(
					`the finite population correction "${stratum.fpc}" of stratum ${stratum.name} does not fit its ${stratum.units} units`,
					{
						where: stratum.where,
						hint: "give the number of units in the stratum's population, or the share that was drawn",
					},
				);
			}
			stratum.rest = 1 - drawn;
		}
	}

	private stratum(names: readonly string[], fpc: string | undefined, where: Stratum["where"]): number {
		const name = names.join(" ");
		const known = this.stratumNumbers.get(name);
		if (known === undefined) {
			const number =
				this.strata.push({ name: name === "" ? "of the whole file" : name, units: 0, rest: 1, fpc, where }) -
				1;
			this.stratumNumbers.set(name, number);
			return number;
		}
		if (this.strata[known]?.fpc !== fpc) {
			throw new UserError(`the finite population correction differs within stratum ${name}`, {
				where,
				hint: "give one value a stratum",
			});
		}
		return known;
	}

	private add(stratum: number): number {
		(this.strata[stratum] as Stratum).units += 1;
		return this.stratumOf.push(stratum) - 1;
	}
}

function incomplete(what: string, where: Where): UserError {
	const isPlaced = "line" in where || "row" in where;
	return new UserError(`${isPlaced ? "the" : "some"} row has no ${what}`, {
		where,
		hint: "every row needs one for its standard errors",
	});
}
