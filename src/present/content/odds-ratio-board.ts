import { plain } from "../../base/escape.js";
import { groupBy } from "../../base/group-by.js";
import { baseName } from "../../results/labels.js";
import type { Coefficient, Model, ResultSet } from "../../results/result-set.js";
import { alphaOf } from "../../results/significance.js";
import { groupName, valueLabel } from "../../wording/group-names.js";
import type { Locale } from "../../wording/locale.js";
import { modelName, ofTopic } from "../../wording/model-names.js";
import type { Board } from "./board.js";
import { figureRow } from "./board.js";
import type { BoardCell } from "./cells.js";

const DIGITS = 2;
const SYSTEM = "country";

/**
 * Published odds ratios: one board per outcome and group, one block per term, one row per system, one column per set
 * of controls.
 */
export function oddsRatioBoards(results: ResultSet, locale: Locale): Board[] {
	const { models = [] } = results;
	const keyOf = ({ outcome, base, group }: Model) =>
		JSON.stringify([outcome, base, { ...group, [SYSTEM]: "" }]);
	return [...groupBy(models, keyOf).values()].map((part) => boardOf(part, results, locale));
}

function boardOf(models: readonly Model[], results: ResultSet, locale: Locale): Board {
	const [{ outcome, base, group: first }] = models as [Model];
	const names = [...new Set(models.map(({ name = "" }) => name))];
	const terms = new Map(
		models.flatMap(({ coefficients }) => coefficients.map(({ term, label }) => [term, label])),
	);
	const { [SYSTEM]: _, ...group } = first;
	const systems = [...new Set(models.map((model) => model.group[SYSTEM] ?? ""))];
	const cellOf = (system: string, name: string, term: string): BoardCell => {
		const model = models.find((one) => one.group[SYSTEM] === system && (one.name ?? "") === name);
		const row = model?.coefficients.find((one) => one.term === term);
		return row === undefined ? {} : ratioCell(row, results);
	};
	return {
		title: plain(
			locale.text("model.title.odds", { outcome: ofTopic(outcome.topic, outcome.label, results) }),
		),
		under: [
			[locale.text("table.base", { base: plain(baseName(base, results)) }), plain(groupName(group, results))]
				.filter((part) => part !== "")
				.join(" · "),
			locale.text("model.unit.odds"),
		],
		form: {
			labelHead: locale.text("table.group"),
			stacks: true,
			columns: names.map((name) => ({
				head: [plain(modelName(name, results, locale)), locale.text("table.se")],
				folds: 16,
			})),
			blocks: [...terms].map(([term, label]) => ({
				name: plain(ofTopic(term.split(":")[0] ?? null, label, results)),
				rows: systems
					.map((system) => ({ system, cells: names.map((name) => cellOf(system, name, term)) }))
					.filter(({ cells }) => cells.some((cell) => Object.keys(cell).length > 0))
					.map(({ system, cells }) => {
						const name = valueLabel(results, locale, SYSTEM, system, { ...group, [SYSTEM]: system });
						return figureRow(plain(name), cells);
					}),
			})),
		},
		below: [locale.text("model.star", { alpha: locale.number(alphaOf(results.settings), 2) })],
	};
}

/** A need and a content may share a name, so the topic precedes it. */
/** An odds ratio as printed, with its standard error and a star if it differs from 1; or the reason for its absence. */
function ratioCell({ oddsRatio, p, status }: Coefficient, { settings }: ResultSet): BoardCell {
	if (oddsRatio === null) return { status };
	return {
		...{ value: oddsRatio.estimate, error: oddsRatio.se ?? null, digits: DIGITS },
		marks: p !== null && p < alphaOf(settings) ? ["*"] : [],
	};
}
