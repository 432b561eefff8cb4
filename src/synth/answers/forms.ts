import type { Codebook, Topic } from "../../codebook/definition/schema.js";
import { type Teachers, teacherColumn } from "../sample/teachers.js";

/** Hands out the questionnaire's forms in turn, from teacher to teacher and on from school to school. */
export function addForms(teachers: Teachers, { forms }: Codebook): void {
	if (forms === undefined) return;
	const codes = Object.values(forms.codes).map(Number);
	const column = Int32Array.from({ length: teachers.count }, (_, row) => codes[row % codes.length] as number);
	teachers.columns.set(forms.variable, column);
}

/** Whether a teacher's form has the questions of a topic. */
export function isOnForm(teachers: Teachers, { forms }: Codebook, topic: Topic): (row: number) => boolean {
	if (forms === undefined || topic.forms === undefined) return () => true;
	const codes = new Set(topic.forms.map((form) => Number(forms.codes[form])));
	const column = teacherColumn(teachers, forms.variable);
	return (row) => codes.has(column[row] as number);
}
