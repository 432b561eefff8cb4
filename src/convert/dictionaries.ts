import type { Dictionary, Source, Wanted } from "../read/block.js";

/** Texts that all dictionaries of a file may have together, so that memory holds them. */
const MOST_TEXTS = 1 << 18;

/** Every column of a file unchanged, as places in a dictionary. */
export function allColumns({ columns }: Pick<Source, "columns">): Wanted {
	return { coded: columns.map((_, index) => index), weights: [], exact: true };
}

/** Whether it is time to forget. */
export function areMany(dictionaries: readonly Dictionary[]): boolean {
	return dictionaries.reduce((sum, { texts }) => sum + texts.length, 0) >= MOST_TEXTS;
}

/** Empties all dictionaries of a file; to be called between two of its blocks. */
export function forgetTexts(dictionaries: readonly Dictionary[]): void {
	for (const dictionary of dictionaries) dictionary.forget();
}
