/** An assumption made while reading, which users of the figures should know. */
export type Remark =
	/** Rows below the names were taken for a part of the heading; the first of them is the row or line of that number. */
	| { code: "header-rows"; rows: number; first: number }
	/** Texts that are not Unicode were read as what they look like. */
	| { code: "encoding-told"; encoding: string };
