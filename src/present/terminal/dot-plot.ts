/** Maximum height in dots; with more values, each dot represents several. */
const HIGHEST = 8;

/**
 * A distribution as dots above an axis with labelled ends and a mark at one value.
 * @param width Available columns.
 */
export function dotPlot(
	values: readonly number[],
	marked: number,
	width: number,
	write: (value: number) => string,
): string[] {
	const all = [...values, marked];
	const [low, high] = [Math.min(...all), Math.max(...all)];
	const columns = Math.max(20, Math.min(61, width - 8));
	const place = (value: number) =>
		high === low ? 0 : Math.round(((value - low) / (high - low)) * (columns - 1));
	const counts = new Array<number>(columns).fill(0);
	for (const value of values) counts[place(value)] = (counts[place(value)] as number) + 1;
	const most = Math.max(...counts);
	const each = Math.ceil(most / HIGHEST);
	const rows = Math.ceil(most / each);
	const lines = Array.from({ length: rows }, (_, row) => {
		const least = (rows - 1 - row) * each;
		return `  ${counts.map((count) => (count > least ? "•" : " ")).join("")}`.trimEnd();
	});
	const axis = counts.map((_, column) => (column === place(marked) ? "┴" : "─")).join("");
	const [left, right] = [write(low), write(high)];
	return [
		...lines,
		`  ${axis}`,
		`  ${left}${" ".repeat(Math.max(1, columns - left.length - right.length))}${right}`,
	];
}
