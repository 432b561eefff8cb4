/** A place on a drawing, in pixels from its top left. */
export interface PlanePoint {
	x: number;
	y: number;
}

export interface Rectangle {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

export function around({ x, y }: PlanePoint, across: number, up: number): Rectangle {
	return { left: x - across, right: x + across, top: y - up, bottom: y + up };
}

export function nearest({ x, y }: PlanePoint, { left, right, top, bottom }: Rectangle): PlanePoint {
	return { x: Math.min(Math.max(x, left), right), y: Math.min(Math.max(y, top), bottom) };
}

export function distanceTo(point: PlanePoint, area: Rectangle): number {
	const { x, y } = nearest(point, area);
	return Math.hypot(x - point.x, y - point.y);
}

/** Area that two rectangles share. */
export function shared(one: Rectangle, other: Rectangle): number {
	const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
	const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
	return width > 0 && height > 0 ? width * height : 0;
}

/** Whether a line runs through an area; one that only ends at it does not. */
export function meets(from: PlanePoint, to: PlanePoint, { left, right, top, bottom }: Rectangle): boolean {
	const inside = ({ x, y }: PlanePoint) => x > left && x < right && y > top && y < bottom;
	const corners = [
		{ x: left, y: top },
		{ x: right, y: top },
		{ x: right, y: bottom },
		{ x: left, y: bottom },
	] as const;
	const sides = corners.map((corner, index) => [corner, corners[(index + 1) % 4] as PlanePoint] as const);
	return inside(from) || inside(to) || sides.some((side) => cross([from, to], side));
}

/** Whether two lines cross. */
export function cross(
	[a, b]: readonly [PlanePoint, PlanePoint],
	[c, d]: readonly [PlanePoint, PlanePoint],
): boolean {
	const side = (from: PlanePoint, to: PlanePoint, point: PlanePoint) =>
		Math.sign((to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x));
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
