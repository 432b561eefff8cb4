import { groupBy } from "../../../base/group-by.js";
import type { View } from "../../parts/chart-frame.js";
import { wrapEvenly, wrapText } from "../../text/wrap.js";
import { INK, lineHeight, MUTED, SIZES } from "../../theme/theme.js";
import { AXIS_WIDTH, type MatrixPoint } from "./matrix-axes.js";

/** A topic of all panels, and what stands for its name there. */
export interface MatrixTopic {
	item: string;
	label: string;
	number: string;
}

/** Where names beside points wrap. */
const NAME_WIDTH = 150;
const COLUMNS = 3;
const LEAST_COLUMN = 150;

/** Left of a name in the list, for its number. */
const NUMBER_WIDTH = 22;
const BETWEEN = 16;
const STYLE = { size: SIZES.small };
const BELOW = 4;

/** The topics with numbers, from what is needed most, as a mean over the panels. */
export function topicsOf(points: readonly MatrixPoint[]): MatrixTopic[] {
	return [...groupBy(points, ({ item }) => item)]
		.map(([item, own]) => ({
			item,
			label: own[0]?.label ?? item,
			need: own.reduce((sum, { need }) => sum + need, 0) / own.length,
		}))
		.toSorted((a, b) => b.need - a.need)
		.map(({ item, label }, index) => ({ item, label, number: String(index + 1) }));
}

/** The name of a topic in lines beside its point. */
export function nameLines(label: string): string[] {
	return wrapEvenly(label, NAME_WIDTH, STYLE);
}

/** A list of the topics by their numbers, in columns that are read downwards; it begins where axes do. */
export function topicList(topics: readonly MatrixTopic[], width: number): View {
	const count = Math.max(1, Math.min(COLUMNS, Math.floor(width / LEAST_COLUMN)));
	const column = (width + BETWEEN) / count;
	const leading = lineHeight(STYLE.size);
	const rows = Math.ceil(topics.length / count);
	const lines = topics.map(({ label }) => wrapText(label, column - NUMBER_WIDTH - BETWEEN, STYLE));
	const columns = Array.from({ length: count }, (_, index) => index * rows);
	const values = columns.flatMap((first, index) => {
		let top = 0;
		return topics.slice(first, first + rows).map(({ number }, row) => {
			const own = lines[first + row] as string[];
			const at = top;
			top += own.length * leading + BELOW;
			return { number, text: own.join("\n"), left: index * column - AXIS_WIDTH, top: at, bottom: top };
		});
	});
	const height = Math.max(...values.map(({ bottom }) => bottom));
	// Without a scale, data are pixels from the top left.
	const place = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
	const mark = { type: "text", align: "left", baseline: "top", fontSize: STYLE.size } as const;
	const encoding = { x: place("left"), y: place("top") };
	return {
		data: { values: values.map(({ bottom, ...datum }) => datum) },
		width: width - AXIS_WIDTH,
		height,
		layer: [
			{
				mark: { ...mark, fontWeight: 600, color: MUTED },
				encoding: { ...encoding, text: { field: "number", type: "nominal" } },
			},
			{
				mark: { ...mark, dx: NUMBER_WIDTH, color: INK, lineBreak: "\n", lineHeight: leading },
				encoding: { ...encoding, text: { field: "text", type: "nominal" } },
			},
		],
	};
}
