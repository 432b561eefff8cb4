import type { LeftOut } from "./column-kinds.js";
import { oneLine } from "./headings.js";

/** A column that is not in the draft. */
export interface Unused {
	name: string;
	why: LeftOut | "many";
}

const WHY: Readonly<Record<Unused["why"], string>> = {
	specify: 'text written beside "other"; the answer itself counts where it is ticked or chosen',
	text: "free text",
	parts: "lists of options that have columns of their own",
	many: "more than 20 different answers",
	id: "nearly every row has a value of its own, as ids and telephone numbers have",
	constant: "all rows say the same",
	empty: "no row has an answer",
	service: "times, addresses and the like, which survey tools add",
};

/** Names shown before the rest are only counted. */
const MOST_SHOWN = 5;

/** Says which columns are not in the draft and why, one line per reason. */
export function leftOutLines(unused: readonly Unused[]): string[] {
	return (Object.keys(WHY) as Unused["why"][]).flatMap((why) => {
		const names = unused
			.filter((one) => one.why === why && one.name.trim() !== "")
			.map(({ name }) => short(name));
		if (names.length === 0) return [];
		if (names.length === 1) return [`the column ${names[0]}: ${WHY[why]}`];
		const shown = names.slice(0, MOST_SHOWN).join(", ");
		const more = names.length - MOST_SHOWN;
		return [`${names.length} columns (${shown}${more > 0 ? `, +${more}` : ""}): ${WHY[why]}`];
	});
}

function short(name: string): string {
	const line = oneLine(name);
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
