import { Chalk } from "chalk";
import type { ResultSet } from "../../results/result-set.js";
import { statusText } from "../../wording/status-text.js";
import { drawTexts } from "../terminal/draw-table.js";
import { cut, fold, GAP, widthOf } from "../text/text-width.js";
import type { View } from "../view.js";

/** A figure from elsewhere, in percent. */
export interface ReferenceFigure {
	topic: string;
	item: string;
	percent: number;
}

/** Figures from elsewhere beside the results' own, one line each; both with one decimal. */
export function renderReference(results: ResultSet, figures: readonly ReferenceFigure[], view: View): string {
	const { locale, width, color } = view;
	const chalk = new Chalk({ level: color ? 1 : 0 });
	const heads = ["", locale.text("demo.article"), locale.text("demo.computed")];
	const rows = figures.map(({ topic, item, percent }) => {
		const row = results.estimates.find((estimate) => estimate.topic === topic && estimate.item === item);
		const computed = row?.estimate ?? null;
		return [
			row?.label ?? item,
			locale.number(percent, 1),
			computed === null ? statusText(row?.status ?? "no-data", locale) : locale.number(computed, 1),
		];
	});
	const numbers = [1, 2].map((column) =>
		Math.max(...[heads, ...rows].map((row) => widthOf(row[column] as string))),
	);
	const room = numbers.reduce((left, number) => left - number - GAP.length, width);
	const table = [heads, ...rows].map(([label = "", ...others]) => [cut(label, room), ...others]);
	return [
		chalk.bold(locale.text("demo.heading")),
		drawTexts(table, 1),
		...fold(locale.text("demo.note"), width),
	].join("\n");
}
