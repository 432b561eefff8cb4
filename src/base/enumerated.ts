/** `a, b or c`. */
export function enumerated(names: readonly string[], last = "or"): string {
	const [end = ""] = names.slice(-1);
	return names.length < 2 ? end : `${names.slice(0, -1).join(", ")} ${last} ${end}`;
}
