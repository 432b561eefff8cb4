import type { Codebook } from "../../codebook/definition/schema.js";
import type {
	Calibration,
	ItemCalibration,
	SystemCalibration,
	TopicCalibration,
} from "../calibration/calibration.js";
import { random } from "./random.js";
import { samplingOf } from "./sampling.js";

/** Sizes asked for instead of the calibration's; each is that of the whole file. */
export interface FileSize {
	teachers?: number | undefined;
	schools?: number | undefined;
	zones?: number | undefined;
	/** Number of systems; those beyond the calibration's are variants of its first one. */
	systems?: number | undefined;
}

/**
 * The systems of a file, with the sizes asked for shared out among them in proportion.
 * Where only the number of teachers changes, schools and zones keep the calibration's proportions.
 */
export function systemsOf(
	calibration: Calibration,
	codebook: Codebook,
	size: FileSize,
	seed: number,
): SystemCalibration[] {
	const count = size.systems ?? calibration.systems.length;
	const own = calibration.systems.slice(0, count);
	const codes = unusedCodes(own, codebook, count - own.length);
	const first = calibration.systems[0] as SystemCalibration;
	const systems = [...own, ...codes.map((code) => variant(first, code, seed))];
	return resized(systems, size, samplingOf(codebook).replication !== null);
}

function unusedCodes(own: readonly SystemCalibration[], codebook: Codebook, count: number): string[] {
	const used = new Set(own.map(({ code }) => code));
	const known = Object.keys(codebook.systems ?? {}).filter((code) => !used.has(code));
	const made = Array.from({ length: count }, (_, index) => `X${String(index + 1).padStart(2, "0")}`);
	return [...known, ...made].slice(0, count);
}

/**
 * Another system like the first: each topic's percentages move up or down together, by
 * p + s·p·(1 − p), which keeps them in order and inside 0–100.
 */
function variant(first: SystemCalibration, code: string, seed: number): SystemCalibration {
	const topics = Object.entries(first.topics).map(([key, topic]): [string, TopicCalibration] => {
		const s = random(seed, code, "variant", key).uniform() - 0.5;
		const items = Object.entries(topic.items).map(([item, entry]) => [item, moved(entry, s)]);
		return [key, { ...topic, items: Object.fromEntries(items) }];
	});
	return { ...first, code, topics: Object.fromEntries(topics) };
}

function moved(entry: ItemCalibration, s: number): ItemCalibration {
	if ("none-of" in entry) return entry;
	const p = entry.percent / 100;
	return { ...entry, percent: Math.round(1000 * (p + s * p * (1 - p))) / 10, source: "assumed" };
}

/** @param paired Whether zones are pairs and threes of schools, as replicates need them, and not strata. */
function resized(
	systems: readonly SystemCalibration[],
	size: FileSize,
	paired: boolean,
): SystemCalibration[] {
	const teachers = shareOut(size.teachers, systems, "teachers");
	const schools = shareOut(size.schools, systems, "schools");
	const zones = shareOut(size.zones, systems, "zones");
	return systems.map((system, i) => {
		const people = teachers?.[i] ?? system.teachers;
		const places = schools?.[i] ?? scaled(system.schools, people / system.teachers, 2);
		const pairs =
			zones?.[i] ??
			scaled(system.zones, paired ? places / system.schools : 1, paired ? Math.ceil(places / 3) : 1);
		const fewest = Math.min(pairs, Math.floor(places / 2));
		return { ...system, teachers: people, schools: places, zones: zones ? pairs : fewest };
	});
}

function scaled(value: number, factor: number, least: number): number {
	return Math.max(least, Math.round(value * factor));
}

function shareOut(
	total: number | undefined,
	systems: readonly SystemCalibration[],
	what: "teachers" | "schools" | "zones",
): number[] | undefined {
	if (total === undefined) return undefined;
	const sum = systems.reduce((before, system) => before + system[what], 0);
	let before = 0;
	return systems.map((system) => {
		const from = Math.round((total * before) / sum);
		before += system[what];
		return Math.round((total * before) / sum) - from;
	});
}
