import { UserError } from "../../base/errors.js";
import type { Codebook, PublishedFigures } from "../../codebook/definition/schema.js";
import {
	type PublishedRatio,
	type PublishedRow,
	publishedRatios,
	publishedRows,
} from "../../published/load.js";

/** What is published of one cycle of a survey. */
export interface PublishedCycle {
	codebook: Codebook;
	figures: PublishedFigures;
	rows: readonly PublishedRow[];
	ratios: readonly PublishedRatio[];
}

/**
 * The figures of a cycle; of the latest one where none is asked for.
 * @param codebooks Cycles of the survey.
 * @throws UserError where none are published.
 */
export function publishedCycle(codebooks: readonly Codebook[], asked?: number): PublishedCycle {
	const having = codebooks.filter(({ publisher }) => publisher?.figures !== undefined);
	const cycles = [...new Set(having.map(({ cycle }) => cycle))].sort((a, b) => a - b);
	const cycle = asked ?? cycles.at(-1);
	const codebook = having.find((one) => one.cycle === cycle);
	if (codebook === undefined || cycle === undefined) {
		const what = cycle === undefined ? `${codebooks[0]?.id ?? "the survey"}` : `cycle ${cycle}`;
		throw new UserError(`no figures of ${what} are published`, {
			hint:
				cycles.length === 0
					? "its codebook names none: publisher: { figures: … }"
					: `there are ${cycles.join(", ")}`,
		});
	}
	const figures = codebook.publisher?.figures as PublishedFigures;
	return {
		...{ codebook, figures },
		rows: publishedRows(cycle, figures.tables),
		ratios: publishedRatios(cycle, figures.oddsRatios),
	};
}
