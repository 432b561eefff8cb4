/** Names that every JavaScript object has: `constructor`, `toString`, `__proto__` … */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

const QUOTED = new RegExp(`"(${[...INHERITED].join("|")})"`, "g");

/**
 * A specification whose values are none of the names that Vega finds in its own tables: it groups rows by them, and a
 * group called `constructor` is there already. They get an invisible blank at the end.
 */
export function withoutInherited<T>(spec: T): T {
	if (typeof spec === "string") {
		return (INHERITED.has(spec) ? `${spec} ` : spec.replace(QUOTED, '"$1 "')) as T;
	}
	if (Array.isArray(spec)) return spec.map(withoutInherited) as T;
	if (typeof spec !== "object" || spec === null) return spec;
	return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, withoutInherited(value)])) as T;
}
