// Most cells are found not to be known by what linear programs of other cells have come upon already.

/** Points beyond those that are enough, as programs are solved to so many digits only. */
const MARGIN = 0.1;

/** Cells with fewer of the weights in a solution are told from it too roughly. */
const LEAST_TOTAL = 1e-3;

/**
 * Shares that cells may have by all that is published, as far as they were met. They stay possible when more is hidden.
 * Each solution of a program, whatever cell it looked at, is one of all cells, but for a factor (Charnes and Cooper).
 */
export class Attained {
	private readonly shares = new Map<number, [least: number, most: number]>();

	/**
	 * Notes a solution.
	 * @param cells Columns of the cells' values; the weights are each in the next one.
	 * @param value Of a column.
	 */
	note(cells: Iterable<number>, value: (column: number) => number): void {
		for (const y of cells) {
			const total = value(y + 1);
			if (total < LEAST_TOTAL) continue;
			const share = value(y) / total;
			const met = this.shares.get(y);
			if (met === undefined) this.shares.set(y, [share, share]);
			else {
				met[0] = Math.min(met[0], share);
				met[1] = Math.max(met[1], share);
			}
		}
	}

	/** Whether a cell's share is known to be open by so many percentage points and more. */
	isOpen(y: number, points: number): boolean {
		const met = this.shares.get(y);
		return met !== undefined && 100 * (met[1] - met[0]) >= points + MARGIN;
	}
}
