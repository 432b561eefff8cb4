import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import { replicateNames } from "../codebook/definition/replicate-names.js";
import type { CENTRES, Codebook, LONELY_PSU } from "../codebook/definition/schema.js";
import { type Block, vectorCount } from "../read/block.js";
import { columnName, columnPlaces } from "../read/columns/column-names.js";
import { type Design, isReplicated, type LinearDesign, type UnitColumns } from "./method.js";

/** The weight and replicate columns that a file has, complete or not. */
export function findWeights(columns: readonly string[], design: Codebook["design"]) {
	const found = replicateNames(design).map((name) => ({ name, places: columnPlaces(columns, name) }));
	return {
		weight: design.weight === undefined ? [] : columnPlaces(columns, design.weight),
		replicates: found,
		missing: found.filter(({ places }) => places.length === 0).map(({ name }) => name),
		repeated: found.filter(({ places }) => places.length > 1).map(({ name }) => name),
	};
}

/** Design settings that a caller may override. */
export interface DesignOptions {
	scale: number | null;
	centre: (typeof CENTRES)[number] | null;
	lonelyPsu: (typeof LONELY_PSU)[number] | null;
}

/**
 * The design with the caller's overrides.
 * @throws UserError if the method has no such parameter.
 */
export function adaptDesign(
	design: Codebook["design"],
	{ scale, centre, lonelyPsu }: DesignOptions,
): Codebook["design"] {
	const misfit = (name: keyof DesignOptions, methods: string): never => {
		throw new UserError(say`${option(name)} does not fit the variance method ${design.method}`, {
			hint: `it belongs to ${methods}`,
		});
	};
	if (lonelyPsu !== null && design.method !== "taylor") misfit("lonelyPsu", "Taylor linearisation");
	if (isReplicated(design)) {
		return {
			...design,
			...(scale === null ? {} : { scale }),
			...(centre === null ? {} : { centre }),
		};
	}
	if (scale !== null) misfit("scale", "replicate weights");
	if (centre !== null) misfit("centre", "replicate weights");
	return design.method === "taylor" && lonelyPsu !== null ? { ...design, lonelyPsu } : design;
}

/**
 * The survey design of a file according to its codebook.
 * @throws UserError if the weight, a replicate or a design column is absent, or a weight column is duplicated: a
 * standard error from 99 of 100 replicates would be wrong without looking wrong.
 */
export function resolveDesign(
	columns: readonly string[],
	file: string,
	definition: Codebook["design"],
	ids: Codebook["ids"],
): Design {
	const { weight, replicates, missing, repeated } = findWeights(columns, definition);
	const fail = (message: string, hint: string): never => {
		throw new UserError(message, { where: { file }, hint });
	};
	if (weight.length === 0 && definition.weight !== undefined) {
		fail(
			`has no weight column ${definition.weight}`,
			"use the file as published; rates without weights would be wrong",
		);
	}
	if (weight.length > 1) fail(`has the column ${definition.weight} twice`, "remove one of them");
	if (repeated.length > 0)
		fail(`has the replicate weight ${repeated[0]} twice`, "remove or rename one of them");
	if (missing.length > 0) {
		const count = replicates.length;
		fail(
			`has ${count - missing.length} of ${count} replicate weights; ${list(missing)} ${missing.length === 1 ? "is" : "are"} missing`,
			"use the file as published; standard errors need all of them",
		);
	}
	return {
		definition,
		columns: [...weight, ...replicates.flatMap(({ places }) => places)].map((place) =>
			columnName(columns, place),
		),
		replicates: replicates.length,
		units: isReplicated(definition) ? null : unitColumns(columns, file, definition, ids),
	};
}

function unitColumns(
	columns: readonly string[],
	file: string,
	definition: LinearDesign,
	{ country, population }: Codebook["ids"],
): UnitColumns {
	const { strata, psu, fpc } = { strata: undefined, psu: undefined, fpc: undefined, ...definition };
	const required = (name: string | undefined) => {
		if (name === undefined) return undefined;
		const [place] = columnPlaces(columns, name);
		if (place !== undefined) return columnName(columns, place);
		throw new UserError(`has no column ${name}, which its design needs`, {
			where: { file },
			hint: "use the file as published, or correct the codebook's design",
		});
	};
	// Each country and population is a separate sample, even if strata share names.
	const samples = [country, population].flatMap((name) =>
		name === undefined || strata === undefined
			? []
			: columnPlaces(columns, name)
					.slice(0, 1)
					.map((place) => columnName(columns, place)),
	);
	const [stratum, unit, correction] = [required(strata), required(psu), required(fpc)];
	return {
		strata: stratum === undefined ? samples : [...samples, stratum],
		...(unit === undefined ? {} : { psu: unit }),
		...(correction === undefined ? {} : { fpc: correction }),
	};
}

function list(names: readonly string[]): string {
	return names.length <= 3
		? names.join(", ")
		: `${names.slice(0, 3).join(", ")} and ${names.length - 3} more`;
}

/** Weights that stand for "no weight"; rows with them are left out. */
export function noWeights({ missing = [] }: Codebook["design"]): number[] {
	return missing.map(Number);
}

/** The columns that a design needs besides the weights. */
export function unitColumnsOf({ units }: Design): string[] {
	return units === null ? [] : [...units.strata, units.psu, units.fpc].filter((name) => name !== undefined);
}

/** Gives weight 1 to every row of a file without weights. */
export function withUnitWeights(block: Block): Block {
	return { ...block, weights: Float64Array.of(1), vector: new Int32Array(block.rows), width: 1 };
}

/**
 * Refuses impossible weights (negative or not finite).
 * @throws UserError with file, line and column.
 */
export function checkWeights(block: Block, file: string, names: readonly string[]): void {
	const { weights, vector, width } = block;
	for (let place = 0; place < vectorCount(block) * width; place++) {
		const weight = weights[place] as number;
		if (weight >= 0 && weight < Number.POSITIVE_INFINITY) continue;
		throw new UserError(`the weight ${weight} is ${weight < 0 ? "negative" : "not a finite number"}`, {
			where: {
				...{ file, ...block.place(vector.indexOf(Math.floor(place / width))) },
				column: names[place % width] as string,
			},
			hint: "a weight is the number of teachers a row stands for: zero or more",
		});
	}
}
