import { compressors } from "hyparquet-compressors";
import { UserError } from "../../errors.js";
import type { Source, Variable } from "../block.js";
import { type Description, METADATA_KEY, parseDescriptions } from "../metadata.js";
import type { Input } from "../open.js";
import { readBlocks } from "./blocks.js";
import { cellForm } from "./cell.js";
import { refusingDamage } from "./damage.js";
import { type Footer, readFooter } from "./footer.js";

/**
 * A Parquet file → columns. Only the wanted columns are read, a page at a time.
 * @throws UserError where the file is cut off, damaged or encrypted, or has no rows.
 */
export async function openParquet(input: Input): Promise<Source> {
	const { name } = input;
	const file = await input.random();
	let footer: Footer;
	try {
		footer = refusingDamage(name, () => readFooter(file, name));
	} finally {
		file.close();
	}
	const columns = footer.columns.map(({ element }) => element.name.trim());
	if (columns.length === 0 || footer.rows === 0) {
		throw new UserError("has a header but no rows", { where: { file: name }, hint: "export the data again" });
	}
	const entry = footer.entry(METADATA_KEY);
	const described = entry === undefined ? null : parseDescriptions(entry, name);
	const forms = footer.columns.map(({ element }) =>
		refusingDamage(name, () => cellForm(element, described?.get(element.name)?.decimals), element.name),
	);
	return {
		name,
		format: "parquet",
		columns,
		...(described === null ? {} : { variables: variablesOf(footer, described) }),
		sha256: input.sha256,
		read: (wanted) => readBlocks(input, { name, footer, columns, forms, wanted, compressors }),
	};
}

function variablesOf({ columns }: Footer, described: ReadonlyMap<string, Description>): Variable[] {
	return columns.map(({ element: { name, type } }): Variable => {
		const known = described.get(name)?.variable;
		const isText = type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY";
		return known ?? { label: "", type: isText ? "text" : "number", values: new Map(), missing: null };
	});
}
