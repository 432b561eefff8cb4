import { textWidth } from "./font.js";
import { lineHeight, SIZES } from "./theme.js";

/** Where a label's middle stands, in pixels from the top left. */
export interface Box {
	x: number;
	y: number;
	/** The label's edge nearest to its point, where a line that joins them ends. */
	endX: number;
	endY: number;
	/** True: so far from its point that a line must join them. */
	far: boolean;
}

interface Rectangle {
	left: number;
	right: number;
	top: number;
	bottom: number;
	/** How much worse than a label it is to cover. */
	weight?: number;
}

const POINT = 6;
const GAP = 4;
/** Distances a label may stand from its point, and directions it may stand in. */
const RINGS = [0, 14, 28, 44, 62, 84, 110];
const DIRECTIONS = 16;
const DOT_WEIGHT = 8;
const LINE_WEIGHT = 0.1;
const ORDER = [0, 8, 4, 12, 2, 14, 6, 10, 1, 15, 7, 9, 3, 13, 5, 11];

/**
 * Places labels beside their points so that none covers another label, a point or the lines at `cross`: near the point where there is
 * room, further away else. Each is placed again once all others stand.
 */
export function placeLabels(
	points: readonly { x: number; y: number }[],
	lines: readonly (readonly string[])[],
	field: { width: number; height: number },
	cross: { x: number; y: number },
): Box[] {
	const dots = points.map(({ x, y }) => ({ ...around(x, y, POINT, POINT), weight: DOT_WEIGHT }));
	const sizes = lines.map(sizeOf);
	const placed: (Placed | undefined)[] = points.map(() => undefined);
	// The quadrants' names keep the corners.
	const fixed = [...corners(field), ...dots, ...linesThrough(cross, field)];
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, point] of points.entries()) {
			const others = placed.flatMap((one, other) => (one === undefined || other === index ? [] : [one.area]));
			placed[index] = bestPlace(point, sizes[index] as Size, [...fixed, ...others], field);
		}
	}
	return placed.map((one) => (one as Placed).box);
}

interface Size {
	width: number;
	height: number;
}

interface Placed {
	box: Box;
	area: Rectangle;
	cost: number;
}

const ROUNDS = 4;

function bestPlace(
	point: { x: number; y: number },
	size: Size,
	others: readonly Rectangle[],
	field: { width: number; height: number },
): Placed {
	let best: Placed | undefined;
	for (const [ring, distance] of RINGS.entries()) {
		for (let direction = 0; direction < DIRECTIONS; direction++) {
			const { x, y } = candidate(point, size, distance, direction);
			const area = around(x, y, size.width / 2, size.height / 2);
			const end = {
				x: Math.min(Math.max(point.x, area.left), area.right),
				y: Math.min(Math.max(point.y, area.top), area.bottom),
			};
			const far = ring > 1;
			const crossed = far
				? 200 * others.filter((other) => (other.weight ?? 1) >= 1 && crosses(point, end, other)).length
				: 0;
			const cost = overlap(area, others) + outside(area, field) + crossed + ring;
			if (best === undefined || cost < best.cost) {
				best = { box: { x, y, endX: end.x, endY: end.y, far }, area, cost };
			}
		}
		if (best !== undefined && best.cost <= ring) break;
	}
	return best as Placed;
}

/** Whether a joining line runs through something, looked at in steps; its own point is not in the way. */
function crosses(from: { x: number; y: number }, to: { x: number; y: number }, area: Rectangle): boolean {
	for (let step = 3; step < 20; step++) {
		const x = from.x + ((to.x - from.x) * step) / 20;
		const y = from.y + ((to.y - from.y) * step) / 20;
		const away = Math.hypot(x - from.x, y - from.y) > 2 * POINT;
		if (away && x > area.left && x < area.right && y > area.top && y < area.bottom) return true;
	}
	return false;
}

/** The middle of a label in a direction: right first, then left, then around. */
function candidate(point: { x: number; y: number }, size: Size, distance: number, direction: number) {
	const angle = ((ORDER[direction] as number) * 2 * Math.PI) / DIRECTIONS;
	return {
		x: point.x + Math.cos(angle) * (size.width / 2 + POINT + GAP + distance),
		y: point.y - Math.sin(angle) * (size.height / 2 + POINT + distance),
	};
}

/** The lines that part the field in four, as thin areas. */
function linesThrough(
	{ x, y }: { x: number; y: number },
	{ width, height }: { width: number; height: number },
) {
	const lines = [around(x, height / 2, 1.5, height / 2), around(width / 2, y, width / 2, 1.5)];
	return lines.map((line) => ({ ...line, weight: LINE_WEIGHT }));
}

function corners({ width, height }: { width: number; height: number }): Rectangle[] {
	const [across, down] = [150, 20];
	return [
		{ left: 0, right: across, top: 0, bottom: down },
		{ left: width - across, right: width, top: 0, bottom: down },
		{ left: 0, right: across, top: height - down, bottom: height },
		{ left: width - across, right: width, top: height - down, bottom: height },
	];
}

function sizeOf(lines: readonly string[]): Size {
	const widths = lines.map((line) => textWidth(line, SIZES.small));
	return { width: Math.max(...widths) + 2, height: lines.length * lineHeight(SIZES.small) };
}

function around(x: number, y: number, across: number, up: number): Rectangle {
	return { left: x - across, right: x + across, top: y - up, bottom: y + up };
}

function overlap(area: Rectangle, others: readonly Rectangle[]): number {
	return others.reduce((sum, other) => {
		const width = Math.min(area.right, other.right) - Math.max(area.left, other.left);
		const height = Math.min(area.bottom, other.bottom) - Math.max(area.top, other.top);
		return width > 0 && height > 0 ? sum + width * height * (other.weight ?? 1) : sum;
	}, 0);
}

function outside(
	{ left, right, top, bottom }: Rectangle,
	{ width, height }: { width: number; height: number },
): number {
	const over =
		Math.max(0, -left) + Math.max(0, right - width) + Math.max(0, -top) + Math.max(0, bottom - height);
	return 1000 * over;
}
