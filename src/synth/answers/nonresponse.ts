import type { NoAnswer } from "../../codebook/definition/schema.js";
import type { Omissions } from "../calibration/calibration.js";
import { type Random, random } from "../sample/random.js";
import type { Teachers } from "../sample/teachers.js";

/** Who leaves what unanswered. */
export class Nonresponse {
	/** Place in the questionnaire from which a teacher answers nothing; the number of items for most. */
	private readonly stops: Int32Array;

	/**
	 * @param items Number of items, in the order of the questionnaire.
	 * @param breakoff Percentage of teachers who stop somewhere; the later the place, the more do.
	 */
	constructor(
		teachers: Teachers,
		items: number,
		breakoff: number,
		private readonly stream: (...path: string[]) => Random,
	) {
		const stops = stream("breakoff");
		this.stops = Int32Array.from({ length: teachers.count }, () => {
			const stopped = stops.uniform() * 100 < breakoff;
			const place = Math.floor(Math.sqrt(stops.uniform()) * items);
			return stopped ? place : items;
		});
	}

	/**
	 * Why each teacher has no answer to an item, if so.
	 * @param place The item's place in the questionnaire.
	 */
	reasons(topic: string, item: string, place: number, omissions: Omissions): (NoAnswer | undefined)[] {
		const question = this.stream("skip", topic);
		const single = this.stream("omit", topic, item);
		const reasons = new Array<NoAnswer | undefined>(this.stops.length);
		for (let row = 0; row < reasons.length; row++) {
			// Both are drawn for everyone, so that one teacher's answers do not move those of the next.
			const skipped = question.uniform() * 100 < omissions.question;
			const left = single.uniform() * 100 < omissions.item;
			const stopped = place >= (this.stops[row] as number);
			reasons[row] = stopped ? "not-reached" : skipped || left ? "omitted" : undefined;
		}
		return reasons;
	}
}

/** Streams of one system's non-response. */
export function nonresponseStreams(seed: number, system: string): (...path: string[]) => Random {
	return (...path) => random(seed, system, "nonresponse", ...path);
}
