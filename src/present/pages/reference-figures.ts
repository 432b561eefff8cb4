import { Chalk } from "chalk";
import type { ResultSet } from "../../results/result-set.js";
import { cut, fold, pad, widthOf } from "../text/text-width.js";
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
	const rows = figures.map(({ topic, item, percent }) => {
		const row = results.estimates.find((estimate) => estimate.topic === topic && estimate.item === item);
		const computed = row?.estimate ?? null;
		return {
			label: row?.label ?? item,
			article: locale.number(percent, 1),
			computed:
				computed === null ? locale.text(`status.${row?.status ?? "no-data"}`) : locale.number(computed, 1),
		};
	});
	const heads = { label: "", article: locale.text("demo.article"), computed: locale.text("demo.computed") };
	const wide = (key: keyof typeof heads) =>
		Math.max(widthOf(heads[key]), ...rows.map((row) => widthOf(row[key])));
	const numbers = { article: wide("article"), computed: wide("computed") };
	const room = width - numbers.article - numbers.computed - 4;
	const labels = Math.min(room, wide("label"));
	const line = ({ label, article, computed }: typeof heads) =>
		`${pad(cut(label, labels), labels)}  ${article.padStart(numbers.article)}  ${computed.padStart(numbers.computed)}`;
	return [
		chalk.bold(locale.text("demo.heading")),
		line(heads).trimEnd(),
		...rows.map(line),
		...fold(locale.text("demo.note"), width),
	].join("\n");
}
