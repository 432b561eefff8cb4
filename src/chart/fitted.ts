import { UserError } from "../base/errors.js";
import { option, say } from "../base/say.js";
import type { ResultSet } from "../results/result-set.js";
import { CHARTS } from "./chart-list.js";
import { chartSpec, type SpecOptions, selected } from "./chart-spec.js";
import { PICTURE_SIZES } from "./choices.js";
import { defaultKind } from "./default-kind.js";
import { fitInto, type Size, scaleIn } from "./render/fit.js";
import { drawSvg } from "./render/svg-and-png.js";

/** A square picture with sides of this many pixels gets the type size of a single chart. */
const USUAL_SIDE = 720;

/** Space around a chart, in pixels. */
const PADDING = 48;

/** How much larger the type of a picture with few rows may be. */
const LARGER = [1.6, 1.3];

/** Smallest width of a layout; at this width, names stand above their marks. */
const LEAST_WIDTH = 340;

/** Numbers of rows to try when all rows together would be too small to read. */
const ROWS = [20, 15, 12, 10, 8, 6, 5];

/** Numbers of items to try when few groups are left, and numbers of panels. */
const ITEMS = [10, 8, 6, 5, 4, 3];
const PANELS = [4, 3, 2, 1];

/** Factors by which a layout may be widened or narrowed to make its type larger. */
const WIDTHS = [1.25, 1.5, 0.8, 0.64];

/** Smallest legible type, as a share of the picture's intended type size. */
const LEGIBLE = 0.75;

/** A change pays off only if it enlarges the type by more than this factor. */
const WORTH = 1.04;

const SIDES = { least: 200, most: 8000 };

/**
 * A size given by name or as `1200x675`.
 * @throws UserError for what is neither, and for sides that no picture has.
 */
export function sizeNamed(text: string): Size {
	const named = PICTURE_SIZES[text as keyof typeof PICTURE_SIZES];
	if (named !== undefined) return { width: named[0], height: named[1] };
	const [, width, height] = (/^(\d+)[x×](\d+)$/.exec(text) ?? []).map(Number);
	const fits = (side: number | undefined) => side !== undefined && side >= SIDES.least && side <= SIDES.most;
	if (width !== undefined && height !== undefined && fits(width) && fits(height)) return { width, height };
	throw new UserError(say`${option("size", text)} is not a picture size`, {
		hint: `choose ${Object.keys(PICTURE_SIZES).join(", ")}, or write one from ${SIDES.least}x${SIDES.least} to ${SIDES.most}x${SIDES.most} pixels`,
	});
}

/**
 * The chart as SVG of exactly this size, with its source: laid out for the width, with as many rows as stay legible.
 */
export async function fittedSvg(results: ResultSet, options: SpecOptions, size: Size): Promise<string> {
	const scale = Math.sqrt(size.width * size.height) / USUAL_SIDE;
	const width = Math.max(LEAST_WIDTH, Math.round(size.width / scale)) - PADDING;
	const own = { ...options, width };
	const svg = await drawSvg(chartSpec(results, own));
	if (leavesRoom(svg, size)) {
		for (const factor of LARGER) {
			const width = Math.round(size.width / (scale * factor)) - PADDING;
			if (width < LEAST_WIDTH) continue;
			const larger = await drawSvg(chartSpec(results, { ...own, width }));
			if (!scaleIn(larger, size).tooHigh) return fitInto(larger, size);
		}
	}
	return fitInto(await lessened(results, own, svg, size, scale), size);
}

type Laid = SpecOptions & { width: number };

/** Parts that may be left out, in this order, until the type reaches this share of its intended size. */
interface Step {
	least: number;
	tried: readonly Partial<SpecOptions>[];
}

/** A drawing that is too high, reduced until it can be read. */
async function lessened(
	results: ResultSet,
	own: Laid,
	all: string,
	size: Size,
	scale: number,
): Promise<string> {
	let [svg, chosen] = [all, own];
	for (const { least, tried } of stepsFor(results, own)) {
		for (const change of tried) {
			const { scale: found, tooHigh } = scaleIn(svg, size);
			if (!tooHigh || found >= least * scale) break;
			const options = { ...chosen, ...change, width: change.width ?? chosen.width };
			if (isSame(results, options, chosen)) continue;
			const other = await drawSvg(chartSpec(results, options));
			if (scaleIn(other, size).scale > WORTH * found) [svg, chosen] = [other, options];
		}
	}
	return svg;
}

function stepsFor(results: ResultSet, { kind = defaultKind(results), width, top }: Laid): Step[] {
	const { takes = [], resizes, details, highest } = CHARTS.get(kind) ?? {};
	// What the user asked for explicitly is never reduced.
	const isLessened = takes.includes("top") && top === undefined;
	const fewer = (counts: readonly number[]) => counts.map((count) => ({ top: count }));
	return [
		...(details ? [{ least: LEGIBLE, tried: [{ brief: true }] }] : []),
		...(isLessened ? [{ least: 1, tried: fewer(ROWS) }] : []),
		...(isLessened && highest?.by !== "groups"
			? [{ least: LEGIBLE, tried: ITEMS.map((items) => ({ items })) }]
			: []),
		...(resizes
			? [
					{
						least: LEGIBLE,
						tried: WIDTHS.map((factor) => ({ width: Math.max(LEAST_WIDTH, Math.round(width * factor)) })),
					},
				]
			: []),
		...(isLessened ? [{ least: LEGIBLE, tried: fewer(PANELS) }] : []),
	];
}

/** Whether two options draw the same rows. */
function isSame(results: ResultSet, one: SpecOptions, other: SpecOptions): boolean {
	const notes = (options: SpecOptions) => JSON.stringify(selected(results, options).notes);
	return one.brief === other.brief && one.width === other.width && notes(one) === notes(other);
}

/** If a drawing takes less than this share of the picture's height, larger type is tried. */
const LOW = 0.72;

/** Whether a drawing, scaled to the picture's full width, leaves height unused. */
function leavesRoom(svg: string, size: Size): boolean {
	return !scaleIn(svg, { ...size, height: size.height * LOW }).tooHigh;
}
