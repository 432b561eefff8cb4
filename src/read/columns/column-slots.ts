/** Places in the blocks of the columns that are read, each once, in the order they are named first. */
export class ColumnSlots {
	readonly columns: readonly string[];
	private readonly slots: ReadonlyMap<string, number>;

	/** @param names As `columnName` gives them, so that a column has one name. */
	constructor(names: Iterable<string>) {
		this.columns = [...new Set(names)];
		this.slots = new Map(this.columns.map((name, slot) => [name, slot]));
	}

	slot(name: string): number {
		const slot = this.slots.get(name);
		if (slot === undefined) throw new Error(`the column ${name} is not among those that are read`);
		return slot;
	}
}
