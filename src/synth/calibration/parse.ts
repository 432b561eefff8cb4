import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import type { Words } from "../../base/say.js";
import { didYouMean } from "../../base/suggest.js";
import { isPath } from "../../codebook/definition/library.js";
import { parseYaml } from "../../codebook/definition/parse.js";
import type { Codebook, Topic } from "../../codebook/definition/schema.js";
import {
	type CalibratedWhere,
	type Calibration,
	calibrationSchema,
	type SystemCalibration,
	type TopicCalibration,
} from "./calibration.js";
import { itemCodes } from "./item-codes.js";
import { gateTopic, isOfPopulation } from "./questionnaire.js";

/** A calibrated figure, as a list of them shows it. */
export interface ListedTarget {
	system: string;
	topic: string;
	item: string;
	percent: number;
	/** Id of the source; `assumed` where there is none. */
	source: string;
}

/**
 * YAML → calibration, checked against the codebook it is for.
 * @param file Name for messages.
 * @throws UserError naming file, line or key of the first thing that is wrong.
 */
export function parseCalibration(text: string, file: string, codebook: Codebook): Calibration {
	const calibration = parseYaml(text, file, calibrationSchema);
	const fail: Fail = (key, message, hint) => {
		throw new UserError(`${key}: ${message}`, {
			code: "definition",
			where: { file },
			...(hint === undefined ? {} : { hint }),
		});
	};
	if (!isPath(calibration.codebook) && calibration.codebook !== codebook.id) {
		fail("codebook", `is ${calibration.codebook}, but the codebook in use is ${codebook.id}`);
	}
	for (const [index, system] of calibration.systems.entries()) {
		for (const [key, source] of sourcesIn(system)) {
			if (source in calibration.sources) continue;
			const hint = didYouMean(source, Object.keys(calibration.sources));
			fail(`systems.${index}.${key}`, `there is no source "${source}"`, hint);
		}
		checkSystem(system, codebook, (key, ...rest) => fail(`systems.${index}.${key}`, ...rest));
	}
	return calibration;
}

/**
 * Every figure the file sets, in percent, so that assumed ones are distinguishable from published ones.
 * @example
 * import { calibrationFrom, listTargets } from "talis-pd/synth";
 *
 * const [first] = listTargets(calibrationFrom().calibration);
 * console.log(first?.topic, first?.item, first?.percent, first?.source); // induction any 62.4 oecd-4.9
 */
export function listTargets(calibration: Calibration): ListedTarget[] {
	return calibration.systems.flatMap(targetsIn);
}

function targetsIn({ code, topics }: SystemCalibration): ListedTarget[] {
	return Object.entries(topics).flatMap(([topic, { items }]) =>
		Object.entries(items).flatMap(([item, entry]) => {
			if ("none-of" in entry) return [];
			return [{ system: code, topic, item, percent: entry.percent, source: entry.source }];
		}),
	);
}

function sourcesIn(system: SystemCalibration): (readonly [key: string, source: string])[] {
	return [
		["represents", system.represents.source],
		["career", system.career.source],
		...Object.entries(system.scales).map(([key, { source }]) => [`scales.${key}`, source] as const),
		...Object.entries(system.scores).map(([name, { source }]) => [`scores.${name}`, source] as const),
		...Object.entries(system.background).map(([name, { source }]) => [`background.${name}`, source] as const),
		...targetsIn(system).map(({ topic, item, source }) => [`topics.${topic}.items.${item}`, source] as const),
	];
}

type Fail = (key: string, message: string, hint?: string | Words) => void;

