import type { Locale } from "../../../wording/locale.js";
import { percentText } from "../../../wording/numbers.js";
import { legendOf } from "../../parts/looks.js";
import { GUIDE } from "../../theme/theme.js";

/** A system with its percentage, and the class that this is in. */
export interface MapDatum {
	code: string;
	group: string;
	estimate: number | null;
	class: number | null;
	text: string;
	/** Outlined. */
	pointed: boolean;
}

/** Systems with their shades, and these with a legend that has as much room as a plot is wide. */
export function shadesOf(
	values: readonly MapDatum[],
	limits: readonly number[],
	width: number,
	locale: Locale,
) {
	const classes = limits.slice(1).map((high, index) => ({
		key: String(index),
		label: `${locale.number(limits[index] ?? 0, 0)}–${percentText(high, locale, 0)}`,
		summary: false,
	}));
	const none = { key: "none", label: locale.text("chart.map-none"), summary: false };
	const used = values.some((value) => value.class === null) ? [...classes, none] : classes;
	const color = {
		field: "shade",
		type: "ordinal" as const,
		sort: null,
		scale: {
			domain: used.map(({ key }) => key),
			range: used.map(({ key }) => (key === "none" ? GUIDE : shadeOf(Number(key), classes.length))),
		},
		legend: legendOf(used, { plotWidth: width }),
	};
	const known = values.map((value) => ({
		...value,
		shade: value.class === null ? "none" : String(value.class),
	}));
	return { known, color };
}

/** Shades from few to many, in even steps along the ramp. */
function shadeOf(index: number, count: number): { expr: string } {
	// The first colour must differ from the paper of systems without a figure.
	const share = count === 1 ? 0.5 : 0.16 + (0.84 * index) / (count - 1);
	const [from, to, at] = share < 0.5 ? [0, 1, share * 2] : [1, 2, share * 2 - 1];
	const mixed = (part: string) =>
		`round(${1 - at} * rgb(ramp[${from}]).${part} + ${at} * rgb(ramp[${to}]).${part})`;
	return { expr: `'' + rgb(${["r", "g", "b"].map(mixed).join(", ")})` };
}
