import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { baseName, topicTitle } from "../../results/labels.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { type Board, figureRow, headingRow } from "./board.js";
import type { BoardCell } from "./cells.js";
import { sizeCell, valueCell } from "./figure.js";

/** Trained and eligible teachers, the share reached and its change, by programme and year. */
export function reachBoard(results: ResultSet, locale: Locale): Board {
	const rows = results.estimates.filter(({ statistic }) => statistic === "percent");
	const trained = results.estimates.filter(({ statistic }) => statistic === "count");
	const cells = (row: Estimate): BoardCell[] => {
		const { item, group, n, change = null } = row;
		const count = trained.find((other) => other.item === item && other.group.year === group.year);
		return [sizeCell(count?.estimate), sizeCell(n), valueCell(row), { value: change, digits: "change" }];
	};
	const column = (name: string) => ({ head: [locale.text(`reach.${name}`)] });
	return {
		title: plain(topicTitle("reach", results)),
		under: [locale.text("table.base", { base: plain(baseName("eligible", results)) })],
		form: {
			labelHead: locale.text("reach.program"),
			columns: [column("trained"), column("eligible"), { head: ["%"] }, column("change")],
			blocks: [
				{
					name: "",
					rows: [...groupBy(rows, ({ item }) => item).values()].flatMap((years, index) => [
						headingRow(plain(years[0]?.label ?? ""), index > 0),
						...years.map((row) => figureRow(String(row.group.year), cells(row), { under: true })),
					]),
				},
			],
		},
		below: [locale.text("reach.reading")],
	};
}
