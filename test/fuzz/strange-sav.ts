import { HIGHEST, LOWEST, type SavCell, type SavFile, type SavVariable, sav } from "../support/sav.js";
import type { Draw } from "./draw.js";
import { CELLS } from "./text.js";

/** A spoilt file, and what is in it where that is known in spite of all. */
export interface Mutant {
	ending: string;
	bytes: Buffer;
	/** Whether its columns are those of seeds/own-survey.yaml. */
	own?: boolean;
	/** Cells as texts, outer blanks cut; absent where the file may as well be refused. */
	rows?: string[][];
}

const NUMBERS = [0, 1, 2, -99, -100, 151, 152, 0.1, -0.5, 1e15, 1e21, 1e300, 5e-324, 2 ** 53, HIGHEST, -0];
const CLAIMS = [0, -1, 1, 2, 1e9, 2 ** 31 - 1, -(2 ** 31)];

/** A file as its writer meant it, with everything at its limits, in any compression and byte order. */
export function strangeSav(draw: Draw): Mutant {
	const variables = Array.from({ length: 1 + draw.below(6) }, (_, index) => variable(index, draw));
	const rows = Array.from({ length: 1 + draw.below(20) }, () => variables.map((one) => cell(one, draw)));
	const file: SavFile = {
		variables,
		rows,
		compression: draw.pick(["none", "bytecode", "zlib"]),
		bigEndian: draw.chance(0.4),
		encoding: "UTF-8",
		codePage: 65001,
		zlibBlock: draw.pick([16, 64, 1000]),
		endMark: draw.chance(0.5),
		claims: draw.chance(0.7) ? rows.length : null,
	};
	if (draw.chance(0.7)) return { ending: "sav", bytes: sav(file), rows: rows.map((row) => row.map(textOf)) };
	const lie = draw.pick(CLAIMS);
	return {
		ending: "sav",
		bytes: sav({ ...file, claims: lie, ...(draw.chance(0.3) ? { claims64: lie } : {}) }),
	};
}

function variable(index: number, draw: Draw): SavVariable {
	const width = draw.chance(0.5) ? 0 : draw.pick([1, 7, 8, 9, 255, 256, 300, 504, 600]);
	const name = `V${index}`;
	if (width > 0) return { name, width, ...(draw.chance(0.3) ? { label: draw.pick(CELLS) } : {}) };
	return {
		name,
		...(draw.chance(0.3) ? { values: [[draw.pick(NUMBERS), "one"]] } : {}),
		...draw.pick([
			{},
			{},
			{ missing: [9, 8] },
			{ missing: [9], range: [LOWEST, 0] },
			{ range: [97, HIGHEST] },
		]),
	};
}

function cell({ width = 0 }: SavVariable, draw: Draw): SavCell {
	if (width === 0) return draw.chance(0.1) ? null : draw.pick(NUMBERS);
	const text = draw.chance(0.5) ? draw.pick(["a", "жақсы", "x".repeat(255), "y ".repeat(300)]) : "";
	const bytes = Buffer.from(text).subarray(0, width);
	// A letter that the width would cut in two is left away.
	return bytes
		.toString()
		.replace(/\ufffd+$/, "")
		.trim();
}

function textOf(cell: SavCell): string {
	return cell === null ? "" : String(cell);
}
