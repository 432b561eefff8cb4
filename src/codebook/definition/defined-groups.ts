import { UserError } from "../../base/errors.js";
import { type Definition, levelName, parseDefinition, profileValues } from "../../settings/definition.js";
import { type Content, isMap } from "./content.js";
import { profileValueText } from "./profiles.js";

/**
 * A codebook whose groups are all made of a column and ranges, also those that are defined in the words of the command line:
 * `define: "band(TT3G11B: 0-5, 6-15, 16-)"`; those that are defined as a profile of two answers stand under `profiles`.
 * Labels of values may stand beside.
 * @throws UserError where a definition cannot be read, or is a yes or no, which a derived row is for.
 */
export function withDefinedGroups(content: Content, file: string): Content {
	const { groups, profiles } = content;
	if (!isMap(groups)) return content;
	const made = Object.entries(groups).map(([id, group]): [string, unknown] => [
		id,
		isMap(group) ? madeOf(id, group, file) : group,
	]);
	const isProfile = ([, group]: [string, unknown]) => isMap(group) && Object.hasOwn(group, "define");
	const own = made.filter(isProfile);
	return {
		...content,
		groups: Object.fromEntries(made.filter((one) => !isProfile(one))),
		...(own.length === 0
			? {}
			: { profiles: { ...(isMap(profiles) ? profiles : {}), ...Object.fromEntries(own) } }),
	};
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
	const named = isMap(values) ? values : {};
	const known = new Set(valuesOf(definition, fail));
	const lost = Object.keys(named).find((value) => !known.has(value));
	if (lost !== undefined) throw fail(`makes no "${lost}"`, `it makes ${[...known].join(", ")}`);
	const bands =
		"levels" in definition ? new Map(definition.levels.map((level) => [level.value, level])) : null;
	const labelOf = (value: string) => {
		const band = bands?.get(value);
		return band === undefined ? profileValueText(value) : { en: levelName(band) };
	};
	const all = Object.fromEntries(
		[...known].map((value) => [value, named[value] ?? { label: labelOf(value) }]),
	);
	return "levels" in definition
		? { ...others, variable: definition.column, values: all, ranges: definition.levels }
		: { ...others, define, values: all };
}

/** @throws UserError for a yes or no. */
function valuesOf(
	definition: Definition,
	fail: (why: string, hint?: string) => UserError,
): readonly string[] {
	if ("levels" in definition) return definition.levels.map(({ value }) => value);
	if (definition.formula.is === "profile") return profileValues(definition.formula.of);
	throw fail(
		"is a yes or no",
		"a group is a band(…), recode(…) or profile(…); a yes or no is a derived row of a topic",
	);
}

function definitionOf(id: string, define: string, fail: (why: string) => UserError) {
	try {
		return parseDefinition(`${id} = ${define}`);
	} catch (error) {
		throw error instanceof UserError ? fail(error.message) : error;
	}
}
