import { escapeMarkup } from "../base/escape.js";
import { coloursOf, type Theme } from "../chart/index.js";
import {
	beside,
	columns,
	dot,
	type Inks,
	line,
	type PageBlock,
	paragraph,
	space,
	stack,
	textAt,
	widthOfText,
} from "./blocks.js";
import type { Change, LargeNumber, ProfileContent, Strip, StripGroup } from "./content.js";

/** A4 at 96 dots per inch. */
export const A4 = { width: 794, height: 1123 };

/** Width and number of columns of a page; paper also has a height. */
export interface Paper {
	width: number;
	height?: number;
	margin: number;
	columns: number;
}

const GAP = 28;
const SIZE = { name: 30, finding: 15.5, number: 38, heading: 13, text: 11.5, small: 10.5 } as const;
const STRIP = { least: 17, label: 0.44, value: 34, beside: 52 };
const TICK = { own: 4.2, average: 8, other: 4 };

/** Each topic keeps at least this many items. */
const LEAST_STRIPS = 3;

/**
 * A profile as SVG without embedded fonts. Without a paper height it shows everything; otherwise as many items as fit
 * on one page, those furthest from the average.
 */
export function layOutProfile(content: ProfileContent, paper: Paper, theme: Theme, language: string): string {
	const inks = inksOf(theme);
	const width = paper.width - 2 * paper.margin;
	const room = paper.height === undefined ? Number.POSITIVE_INFINITY : paper.height - 2 * paper.margin;
	const ranked = rankedStrips(content);
	let block = pageBlock(content, width, paper.columns, inks);
	for (let left = ranked.length - 1; block.height > room && left >= 0; left--) {
		const kept = new Set(ranked.slice(0, left));
		block = pageBlock(withStrips(content, kept), width, paper.columns, inks);
	}
	const height = paper.height ?? Math.ceil(block.height + 2 * paper.margin);
	const label = escapeMarkup([content.name, content.finding].filter((one) => one !== "").join(". "));
	return `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="${label}" lang="${language}" width="${paper.width}" height="${height}" viewBox="0 0 ${paper.width} ${height}"><rect width="${paper.width}" height="${height}" fill="${inks.paper}"/>${block.draw(paper.margin, paper.margin)}</svg>`;
}

function inksOf(theme: Theme): Inks {
	const known = Object.fromEntries(coloursOf(theme).map(({ name, value }) => [name, value])) as Record<
		string,
		string
	> & { series: readonly string[] };
	const { paper = "", ink = "", muted = "", rule = "", guide = "", series } = known;
	return { paper, ink, muted, rule, guide, accent: series[0] as string, contrast: series[1] as string };
}

/** All strips by priority: first the minimum of each topic, then by distance from the average. */
function rankedStrips({ topics }: ProfileContent): Strip[] {
	const far = ({ average, own }: Strip) => (average === null ? -1 : Math.abs(own - average));
	const sorted = topics.map(({ strips }) => strips.toSorted((a, b) => far(b) - far(a)));
	return [
		...sorted.flatMap((strips) => strips.slice(0, LEAST_STRIPS)),
		...sorted.flatMap((strips) => strips.slice(LEAST_STRIPS)).sort((a, b) => far(b) - far(a)),
	];
}

function withStrips(content: ProfileContent, kept: ReadonlySet<Strip>): ProfileContent {
	const topics = content.topics.map((topic) => {
		const strips = topic.strips.filter((strip) => kept.has(strip));
		return strips.length === topic.strips.length
			? topic
			: { ...topic, strips, base: topic.kept(strips.length) };
	});
	return { ...content, topics: topics.filter(({ strips }) => strips.length > 0) };
}

function pageBlock(content: ProfileContent, width: number, count: number, inks: Inks): PageBlock {
	const column = (width - GAP * (count - 1)) / count;
	return stack([
		header(content, width, inks),
		numbersBlock(content.numbers, width, count, inks),
		space(8),
		legend(content, width, inks),
		columns(
			[
				...content.topics.map((topic) => stripsBlock(topic, column, inks)),
				changesBlock(content, column, inks),
				...(content.needs === null ? [] : [stripsBlock(content.needs, column, inks)]),
			],
			...([count, column, GAP] as const),
		),
		space(4),
		stack(content.lines.map((text) => paragraph(text, width, { size: SIZE.small, fill: inks.muted }, 1))),
	]);
}

function header(content: ProfileContent, width: number, inks: Inks): PageBlock {
	return stack([
		paragraph(content.name, width, { size: SIZE.name, weight: 600, fill: inks.ink }),
		paragraph(content.subtitle, width, { size: SIZE.text, fill: inks.muted }, 6),
		...(content.warning === null
			? []
			: [paragraph(content.warning, width, { size: SIZE.heading, weight: 600, fill: inks.contrast }, 4)]),
		paragraph(content.finding, width, { size: SIZE.finding, weight: 600, fill: inks.ink }, 12),
	]);
}

function numbersBlock(numbers: readonly LargeNumber[], width: number, count: number, inks: Inks): PageBlock {
	if (numbers.length === 0) return space(0);
	const across = count === 1 ? 1 : numbers.length;
	const column = (width - GAP * (across - 1)) / across;
	const made = numbers.map(({ value, label, beside }) =>
		stack([
			paragraph(value, column, { size: SIZE.number, weight: 600, fill: inks.accent }),
			paragraph(label, column, { size: SIZE.text, weight: 600, fill: inks.ink }, 1),
			paragraph(beside, column, { size: SIZE.text, fill: inks.muted }, 12),
		]),
	);
	return across === 1 ? stack(made) : beside(made, column, GAP);
}

