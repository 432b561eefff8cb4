// Numbers of charts: of the data in Vega-Lite files, of texts in SVG, and of where marks stand, read off at their axes.
// What a chart shows has to be a figure of the results, no more exactly; anything else is new.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { filesIn } from "./facts.mjs";

/** Fields that hold figures; the others say where labels go. */
const FIGURES =
	/^(estimate|low|high|start|end|need|offer|unmet|value|a|b|aEstimate|bEstimate|difference|n|se|mean|percent)$/;

/** Numbers in charts that the results do not have. */
export function newNumbers(folder, results) {
	const known = numbersOf(results);
	const charts = join(folder, "charts");
	const found = [];
	for (const file of filesIn(charts, ".vl.json")) {
		for (const row of dataOf(JSON.parse(readFileSync(file, "utf8")))) {
			for (const [field, value] of Object.entries(row)) {
				if (typeof value !== "number" || !FIGURES.test(field) || known.has(value)) continue;
				found.push({ chart: basename(file), what: field, value });
			}
		}
	}
	const sorted = [...known].toSorted((a, b) => a - b);
	for (const file of filesIn(charts, ".svg")) {
		const svg = readFileSync(file, "utf8").replace(/base64,[^)]*/g, "");
		for (const value of [...labelsOf(svg), ...marksOf(svg)]) {
			if (isKnown(sorted, value)) continue;
			found.push({ chart: basename(file), what: "mark or text", value: value.number });
		}
	}
	return found;
}

function numbersOf(value, found = new Set([0, 100])) {
	if (typeof value === "number") found.add(value);
	else if (value !== null && typeof value === "object")
		for (const one of Object.values(value)) numbersOf(one, found);
	return found;
}

function dataOf(spec) {
	if (spec === null || typeof spec !== "object") return [];
	const own = Array.isArray(spec.data?.values) ? spec.data.values : [];
	return [...own, ...Object.values(spec).flatMap((part) => (part === spec.data ? [] : dataOf(part)))];
}

/** Texts that are a percentage or a number and nothing else, outside axes and titles. */
export function labelsOf(svg) {
	const marks = [...svg.matchAll(/<g class="mark-text role-mark[^>]*>(.*?)<\/g>/gs)].map(
		([, inner]) => inner,
	);
	return marks.flatMap((inner) =>
		[...inner.matchAll(/>([−-]?\d+(?:\.\d+)?)\s?%?</g)].map(([, text]) => {
			const decimals = text.split(".")[1]?.length ?? 0;
			return { number: Number(text.replace("−", "-")), within: 10 ** -decimals };
		}),
	);
}

/** Points, by a horizontal axis from 0 to 100 whose grid they stand in. */
export function marksOf(svg) {
	return svg.split(/(?=<path class="background" aria-hidden="true" d="M0,0h\d{2,})/).flatMap((panel) => {
		const ticks = [...panel.matchAll(/<g class="mark-text role-axis-label"[^>]*>(.*?)<\/g>/gs)]
			.map(([, inner]) =>
				[...inner.matchAll(/translate\(([-\d.e]+),[-\d.e]+\)"[^>]*>([−-]?\d+)%?</g)].map(([, x, text]) => [
					Number(x),
					Number(text.replace("−", "-")),
				]),
			)
			.find((own) => own.length > 2 && own[0][0] !== own[1][0]);
		if (ticks === undefined) return [];
		const [first, last] = [ticks[0], ticks.at(-1)];
		const perPixel = (last[1] - first[1]) / (last[0] - first[0]);
		const points = [...panel.matchAll(/<g class="mark-symbol role-mark[^>]*>(.*?)<\/g>/gs)].flatMap(
			([, inner]) => [...inner.matchAll(/translate\(([-\d.e]+),/g)].map(([, x]) => Number(x)),
		);
		// Labels of axes stand half a pixel off.
		return points.map((x) => ({
			number: first[1] + (x - first[0]) * perPixel,
			within: 1e-6,
			off: 0.5 * perPixel,
		}));
	});
}

function isKnown(sorted, { number, within, off = 0 }) {
	return [number - off, number, number + off].some((value) => {
		let [low, high] = [0, sorted.length];
		while (low < high) {
			const middle = (low + high) >> 1;
			if (sorted[middle] < value - within) low = middle + 1;
			else high = middle;
		}
		return low < sorted.length && sorted[low] <= value + within;
	});
}
