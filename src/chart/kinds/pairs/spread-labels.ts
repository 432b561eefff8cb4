interface Block {
	/** Indexes of the labels in it, from the top. */
	members: number[];
	height: number;
	/** Σ over its members of where its top would suit them. */
	wishes: number;
}

/**
 * Where labels in a column stand so that none covers another: each as near as can be to where it would like to
 * stand (least squares, by pooling neighbours that are in each other's way), all between 0 and `room`.
 * @param wanted Middles in pixels from the top.
 * @param heights In pixels; together no more than `room`.
 * @returns Middles in pixels, in the order given.
 */
export function spreadLabels(wanted: readonly number[], heights: readonly number[], room: number): number[] {
	const heightOf = (index: number) => heights[index] as number;
	const order = wanted
		.map((_, index) => index)
		.toSorted((a, b) => (wanted[a] as number) - (wanted[b] as number));
	const topOf = ({ members, height, wishes }: Block) =>
		Math.min(Math.max(0, wishes / members.length), room - height);
	const blocks: Block[] = [];
	for (const index of order) {
		const height = heightOf(index);
		let block: Block = { members: [index], height, wishes: (wanted[index] as number) - height / 2 };
		for (let above = blocks.at(-1); above !== undefined; above = blocks.at(-1)) {
			if (topOf(above) + above.height <= topOf(block)) break;
			blocks.pop();
			block = {
				members: [...above.members, ...block.members],
				height: above.height + block.height,
				wishes: above.wishes + block.wishes - block.members.length * above.height,
			};
		}
		blocks.push(block);
	}
	const middles: number[] = [];
	for (const block of blocks) {
		let top = topOf(block);
		for (const index of block.members) {
			middles[index] = top + heightOf(index) / 2;
			top += heightOf(index);
		}
	}
	return middles;
}
