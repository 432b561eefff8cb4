import type { Figured } from "../../compare/figured.js";
import { type ComparisonRow, isAverage } from "../../results/result-set.js";
import { otherCycles } from "../model/choice.js";
import { averagesIn, chosenFigures, isOfSystem } from "../model/figures.js";
import { changes, isComparableTable } from "../model/tests.js";
import type { Edition, PackedTable } from "../pack.js";
import { differenceTable } from "./comparison.js";
import { cutToWidth, drawingOf, el, pageTextWidth, svg } from "./dom.js";
import { scaleFor, tickText } from "./rank.js";
import { type Acts, mark, roving, systemName } from "./rows.js";
import { codeOf, type Shown } from "./shown.js";

const SIZE = 14;
const TOP = 16;
const FOOT = 30;
const LABEL_STEP = 17;

/** A cycle of the item that is shown. */
interface Cycle {
	table: PackedTable;
	edition: Edition;
	figures: Figured[];
	/** The average that was chosen, in this cycle. */
	average: Figured | undefined;
}

/** The cycles of an item, the earliest first: published ones, and the results that are shown in the place of theirs. */
export function cyclesOf({ pack, table, edition, state }: Shown): Cycle[] {
	const tables = otherCycles(pack, table).map((one) => ({
		table: one,
		edition: pack.editions[one.edition] as Edition,
	}));
	return tables
		.filter((one) => one.edition === edition || (!one.edition.own && one.edition.cycle !== edition.cycle))
		.sort((a, b) => (a.edition.cycle ?? 0) - (b.edition.cycle ?? 0))
		.map((one) => {
			const figures = chosenFigures(pack, one.table);
			const average =
				averagesIn(pack, one.table, figures).get(state.average)?.figure ??
				figures.find((figure) => codeOf(figure) === state.average);
			return { ...one, figures: figures.filter(isOfSystem), average };
		});
}

/** Figures over the cycles: a line joins two whose questions mean the same. */
export function trend(shown: Shown, width: number, acts: Acts): HTMLElement {
	const cycles = cyclesOf(shown);
	const { words } = shown;
	if (cycles.length < 2) {
		const [only] = cycles as [Cycle];
		return el(
			"p",
			{ class: "hint" },
			words.text("explore.trend-one", { cycle: words.edition(only.edition) }),
		);
	}
	const pairs = cycles.slice(1).map((later, place) => [later, cycles[place] as Cycle] as const);
	const apart = pairs.filter(
		([later, earlier]) => !isComparableTable(later.edition, earlier.edition, later.table),
	);
	return el(
		"div",
		{},
		drawTrend(shown, cycles, width, acts),
		el("p", { class: "note" }, words.text("explore.trend-hint")),
		...apart.map(([later, earlier]) =>
			el(
				"p",
				{ class: "note" },
				words.text("explore.trend-apart", {
					earlier: String(earlier.edition.cycle),
					later: String(later.edition.cycle),
				}),
			),
		),
		...pairs
			.filter((pair) => !apart.includes(pair))
			.map(([later, earlier]) => changeTable(shown, later, earlier)),
	);
}

/** Changes of the pinned systems and of the averages between two cycles. */
function changeTable(shown: Shown, later: Cycle, earlier: Cycle): HTMLElement {
	const { words, state } = shown;
	const rows = changes(shown.pack, later.table, earlier.table, (code) =>
		isAverage(code) ? code.startsWith(`average:${state.average}-`) : state.pins.includes(code),
	);
	const place = ({ group: { country = "" } }: ComparisonRow) =>
		isAverage(country) ? state.pins.length : state.pins.indexOf(country);
	rows.sort((a, b) => place(a) - place(b));
	const cycle = ({ edition }: Cycle) => String(edition.cycle);
	const title = words.text("explore.change", { later: cycle(later), earlier: cycle(earlier) });
	return el(
		"section",
		{ class: "change" },
		el("h3", {}, title),
		rows.length === 0
			? el("p", { class: "hint" }, words.text("explore.pin-hint"))
			: differenceTable(shown, title, rows, (row) => words.system(row.group.country ?? "", later.edition)),
	);
}

