import { type Block, Dictionary, NOTHING_SAID, type Source } from "../block.js";

/** The source with a further column, last in the header, that has one value in every row. */
export function withConstant(source: Source, column: string, value: string): Source {
	const place = source.columns.length;
	return {
		...source,
		columns: [...source.columns, column],
		constants: { ...source.constants, [column]: value },
		...(source.variables === undefined ? {} : { variables: [...source.variables, NOTHING_SAID] }),
		read(wanted) {
			const own = { ...wanted, coded: wanted.coded.filter((index) => index !== place) };
			const { blocks, dictionaries } = source.read(own);
			const constant = new Dictionary();
			constant.index(value);
			/** Puts the constant where it was asked for, between the columns of the file. */
			const arranged = <T>(values: readonly T[], ours: () => T): T[] => {
				let next = 0;
				return wanted.coded.map((index) => (index === place ? ours() : (values[next++] as T)));
			};
			return { blocks: widened(blocks, arranged), dictionaries: arranged(dictionaries, () => constant) };
		},
	};
}

async function* widened(
	blocks: ReturnType<Source["read"]>["blocks"],
	arranged: (codes: Block["codes"], ours: () => Int32Array) => Int32Array[],
): AsyncGenerator<Block> {
	for await (const block of blocks) {
		yield { ...block, codes: arranged(block.codes, () => new Int32Array(block.rows)) };
	}
}
