import type { ListedCodebook } from "../../results/about-files.js";
import { pad, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** The shipped codebooks, a line each. */
export function renderCodebookList(list: readonly ListedCodebook[], { locale }: View): string {
	const rows = list.map(({ id, cycle, items, title }) => [
		id,
		String(cycle),
		locale.text("check.items", { items }),
		title,
	]);
	const widths = [0, 1, 2].map((place) => Math.max(...rows.map((row) => widthOf(row[place] as string))));
	return rows
		.map(
			(row) =>
				`${row
					.map((cell, place) => pad(cell, widths[place] ?? 0))
					.join("  ")
					.trimEnd()}\n`,
		)
		.join("");
}
