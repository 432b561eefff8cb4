import { UserError } from "../../base/errors.js";
import { type Content, isMap } from "./content.js";

/** A codebook, and its name for messages. */
export interface Said {
	content: Content;
	file: string;
}

/**
 * What a codebook says together with the one it extends: maps are put together key by key, everything else replaces what
 * stood there, and null takes it out. A design with a method of its own replaces the whole design.
 * @param load What the codebook of a name says.
 * @throws UserError where codebooks extend each other in a ring, or have one id.
 */
export function extended(
	{ content, file }: Said,
	load: (name: string) => Said,
	line: readonly string[] = [],
): Content {
	const { extends: name, ...said } = content;
	if (typeof name !== "string") return content;
	const fail = (why: string, hint: string) =>
		new UserError(`extends: ${why}`, { code: "definition", where: { file }, hint });
	if (line.includes(name)) {
		throw fail(`${[...line, name].join(" extends ")}`, "take one of them out of this ring");
	}
	const base = extended(load(name), load, [...line, name]);
	if (said.id === undefined || said.id === base.id) {
		throw fail(`${name} has the id ${base.id}, so this codebook needs another one`, "write id: my-survey");
	}
	const { design } = said;
	const under = isMap(design) && Object.hasOwn(design, "method") ? { ...base, design: {} } : base;
	return together(under, said);
}

function together(base: Content, own: Content): Content {
	const added = Object.entries(own).map(([key, value]): [string, unknown] => {
		const under = Object.hasOwn(base, key) ? base[key] : undefined;
		return [key, isMap(value) ? together(isMap(under) ? under : {}, value) : value];
	});
	return Object.fromEntries(
		Object.entries({ ...base, ...Object.fromEntries(added) }).filter(([, value]) => value !== null),
	);
}
