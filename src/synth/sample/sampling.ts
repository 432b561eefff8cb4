import { UserError } from "../../base/errors.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { Replication } from "./schools-and-weights.js";

/** How a synthetic file tells its sample design. */
export interface Sampling {
	/** Column of the final weight. */
	weight: string;
	/** Replicate weights PREFIX1 … PREFIXn by Fay's BRR; null where strata and schools tell the design. */
	replication: (Replication & { prefix: string }) | null;
	/** Column of the stratum a school was drawn in, where the file has one. */
	strata: string | undefined;
}

/**
 * The design a codebook asks of a synthetic file: replicate weights, or strata and schools as sampling units.
 * @throws UserError where the codebook's design is another one.
 */
export function samplingOf({ design, ids, id }: Codebook): Sampling {
	if (design.method === "fay-brr" && !Array.isArray(design.replicates)) {
		const replication = { ...design.replicates, fay: design.fay };
		return { weight: design.weight, replication, strata: undefined };
	}
	if (design.method === "taylor" && design.weight !== undefined && design.psu === ids.school) {
		return { weight: design.weight, replication: null, strata: design.strata };
	}
	throw new UserError(`the design of ${id} cannot be made synthetically`, {
		hint: "use a codebook with fay-brr and numbered replicate weights, or with taylor and the school as its psu",
	});
}

/** Names of the weight columns, the final weight first. */
export function weightNames({ weight, replication }: Sampling): string[] {
	if (replication === null) return [weight];
	const { prefix, count } = replication;
	return [weight, ...Array.from({ length: count }, (_, r) => prefix + (r + 1))];
}
