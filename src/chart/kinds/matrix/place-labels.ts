import { textWidth } from "../../text/text-runs.js";
import { lineHeight, SIZES } from "../../theme/theme.js";
import {
	around,
	cross,
	distanceTo,
	meets,
	nearest,
	type PlanePoint,
	type Rectangle,
	shared,
} from "./plane-geometry.js";

interface Size {
	width: number;
	height: number;
}

/** Where a label stands, in pixels from the top left. */
export interface LabelPlace {
	/** Its middle. */
	middle: PlanePoint;
	area: Rectangle;
	/** The side of it on which its lines begin or end: that of the point, where it stands beside it. */
	side: "left" | "center" | "right";
	/** Where a line that joins it to its point ends; null where it stands beside the point. */
	end: PlanePoint | null;
}

export interface Field extends Size {
	/** Where lines part the field in four. */
	cross: PlanePoint;
	/** Areas with words of their own. */
	taken: readonly Rectangle[];
}

/** Half of a point's width, and the air between it and its label. */
const DOT = 6;
const GAP = 2;

/** Between labels side by side, and between labels over each other. */
export const AIR = 8;
const LEAD = 4;

/** Distances a label may stand from its point; from JOINED on a line joins them. */
const DISTANCES = [0, 6, 12, 18, 26, 34, 42, 60, 80, 104, 132, 164];
const JOINED = 12;
const DIRECTIONS = 24;

/** Costs of a position: one per pixel of distance, more for overlaps, which count by area in pixels. */
const STEP = 14;
const COST = { outside: 1000, dot: 8, words: 3, dashes: 0.05, crossed: 300, tangled: 120, doubtful: 40 };

/** Each label is placed again as long as that makes the whole better, at most so often. */
const ROUNDS = 20;

/** Where the order of placing decides, the best of so many is kept. */
const STARTS = 8;

/**
 * Places labels beside their points so that none covers another label, a point, a joining line or words of the
 * field: near the point where there is room, further away and joined by a line else.
 */
export function placeLabels(
	points: readonly PlanePoint[],
	lines: readonly (readonly string[])[],
	field: Field,
): LabelPlace[] {
	const sizes = lines.map(sizeOf);
	const choices = points.map((point, index) => placesFor(point, sizes[index] as Size, points, field));
	const tries = Array.from({ length: STARTS }, (_, start) => settle(choices, start));
	return tries.reduce((one, other) => (total(other) < total(one) ? other : one));
}

/** Each label in its best place; then again in turn, beginning with another one at each start. */
function settle(choices: readonly (readonly Choice[])[], start: number): Choice[] {
	const turns = choices.map((_, turn) => (turn * (2 * start + 1) + start) % choices.length);
	const order = new Set(turns).size === choices.length ? turns : [...choices.keys()];
	const placed = choices.map((own) => best(own, []));
	for (let round = 0; round < ROUNDS; round++) {
		let moved = false;
		for (const index of order) {
			const found = best(
				choices[index] as Choice[],
				placed.filter((_, other) => other !== index),
			);
			moved ||= found !== placed[index];
			placed[index] = found;
		}
		if (!moved) break;
	}
	return placed;
}

function total(placed: readonly Choice[]): number {
	const costs = placed.map(
		(one, index) => one.cost + placed.slice(index + 1).reduce((sum, other) => sum + between(one, other), 0),
	);
	return costs.reduce((sum, cost) => sum + cost, 0);
}

/** A place with what it costs whatever the other labels do. */
interface Choice extends LabelPlace {
	point: PlanePoint;
	cost: number;
}

/** The best of choices that begin with the least cost. */
function best(choices: readonly Choice[], others: readonly Choice[]): Choice {
	let found = choices[0] as Choice;
	let least = Number.POSITIVE_INFINITY;
	for (const choice of choices) {
		if (choice.cost >= least) break;
		const cost = choice.cost + others.reduce((sum, other) => sum + between(choice, other), 0);
		if (cost < least) [found, least] = [choice, cost];
	}
	return found;
}

/** What two labels cost each other. */
function between(one: Choice, other: Choice): number {
	const covers = (place: Choice, { point, end }: Choice) => end !== null && meets(point, end, place.area);
	return (
		shared(one.area, other.area) +
		COST.crossed * (Number(covers(one, other)) + Number(covers(other, one))) +
		COST.tangled *
			Number(one.end !== null && other.end !== null && cross([one.point, one.end], [other.point, other.end]))
	);
}

/** All places a label can have, from the one of least cost. */
function placesFor(point: PlanePoint, size: Size, points: readonly PlanePoint[], field: Field): Choice[] {
	const rivals = points.filter((other) => other !== point);
	return DISTANCES.flatMap((distance) =>
		Array.from({ length: DIRECTIONS }, (_, direction): Choice => {
			const angle = (direction * 2 * Math.PI) / DIRECTIONS;
			const middle = {
				x: point.x + Math.cos(angle) * (size.width / 2 + DOT + GAP + distance),
				y: point.y - Math.sin(angle) * (size.height / 2 + DOT + distance),
			};
			const area = around(middle, size.width / 2, size.height / 2);
			const end = distance >= JOINED ? nearest(point, area) : null;
			const side = area.left > point.x ? "left" : area.right < point.x ? "right" : "center";
			const place = { middle, area, end, point, side } as const;
			return { ...place, cost: distance / STEP + alone(place, rivals, field) };
		}),
	).sort((one, other) => one.cost - other.cost);
}

function alone(
	{ area, end, point }: Omit<Choice, "cost">,
	rivals: readonly PlanePoint[],
	field: Field,
): number {
	const { cross: middle, taken, width, height } = field;
	const out = (low: number, high: number, size: number) => Math.max(0, -low) + Math.max(0, high - size);
	const dashes = [
		around({ x: middle.x, y: height / 2 }, 1.5, height / 2),
		around({ x: width / 2, y: middle.y }, width / 2, 1.5),
	];
	const own = distanceTo(point, area);
	const cost = [
		COST.dot * shared(area, around(point, DOT, DOT)),
		COST.outside * (out(area.left, area.right, width) + out(area.top, area.bottom, height)),
		...taken.map((words) => COST.words * shared(area, words)),
		...dashes.map((line) => COST.dashes * shared(area, line)),
		...rivals.map((rival) => {
			const dot = around(rival, DOT, DOT);
			const crossed = end !== null && meets(point, end, dot);
			// Without a line, a reader takes a label for that of the point which is nearest.
			const doubtful = end === null && distanceTo(rival, area) <= own + 1;
			return COST.dot * shared(area, dot) + COST.crossed * Number(crossed) + COST.doubtful * Number(doubtful);
		}),
	];
	return cost.reduce((sum, part) => sum + part, 0);
}

function sizeOf(lines: readonly string[]): Size {
	const widths = lines.map((line) => textWidth(line, SIZES.small));
	return { width: Math.max(...widths) + AIR, height: lines.length * lineHeight(SIZES.small) + LEAD };
}
