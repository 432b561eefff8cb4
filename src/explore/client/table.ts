import type { Figured } from "../../compare/figured.js";
import { DASH } from "../../wording/numbers.js";
import type { ChangeState } from "./controls.js";
import { el, on } from "./dom.js";
import { systemName } from "./rows.js";
import { codeOf, type Shown } from "./shown.js";
import type { State } from "./state.js";
import { markOf } from "./words.js";

/** Figures with standard errors and intervals; averages stand above the systems. */
export function figureTable(shown: Shown, change: ChangeState): HTMLElement {
	const { words, edition, systems, lines, state } = shown;
	const hasN = systems.some(({ estimate }) => estimate.n !== null);
	const sorted = (order: State["order"], text: string, isNumber: boolean) => {
		const [up, down] = isNumber ? (["low", "high"] as const) : (["name", "name"] as const);
		const now = state.order === up ? "ascending" : state.order === down ? "descending" : null;
		const next = order === "name" ? "name" : state.order === "high" ? "low" : "high";
		const button = on(el("button", { type: "button", id: `sort-${order}` }, text), "click", () =>
			change({ order: next }),
		);
		return el("th", { scope: "col", class: isNumber ? "number" : null, "aria-sort": now }, button);
	};
	const head = (text: string, number = true) =>
		el("th", { scope: "col", class: number ? "number" : null }, text);
	return el(
		"div",
		{ class: "scroll", role: "region", tabindex: 0, "aria-label": words.text("explore.view.table") },
		el(
			"table",
			{ class: "figures" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					head(words.text("explore.column.pin"), false),
					sorted("name", words.text("between.country"), false),
					sorted("high", words.text("explore.column.figure"), true),
					head(words.text("explore.column.se")),
					head(words.text("explore.column.interval", { level: words.share(edition) })),
					hasN ? head(words.text("explore.column.n")) : null,
					head(words.text("explore.column.note"), false),
				),
			),
			el("tbody", { class: "averages" }, ...lines.map(({ figure }) => row(shown, figure, hasN, null))),
			el("tbody", {}, ...systems.map((one) => row(shown, one, hasN, change))),
		),
	);
}

function row(shown: Shown, one: Figured, hasN: boolean, change: ChangeState | null): HTMLElement {
	const { words, edition, state } = shown;
	const { estimate } = one;
	const code = codeOf(one);
	const name = words.system(code, edition);
	const pinned = state.pins.includes(code);
	const number = (text: string, value: number | null) =>
		el("td", { class: "number", "data-value": value }, text);
	const figure = (value: number | null) => words.figure(value, estimate);
	const note =
		estimate.estimate === null
			? words.text(`explore.reason.${estimate.status}`)
			: estimate.flag === undefined
				? ""
				: words.text("explore.caution-of", { mark: markOf(estimate) });
	const box =
		change === null
			? null
			: on(
					el("input", {
						type: "checkbox",
						checked: pinned,
						"aria-label": words.text("explore.pin", { name }),
						id: `pin-${code}`,
					}),
					"change",
					() => change({ pins: pinned ? state.pins.filter((pin) => pin !== code) : [...state.pins, code] }),
				);
	return el(
		"tr",
		{ "data-code": code, class: pinned ? "pinned" : null },
		el("td", {}, box),
		el("th", { scope: "row" }, systemName(shown, one)),
		number(figure(estimate.estimate), estimate.estimate),
		number(
			estimate.se === null ? DASH : words.number(estimate.se, estimate.statistic === "percent" ? 1 : 2),
			estimate.se,
		),
		el(
			"td",
			{ class: "number", "data-low": estimate.ciLow, "data-high": estimate.ciHigh },
			estimate.ciLow === null ? DASH : `${figure(estimate.ciLow)} – ${figure(estimate.ciHigh)}`,
		),
		hasN ? number(estimate.n === null ? DASH : words.number(estimate.n, 0), estimate.n) : null,
		el("td", {}, note),
	);
}
