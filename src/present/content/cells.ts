export interface Cell {
	text: string;
	/** A status in the place of a number. */
	hidden?: boolean;
	/** Columns it stands across, its own included. */
	span?: number;
}

export interface GridRow {
	label: string;
	bar: number | null;
	/** None under a heading, which then has the whole line. */
	cells: Cell[];
	/** Another unit and other decimals: a mean keeps its distance from the percentages. */
	apart: boolean;
}

/** Cells with the column they start at. */
export function placed(cells: readonly Cell[]): (Cell & { at: number; span: number })[] {
	let next = 0;
	return cells.map((cell) => {
		const { span = 1 } = cell;
		const at = next;
		next += span;
		return { ...cell, at, span };
	});
}
