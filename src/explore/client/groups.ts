import type { Figured } from "../../compare/figured.js";
import type { ComparisonRow } from "../../results/result-set.js";
import { itemsBeside, tablesOfItem } from "../model/choice.js";
import { chosenFigures } from "../model/figures.js";
import { contrastRows } from "../model/tests.js";
import { differenceTable } from "./comparison.js";
import { type ChangeState, select } from "./controls.js";
import { el } from "./dom.js";
import { intervalRows } from "./rank.js";
import type { Acts } from "./rows.js";
import { codeOf, type Shown } from "./shown.js";
import type { State } from "./state.js";
import type { PageWords } from "./words.js";

/** Stands among breakdowns for the items of the topic, beside each other. */
const ITEM = "item";

/**
 * Groups of teachers within the pinned systems, or the only one: figures, and differences where their sample's covariance
 * is known; or all items of the topic.
 */
export function groups(shown: Shown, width: number, acts: Acts, change: ChangeState): HTMLElement {
	const { pack, words, table, edition, state } = shown;
	const alike = tablesOfItem(pack, table).filter(
		(one) => one.edition === table.edition && one.level === table.level && one.base === table.base,
	);
	const ids = [...new Set(alike.flatMap(({ group }) => Object.keys(group)))];
	const options = [...ids, ITEM];
	const by = options.find((id) => id === state.by) ?? (options[0] as string);
	const own =
		by === ITEM
			? itemsBeside(pack, table)
			: alike.filter(({ group }) => Object.keys(group).length === 0 || Object.keys(group).join() === by);
	const nameOf = ({ estimate }: Figured) =>
		by === ITEM ? words.item(estimate, edition) : groupName(shown, by, estimate.group[by]);
	const systems = shown.systems.length === 1 ? shown.systems : shown.pinned;
	const figures = own.map((one) => chosenFigures(pack, one));
	const rowsOf = (system: Figured) =>
		figures
			.flatMap((all) => all.filter((one) => codeOf(one) === codeOf(system)))
			.filter(({ estimate }) => estimate.estimate !== null);
	const inOrder = (rows: Figured[]) =>
		by === ITEM ? rows.sort(itemOrder(state.order, nameOf, words)) : rows;
	const all = systems.flatMap(rowsOf);
	// The average is of one item.
	const drawn = by === ITEM ? { ...shown, line: undefined } : shown;
	const panels = systems.map((system) => {
		const rows = inOrder(rowsOf(system));
		const name = words.system(codeOf(system), edition);
		const drawing = intervalRows(drawn, rows, width, acts, nameOf, all);
		drawing.setAttribute("aria-label", name);
		for (const [place, marks] of [...drawing.querySelectorAll(".mark")].entries()) {
			const row = rows[place] as Figured;
			marks.setAttribute("aria-label", `${nameOf(row)}; ${marks.getAttribute("aria-label")}`);
			marks.setAttribute("data-group", (by === ITEM ? row.estimate.item : row.estimate.group[by]) ?? "");
		}
		const tested = by === ITEM ? [] : contrastRows(pack, table, codeOf(system), by);
		return el(
			"section",
			{ class: "panel", "data-code": codeOf(system) },
			el("h3", {}, name),
			drawing,
			tested.length === 0 ? null : contrasts(shown, name, tested, (value) => groupName(shown, by, value)),
		);
	});
	const isTested =
		by === ITEM || pack.contrasts.some((one) => one.edition === table.edition && one.variable === by);
	return el(
		"div",
		{},
		select(
			"by",
			words.text("explore.groups-by"),
			options.map(
				(id) =>
					[id, id === ITEM ? words.text("between.item") : words.of(pack.groups[id]?.label, id)] as const,
			),
			by,
			(id) => change({ by: id }),
		),
		systems.length === 0 ? el("p", { class: "hint" }, words.text("explore.groups-hint")) : null,
		...panels,
		isTested || systems.length === 0
			? null
			: el("p", { class: "note" }, words.text("explore.groups-untested")),
	);
}

function itemOrder(order: State["order"], nameOf: (one: Figured) => string, { compare }: PageWords) {
	const sign = order === "low" ? 1 : -1;
	return (a: Figured, b: Figured) =>
		order === "name"
			? compare(nameOf(a), nameOf(b))
			: sign * ((a.estimate.estimate ?? 0) - (b.estimate.estimate ?? 0));
}

function groupName({ pack, words }: Shown, by: string, value: string | undefined): string {
	return value === undefined
		? words.text("chart.everybody")
		: words.of(pack.groups[by]?.values[value], value);
}

function contrasts(
	shown: Shown,
	system: string,
	rows: readonly ComparisonRow[],
	nameOf: (value: string) => string,
): HTMLElement {
	const { words } = shown;
	const title = words.text("explore.group-differences");
	return el(
		"div",
		{},
		el("h4", {}, title),
		differenceTable(shown, `${system}: ${title}`, rows, ({ between: { a, b } }) =>
			words.text("explore.compared", { name: nameOf(a), reference: nameOf(b) }),
		),
	);
}
