import type { Codebook } from "../codebook/schema.js";
import { UserError } from "../errors.js";
import type { Block } from "../read/block.js";
import type { Design } from "./method.js";

/** Header places of every column of a name, whatever its case. */
function places(columns: readonly string[], name: string): number[] {
	const wanted = name.toUpperCase();
	return columns.flatMap((column, index) => (column.toUpperCase() === wanted ? [index] : []));
}

/** Which weight and replicate columns a file has, complete or not. */
export function findWeights(columns: readonly string[], design: Codebook["design"]) {
	const { prefix, count } = design.replicates;
	const names = Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);
	const found = names.map((name) => ({ name, places: places(columns, name) }));
	return {
		weight: places(columns, design.weight),
		replicates: found,
		missing: found.filter(({ places }) => places.length === 0).map(({ name }) => name),
		repeated: found.filter(({ places }) => places.length > 1).map(({ name }) => name),
	};
}

/**
 * The survey design of a file by its codebook.
 * @throws UserError where the weight or a replicate is absent or there twice: a standard error from 99 of
 *   100 replicates would be wrong without looking wrong.
 */
export function resolveDesign(columns: readonly string[], file: string, design: Codebook["design"]): Design {
	const { weight, replicates, missing, repeated } = findWeights(columns, design);
	const fail = (message: string, hint: string): never => {
		throw new UserError(message, { where: { file }, hint });
	};
	if (weight.length === 0) {
		fail(
			`has no weight column ${design.weight}`,
			"use the file as published; rates without weights would be wrong",
		);
	}
	if (weight.length > 1) fail(`has the column ${design.weight} twice`, "remove one of them");
	if (repeated.length > 0)
		fail(`has the replicate weight ${repeated[0]} twice`, "remove or rename one of them");
	if (missing.length > 0) {
		const { count } = design.replicates;
		fail(
			`has ${count - missing.length} of ${count} replicate weights; ${list(missing)} ${missing.length === 1 ? "is" : "are"} missing`,
			"use the file as published; standard errors need all of them",
		);
	}
	return {
		method: { kind: design.method, fay: design.fay },
		weight: design.weight,
		columns: [...weight, ...replicates.flatMap(({ places }) => places)],
		replicates: design.replicates.count,
	};
}

function list(names: readonly string[]): string {
	return names.length <= 3
		? names.join(", ")
		: `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

/**
 * Refuses weights that cannot be: a negative one, or one that is not finite.
 * @throws UserError with file, line and column.
 */
export function checkWeights(block: Block, file: string, names: readonly string[]): void {
	const { weights, width, rows } = block;
	for (let place = 0; place < rows * width; place++) {
		const weight = weights[place] as number;
		if (weight >= 0 && weight < Number.POSITIVE_INFINITY) continue;
		throw new UserError(`the weight ${weight} is ${weight < 0 ? "negative" : "not a finite number"}`, {
			where: { file, line: block.line(Math.floor(place / width)), column: names[place % width] as string },
			hint: "a weight is the number of teachers a row stands for: zero or more",
		});
	}
}
