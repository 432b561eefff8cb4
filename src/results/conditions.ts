/** A condition that names values of one group, such as `country=KAZ,FRA`; undefined for any other. */
export function valuesOf(condition: string): { id: string; values: string[] } | undefined {
	const [, id, list = ""] = /^\s*([^<>=!]+?)\s*=\s*([^<>=]+)$/.exec(condition) ?? [];
	return id === undefined ? undefined : { id, values: list.split(",").map((value) => value.trim()) };
}
