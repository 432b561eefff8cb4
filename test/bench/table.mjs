/** A markdown table. */
export function table(head, rows) {
	const line = (cells) => `| ${cells.join(" | ")} |`;
	const rule = head.map((_, place) => (place === 0 ? "---" : "---:"));
	return [head, rule, ...rows].map(line).join("\n");
}

export function seconds(value) {
	return `${value.toFixed(2)} s`;
}

export function megabytes(value) {
	return Number.isNaN(value) ? "–" : `${Math.round(value)} MB`;
}

export function times(value) {
	return value >= 10 ? `${Math.round(value)}×` : `${value.toFixed(2)}×`;
}
