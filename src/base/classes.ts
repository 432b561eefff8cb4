const CLASSES = 5;

/** Ends of classes of equal width, in round steps around all values. */
export function classesOf(values: readonly number[]): number[] {
	const [low, high] = values.length === 0 ? [0, 100] : [Math.min(...values), Math.max(...values)];
	const step =
		[1, 2, 5, 10, 20].find((one) => Math.ceil(high / one) - Math.floor(low / one) <= CLASSES) ?? 20;
	const first = Math.floor(low / step) * step;
	const count = Math.max(1, Math.ceil((high - first) / step));
	return Array.from({ length: count + 1 }, (_, index) => first + index * step);
}

/** The class of a value: the last one has its upper end, too. */
export function classOf(value: number, limits: readonly number[]): number {
	const found = limits.findIndex((limit, index) => index > 0 && value < limit);
	return (found === -1 ? limits.length - 1 : found) - 1;
}