function drawTrend(shown: Shown, cycles: readonly Cycle[], width: number, acts: Acts): SVGSVGElement {
	const { words, state } = shown;
	const last = cycles.at(-1) as Cycle;
	const all = cycles.flatMap(({ figures, average }) => [
		...figures,
		...(average === undefined ? [] : [average]),
	]);
	const there = all.filter(({ estimate }) => estimate.estimate !== null);
	const height = Math.max(360, Math.min(560, Math.round(width * 0.6)));
	const scale = scaleFor({ ...shown, line: undefined }, there, [height - FOOT, TOP], 6);
	const named = [...state.pins.filter((code) => !isAverage(code)), ""];
	const nameText = (code: string) => {
		if (code === "")
			return last.average === undefined ? "" : words.system(codeOf(last.average), last.edition);
		return words.system(code, last.edition);
	};
	const longest = Math.max(...named.map((code) => pageTextWidth(nameText(code), SIZE, true)), 0);
	const right = Math.min(longest + 20, width * 0.38);
	const left = Math.max(...scale.ticks.map((tick) => pageTextWidth(tickText(shown, tick), 12))) + 8;
	const x = (place: number) => left + 24 + (place * (width - left - right - 44)) / (cycles.length - 1);
	const drawing = drawingOf(width, height, "drawing trend", words.text("explore.view.trend"));
	for (const tick of scale.ticks) {
		const y = scale(tick);
		drawing.append(
			svg("line", { class: "grid", x1: left, x2: width - right, y1: y, y2: y }),
			svg("text", { class: "tick", x: left - 6, y: y + 4, "text-anchor": "end" }, tickText(shown, tick)),
		);
	}
	cycles.forEach(({ edition }, place) => {
		drawing.append(
			svg(
				"text",
				{ class: "tick year", x: x(place), y: height - 8, "text-anchor": "middle" },
				String(edition.cycle),
			),
		);
	});
	const figureAt = (cycle: Cycle, code: string) =>
		(code === "" ? [cycle.average] : cycle.figures.filter((one) => codeOf(one) === code)).find(
			(one) => one?.estimate.estimate !== null && one !== undefined,
		);
	const marksOf = (code: string): SVGElement[] => {
		const points = cycles.map((cycle) => figureAt(cycle, code));
		return cycles.flatMap((cycle, place) => {
			const [one, before] = [points[place], points[place - 1]];
			if (one === undefined) return [];
			const earlier = cycles[place - 1];
			const joined =
				before !== undefined &&
				earlier !== undefined &&
				isComparableTable(cycle.edition, earlier.edition, cycle.table);
			const { estimate, ciLow, ciHigh } = one.estimate;
			const [at, y] = [x(place), scale(estimate as number)];
			return [
				...(joined
					? [
							svg("line", {
								class: "path",
								...{ x1: x(place - 1), y1: scale(before.estimate.estimate as number), x2: at, y2: y },
							}),
						]
					: []),
				...(ciLow === null || ciHigh === null
					? []
					: [svg("line", { class: "interval", x1: at, x2: at, y1: scale(ciLow), y2: scale(ciHigh) })]),
				svg("circle", { class: "point", cx: at, cy: y, r: 4 }),
			];
		});
	};
	const codes = [...new Set(cycles.flatMap(({ figures }) => figures.map(codeOf)))];
	// Pinned systems lie on top.
	codes.sort((a, b) => state.pins.indexOf(a) - state.pins.indexOf(b));
	for (const code of codes) {
		const latest = cycles.map((cycle) => figureAt(cycle, code)).findLast((one) => one !== undefined);
		const latestOf = cycles.findLast((cycle) => figureAt(cycle, code) !== undefined);
		if (latest === undefined || latestOf === undefined) continue;
		const marks = mark({ ...shown, edition: latestOf.edition }, latest, acts, ...marksOf(code));
		const texts = cycles.flatMap((cycle) => {
			const one = figureAt(cycle, code);
			return one === undefined
				? []
				: [`${cycle.edition.cycle}: ${words.figure(one.estimate.estimate, one.estimate)}`];
		});
		marks.setAttribute("aria-label", `${systemName(shown, latest)}: ${texts.join("; ")}`);
		drawing.append(marks);
	}
	drawing.append(svg("g", { class: "average-path", "aria-hidden": "true" }, ...marksOf("")));
	const labels = named.flatMap((code) => {
		const latest = cycles.map((cycle) => figureAt(cycle, code)).findLast((one) => one !== undefined);
		return latest === undefined || nameText(code) === ""
			? []
			: [{ code, y: scale(latest.estimate.estimate as number) + 5 }];
	});
	for (const { code, y } of spread(labels, height - FOOT)) {
		drawing.append(
			svg(
				"text",
				{ class: code === "" ? "average-name" : "end", x: width - right + 6, y },
				cutToWidth(nameText(code), right - 6, SIZE, true),
			),
		);
	}
	roving(drawing);
	return drawing;
}

/** Labels moved down until none lies on another, and up again where there is no room. */
function spread<T extends { y: number }>(labels: readonly T[], bottom: number): T[] {
	const placed = [...labels].sort((a, b) => a.y - b.y);
	for (let place = 1; place < placed.length; place++) {
		const [above, own] = [placed[place - 1] as T, placed[place] as T];
		placed[place] = { ...own, y: Math.max(own.y, above.y + LABEL_STEP) };
	}
	const over = Math.max(0, (placed.at(-1)?.y ?? 0) - bottom);
	return placed.map((one) => ({ ...one, y: one.y - over }));
}
