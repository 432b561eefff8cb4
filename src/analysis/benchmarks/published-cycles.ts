import { UserError } from "../../base/errors.js";
import type { Codebook, PublishedFigures } from "../../codebook/definition/schema.js";
import {
	type PublishedRatio,
	type PublishedRow,
	publishedRatios,
	publishedRows,
} from "../../published/load.js";

/** The published figures of one survey cycle. */
export interface PublishedCycle {
	codebook: Codebook;
	figures: PublishedFigures;
	rows: readonly PublishedRow[];
	ratios: readonly PublishedRatio[];
}

/**
 * The figures of a cycle, by default the latest.
 * @param codebooks Cycles of the survey.
 * @throws UserError if none are published.
 */
export function publishedCycle(codebooks: readonly Codebook[], asked?: number): PublishedCycle {
	const having = codebooks.filter(({ publisher }) => publisher?.figures !== undefined);
	const cycles = [...new Set(having.map(({ cycle }) => cycle))].sort((a, b) => a - b);
	const cycle = asked ?? cycles.at(-1);
	const codebook = having.find((one) => one.cycle === cycle);
	if (codebook === undefined || cycle === undefined) {
		if (cycles.length === 0) {
			throw new UserError(`the survey "${codebooks[0]?.id ?? ""}" has no published figures`, {
				hint: "figures of TALIS stand beside TALIS files alone; another survey's codebook names its own: publisher: { figures: … }",
			});
		}
		throw new UserError(`no figures of cycle ${cycle} are published`, {
			hint: `there are ${cycles.join(", ")}`,
		});
	}
	const figures = codebook.publisher?.figures as PublishedFigures;
	return {
		...{ codebook, figures },
		rows: publishedRows(cycle, figures.tables),
		ratios: publishedRatios(cycle, figures.oddsRatios),
	};
}
