import type { CalibratedEffect } from "../calibration/calibration.js";
import { random } from "../sample/random.js";
import { fits, type Teachers } from "../sample/teachers.js";

export interface Correlation {
	/** Share of the latent variance between schools: the latent intra-school correlation. */
	school: number;
	/** Share between teachers of a school, which the items of a topic have in common. */
	teacher: number;
}

/**
 * How much each teacher tends to say yes to an item: a latent variable with variance 1, made of a
 * school's part, a teacher's part and the item's own. Half of the school's and of the teacher's part is
 * common to all topics, half is the topic's, so that answers correlate most inside a topic.
 */
export class Propensities {
	/** Parts that the items of a topic have in common. */
	private readonly shared = new Map<string, Float64Array>();

	constructor(
		private readonly teachers: Teachers,
		private readonly correlation: Correlation,
		private readonly seed: number,
		private readonly system: string,
	) {}

	/** One number per teacher. */
	of(topic: string, item: string, effects: readonly CalibratedEffect[] = []): Float64Array {
		const { teachers, correlation } = this;
		const school = this.mixed("school", topic, teachers.schools.length);
		const teacher = this.mixed("teacher", topic, teachers.count);
		const own = this.draw(["item", topic, item], teachers.count);
		const [a, b] = [Math.sqrt(correlation.school), Math.sqrt(correlation.teacher)];
		const c = Math.sqrt(1 - correlation.school - correlation.teacher);
		const shift = this.shifts(item, effects);
		return own.map((residual, row) => {
			const place = teachers.school[row] as number;
			return a * (school[place] as number) + b * (teacher[row] as number) + c * residual + shift(row);
		});
	}

	private mixed(level: string, topic: string, count: number): Float64Array {
		const key = `${level} ${topic}`;
		const known = this.shared.get(key);
		if (known !== undefined) return known;
		const common = this.draw([level], count);
		const special = this.draw([level, topic], count);
		const mixed = common.map((value, index) => (value + (special[index] as number)) * Math.SQRT1_2);
		this.shared.set(key, mixed);
		return mixed;
	}

	private draw(path: readonly string[], count: number): Float64Array {
		const stream = random(this.seed, this.system, ...path);
		const values = new Float64Array(count);
		for (let index = 0; index < count; index++) values[index] = stream.bell();
		return values;
	}

	private shifts(item: string, effects: readonly CalibratedEffect[]): (row: number) => number {
		const felt = effects
			.filter(({ items }) => items === undefined || items.includes(item))
			.map(({ where, shift }) => ({ test: fits(this.teachers, where), shift }));
		return (row) => felt.reduce((sum, { test, shift }) => (test(row) ? sum + shift : sum), 0);
	}
}
