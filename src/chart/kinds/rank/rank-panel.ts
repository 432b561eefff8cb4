import type { Locale } from "../../../wording/locale.js";
import { averageLayers, type LinedPanel, type NamedLine, roomAbove } from "../../parts/average-lines.js";
import { heading, type View } from "../../parts/chart-frame.js";
import type { Entry } from "../../parts/entries.js";
import type { Datum } from "../../parts/figure-data.js";
import type { Geometry } from "../../parts/geometry.js";
import { legendOf } from "../../parts/looks.js";
import { guide, tooltip } from "../../parts/percent-marks.js";
import { lowered, percentScale, rowScale } from "../../parts/scales.js";
import { GUIDE, INK, MUTED, SIZES } from "../../theme/theme.js";
import { VERDICTS, type Verdict } from "./verdicts.js";

export interface RankPanel {
	key: string;
	heading: string | null;
	/** How its marks were tested. */
	below: string | null;
	/** Averages. */
	lines: NamedLine[];
	rows: Entry[];
	data: (Omit<Datum, "series"> & { verdict: Verdict; quiet: boolean })[];
}

/** Rows from the highest, with a dashed line at each average. */
export function rankPanel(panel: RankPanel, sizes: Geometry, locale: Locale): View {
	const { key, rows, lines } = panel;
	const height = sizes.rowHeight * rows.length;
	const { plotWidth, labelWidth: left } = sizes;
	const right = sizes.width - left - plotWidth;
	const lined = { plotWidth, height, domain: [0, 100], left, right } as const;
	const x = percentScale(sizes, locale);
	const look = looksOf(panel, sizes, lined, locale);
	const y = rowScale(rows, { series: [] }, sizes);
	const down = lowered(sizes);
	const towards = guide(x, down);
	const words = { type: "text", align: "left", baseline: "middle", fontSize: SIZES.label - 0.5 } as const;
	return {
		...titleOf(panel, sizes.width),
		width: sizes.plotWidth,
		height,
		transform: [{ filter: { field: "panel", equal: key } }],
		layer: [
			{ ...towards, encoding: { y, ...towards.encoding } },
			...averageLayers(lines, lined),
			{
				mark: { type: "rule", strokeWidth: 1.6, ...down },
				encoding: { y, x: { field: "low", ...x }, x2: { field: "high" }, color: look.color },
			},
			{
				mark: { type: "point", filled: true, opacity: 1, size: 56, ...down },
				encoding: { y, x: { field: "estimate", ...x }, ...look, tooltip: tooltip(locale) },
			},
			{
				// In a column of their own, out of the way of the average's line.
				mark: { ...words, ...down },
				encoding: {
					y,
					x: { value: sizes.plotWidth + 12 },
					text: { field: "text", type: "nominal" },
					color: {
						condition: { test: "datum.estimate !== null && !datum.quiet", value: INK },
						value: MUTED,
					},
				},
			},
		],
	};
}

function titleOf({ heading: text, below }: RankPanel, width: number): Pick<View, "title"> {
	const lines = [text, below].filter((line) => line !== null);
	const [first, ...others] = lines;
	if (first === undefined) return {};
	if (text !== null) return { title: heading(first, width, others) };
	return { title: { ...heading(first, width, [], SIZES.subtitle), fontWeight: "normal", color: MUTED } };
}

function looksOf({ data, lines }: RankPanel, sizes: Geometry, lined: LinedPanel, locale: Locale) {
	const used = (Object.keys(VERDICTS) as Verdict[]).filter((one) =>
		data.some(({ verdict }) => verdict === one),
	);
	const entries = used.map((key) => ({ key, label: locale.text(VERDICTS[key].text), summary: false }));
	const tested = used.some((key) => key !== "untested" && key !== "average");
	const field = {
		field: "verdict",
		type: "nominal" as const,
		sort: null,
		legend: tested ? { ...legendOf(entries, sizes), offset: 12 + roomAbove(lines, lined) } : null,
	};
	return {
		color: {
			condition: { test: "datum.quiet", value: GUIDE },
			...field,
			scale: { domain: used, range: used.map((key) => VERDICTS[key].colour) },
		},
		shape: { ...field, scale: { domain: used, range: used.map((key) => VERDICTS[key].shape) } },
	};
}
