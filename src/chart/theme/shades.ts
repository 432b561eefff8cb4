import { THEMES, type Theme } from "../choices.js";

/** Colours that change with the theme, each a custom property of CSS that drawings of one page share. */
export class Shades {
	private readonly known = new Map<string, { name: string; values: readonly string[] }>();

	/** Name of the property that has these colours, one for each of THEMES. */
	nameOf(values: readonly string[]): string {
		const key = values.join();
		const found = this.known.get(key) ?? { name: `--shade-${this.known.size + 1}`, values };
		this.known.set(key, found);
		return found.name;
	}

	/** CSS declarations of all of them in a theme. */
	declarations(theme: Theme): string {
		const place = THEMES.indexOf(theme);
		return [...this.known.values()].map(({ name, values }) => `${name}:${values[place]}`).join(";");
	}
}

const COLOUR = /\b(fill|stroke)="([^"]*)"/g;

/**
 * SVG text of a chart for a page that has the shades of its theme.
 * @param drawings The chart in each of THEMES, as renderSvgs gives them.
 */
export function themed(drawings: readonly string[], shades: Shades): string {
	const [first = "", ...others] = drawings;
	const found = others.map((svg) => [...svg.matchAll(COLOUR)].map(([, , value = ""]) => value));
	let place = 0;
	return first.replace(COLOUR, (whole, property: string, value: string) => {
		const values = [value, ...found.map((colours) => colours[place] ?? value)];
		place += 1;
		return values.every((one) => one === value) ? whole : `${property}="var(${shades.nameOf(values)})"`;
	});
}
