import { UserError } from "../../base/errors.js";
import type { Codebook, GroupDefinition, ProfileGroup } from "../definition/schema.js";
import { namesOfSystem } from "../definition/system-names.js";
import { saysAll } from "../variables/words.js";
import { foldCase } from "./answers.js";

const CONDITION = /^\s*([^<>=!]+?)\s*(<=|>=|!=|==?|<|>)\s*(.*)$/;

/** Sources of names. */
type Spoken = Pick<Codebook, "groups" | "profiles" | "systems">;

/** Groups, whether they have a column or are made of answers. */
function allGroups({ groups, profiles }: Spoken): Record<string, GroupDefinition | ProfileGroup> {
	return { ...groups, ...profiles };
}

/** A condition, taken apart; undefined where the text is none. `==` is written as `=`. */
export function conditionParts(text: string): { name: string; operator: string; right: string } | undefined {
	const [, name, operator = "=", right = ""] = CONDITION.exec(text) ?? [];
	return name === undefined ? undefined : { name, operator: operator === "==" ? "=" : operator, right };
}

/** The group of a codebook that is called so: by its id, or by its label or another word for it in any language. */
export function groupNamed(codebook: Spoken, name: string): string | undefined {
	const groups = allGroups(codebook);
	const id = name.toLowerCase();
	if (Object.hasOwn(groups, id)) return id;
	const folded = foldCase(name);
	const found = Object.entries(groups).find(([, { label, words = [] }]) =>
		[...Object.values(label), ...words].some((text) => text !== undefined && foldCase(text) === folded),
	);
	return found?.[0];
}

/**
 * The group of a codebook that words are about: its label or another word for it, in any language, has them all.
 * @throws UserError for words that several groups have.
 */
export function groupAbout(codebook: Spoken, words: string): string | undefined {
	const fits = saysAll(words);
	const found = Object.entries(allGroups(codebook)).filter(([, { label, words: others = [] }]) =>
		[...Object.values(label), ...others].some((text) => text !== undefined && fits(text)),
	);
	if (found.length < 2) return found[0]?.[0];
	const named = found.map(([id, { label }]) => `${id} (${label.en})`);
	throw new UserError(`"${words}" fits ${found.length} groups`, {
		hint: `name one of them: ${named.join(", ")}`,
	});
}

/**
 * A condition by the codebook's own ids: `sex==F` is `gender=female`, `country=Italy` is `country=ITA`. What no codebook
 * knows stays as it is written.
 */
export function canonicalCondition(codebook: Spoken, text: string): string {
	const parts = conditionParts(text);
	if (parts === undefined) return text.trim();
	const { name, operator, right } = parts;
	const id = groupNamed(codebook, name);
	if (id === undefined || !["=", "!="].includes(operator)) return operatorsAlike(text, parts);
	const values = right.split(",").map((value) => valueNamed(codebook, id, value.trim()) ?? value.trim());
	return `${id}${operator}${values.join(",")}`;
}

function operatorsAlike(text: string, { name, right }: { name: string; right: string }): string {
	return /^[^<>=!]+==/.test(text) ? `${name}=${right}` : text.trim();
}

/**
 * A value of a group by its id, by the whole of its label in any language, by a code of the group's column, or by the start
 * of a label where that fits no other; undefined where nothing is called so.
 */
export function valueNamed(codebook: Spoken, id: string, value: string): string | undefined {
	const folded = foldCase(value);
	if (folded === "") return undefined;
	const named = namesOfValues(codebook, id);
	const by = (fits: (name: string) => boolean) => [
		...new Set(named.filter(({ names }) => names.some(fits)).map(({ value: own }) => own)),
	];
	const whole = by((name) => name === folded);
	const coded = whole.length > 0 ? [] : valuesOfCode(codebook, id, value);
	const found =
		[...whole, ...coded].length > 0 ? [...whole, ...coded] : by((name) => name.startsWith(folded));
	return found.length === 1 ? found[0] : undefined;
}

/** Values that a code of the group's column stands for. */
function valuesOfCode({ groups }: Spoken, id: string, code: string): string[] {
	const { values = {} } = groups[id] ?? {};
	if (values === "systems") return [];
	return Object.entries(values).flatMap(([value, { codes = [] }]) => (codes.includes(code) ? [value] : []));
}

interface NamedValue {
	value: string;
	names: string[];
}

function namesOfValues(codebook: Spoken, id: string): NamedValue[] {
	const { values = {} } = allGroups(codebook)[id] ?? {};
	if (values === "systems") {
		const { systems = {} } = codebook;
		return Object.keys(systems).map((code) => ({
			value: code,
			names: namesOfSystem(systems, code).map(foldCase),
		}));
	}
	return Object.entries(values).map(([value, { label }]) => ({
		value,
		names: [value, ...Object.values(label)].filter((text) => text !== undefined).map(foldCase),
	}));
}
