import type { Source } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import { withConstant } from "../../read/columns/constant-column.js";
import type { Codebook } from "../definition/schema.js";

/** The source with the missing columns whose value its name implies: ATGINTT4 holds teachers of ISCED 1 only. */
export function withImplied(source: Source, { groups }: Codebook): Source {
	let implied = source;
	for (const { variable, values } of Object.values(groups)) {
		if (values === "systems" || columnIndex(implied.columns, variable) !== undefined) continue;
		const named = Object.values(values).find(
			({ file }) => file !== undefined && new RegExp(`^${file}`, "i").test(source.name),
		);
		const [code] = named?.codes ?? [];
		if (code !== undefined) implied = withConstant(implied, variable, code);
	}
	return implied;
}
