/** The distinct columns that a recoding needs: position in the header → position in the blocks. */
export class ColumnPicker {
	readonly columns: number[] = [];

	slot(column: number): number {
		const known = this.columns.indexOf(column);
		return known >= 0 ? known : this.columns.push(column) - 1;
	}
}
