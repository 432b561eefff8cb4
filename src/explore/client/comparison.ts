import type { ComparisonRow } from "../../results/result-set.js";
import { pText } from "../../wording/numbers.js";
import { wholeOf } from "../model/tests.js";
import { type Change, select } from "./controls.js";
import { el } from "./dom.js";
import { codeOf, comparisonOf, referenceOf, type Shown } from "./shown.js";

/** The pinned systems against one of them or an average, with the test that their samples ask for. */
export function comparison(shown: Shown, change: Change): HTMLElement {
	const { words, edition, pinned, lines } = shown;
	const reference = referenceOf(shown);
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
		{ class: "comparison", "aria-labelledby": "comparison-title" },
		el("h3", { id: "comparison-title" }, words.text("explore.compare")),
		pinned.length === 0 || options.length === 0
			? el("p", { class: "hint" }, words.text("explore.compare-hint"))
			: select("reference", words.text("explore.reference"), options, chosen, (code) =>
					change({ reference: code }),
				),
		rows.length === 0
			? pinned.length === 0
				? null
				: el("p", { class: "hint" }, words.text("explore.compare-hint"))
			: differenceTable(shown, rows, (row) =>
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
	rows: readonly ComparisonRow[],
	nameOf: (row: ComparisonRow) => string,
): HTMLElement {
	const { words, edition, table } = shown;
	const alpha = 1 - edition.level;
	const isPercent = table.statistic === "percent";
	const head = (text: string, number = true) =>
		el("th", { scope: "col", class: number ? "number" : null }, text);
	const tested = rows.filter(({ p }) => p !== null);
	const unit = isPercent ? `, ${words.text("compare.points-head")}` : "";
	const lines = rows.map((row) => {
		const { difference, se, ciLow, ciHigh, p, pAdjusted, kind } = row;
		const signed = (value: number | null) => words.difference(value, row);
		const star = pAdjusted !== null && pAdjusted < alpha - 1e-12 ? " *" : "";
		const number = (text: string, value: number | null, name: string) =>
			el("td", { class: "number", [`data-${name}`]: value }, text);
		return el(
			"tr",
			{
				"data-a": row.between.a,
				"data-b": row.between.b,
				"data-code": row.group.country,
				class: star === "" ? null : "significant",
			},
			el("th", { scope: "row" }, nameOf(row)),
			number(signed(difference), difference, "difference"),
			number(se === null ? "–" : words.number(se, isPercent ? 1 : 2), se, "se"),
			el(
				"td",
				{ class: "number", "data-low": ciLow, "data-high": ciHigh },
				ciLow === null ? "–" : `${signed(ciLow)} … ${signed(ciHigh)}`,
			),
			number(pText(p, words), p, "p"),
			number(`${pText(pAdjusted, words)}${star}`, pAdjusted, "adjusted"),
			el("td", { "data-kind": kind }, p === null ? untested(shown, row) : words.text(`compare.kind.${kind}`)),
		);
	});
	return el(
		"div",
		{ class: "scroll", role: "region", tabindex: 0, "aria-label": words.text("explore.compare") },
		el(
			"table",
			{ class: "differences" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					head(words.text("compare.pair"), false),
					head(words.text("chart.difference-pairs") + unit),
					head(words.text("explore.column.se")),
					head(words.text("explore.column.interval", { level: words.share(edition) })),
					head(words.text("compare.p")),
					head(words.text("compare.p-adjusted")),
					head(words.text("compare.kind"), false),
				),
			),
			el("tbody", {}, ...lines),
		),
		tested.length === 0
			? null
			: el(
					"p",
					{ class: "note" },
					words.text("explore.adjusted", { alpha: words.number(alpha, 2), count: tested.length }),
				),
	);
}

/** Why a difference has no test. */
function untested({ words, edition, lines }: Shown, { between, status }: ComparisonRow): string {
	const { a, b } = between;
	const average = lines.find(({ figure }) => codeOf(figure) === b)?.average;
	const whole = wholeOf(edition, a, average === undefined ? [b] : [...average.members.keys()]);
	const name = (code: string) => words.system(code, edition);
	if (whole !== null)
		return words.text("explore.part-of", { part: name(a), whole: name(average === undefined ? b : whole) });
	if (wholeOf(edition, b, [a]) !== null)
		return words.text("explore.part-of", { part: name(b), whole: name(a) });
	return status === "ok" ? words.text("compare.reading.untested") : words.text(`explore.reason.${status}`);
}
