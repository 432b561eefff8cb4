import type { EstimateRow } from "../../results/result-set.js";
import { averageParts, averageText } from "../../wording/average-name.js";
import { createLocale, type Locale } from "../../wording/create-locale.js";
import { digitsOf, numberText, percentText, shareText, signedText } from "../../wording/numbers.js";
import { type Edition, type Pack, SAMPLE_NUMBER, type Texts } from "../pack.js";

/** The page's texts in one language. */
export interface PageWords extends Locale {
	of(texts: Texts | undefined, otherwise?: string): string;
	/** Its name in an edition. */
	item(item: { topic: string; item: string }, edition: Edition): string;
	/** A country or economy, or an average of several. */
	system(code: string, edition: Edition): string;
	edition(edition: Edition): string;
	/** `gender=female` in words; empty is all teachers. */
	group(text: string): string;
	level(id: string | null): string;
	/** A figure in its unit. */
	figure(value: number | null, row: Pick<EstimateRow, "statistic">): string;
	difference(value: number | null, row: Pick<EstimateRow, "statistic">): string;
	share(edition: Edition): string;
	/** A figure with name and interval, or why there is none. */
	about(row: EstimateRow, edition: Edition): string;
}

export function pageWords(pack: Pack, language: string): PageWords {
	const locale = createLocale(language, { ...pack.messages[language] }, numbersOf(pack, language));
	const of: PageWords["of"] = (texts, otherwise = "") => texts?.[language] ?? otherwise;
	const topics = new Map(
		pack.topics.map(({ id, items }) => [id, new Map(items.map((item) => [item.id, item.label]))]),
	);
	const value = (id: string, one: string) => of(pack.groups[id]?.values[one], one);
	const figure: PageWords["figure"] = (number, { statistic }) =>
		number === null
			? numberText(null, 0, locale)
			: statistic === "percent"
				? percentText(number, locale)
				: numberText(number, digitsOf(statistic), locale);
	const words: PageWords = {
		...locale,
		of,
		item: ({ topic, item }, edition) =>
			of(
				pack.items[pack.editions.indexOf(edition)]?.[`${topic}:${item}`] ?? topics.get(topic)?.get(item),
				item,
			),
		system(code, edition) {
			const named = pack.groups.country?.values[code];
			if (named !== undefined || !code.includes(":")) return of(named, code);
			const { id, ...parts } = averageParts(code);
			const label = pack.averages[id];
			const name = label === undefined ? undefined : of(label);
			return averageText(
				{ ...parts, name, total: false, besideTotal: edition.besideTotal.includes(id) },
				locale,
			);
		},
		edition: ({ own, cycle, source, title }) =>
			locale.text(own ? "explore.own" : "explore.published", { cycle: cycle ?? of(title), file: source }),
		group: (text) =>
			text === ""
				? locale.text("chart.everybody")
				: text
						.split(",")
						.map((part) => {
							const [id = "", one = ""] = part.split("=");
							return `${of(pack.groups[id]?.label, id)}: ${value(id, one)}`;
						})
						.join(" · "),
		level: (id) => (id === null ? "" : value("population", id)),
		figure,
		difference: (number, { statistic }) => signedText(number, digitsOf(statistic), locale),
		share: ({ level }) => shareText(level, locale),
		about(row, edition) {
			const name = words.system(row.group.country ?? "", edition);
			if (row.estimate === null) return `${name}: ${locale.text(`explore.reason.${row.status}`)}`;
			const said =
				row.ciLow === null
					? `${name}: ${figure(row.estimate, row)}`
					: locale.text("explore.about", {
							...{ name, level: words.share(edition), value: figure(row.estimate, row) },
							...{ low: figure(row.ciLow, row), high: figure(row.ciHigh, row) },
						});
			return [
				said,
				...(row.n === null ? [] : [locale.text("explore.about-n", { count: locale.number(row.n, 0) })]),
				...(row.flag === undefined ? [] : [locale.text("explore.caution-of", { mark: markOf(row) })]),
			].join("; ");
		},
	};
	return words;
}

/** A caution mark as it is printed: a star is what stands behind a difference that is significant. */
export function markOf({ flag }: Pick<EstimateRow, "flag">): string {
	return (flag ?? "").replaceAll("*", "†");
}

/** The language whose numbers this browser writes as ours are written; not every browser has the formats of all. */
function numbersOf({ numbers }: Pack, language: string): string {
	const written = (one: string) =>
		new Intl.NumberFormat(one, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(SAMPLE_NUMBER);
	return [language, "ru", "en", "de", "fr"].find((one) => written(one) === numbers[language]) ?? language;
}
