import { Chalk } from "chalk";
import type { Locale } from "../locale.js";
import type { ResultSet } from "../results.js";

/** A figure from elsewhere, in percent. */
export interface ReferenceFigure {
	topic: string;
	item: string;
	percent: number;
}

interface View {
	locale: Locale;
	width: number;
	color: boolean;
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
		Math.max(heads[key].length, ...rows.map((row) => row[key].length));
	const numbers = { article: wide("article"), computed: wide("computed") };
	const room = width - numbers.article - numbers.computed - 4;
	const labels = Math.min(room, wide("label"));
	const line = ({ label, article, computed }: typeof heads) =>
		`${cut(label, labels).padEnd(labels)}  ${article.padStart(numbers.article)}  ${computed.padStart(numbers.computed)}`;
	return [
		chalk.bold(locale.text("demo.heading")),
		line(heads).trimEnd(),
		...rows.map(line),
		...fold(locale.text("demo.note"), width),
	].join("\n");
}

function cut(label: string, width: number): string {
	return label.length <= width ? label : `${label.slice(0, width - 1)}…`;
}

function fold(text: string, width: number): string[] {
	if (text.length <= width) return [text];
	const at = text.lastIndexOf(" ", width);
	return at <= 0 ? [text] : [text.slice(0, at), ...fold(text.slice(at + 1), width)];
}
