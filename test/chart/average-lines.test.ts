import { describe, expect, test } from "vitest";
import {
	averageLayers,
	type LinedPanel,
	type NamedLine,
	roomAbove,
} from "../../src/chart/parts/average-lines.js";
import { textWidth } from "../../src/chart/text/text-runs.js";

const panel: LinedPanel = { plotWidth: 500, height: 200, domain: [0, 100], left: 120, right: 60 };

interface Drawn {
	mark: { type: string; align?: string };
	data: { values: { text?: string }[] };
	encoding: { x: { value?: number; datum?: number }; y: { value: number }; y2?: { value: number } };
}

/** What is drawn as boxes of names and as lines, in pixels. */
function drawn(lines: readonly NamedLine[], of = panel) {
	const layers = averageLayers(lines, of) as unknown as Drawn[];
	const names = layers
		.filter(({ mark }) => mark.type === "text")
		.map(({ mark, data, encoding }) => {
			const width = textWidth(data.values[0]?.text ?? "", 11);
			const from = (encoding.x.value ?? 0) - (mark.align === "right" ? width : 0);
			return { from, to: from + width, top: encoding.y.value - 6, foot: encoding.y.value + 6 };
		});
	const rules = layers
		.filter(({ mark }) => mark.type === "rule")
		.map(({ encoding }) => ({
			at: ((encoding.x.datum ?? 0) / 100) * of.plotWidth,
			top: encoding.y.value,
		}));
	return { names, rules };
}

const named = (values: readonly number[]) =>
	values.map((value) => ({ label: `Average of systems ${value}`, value }));

describe("names of lines", () => {
	test.each([
		[[22, 27, 36]],
		[[50, 50, 50]],
		[[3, 48, 97]],
		[[95, 96, 97, 98]],
		[[10, 20, 30, 40, 50, 60, 70]],
	])("of %j cover neither each other nor a line", (values) => {
		const { names, rules } = drawn(named(values));
		for (const [place, one] of names.entries()) {
			for (const other of names.slice(place + 1)) {
				const apart = one.to <= other.from || other.to <= one.from;
				expect(apart || one.foot <= other.top || other.foot <= one.top).toBe(true);
			}
			for (const { at, top } of rules) {
				expect(at <= one.from || at >= one.to || top >= one.foot).toBe(true);
			}
			expect(one.foot).toBeLessThanOrEqual(0);
			expect(-one.top).toBeLessThanOrEqual(roomAbove(named(values), panel));
		}
	});

	test("that are far apart stand side by side, and those at the right edge left of their lines", () => {
		const tops = drawn(named([5, 60])).names.map(({ top }) => top);
		expect(new Set(tops).size).toBe(1);
		const { names } = drawn(named([99]));
		expect(names[0]?.to).toBeLessThan(495);
	});
});