/** Legend of the marks, wrapped to the width. */
function legend({ legend }: ProfileContent, width: number, inks: Inks): PageBlock {
	const look = { size: SIZE.small, fill: inks.ink };
	const entries = [
		{ mark: (x: number, y: number) => dot(x, y, TICK.own, inks.accent), text: legend.own },
		...(legend.average === null
			? []
			: [{ mark: (x: number, y: number) => tick(x, y, TICK.average, inks.ink, 2), text: legend.average }]),
		{ mark: (x: number, y: number) => tick(x, y, TICK.other, inks.guide, 1), text: legend.systems },
	];
	const rows: { x: number; entry: (typeof entries)[number] }[][] = [[]];
	let x = 0;
	for (const entry of entries) {
		const needed = 14 + widthOfText(entry.text, look) + 20;
		if (x > 0 && x + needed > width) {
			rows.push([]);
			x = 0;
		}
		rows.at(-1)?.push({ x, entry });
		x += needed;
	}
	const step = SIZE.small + 6;
	return {
		height: rows.length * step + 6,
		draw: (left, top) =>
			rows
				.flatMap((row, place) =>
					row.map(({ x, entry }) => {
						const y = top + place * step + step / 2;
						return entry.mark(left + x + 5, y) + textAt(entry.text, left + x + 14, y + 3.5, look);
					}),
				)
				.join(""),
	};
}

function tick(x: number, y: number, half: number, stroke: string, width: number): string {
	return line(x, y - half, x, y + half, stroke, width);
}

/** Draws all ticks as one path. */
function ticks(places: readonly number[], y: number, stroke: string): string {
	const path = places
		.map((x) => `M${x.toFixed(1)},${(y - TICK.other).toFixed(1)}v${2 * TICK.other}`)
		.join("");
	return path === "" ? "" : `<path d="${path}" fill="none" stroke="${stroke}" stroke-width="0.7"/>`;
}

function heading(title: string, note: string, width: number, inks: Inks): PageBlock {
	return stack([
		paragraph(title, width, { size: SIZE.heading, weight: 600, fill: inks.ink }),
		paragraph(note, width, { size: SIZE.small, fill: inks.muted }),
		{ height: 5, draw: (x, y) => line(x, y + 3, x + width, y + 3, inks.rule) },
	]);
}

function stripsBlock({ title, base, strips }: StripGroup, width: number, inks: Inks): PageBlock {
	return stack([
		heading(title, base, width, inks),
		...strips.map((strip) => stripRow(strip, width, inks)),
		space(9),
	]);
}

function stripRow(strip: Strip, width: number, inks: Inks): PageBlock {
	const { others, average, own, low, high } = strip;
	return axisRow(strip, width, inks, (at, y) => [
		ticks(others.map(at), y, inks.guide),
		...(average === null ? [] : [tick(at(average), y, TICK.average, inks.ink, 2)]),
		...(low === null || high === null ? [] : [line(at(low), y, at(high), y, inks.accent, 2)]),
		dot(at(own), y, TICK.own, inks.accent, inks.paper),
	]);
}

/**
 * A row with a label, marks on an axis from 0 to 100 %, a figure and the text beside it.
 * @param marks By where a percentage stands, and how high the axis does.
 */
function axisRow(
	{ label: name, value, beside }: { label: string; value: string; beside: string },
	width: number,
	inks: Inks,
	marks: (at: (percent: number) => number, y: number) => readonly string[],
): PageBlock {
	const labelWidth = width * STRIP.label;
	const label = paragraph(name, labelWidth - 6, { size: SIZE.small, fill: inks.ink });
	const height = Math.max(STRIP.least, label.height + 3);
	const from = labelWidth + 4;
	const length = width - from - STRIP.value - STRIP.beside - 4;
	return {
		height,
		draw(left, top) {
			const y = top + height / 2;
			const at = (percent: number) => left + from + (length * percent) / 100;
			return [
				label.draw(left, top + (height - label.height) / 2),
				line(at(0), y, at(100), y, inks.rule),
				...marks(at, y),
				textAt(value, left + width - STRIP.beside, y + 4, {
					...{ size: SIZE.text, weight: 600, fill: inks.ink, anchor: "end" },
				}),
				textAt(beside, left + width, y + 4, { size: SIZE.small, fill: inks.muted, anchor: "end" }),
			].join("");
		},
	};
}

function changesBlock({ changes }: ProfileContent, width: number, inks: Inks): PageBlock {
	return stack([
		heading(changes.title, changes.note, width, inks),
		...changes.rows.map((row) => changeRow(row, width, inks)),
		space(9),
	]);
}

/** An arrow from the earlier percentage to the later one. */
function changeRow(row: Change, width: number, inks: Inks): PageBlock {
	return axisRow({ ...row, beside: row.difference }, width, inks, (at, y) => {
		const [then, now] = [at(row.earlier), at(row.later)];
		return [
			line(then, y, now, y, inks.guide, 2),
			dot(then, y, TICK.own - 1, inks.paper, inks.guide),
			dot(now, y, TICK.own, inks.accent, inks.paper),
		];
	});
}
