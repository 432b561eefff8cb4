import type { Figured } from "../../compare/figured.js";
import { cutToWidth, drawingOf, pageTextWidth, svg } from "./dom.js";
import { type Acts, mark, roving, systemName } from "./rows.js";
import { type PixelScale, roundScale } from "./scale.js";
import { codeOf, type Shown } from "./shown.js";

const SIZE = 14;
const NARROW = 560;
const HEAD = 44;
const FOOT = 24;

/** Figures of all systems under each other, with their intervals, and the average as a line. */
export function rankedSystems(shown: Shown, width: number, acts: Acts): SVGSVGElement {
	const rows = shown.systems.filter(({ estimate }) => estimate.estimate !== null);
	return intervalRows(shown, rows, width, acts, (one) => systemName(shown, one));
}

/**
 * Figures under each other; on a narrow screen names stand above the marks.
 * @param beside All figures of drawings that share a scale and a column of names.
 */
export function intervalRows(
	shown: Shown,
	rows: readonly Figured[],
	width: number,
	acts: Acts,
	nameOf: (one: Figured) => string,
	beside: readonly Figured[] = rows,
): SVGSVGElement {
	const { words, state } = shown;
	const isNarrow = width < NARROW;
	const values = beside.map(({ estimate }) => words.figure(estimate.estimate, estimate));
	const room = Math.max(...values.map((text) => pageTextWidth(text, SIZE, true)), 0) + 12;
	const names = isNarrow
		? 0
		: Math.min(width * 0.4, Math.max(...beside.map((one) => pageTextWidth(nameOf(one), SIZE, true)), 0) + 14);
	const step = isNarrow ? 44 : 26;
	const height = HEAD + rows.length * step + FOOT;
	const scale = scaleFor(shown, beside, [names + 6, width - (isNarrow ? 6 : room + 6)], isNarrow ? 4 : 6);
	const drawing = drawingOf(width, height, "drawing", summaryOf(shown));
	for (const tick of scale.ticks) {
		const x = scale(tick);
		drawing.append(
			svg("line", { class: "grid", x1: x, x2: x, y1: HEAD, y2: height - FOOT }),
			svg("text", { class: "tick", x, y: height - 6, "text-anchor": "middle" }, tickText(shown, tick)),
		);
	}
	if (shown.line !== undefined) drawing.append(...averageLine(shown, scale, width, height - FOOT));
	rows.forEach((one, place) => {
		const { estimate } = one;
		const top = HEAD + place * step;
		const y = top + (isNarrow ? 30 : step / 2);
		const bold = state.pins.includes(codeOf(one));
		const value = words.figure(estimate.estimate, estimate);
		const name = cutToWidth(nameOf(one), isNarrow ? width - room - 8 : names - 10, SIZE, bold);
		const text = (content: string, x: number, anchor: string) =>
			svg(
				"text",
				{ class: bold ? "label bold" : "label", x, y: isNarrow ? top + 17 : y + 5, "text-anchor": anchor },
				content,
			);
		// Texts lie below the mark, whose name says more than they do.
		drawing.append(
			text(name, isNarrow ? 6 : names - 4, isNarrow ? "start" : "end"),
			text(value, width - 6, "end"),
			mark(
				shown,
				one,
				acts,
				svg("rect", { class: "hit", x: 0, y: top, width, height: step }),
				...interval(one, scale, y),
			),
		);
	});
	roving(drawing);
	return drawing;
}

/** The line and the point of a figure. */
function interval(
	{ estimate: { estimate, ciLow, ciHigh } }: Figured,
	scale: PixelScale,
	y: number,
): SVGElement[] {
	return [
		...(ciLow === null || ciHigh === null
			? []
			: [svg("line", { class: "interval", x1: scale(ciLow), x2: scale(ciHigh), y1: y, y2: y })]),
		svg("circle", { class: "point", cx: scale(estimate as number), cy: y, r: 5 }),
	];
}

/** From the least end of an interval to the greatest, the average included; percentages within 0 and 100. */
export function scaleFor(
	{ line, table }: Shown,
	rows: readonly Figured[],
	pixels: [number, number],
	count: number,
): PixelScale {
	const figures = line === undefined ? rows : [...rows, line.figure];
	const ends = figures.flatMap(({ estimate: { estimate, ciLow, ciHigh } }) =>
		[estimate, ciLow, ciHigh].filter((value) => value !== null),
	);
	const [low, high] = ends.length === 0 ? [0, 1] : [Math.min(...ends), Math.max(...ends)];
	return roundScale(
		[low, high],
		pixels,
		count,
		table.statistic === "percent" ? [0, 100] : [0, Number.POSITIVE_INFINITY],
	);
}

export function tickText({ words, table }: Shown, tick: number): string {
	const digits = Number.isInteger(Math.round(tick * 1e6) / 1e6) ? 0 : 1;
	const number = words.number(tick, digits);
	return table.statistic === "percent" ? words.text("chart.percent", { value: number }) : number;
}

function averageLine(
	{ line, words, edition }: Shown,
	scale: PixelScale,
	width: number,
	bottom: number,
): SVGElement[] {
	if (line === undefined) return [];
	const { estimate } = line.figure;
	const x = scale(estimate.estimate as number);
	const text = `${words.system(codeOf(line.figure), edition)}: ${words.figure(estimate.estimate, estimate)}`;
	const half = pageTextWidth(text, SIZE) / 2;
	const at = Math.min(Math.max(x, half + 4), width - half - 4);
	return [
		svg("line", { class: "average", x1: x, x2: x, y1: HEAD - 16, y2: bottom }),
		svg("text", { class: "average-name", x: at, y: HEAD - 24, "text-anchor": "middle" }, text),
	];
}

/** The highest and the lowest, in words. */
export function summaryOf({ systems, words, edition }: Shown): string {
	const there = systems.filter(({ estimate }) => estimate.estimate !== null);
	const sorted = [...there].sort((a, b) => (b.estimate.estimate as number) - (a.estimate.estimate as number));
	const [top, bottom] = [sorted[0], sorted.at(-1)];
	if (top === undefined || bottom === undefined) return words.text("explore.empty");
	return words.text("chart.description-rank", {
		...{
			count: there.length,
			top: words.system(codeOf(top), edition),
			bottom: words.system(codeOf(bottom), edition),
		},
		topValue: words.figure(top.estimate.estimate, top.estimate),
		bottomValue: words.figure(bottom.estimate.estimate, bottom.estimate),
	});
}
