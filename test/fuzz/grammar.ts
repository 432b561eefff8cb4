import * as z from "zod";
import type { Draw } from "./draw.js";
import { CELLS } from "./text.js";
import { VALUES } from "./tree.js";

/** What a value may be, as JSON Schema says it. */
interface Shape {
	$ref?: string;
	type?: string | string[];
	properties?: Record<string, Shape>;
	required?: string[];
	additionalProperties?: Shape | boolean;
	items?: Shape;
	enum?: unknown[];
	const?: unknown;
	anyOf?: Shape[];
	oneOf?: Shape[];
	$defs?: Record<string, Shape>;
}

/** Deeper than any file that is written by hand. */
const DEEPEST = 8;

/** Words that mean something in the files beside which a tree is read, or mean much to JavaScript. */
const WORDS = [
	...[
		"answer",
		"choices",
		"answer:answer",
		"choices:a",
		"a",
		"b",
		"c",
		"1",
		"2",
		"9",
		"yes-no",
		"list",
		"all",
	],
	...[
		"region",
		"gender",
		"years",
		"w",
		"id",
		"north",
		"South",
		"own-survey",
		"own-survey.csv",
		"own-survey.yaml",
	],
	...[
		"types",
		"any",
		"participants",
		"country",
		"population",
		"oecd",
		"average:all",
		"KAZ@2024",
		"2026",
		"en",
	],
	...["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "\u202e", "%", "{column}"],
];

const NUMBERS = [0, 1, 2, 0.5, 0.95, -1, 3, 12, 100, 30, 1e9, 2 ** 53, -1e308, 1e-300];

/** Also of a property that every object inherits. */
const OWN = { writable: true, enumerable: true, configurable: true };

/** Trees of a format, grown from what it is checked by. */
export class Grammar {
	private readonly root: Shape;

	constructor(schema: z.ZodType) {
		this.root = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }) as Shape;
	}

	/** A tree in which one to three branches are grown anew, or one that is grown whole. */
	grown(seed: unknown, draw: Draw): unknown {
		if (draw.chance(0.1)) return this.grow(this.root, draw, 0);
		const tree = structuredClone(seed);
		for (let grafts = draw.pick([1, 1, 2, 3]); grafts > 0; grafts--) this.graft(tree, draw);
		return tree;
	}

	private graft(tree: unknown, draw: Draw): void {
		let [value, shape, depth] = [tree, this.found(this.root, draw), 0];
		for (;;) {
			const keys = this.keysOf(value, shape, draw);
			if (keys.length === 0) return;
			const key = draw.pick(keys);
			const owner = value as object;
			const inner = this.found(this.childOf(shape, key), draw);
			// What every object inherits is none of the tree.
			const child = Object.getOwnPropertyDescriptor(owner, key)?.value;
			if (typeof child === "object" && child !== null && draw.chance(0.7)) {
				[value, shape, depth] = [child, inner, depth + 1];
				continue;
			}
			const grown = this.grow(inner, draw, depth + 1);
			Object.defineProperty(owner, key, { ...OWN, value: grown });
			return;
		}
	}

	/** Keys that a value has, and one that it may have. */
	private keysOf(value: unknown, shape: Shape, draw: Draw): string[] {
		if (typeof value !== "object" || value === null) return [];
		const known = Object.keys(shape.properties ?? {});
		const more = Array.isArray(value) ? [String(value.length)] : known.length > 0 ? known : WORDS;
		return [...Object.keys(value), draw.pick(more)];
	}

	private childOf(shape: Shape, key: string): Shape {
		const own = shape.properties;
		if (own !== undefined && Object.hasOwn(own, key)) return own[key] as Shape;
		if (shape.items !== undefined) return shape.items;
		return typeof shape.additionalProperties === "object" ? shape.additionalProperties : {};
	}

	/** What stands behind references and choices. */
	private found(shape: Shape, draw: Draw): Shape {
		if (shape.$ref !== undefined) {
			const name = shape.$ref.split("/").at(-1) as string;
			return this.found(shape.$ref === "#" ? this.root : (this.root.$defs?.[name] ?? {}), draw);
		}
		const choices = shape.anyOf ?? shape.oneOf;
		return choices === undefined ? shape : this.found(draw.pick(choices), draw);
	}

	private grow(given: Shape, draw: Draw, depth: number): unknown {
		const shape = this.found(given, draw);
		if (draw.chance(0.04) || depth > DEEPEST) return draw.pick(VALUES);
		if ("const" in shape) return shape.const;
		if (shape.enum !== undefined) return draw.pick(shape.enum);
		const type = Array.isArray(shape.type) ? draw.pick(shape.type) : shape.type;
		if (type === "object" || shape.properties !== undefined) return this.object(shape, draw, depth);
		if (type === "array") {
			return Array.from({ length: draw.pick([0, 1, 1, 2, 3]) }, () =>
				this.grow(shape.items ?? {}, draw, depth + 1),
			);
		}
		if (type === "number" || type === "integer") return draw.pick(NUMBERS);
		if (type === "boolean") return draw.chance(0.5);
		return draw.pick(draw.chance(0.8) ? WORDS : CELLS);
	}

	private object({ properties = {}, required = [], ...shape }: Shape, draw: Draw, depth: number): object {
		const known = Object.entries(properties)
			.filter(([key]) => draw.chance(required.includes(key) ? 0.97 : 0.25))
			.map(([key, inner]) => [key, this.grow(inner, draw, depth + 1)] as const);
		const more = shape.additionalProperties;
		const free =
			typeof more !== "object" || Object.keys(properties).length > 0
				? []
				: Array.from(
						{ length: draw.pick([0, 1, 1, 2]) },
						() => [draw.pick(WORDS), this.grow(more, draw, depth + 1)] as const,
					);
		return Object.fromEntries([...known, ...free]);
	}
}
