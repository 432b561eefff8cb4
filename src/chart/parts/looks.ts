import { textWidth } from "../text/text-runs.js";
import { wrapText } from "../text/wrap.js";
import { ACCENT, GUIDE, INK, LOOKS, SIZES } from "../theme/theme.js";
import type { Entry, EntryLayout, Panel } from "./entries.js";
import type { Geometry } from "./geometry.js";
import { lookup } from "./vega-expression.js";

const LEGEND_SYMBOL = 40;

/** Colour, and for several series also shape, of a panel's points. */
export function looks(
	{ rows }: Pick<Panel, "rows">,
	{ series }: Pick<EntryLayout, "series">,
	sizes: Geometry,
) {
	if (series.length < 2) return { color: rowColour(rows) };
	const scale = <T>(styles: T[]) => ({ domain: series.map(({ key }) => key), range: styles });
	const field = { field: "series", type: "nominal", sort: null, legend: legendOf(series, sizes) } as const;
	const styles = series.map(lookOf);
	return {
		color: { ...field, scale: scale(styles.map(({ colour }) => colour)) },
		shape: { ...field, scale: scale(styles.map(({ shape }) => shape)) },
	};
}

function lookOf(entry: Entry, index: number) {
	const look = LOOKS[index % LOOKS.length] as (typeof LOOKS)[number];
	if (entry.quiet) return { ...look, colour: GUIDE };
	return entry.summary ? { ...look, colour: INK } : look;
}

/** Totals and averages stand out among rows of one colour, highlighted rows among grey ones. */
function rowColour(rows: Entry[]) {
	const tones = [
		{ value: INK, keys: rows.filter(({ summary }) => summary).map(({ key }) => key) },
		{ value: GUIDE, keys: rows.filter(({ quiet }) => quiet).map(({ key }) => key) },
	].filter(({ keys }) => keys.length > 0);
	const conditions = tones.map(({ keys, value }) => ({ test: { field: "row", oneOf: keys }, value }));
	const [only] = conditions;
	if (only === undefined) return { value: ACCENT };
	return { condition: conditions.length === 1 ? only : conditions, value: ACCENT };
}

/** A legend over the plot, in as many columns as there is room for; what is wider than the plot is folded. */
export function legendOf(series: Entry[], { plotWidth }: Pick<Geometry, "plotWidth">) {
	const widest = Math.max(...series.map(({ label }) => textWidth(label, SIZES.label)));
	const columns = Math.max(1, Math.min(series.length, Math.floor(plotWidth / (widest + LEGEND_SYMBOL))));
	return {
		orient: "top",
		direction: "horizontal",
		columns,
		columnPadding: 18,
		labelExpr: lookup(series, ({ label }) => {
			const lines = wrapText(label, plotWidth, { size: SIZES.label });
			return lines.length === 1 ? label : lines;
		}),
	} as const;
}
