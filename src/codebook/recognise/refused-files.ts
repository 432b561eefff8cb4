import { UserError } from "../../base/errors.js";
import { option, say, type Words } from "../../base/say.js";

/** Files of TALIS that hold no teachers, or none that a codebook can be written for. */
interface Refused {
	/** The start of the publisher's file names: level, who answered, system, cycle. */
	name: RegExp;
	/** Questions that only such files have. */
	columns: RegExp;
	message: string;
	hint: Words;
}

const REFUSED: readonly Refused[] = [
	{
		name: /^[ABCPT]CG[A-Z]{3}T[1-4](?!\d)/i,
		columns: /^(TC[234]G|BCG)\d\d/i,
		message: "is the principals' file, and rates are of teachers",
		hint: say`give the teachers' file (TG in its name) with it: what principals say of their schools, such as ${option("by", "location")}, then breaks the teachers down`,
	},
	{
		name: /^[ABCPT]TG[A-Z]{3}T1(?!\d)/i,
		columns: /^BTG\d\d/i,
		message:
			"is of TALIS 2008, which is not supported: the names of its columns on professional development are not known",
		hint: say`take 2013, 2018 or 2024; or describe its columns in a codebook of your own and name it with ${option("codebook")}`,
	},
];

/** Why a file that fits no codebook cannot be used, where it is known what it is. */
export function refusalOf(columns: readonly string[], file: string): UserError | undefined {
	const found =
		REFUSED.find(({ columns: theirs }) => columns.some((column) => theirs.test(column))) ??
		REFUSED.find(({ name }) => name.test(file));
	return found && new UserError(found.message, { where: { file }, hint: found.hint });
}
