import { counted, UserError } from "../../base/errors.js";
import { type Block, Dictionary, type Wanted } from "../block.js";
import { notANumber, parseNumber } from "../block-builder.js";
import type { OnFault } from "./faults.js";
import { Scanner, type Taken } from "./scanner.js";
import { PIECE_BYTES, type TextPiece } from "./text-pieces.js";

/** What a reader must know of a file's text. */
export interface TextLayout {
	name: string;
	columns: readonly string[];
	delimiter: string;
	onFault?: OnFault | undefined;
}

/** Pieces → blocks, by the scanner; what it leaves over is decided here. The dictionaries fill as pieces arrive. */
export class PieceReader {
	readonly dictionaries: readonly Dictionary[];
	private readonly scanner: Scanner;

	constructor(
		private readonly layout: TextLayout,
		private readonly wanted: Wanted,
	) {
		this.dictionaries = wanted.coded.map(() => new Dictionary());
		const { columns, delimiter } = layout;
		this.scanner = new Scanner(wanted, this.dictionaries, columns.length, delimiter, PIECE_BYTES, {
			weight: (text, line, place) => this.weight(text, line, this.wanted.weights[place] as number),
			ragged: (line, fields) => this.ragged(line, fields),
			openQuote: (line) => this.openQuote(line),
		});
	}

	/**
	 * The blocks of BLOCK_ROWS rows that a piece completes, each valid until the next one is taken.
	 * @param firstLine Line of the file the piece begins on.
	 * @returns What was read of it.
	 * @throws UserError with file and line: ragged row, open quotation mark, weight that is not a number.
	 */
	blocks(piece: TextPiece, firstLine: number): Generator<Block, Taken> {
		return this.scanner.blocks(piece, firstLine);
	}

	/** The rows left at the end of the file. */
	finish(): Generator<Block> {
		return this.scanner.finish();
	}

	private weight(text: string, line: number, column: number): number {
		const value = parseNumber(text);
		if (!Number.isNaN(value)) return value;
		const { name, columns } = this.layout;
		throw notANumber(text, { file: name, line, column: (columns[column] as string).toUpperCase() });
	}

	private ragged(line: number, fields: number): void {
		const { name, columns, onFault } = this.layout;
		if (onFault !== undefined) {
			onFault({ code: "ragged-row", line, fields });
			return;
		}
		throw new UserError(`has ${counted(fields, "field")} where the header has ${columns.length}`, {
			where: { file: name, line },
			hint: "look for a missing or a stray delimiter on this line",
		});
	}

	private openQuote(line: number): void {
		const { name, onFault } = this.layout;
		if (onFault === undefined) throw openQuote(name, line);
		onFault({ code: "open-quote", line });
	}
}

export function openQuote(name: string, line: number): UserError {
	return new UserError("a quotation mark is opened or closed in the wrong place", {
		where: { file: name, line },
		hint: 'a quoted field begins and ends with ", and a " inside it is doubled',
	});
}
