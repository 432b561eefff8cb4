import * as z from "zod";
import { UserError } from "../../base/errors.js";
import type { DeclaredMissing, Variable } from "../block.js";

/** Key of a file's metadata under which labels and declarations stand; docs/formats.md tells the form. */
export const METADATA_KEY = "talis-pd";

/** What a file says of a column, and how its numbers were written where it came from. */
export interface Description {
	variable: Variable;
	/** Digits after the point that every value of the column had; undefined for as many as are needed. */
	decimals: number | undefined;
}

const bound = z.union([z.number(), z.literal(["lowest", "highest"])]);

const schema = z.object({
	version: z.literal(1),
	variables: z.array(
		z.object({
			name: z.string(),
			label: z.string().optional(),
			type: z.enum(["number", "text"]),
			values: z.array(z.tuple([z.string(), z.string()])).optional(),
			missing: z
				.object({ values: z.array(z.string()).optional(), range: z.tuple([bound, bound]).optional() })
				.optional(),
			decimals: z.int().min(0).max(100).optional(),
		}),
	),
});

/**
 * Text of the metadata → descriptions by column name.
 * @throws UserError where it is not of the documented form.
 */
export function parseDescriptions(text: string, file: string): Map<string, Description> {
	try {
		const { variables } = schema.parse(JSON.parse(text));
		return new Map(
			variables.map(({ name, label = "", type, values = [], missing, decimals }) => [
				name,
				{
					variable: { label, type, values: new Map(values), missing: missing ? declared(missing) : null },
					decimals,
				},
			]),
		);
	} catch (cause) {
		throw new UserError(`its metadata "${METADATA_KEY}" is not of the form that talis-pd writes`, {
			where: { file },
			hint: "convert the data again",
			cause,
		});
	}
}

/** Descriptions in the order of the columns → text of the metadata. */
export function writeDescriptions(columns: readonly (Description & { name: string })[]): string {
	const variables = columns.map(({ name, variable: { label, type, values, missing }, decimals }) => ({
		name,
		...(label === "" ? {} : { label }),
		type,
		...(values.size === 0 ? {} : { values: [...values] }),
		...(missing === null ? {} : { missing: { values: [...missing.values], ...rangeOf(missing) } }),
		...(decimals === undefined ? {} : { decimals }),
	}));
	return JSON.stringify({ version: 1, variables });
}

type Bound = z.infer<typeof bound>;

function declared({
	values = [],
	range,
}: {
	values?: string[] | undefined;
	range?: [Bound, Bound] | undefined;
}) {
	const number = (end: Bound): number => {
		if (typeof end === "number") return end;
		return end === "lowest" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
	};
	return { values, range: range === undefined ? null : { from: number(range[0]), to: number(range[1]) } };
}

function rangeOf({ range }: DeclaredMissing): { range?: [Bound, Bound] } {
	if (range === null) return {};
	const bound = (end: number): Bound => {
		if (Number.isFinite(end)) return end;
		return end < 0 ? "lowest" : "highest";
	};
	return { range: [bound(range.from), bound(range.to)] };
}
