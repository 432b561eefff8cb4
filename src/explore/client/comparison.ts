import type { ComparisonRow } from "../../results/result-set.js";
import { alphaOf, isSignificant } from "../../results/significance.js";
import { DASH, pText } from "../../wording/numbers.js";
import { wholeOfSystem } from "../model/tests.js";
import { type ChangeState, select } from "./controls.js";
import { type ElementAttributes, el } from "./dom.js";
import { codeOf, comparedWith, comparisonOf, type Shown } from "./shown.js";

/** The pinned systems against one of them or an average, with the test that their samples ask for. */
export function comparison(shown: Shown, change: ChangeState): HTMLElement {
	const { words, edition, pinned, lines } = shown;
	const reference = comparedWith(shown);
	const rows = comparisonOf(shown);
	const chosen =
		reference === undefined ? "" : "system" in reference ? codeOf(reference.system) : reference.id;
	const options = [
		...lines
			.filter(({ average }) => average !== undefined)
			.map(({ id, figure }) => [id, words.system(codeOf(figure), edition)] as const),
		...pinned.map((one) => [codeOf(one), words.system(codeOf(one), edition)] as const),
	];
	return el(
		"section",
		{ class: "comparison" },
		el("h3", {}, words.text("explore.compare")),
		pinned.length === 0 || options.length === 0
			? el("p", { class: "hint" }, words.text("explore.compare-hint"))
			: select("reference", words.text("explore.reference"), options, chosen, (code) =>
					change({ reference: code }),
				),
		rows.length === 0
			? pinned.length === 0
				? null
				: el("p", { class: "hint" }, words.text("explore.compare-hint"))
			: differenceTable(shown, words.text("explore.compare"), rows, (row) =>
					words.text("explore.compared", {
						name: words.system(row.between.a, edition),
						reference: words.system(row.between.b, edition),
					}),
				),
	);
}

/** Differences with intervals and p-values, and by which rule each was tested. */
export function differenceTable(
	shown: Shown,
	title: string,
	rows: readonly ComparisonRow[],
	nameOf: (row: ComparisonRow) => string,
): HTMLElement {
	const { words, edition, table } = shown;
	const isPercent = table.statistic === "percent";
	const unit = isPercent ? `, ${words.text("compare.points-head")}` : "";
	const heads = [
		words.text("compare.pair"),
		words.text("chart.difference-pairs") + unit,
		words.text("explore.column.se"),
		words.text("explore.column.interval", { level: words.share(edition) }),
		words.text("compare.p"),
		words.text("compare.p-adjusted"),
		words.text("compare.kind"),
	];
	const tested = rows.filter(({ p }) => p !== null).length;
	const lines = rows.map((row) => {
		const { difference, se, ciLow, ciHigh, p, pAdjusted, kind } = row;
		const signed = (value: number | null) => words.difference(value, row);
		const star = isSignificant({ ...row, label: "" }, { level: edition.level }) === true ? " *" : "";
		const cell = (place: number, text: string, data: ElementAttributes) =>
			// On a narrow screen a row is a card, whose figures have their heads beside them.
			el(
				"td",
				{ role: "cell", class: place < 6 ? "number" : null, "data-head": heads[place], ...data },
				text,
			);
		return el(
			"tr",
			{
				...{ role: "row", "data-a": row.between.a, "data-b": row.between.b },
				...{ "data-code": row.group.country, class: star === "" ? null : "significant" },
			},
			el("th", { role: "rowheader", scope: "row" }, nameOf(row)),
			cell(1, signed(difference), { "data-difference": difference }),
			cell(2, se === null ? DASH : words.number(se, isPercent ? 1 : 2), { "data-se": se }),
			cell(3, ciLow === null ? DASH : `${signed(ciLow)} … ${signed(ciHigh)}`, {
				...{ "data-low": ciLow, "data-high": ciHigh },
			}),
			cell(4, pText(p, words), { "data-p": p }),
			cell(5, `${pText(pAdjusted, words)}${star}`, { "data-adjusted": pAdjusted }),
			cell(6, p === null ? untested(shown, row) : words.text(`compare.kind.${kind}`), { "data-kind": kind }),
		);
	});
	const head = heads.map((text, place) =>
		el("th", { role: "columnheader", scope: "col", class: place > 0 && place < 6 ? "number" : null }, text),
	);
	return el(
		"div",
		{ class: "scroll", role: "region", tabindex: 0, "aria-label": title },
		el(
			"table",
			{ role: "table", class: "differences" },
			el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, ...head)),
			el("tbody", { role: "rowgroup" }, ...lines),
		),
		tested === 0
			? null
			: el(
					"p",
					{ class: "note" },
					words.text("explore.adjusted", {
						alpha: words.number(alphaOf({ level: edition.level }), 2),
						count: tested,
					}),
				),
	);
}

/** Why a difference has no test. */
function untested({ words, edition, lines }: Shown, { between, status }: ComparisonRow): string {
	const { a, b } = between;
	const average = lines.find(({ figure }) => codeOf(figure) === b)?.average;
	const whole = wholeOfSystem(edition, a, average === undefined ? [b] : [...average.members.keys()]);
	const name = (code: string) => words.system(code, edition);
	if (whole !== null)
		return words.text("explore.part-of", { part: name(a), whole: name(average === undefined ? b : whole) });
	if (wholeOfSystem(edition, b, [a]) !== null)
		return words.text("explore.part-of", { part: name(b), whole: name(a) });
	return status === "ok" ? words.text("compare.reading.untested") : words.text(`explore.reason.${status}`);
}
