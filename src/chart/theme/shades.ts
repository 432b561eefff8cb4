import type { Attr, Element } from "@xmldom/xmldom";
import { THEMES, type Theme } from "../choices.js";
import { withoutMetadata } from "../render/metadata.js";
import { elementsOf, parseSvg } from "../svg-tree.js";

/** Colours that change with the theme, each a custom property of CSS that drawings of one page share. */
export class Shades {
	private readonly known = new Map<string, { name: string; values: readonly string[] }>();

	/** Name of the property that has these colours, one for each of THEMES. */
	nameOf(values: readonly string[]): string {
		const key = values.join();
		const found = this.known.get(key) ?? { name: `--s${this.known.size + 1}`, values };
		this.known.set(key, found);
		return found.name;
	}

	/** CSS declarations of all of them in a theme. */
	declarations(theme: Theme): string {
		const place = THEMES.indexOf(theme);
		return [...this.known.values()].map(({ name, values }) => `${name}:${values[place]}`).join(";");
	}
}

/**
 * A drawing for a page that has the shades of its theme.
 * @param drawings The chart in each of THEMES, as renderSvgs gives them.
 */
export function themed(drawings: readonly string[], shades: Shades): Element {
	const [root, ...others] = drawings.map(parseSvg).map(withoutMetadata) as [Element, ...Element[]];
	const found = others.map((other) => coloursIn(other).map(({ value }) => value));
	for (const [place, colour] of coloursIn(root).entries()) {
		const values = [colour.value, ...found.map((values) => values[place] ?? colour.value)];
		if (values.some((one) => one !== colour.value)) colour.value = `var(${shades.nameOf(values)})`;
	}
	return root;
}

/** Attributes that are colours, in the order of the text. */
function coloursIn(root: Element): Attr[] {
	return [...elementsOf(root)].flatMap((element) =>
		[...element.attributes].filter(({ name }) => name === "fill" || name === "stroke"),
	);
}
