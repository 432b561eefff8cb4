/** A scale from figures to pixels, with round ticks. */
export interface PixelScale {
	(value: number): number;
	ticks: readonly number[];
}

const STEPS = [1, 2, 5, 10];

/** From low to high in some pixels, both ends widened to round numbers, with about as many ticks as asked for. */
export function roundScale(
	[low, high]: readonly [number, number],
	[from, to]: readonly [number, number],
	count: number,
	bounds: readonly [number, number] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
): PixelScale {
	const span = Math.max(high - low, 1e-9);
	const magnitude = 10 ** Math.floor(Math.log10(span / count));
	const step = (STEPS.find((one) => one * magnitude >= span / count) ?? 10) * magnitude;
	const start = Math.max(bounds[0], Math.floor(low / step) * step);
	const end = Math.min(bounds[1], Math.ceil(high / step) * step);
	const ticks = Array.from(
		{ length: Math.round((end - start) / step) + 1 },
		(_, place) => start + place * step,
	);
	const scale = (value: number) => from + ((value - start) / (end - start || 1)) * (to - from);
	return Object.assign(scale, { ticks });
}
