/** Something wrong with a file's text that a reader can go on after: a row of the wrong length, a stray quotation mark. */
export interface Fault {
	code: "open-quote" | "ragged-row";
	line: number;
	/** Fields of a ragged row. */
	fields?: number;
}

/**
 * Receives faults that would otherwise be thrown; rows of the wrong length and rows with a stray quotation mark are
 * then left out.
 */
export type OnFault = (fault: Fault) => void;
