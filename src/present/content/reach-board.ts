import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { baseName, topicTitle } from "../../results/labels.js";
import type { Estimate, ResultSet } from "../../results/result-set.js";
import type { Locale } from "../../wording/locale.js";
import { numberText } from "../../wording/numbers.js";
import { type Board, boardRow, headingRow } from "./board.js";

/** Trained and eligible teachers, the share reached and its change, by programme and year. */
export function reachBoard(results: ResultSet, locale: Locale): Board {
	const rows = results.estimates.filter(({ statistic }) => statistic === "percent");
	const trained = results.estimates.filter(({ statistic }) => statistic === "count");
	const cells = (row: Estimate) => {
		const { item, group, n, estimate, change = null } = row;
		const count = trained.find((other) => other.item === item && other.group.year === group.year);
		return [
			numberText(count?.estimate ?? null, 0, locale),
			numberText(n, 0, locale),
			numberText(estimate, 1, locale),
			signed(change, locale),
		].map((text) => ({ text }));
	};
	const column = (name: string) => ({ head: [locale.text(`reach.${name}`)] });
	return {
		title: plain(topicTitle("reach", results)),
		under: [locale.text("table.base", { base: plain(baseName("eligible", results)) })],
		forms: [
			{
				labelHead: locale.text("reach.program"),
				columns: [column("trained"), column("eligible"), { head: ["%"] }, column("change")],
				blocks: [
					{
						name: "",
						rows: [...groupBy(rows, ({ item }) => item).values()].flatMap((years, index) => [
							headingRow(plain(years[0]?.label ?? ""), index > 0),
							...years.map((row) => boardRow(`  ${row.group.year}`, cells(row))),
						]),
					},
				],
			},
		],
		below: [locale.text("reach.reading")],
	};
}

function signed(change: number | null, locale: Locale): string {
	return `${change !== null && change > 0 ? "+" : ""}${numberText(change, 1, locale)}`;
}
