import { basename } from "node:path";
import { inLanguage } from "../../codebook/definition/in-language.js";
import { partsOfSystems } from "../../codebook/definition/memberships.js";
import type { Codebook } from "../../codebook/definition/schema.js";
import type { ResultSet } from "../../results/result-set.js";
import type { Edition } from "../pack.js";
import { inEachLanguage } from "./names.js";
import type { PackSource } from "./source.js";

const USUAL_LEVEL = 0.95;

/** What a source is, and what its codebook says of its systems. */
export function editionOf({ id, own, codebook, results }: PackSource, systems: readonly string[]): Edition {
	const [first] = results as [ResultSet];
	const name = codebook?.publisher?.name;
	const { cycle = codebook?.cycle, level = USUAL_LEVEL, ci = "logit" } = first.settings;
	const files = [...new Set(first.source.map(({ file }) => (own ? basename(file) : file)))];
	const parts = Object.entries(partsOfSystems(codebook ?? {})).filter(([code]) => systems.includes(code));
	return {
		...{ id, own, level, ci, systems },
		cycle: typeof cycle === "number" ? cycle : null,
		title: inEachLanguage((language) =>
			codebook === undefined ? first.codebook.title : inLanguage(codebook.title, language),
		),
		source: files.join(", "),
		mainLevel: codebook?.publisher?.mainPopulation ?? null,
		averages: membersOf(codebook?.averages),
		besideTotal: Object.values(codebook?.publisher?.totals ?? {}),
		trends: codebook?.trends ?? {},
		comparable: earlier(codebook),
		partOf: Object.fromEntries(parts),
		publisher: name === undefined ? null : inEachLanguage((language) => inLanguage(name, language)),
		synthetic: results.some(({ notes }) => notes.some(({ code }) => code === "synthetic-data")),
	};
}

function membersOf(averages: Codebook["averages"] = {}): Edition["averages"] {
	return Object.fromEntries(Object.entries(averages).map(([id, { members }]) => [id, members]));
}

/** Earlier cycle → `topic:item` of what means the same there. */
function earlier(codebook: Codebook | undefined): Edition["comparable"] {
	return Object.fromEntries(
		Object.entries(codebook?.crosswalk ?? {}).map(([cycle, topics]) => [
			cycle,
			Object.entries(topics).flatMap(([topic, items]) => items.map((item) => `${topic}:${item}`)),
		]),
	);
}
