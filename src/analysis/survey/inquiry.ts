import type { RunOptions } from "../../base/run-options.js";
import type { Turn } from "../../base/turn.js";
import type { Question } from "../../codebook/plan/scope.js";
import { takingTurns } from "../../platform/turns.js";
import { protectedResults, rejectUntold } from "../../protect/index.js";
import type { SurveyInput } from "../../read/memory/data.js";
import type { ResultKind, ResultSet, ResultsOf } from "../../results/result-set.js";
import type { RatesSettings } from "../../settings/rates.js";
import { synthesisOf } from "../../settings/synthesis.js";
import { withSyntheses } from "../synthesis/synthesize-results.js";
import { type CountedFiles, countSurvey } from "./counted.js";
import { openSurvey } from "./opened.js";
import { type AskedOfFiles, explainPlans, type NonEmpty, planSurvey } from "./planned.js";
import type { Sample } from "./sample.js";

/** A question to survey files, and how to answer it from what was read. */
export interface Inquiry<R extends ResultSet = ResultSet> extends AskedOfFiles {
	answer(sample: Sample): R;
}

/** An inquiry whose answer needs a specific type of question and settings. */
export function inquiry<Q extends Question, S extends RatesSettings, R extends ResultSet>(
	parts: AskedOfFiles<Q, S> & { answer(sample: Sample<Q, S>): R },
): Inquiry<R> {
	// Refuses bad settings before anything is read.
	synthesisOf(parts.settings);
	// An inquiry is answered only from the sample of its own question.
	return parts as unknown as Inquiry<R>;
}

/** The answer to one inquiry. */
export async function ask<R extends ResultSet>(
	files: SurveyInput,
	one: Inquiry<R>,
	run: RunOptions,
): Promise<R> {
	const [answer] = await askAll(files, [one], run);
	return answer as R;
}

/**
 * Answers several inquiries from one reading of the files: opened → planned → counted → answered.
 * @param inquiries Their settings name one codebook and one design.
 */
export async function askAll(
	files: SurveyInput,
	inquiries: NonEmpty<Inquiry>,
	run: RunOptions,
): Promise<ResultSet[]> {
	for (const { settings } of inquiries) if (settings.protect) rejectUntold(settings.define);
	const opened = await openSurvey(files, inquiries[0].settings, run);
	try {
		const planned = planSurvey(opened, inquiries);
		run.onPlan?.(explainPlans(planned));
		return await answerSurvey(await countSurvey(planned), takingTurns(run.signal));
	} finally {
		const closed = opened.close();
		if (run.signal?.aborted) await closed;
	}
}

/** Last phase of a run: one result per question. */
async function answerSurvey(
	{ planned, samples, source }: CountedFiles<Inquiry>,
	turn: Turn,
): Promise<ResultSet[]> {
	const answers: ResultSet[] = [];
	for (const { by } of planned.asked) {
		await turn();
		answers.push(by.answer(samples.shift() as Sample));
	}
	await turn();
	const files = await source();
	const whole = answers.map((answer) => ({ ...answer, source: files }));
	const { codebook } = planned.opened;
	const protect = planned.asked.some(({ by }) => by.settings.protect);
	const shown = protect ? await protectedResults(whole, codebook, turn) : whole;
	await turn();
	// Hidden figures are left out of syntheses.
	return shown.map((results, index) => {
		const { settings } = (planned.asked[index] as (typeof planned.asked)[number]).by;
		return withSyntheses(
			results as ResultsOf<ResultKind>,
			synthesisOf(settings),
			codebook,
			settings.language,
		) as ResultSet;
	});
}
