import type { EmptyCell } from "../meaning/expression.js";
import { type Answer, emptyCell } from "../meaning/semantics.js";
import { ANSWERS, EMPTY, stateOf, YES } from "../meaning/states.js";
import type { Frame } from "./recode-frame.js";

/** How the reasons for empty cells were found. */
export type Inference = "form" | "answers" | "population" | "routing";

/** States of what tells why a cell is empty; what is not there tells nothing. */
type Told = ((frame: Frame) => Uint8Array) | undefined;

interface Explanation {
	elsewhere: Told;
	offForm: Told;
	gate: Told;
	asked: EmptyCell["asked"];
	/** Columns that identify teachers' forms. */
	formBy: "form" | "answers";
	/** Takes what is used. */
	inferences: Set<Inference>;
}

/** No gate, or one of the answers that it can have. */
const GATES: readonly (Answer | undefined)[] = [...ANSWERS, undefined];

/** Replaces EMPTY by what such a cell says (semantics.ts: emptyCell). */
export function emptyCells({ elsewhere, offForm, gate, asked, formBy, inferences }: Explanation) {
	const told = [false, true].flatMap((isElsewhere) =>
		[false, true].flatMap((isOffForm) =>
			GATES.map((answer) => {
				const about = {
					...(isElsewhere ? { elsewhere: "yes" as const } : {}),
					...(isOffForm ? { offForm: "yes" as const } : {}),
					...(answer === undefined ? {} : { gate: answer }),
				};
				return emptyCell(about, asked);
			}),
		),
	);
	const states = Uint8Array.from(told, ({ answer }) => stateOf(answer));
	return (given: Uint8Array, frame: Frame): Uint8Array => {
		// The gate is read whether or not a cell is empty, so that its unknown codes are told in either case.
		const gates = gate?.(frame);
		if (!given.includes(EMPTY)) return given;
		const [others, forms] = [elsewhere?.(frame), offForm?.(frame)];
		const used = new Uint8Array(told.length);
		for (let row = 0; row < given.length; row++) {
			if (given[row] !== EMPTY) continue;
			const place = 2 * Number(others?.[row] === YES) + Number(forms?.[row] === YES);
			const one = place * GATES.length + (gates?.[row] ?? ANSWERS.length);
			given[row] = states[one] as number;
			used[one] = 1;
		}
		for (const [one, { by }] of told.entries()) {
			if (used[one] === 1 && by !== undefined) inferences.add(by === "form" ? formBy : by);
		}
		return given;
	};
}
