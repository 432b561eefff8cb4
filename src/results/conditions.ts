/** A condition that names values of one breakdown, as `gender=female` or `country=KAZ,FRA` does. */
export interface NamedValues {
	id: string;
	values: string[];
}

/** The breakdown and values that a condition names; undefined where it says anything else, such as `experience<=5`. */
export function namedValues(condition: string): NamedValues | undefined {
	const [, name = "", list = ""] = /^\s*([\w-]+)\s*==?\s*([^=]+?)\s*$/.exec(condition) ?? [];
	if (name === "") return undefined;
	const id = name.toLowerCase();
	const values = list.split(",").map((value) => value.trim());
	return {
		id,
		values: values.map((value) => (id === "country" ? value.toUpperCase() : value.toLowerCase())),
	};
}
