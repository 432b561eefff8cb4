import { publishedCycle } from "../../analysis/benchmarks/published-cycles.js";
import { published } from "../../analysis/questions/published.js";
import { familyOf } from "../../codebook/definition/family.js";
import { codebookIds, loadCodebook } from "../../codebook/definition/library.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { PackSource } from "./source.js";

/**
 * All that is published of a survey, the latest cycle first; nothing where its codebook names no figures.
 * @param name A shipped codebook or a YAML file; undefined for the survey that ships.
 */
export function publishedSources(name: string | undefined): PackSource[] {
	const family = name === undefined ? codebookIds().map(loadCodebook) : familyOf(loadCodebook(name));
	const having = family.filter(({ publisher }) => publisher?.figures !== undefined);
	const cycles = [...new Set(having.map(({ cycle }) => cycle))].sort((a, b) => b - a);
	return cycles.map((cycle) => publishedSource(having, cycle, name));
}

function publishedSource(having: readonly Codebook[], cycle: number, name: string | undefined): PackSource {
	const { codebook, rows } = publishedCycle(having, cycle);
	// The page starts from all teachers, of whom what is printed by groups alone says nothing.
	const ofAll = rows.filter(({ group }) => Object.keys(group).length === 0);
	const printed = new Set(ofAll.map(({ topic }) => topic));
	const topics = Object.keys(codebook.topics).filter((topic) => printed.has(topic));
	const groupings = new Map(
		rows
			.filter(({ topic }) => printed.has(topic))
			.map(({ group }) => {
				const ids = Object.keys(group);
				return [ids.join(), ids];
			}),
	);
	const results = [...groupings.values()].map((ids) =>
		published({ cycle, topics, by: ["population", ...ids], codebook: name }),
	);
	return { id: String(cycle), own: false, codebook, results };
}