function checkSystem(system: SystemCalibration, codebook: Codebook, fail: Fail): void {
	const columns = backgroundColumns(system);
	const before = new Set<string>();
	for (const [key, rules] of Object.entries(system.topics)) {
		const place = `topics.${key}`;
		const topic = entryOf(codebook.topics, key);
		if (topic === undefined) {
			fail(place, "the codebook has no such topic", didYouMean(key, Object.keys(codebook.topics)));
			continue;
		}
		checkItems(topic, rules, system.population, place, fail);
		checkShares(codebook, key, rules, place, fail);
		for (const gate of gatesOf(key, topic, codebook)) {
			if (!before.has(gate)) fail(place, `must stand after "${gate}", which decides who is asked`);
		}
		for (const { column } of conditionsIn(rules)) {
			if (!columns.includes(column)) fail(place, `${column} is no column of the background`);
		}
		before.add(key);
	}
	const answered = [...before].flatMap((topic) =>
		Object.values(codebook.topics[topic]?.items ?? {}).map(({ variable }) => variable.toUpperCase()),
	);
	for (const [name, { effects }] of Object.entries(system.scores)) {
		const lost = effects.find(({ where: { column } }) => ![...columns, ...answered].includes(column));
		if (lost !== undefined) fail(`scores.${name}.effects`, `${lost.where.column} is no column of this file`);
	}
	for (const name of system["not-administered"]) checkName(name, "not-administered", codebook, fail);
	for (const [key, { of }] of Object.entries(system.scales)) {
		const measures = Object.keys(codebook.measures ?? {});
		if (!measures.includes(key)) {
			fail(`scales.${key}`, "the codebook has no such measure", didYouMean(key, measures));
		}
		for (const name of of) {
			checkName(name, `scales.${key}.of`, codebook, fail);
			const [topic = ""] = name.split(":");
			if (!before.has(topic)) fail(`scales.${key}.of`, `"${topic}" is not among the topics`);
		}
	}
}

/** @param name `topic:item`. */
function checkName(name: string, place: string, codebook: Codebook, fail: Fail): void {
	const [topic = "", item = ""] = name.split(":");
	if (entryOf(entryOf(codebook.topics, topic)?.items, item) === undefined)
		fail(place, `the codebook has no item "${name}"`);
}

function checkItems(
	topic: Topic,
	rules: TopicCalibration,
	population: string,
	place: string,
	fail: Fail,
): void {
	const known = [...Object.keys(topic.items), ...Object.keys(topic.derived ?? {})];
	for (const item of namesIn(rules)) {
		if (!known.includes(item)) {
			fail(`${place}.items.${item}`, "the codebook has no such item", didYouMean(item, known));
		}
	}
	for (const item of Object.keys(topic.items)) {
		const asked = isOfPopulation(topic, item, population);
		if (asked && !(item in rules.items)) fail(`${place}.items`, `the item "${item}" is missing`);
		if (!asked && item in rules.items) fail(`${place}.items.${item}`, `is not asked at ${population}`);
	}
}

/** Shares of an item's own are of codes that it has. */
function checkShares(
	codebook: Codebook,
	topic: string,
	{ items }: TopicCalibration,
	place: string,
	fail: Fail,
): void {
	for (const [item, entry] of Object.entries(items)) {
		if (!("shares" in entry) || entry.shares === undefined) continue;
		const at = `${place}.items.${item}.shares`;
		if (entryOf(entryOf(codebook.topics, topic)?.items, item) === undefined)
			fail(at, "is made of other items and has no codes");
		const { valid } = itemCodes(codebook, topic, item);
		for (const code of Object.keys(entry.shares)) {
			if (!valid.has(Number(code))) fail(at, `${code} is no answer; there are ${[...valid].join(", ")}`);
		}
	}
}

/** Other topics whose answers decide who is asked this one. */
function gatesOf(key: string, topic: Topic, codebook: Codebook): string[] {
	const bases = new Set([topic.base, ...Object.values(topic.items).map((item) => item.base ?? topic.base)]);
	return [...bases].flatMap((base) => gateTopic(codebook, base) ?? []).filter((gate) => gate !== key);
}

function backgroundColumns({ background, career }: SystemCalibration): string[] {
	const own = [career.age, career.group, career.total, career.here].filter((name) => name !== undefined);
	return [...own, ...Object.keys(background)];
}

function namesIn({ items, effects }: TopicCalibration): string[] {
	const others = Object.values(items).flatMap((entry) => ("none-of" in entry ? entry["none-of"] : []));
	return [...Object.keys(items), ...others, ...effects.flatMap((effect) => effect.items ?? [])];
}

function conditionsIn({ items, effects }: TopicCalibration): CalibratedWhere[] {
	const targets = Object.values(items).flatMap((entry) => {
		return "where" in entry && entry.where !== undefined ? [entry.where] : [];
	});
	return [...targets, ...effects.map((effect) => effect.where)];
}
