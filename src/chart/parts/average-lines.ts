import { textWidth } from "../text/text-runs.js";
import { INK, lineHeight, MUTED, SIZES } from "../theme/theme.js";
import type { Layer } from "./chart-frame.js";

/** A line through a whole panel, with its name above it. */
export interface NamedLine {
	label: string;
	value: number;
	/** In bold. */
	strong?: boolean;
	/** The reference, drawn darker than the others. */
	main?: boolean;
}

/** What lines run through. */
export interface LinedPanel {
	plotWidth: number;
	height: number;
	domain: readonly [number, number];
	/** Distances are ratios. */
	isLog?: boolean;
	/** Free for names beside the plot, in pixels. */
	left: number;
	right: number;
}

interface Placed extends NamedLine {
	at: number;
	side: "left" | "right";
	/** What the name covers, in pixels from the left of the plot. */
	from: number;
	to: number;
	/** Counted from the plot. */
	lane: number;
}

const SIZE = SIZES.small;
const LANE = lineHeight(SIZE) + 2;
const GAP = 4;
/** Between two names. */
const AIR = 8;

/**
 * Lines from the foot of a panel up to their names, which stand in lanes above it, like flags: no name covers another,
 * nor the line of another that stands higher.
 */
export function averageLayers(lines: readonly NamedLine[], panel: LinedPanel): Layer[] {
	return placed(lines, panel).flatMap(({ label, value, at, side, lane, strong = false, main = false }) => {
		const top = -(GAP + (lane + 1) * LANE);
		const color = main || strong ? INK : MUTED;
		return [
			{
				data: { values: [{}] },
				mark: { type: "rule" as const, color, strokeDash: [4, 3], strokeWidth: 1 },
				encoding: {
					x: { datum: value, type: "quantitative" as const },
					y: { value: top },
					y2: { value: panel.height },
				},
			},
			{
				data: { values: [{ text: label }] },
				mark: {
					...{ type: "text" as const, baseline: "middle" as const, fontSize: SIZE, color },
					...(side === "right" ? { align: "left" as const } : { align: "right" as const }),
					...(strong ? { fontWeight: 600 as const } : {}),
				},
				encoding: {
					x: { value: side === "right" ? at + GAP : at - GAP },
					y: { value: top + LANE / 2 },
					text: { field: "text", type: "nominal" as const },
				},
			},
		];
	});
}

/** Pixels above a panel that names of lines take. */
export function roomAbove(lines: readonly NamedLine[], panel: LinedPanel): number {
	const lanes = placed(lines, panel).map(({ lane }) => lane + 1);
	return lanes.length === 0 ? 0 : GAP + Math.max(...lanes) * LANE;
}

function placed(lines: readonly NamedLine[], panel: LinedPanel): Placed[] {
	const { plotWidth, left, right } = panel;
	const rightward = lines.map((line) => flagOf(line, "right", panel));
	const leftward = lines.map((line) => flagOf(line, "left", panel));
	const beyondRight = Math.max(0, ...rightward.map(({ to }) => to - plotWidth - right));
	const beyondLeft = Math.max(0, ...leftward.map(({ from }) => -left - from));
	// All on one side of their lines, from the outer one on: a line then meets no name of those before it.
	const flags =
		beyondRight <= beyondLeft
			? rightward.toSorted((a, b) => b.at - a.at)
			: leftward.toSorted((a, b) => a.at - b.at);
	const done: Placed[] = [];
	for (const flag of flags) done.push({ ...flag, lane: laneFor(flag, done) });
	return done;
}

function flagOf(
	line: NamedLine,
	side: Placed["side"],
	{ plotWidth, domain, isLog = false }: LinedPanel,
): Omit<Placed, "lane"> {
	const [value, low, high] = [line.value, ...domain].map((one) => (isLog ? Math.log(one) : one)) as [
		number,
		number,
		number,
	];
	const at = Math.min(1, Math.max(0, (value - low) / (high - low))) * plotWidth;
	const width = textWidth(line.label, SIZE, line.strong ? 600 : 400) + GAP;
	return {
		...line,
		at,
		side,
		...(side === "right" ? { from: at, to: at + width } : { from: at - width, to: at }),
	};
}

/** Over all names and lines that it would meet. */
function laneFor({ from, to }: Omit<Placed, "lane">, done: readonly Placed[]): number {
	const met = done.filter((other) => from < other.to + AIR && other.from < to + AIR);
	return Math.max(-1, ...met.map(({ lane }) => lane)) + 1;
}
