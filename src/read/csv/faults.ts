/** Something wrong with a file's text that a reader can go on after: a row of the wrong length, a stray quotation mark. */
export interface Fault {
	code: "open-quote" | "ragged-row";
	line: number;
	/** Fields of a ragged row. */
	fields?: number;
}

/** Told of a fault instead of an error being thrown; rows of the wrong length and those with a stray mark are left out then. */
export type OnFault = (fault: Fault) => void;
