import { UserError } from "../../base/errors.js";
import { parseDefinition } from "../../settings/definition.js";
import { type Content, isMap } from "./content.js";

/**
 * A codebook whose groups are all made of a column and ranges, also those that are defined in the words of the command line:
 * `define: "band(TT3G11B: 0-5, 6-15, 16-)"`. Labels of values may stand beside.
 * @throws UserError where a definition cannot be read, or is a yes or no, which a derived row is for.
 */
export function withDefinedGroups(content: Content, file: string): Content {
	const { groups } = content;
	if (!isMap(groups)) return content;
	const made = Object.entries(groups).map(([id, group]) => [
		id,
		isMap(group) ? madeOf(id, group, file) : group,
	]);
	return { ...content, groups: Object.fromEntries(made) };
}

function madeOf(id: string, group: Content, file: string): Content {
	const { define, values, ...others } = group;
	if (typeof define !== "string") return group;
	const fail = (why: string, hint?: string) =>
		new UserError(`groups.${id}.define: ${why}`, {
			...{ code: "definition", where: { file } },
			...(hint === undefined ? {} : { hint }),
		});
	const definition = definitionOf(id, define, fail);
	if (!("levels" in definition)) {
		throw fail(
			"is a yes or no",
			"a group is a band(…) or recode(…); a yes or no is a derived row of a topic",
		);
	}
	const { column, levels } = definition;
	const named = isMap(values) ? values : {};
	const known = new Set(levels.map(({ value }) => value));
	const lost = Object.keys(named).find((value) => !known.has(value));
	if (lost !== undefined) throw fail(`makes no "${lost}"`, `it makes ${[...known].join(", ")}`);
	const all = [...known].map((value) => [value, named[value] ?? { label: { en: value } }]);
	return { ...others, variable: column, values: Object.fromEntries(all), ranges: levels };
}

function definitionOf(id: string, define: string, fail: (why: string) => UserError) {
	try {
		return parseDefinition(`${id} = ${define}`);
	} catch (error) {
		throw error instanceof UserError ? fail(error.message) : error;
	}
}
