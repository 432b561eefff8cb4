import { gateItem } from "../../codebook/definition/gate-item.js";
import type { Codebook, Topic } from "../../codebook/definition/schema.js";
import type { Base } from "../../results/result-set.js";
import { itemCodes, memberItems } from "../calibration/item-codes.js";
import { isOfPopulation } from "../calibration/questionnaire.js";
import { type Teachers, teacherColumn } from "../sample/teachers.js";

/** Whether a teacher is asked: by the answers to the questions before. */
export type Routed = "asked" | "routed-out" | "unknown";

/**
 * Who is asked the items of a base. A teacher who said no to every item of the gate skips it, and so does one who
 * skipped the gate; one who did not answer the gate is unknown.
 */
export function whoIsAsked(
	codebook: Codebook,
	asked: string,
	base: Base,
	population: string,
	teachers: Teachers,
): (row: number) => Routed {
	const gate = gateItem(codebook, base, asked);
	if (gate === undefined) return () => "asked";
	const [topicKey = "", item = ""] = gate.split(":");
	const topic = codebook.topics[topicKey] as Topic;
	const members = memberItems(topic, item)
		.filter((member) => isOfPopulation(topic, member, population))
		.map((member) => {
			const codes = itemCodes(codebook, topicKey, member);
			const column = teacherColumn(teachers, codes.variable);
			return { codes, column, notApplicable: codes.missing("not-applicable") };
		});
	return (row) => {
		const codes = members.map(({ column }) => column[row] as number);
		if (members.some((member, i) => member.codes.yes.has(codes[i] as number))) return "asked";
		const out = members.every(({ codes: { valid }, notApplicable }, i) => {
			const code = codes[i] as number;
			return valid.has(code) || code === notApplicable;
		});
		return out ? "routed-out" : "unknown";
	};
}
