import type { Codebook } from "../codebook/schema.js";
import { UserError } from "../errors.js";

/** The replicate design that synthetic files have: Fay's BRR. */
export interface Replication {
	weight: string;
	prefix: string;
	count: number;
	fay: number;
}

/** @throws UserError where the codebook's design is another one. */
export function replicationOf({ design, id }: Codebook): Replication {
	if (design.method === "fay-brr" && !Array.isArray(design.replicates)) {
		return { weight: design.weight, ...design.replicates, fay: design.fay };
	}
	throw new UserError(`the design of ${id} cannot be made synthetically`, {
		hint: "use a codebook with fay-brr and numbered replicate weights",
	});
}
