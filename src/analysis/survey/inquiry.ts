import type { Question } from "../../codebook/plan/scope.js";
import type { AnalysisContext } from "../../read/context.js";
import type { ResultSet } from "../../results/result-set.js";
import type { RatesSettings } from "../../settings/rates.js";
import { type Sample, type SampleRequest, takeSamples } from "./sample.js";

/** A question to survey files, and how its answer is made from what was read. */
export interface Inquiry<R extends ResultSet = ResultSet> extends SampleRequest {
	answer(sample: Sample): R;
}

/** An inquiry whose answer needs more of its question and settings than every one has. */
export function inquiry<Q extends Question, S extends RatesSettings, R extends ResultSet>(
	parts: SampleRequest<Q, S> & { answer(sample: Sample<Q, S>): R },
): Inquiry<R> {
	// The sample an inquiry is answered from was taken by its own request.
	return parts as unknown as Inquiry<R>;
}

/** The answer to one inquiry. */
export async function ask<R extends ResultSet>(
	files: readonly string[],
	one: Inquiry<R>,
	context: AnalysisContext,
): Promise<R> {
	const [answer] = await askAll(files, [one], context);
	return answer as R;
}

/**
 * Answers to several inquiries from one reading of the files.
 * @param inquiries Their settings name one codebook and one design.
 */
export async function askAll(
	files: readonly string[],
	inquiries: readonly [Inquiry, ...Inquiry[]],
	context: AnalysisContext,
): Promise<ResultSet[]> {
	const { samples, source, close } = await takeSamples(files, inquiries, context);
	try {
		const answers = samples.map((sample, index) => (inquiries[index] as Inquiry).answer(sample));
		const files = await source();
		return answers.map((answer) => ({ ...answer, source: files }));
	} finally {
		close();
	}
}
