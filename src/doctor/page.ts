import type { Place } from "../errors.js";
import type { Block, Dictionary } from "../read/block.js";

/** Some rows of a file: every cell as text, the codebook's columns coded as well. */
export interface Page {
	block: Block;
	dictionaries: readonly Dictionary[];
	/** Cells of a column of the file. */
	texts(column: number): readonly string[];
	place(row: number): Place;
}

/** One kind of fault that is looked for. */
export interface Check {
	/** Looks through some rows. */
	take?(page: Page): void;
	/** Says what only the whole file shows. */
	end?(): void;
}
