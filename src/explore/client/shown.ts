import type { Average } from "../../compare/averages-of-systems.js";
import type { Figured } from "../../compare/figured.js";
import type { ComparisonRow } from "../../results/result-set.js";
import { chosenTable } from "../model/choice.js";
import { averagesIn, chosenFigures, isOfSystem } from "../model/figures.js";
import { type Reference, testedDifferences } from "../model/tests.js";
import type { Edition, Pack, PackedTable } from "../pack.js";
import type { State } from "./state.js";
import type { PageWords } from "./words.js";

/** An average that can be drawn. */
export interface Line {
	/** Its value in the state. */
	id: string;
	figure: Figured;
	/** Undefined where it is printed and its members cannot be told. */
	average: Average | undefined;
}

/** The figures and averages that a state shows, before drawing. */
export interface Shown {
	pack: Pack;
	state: State;
	words: PageWords;
	table: PackedTable;
	edition: Edition;
	/** Countries and economies, in the order that was chosen; those without a figure last. */
	systems: Figured[];
	lines: Line[];
	/** The average that was chosen. */
	line: Line | undefined;
	pinned: Figured[];
}

export function shownOf(pack: Pack, state: State, words: PageWords): Shown {
	const table = chosenTable(pack, state.choice) as PackedTable;
	const edition = pack.editions[table.edition] as Edition;
	const figures = chosenFigures(pack, table);
	const lines = linesOf(pack, table, figures);
	const systems = figures.filter(isOfSystem);
	const nameOf = (one: Figured) => words.system(codeOf(one), edition);
	const figureOf = ({ estimate }: Figured) => estimate.estimate;
	const sign = state.order === "low" ? 1 : -1;
	systems.sort((a, b) => {
		const [x, y] = [figureOf(a), figureOf(b)];
		if (x === null || y === null)
			return Number(x === null) - Number(y === null) || words.compare(nameOf(a), nameOf(b));
		return state.order === "name" ? words.compare(nameOf(a), nameOf(b)) : sign * (x - y);
	});
	return {
		...{ pack, state, words, table, edition, systems, lines },
		line: lines.find(({ id }) => id === state.average),
		pinned: state.pins.flatMap((code) => systems.filter((one) => codeOf(one) === code)),
	};
}

function linesOf(pack: Pack, table: PackedTable, figures: readonly Figured[]): Line[] {
	const made = [...averagesIn(pack, table, figures)].map(([id, average]) => ({
		id,
		figure: average.figure,
		average,
	}));
	const names = new Set(made.map(({ figure }) => codeOf(figure)));
	const printed = figures
		.filter((one) => !isOfSystem(one) && one.estimate.estimate !== null && !names.has(codeOf(one)))
		.map((figure) => ({ id: codeOf(figure), figure, average: undefined }));
	return [...made, ...printed];
}

/** The reference of the pinned systems; undefined if there is none. */
export function comparedWith({ state, lines, line, pinned }: Shown): Reference | undefined {
	const system = pinned.find((one) => codeOf(one) === state.reference);
	if (system !== undefined) return { system };
	const asked = lines.find(({ id }) => id === state.reference) ?? line;
	if (asked?.average !== undefined) return { id: asked.id, average: asked.average };
	const [first] = pinned;
	return first === undefined ? undefined : { system: first };
}

/** The pinned systems against what they are compared with. */
export function comparisonOf(shown: Shown): ComparisonRow[] {
	const reference = comparedWith(shown);
	return reference === undefined ? [] : testedDifferences(shown.pinned, reference, shown.pack, shown.table);
}

export function codeOf({ estimate }: Figured): string {
	return estimate.group.country ?? "";
}
