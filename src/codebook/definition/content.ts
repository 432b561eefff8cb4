/** The contents of a YAML file before they are checked. */
export type Content = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is Content {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
