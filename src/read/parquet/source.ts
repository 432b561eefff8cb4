import { UserError } from "../../base/errors.js";
import { Dictionary, NOTHING_SAID, type Source, type Variable } from "../block.js";
import type { Input } from "../input.js";
import type { ParquetLayout } from "./blocks.js";
import { cellForm } from "./cell.js";
import { refusingDamage } from "./damage.js";
import { type Footer, readFooter } from "./footer.js";
import { METADATA_KEY, parseDescriptions } from "./variable-metadata.js";

/** What its rows are read by. */
interface Opened {
	footer: Footer;
	/** By column, digits after the point its texts have. */
	decimals: readonly (number | undefined)[];
}

/**
 * A Parquet file → columns. Only the wanted columns are read, a page at a time.
 * @param given What its rows are read by, where another thread has found that out.
 * @throws UserError where the file is cut off, damaged or encrypted, or has no rows.
 */
export async function openParquet(input: Input, given?: unknown): Promise<Source> {
	const { name } = input;
	const { opened, variables } = given === undefined ? await open(input) : { opened: given as Opened };
	const { footer, decimals } = opened;
	const columns = footer.columns.map(({ element }) => element.name.trim());
	if (columns.length === 0 || footer.rows === 0) {
		throw new UserError("has a header but no rows", { where: { file: name }, hint: "export the data again" });
	}
	const forms = footer.columns.map(({ element }, column) =>
		refusingDamage(name, () => cellForm(element, decimals[column]), element.name),
	);
	return {
		name,
		format: "parquet",
		columns,
		...(variables && { variables }),
		sha256: async () => input.sha256(),
		opened,
		read(wanted) {
			const dictionaries = wanted.coded.map(() => new Dictionary());
			return {
				blocks: blocksOf(input, { name, footer, columns, forms, wanted }, dictionaries),
				dictionaries,
			};
		},
	};
}

/** What rows take to be read is loaded no sooner than they are: the header alone needs none of it. */
async function* blocksOf(input: Input, layout: ParquetLayout, dictionaries: readonly Dictionary[]) {
	const { readBlocks } = await import("./blocks.js");
	yield* readBlocks(input, layout, dictionaries);
}

async function open(input: Input): Promise<{ opened: Opened; variables?: Variable[] | undefined }> {
	const { name } = input;
	const file = await input.random();
	try {
		const { footer, entries } = refusingDamage(name, () => readFooter(file, name));
		const entry = entries.get(METADATA_KEY);
		const described = entry === undefined ? undefined : parseDescriptions(entry, name);
		const decimals = footer.columns.map(({ element }) => described?.get(element.name)?.decimals);
		const variables = footer.columns.map(({ element: { name, type } }): Variable => {
			const isText = type === "BYTE_ARRAY" || type === "FIXED_LEN_BYTE_ARRAY";
			const plain: Variable = { ...NOTHING_SAID, type: isText ? "text" : "number" };
			return described?.get(name)?.variable ?? plain;
		});
		return { opened: { footer, decimals }, variables: described && variables };
	} finally {
		file.close();
	}
}
