/** How a statement-based language writes the parts of recoding. */
export interface Syntax {
	/** A new number in all rows. */
	create(name: string, value: string): string;
	/** Another value where a condition holds. */
	assign(name: string, value: string, condition: string): string;
	equals(a: string, b: string): string;
	not(condition: string): string;
	/** Whether a column, which has numbers or texts, has one of some codes; of texts whatever their case. */
	hasCode(column: string, codes: readonly string[], isText: boolean): string;
	isEmpty(column: string, isText: boolean): string;
	/** The name by which a column goes. */
	column(name: string): string;
	comment(text: string): string;
	/** Names of values, for who reads the output. */
	label(name: string, values: readonly (readonly [value: number, label: string])[]): string;
}
