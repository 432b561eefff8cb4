import { entryOf } from "../base/entry-of.js";
import { splitRun } from "../base/run-options.js";
import { inLanguage } from "../codebook/definition/in-language.js";
import type { Codebook } from "../codebook/definition/schema.js";
import { withCodes } from "../codebook/meaning/labelled-columns.js";
import { defaultTopics, OWN } from "../codebook/meaning/select-items.js";
import { derivedAnswers } from "../codebook/plan/scope.js";
import { chooseCodebook } from "../codebook/recognise/choose.js";
import { withImplied } from "../codebook/recognise/implied-columns.js";
import { findWeights } from "../design/weight-columns.js";
import type { Source, Variable } from "../read/block.js";
import { columnIndex } from "../read/columns/column-names.js";
import { isTable } from "../read/database/table.js";
import { withSource } from "../read/index.js";
import type { SurveyData } from "../read/memory/data.js";
import type { Inspection } from "../results/about-files.js";
import { tellsSamples } from "../results/samples.js";
import { type FileOptions, normalizeFile } from "../settings/file.js";
import type { Language } from "../wording/locale.js";
import { Census } from "./census.js";
import { censusOfTable } from "./table-census.js";

/**
 * Describes a file without estimating anything: its survey, systems, weights, topics and groups, unknown codes, and
 * suggested next commands.
 * @param path One survey file; `-` is standard input.
 * @throws UserError where the file cannot be read or is of no known survey.
 * @example
 * import { inspect, samplePath } from "talis-pd";
 *
 * const { codebook, rows, weights } = await inspect(samplePath());
 * console.log(codebook.id, rows, weights.replicates); // talis-2018-teacher 2000 100
 */
export async function inspect(path: SurveyData, options: FileOptions = {}): Promise<Inspection> {
	const [spec, run] = splitRun(options);
	const asked = normalizeFile(spec);
	return withSource(path, run, (source) => inspected(path, source, asked));
}

async function inspected(
	path: SurveyData,
	opened: Source,
	{ codebook: asked, language }: ReturnType<typeof normalizeFile>,
): Promise<Inspection> {
	const { name } = opened;
	const codebook = chooseCodebook(asked, opened.columns, name);
	const source = withCodes(withImplied(opened, codebook), codebook);
	const { columns } = source;
	const census = isTable(source)
		? await censusOfTable(source, codebook)
		: await new Census(codebook, columns).take(source);
	const remarks = opened.remarks?.() ?? [];
	const { weight, replicates, missing, repeated } = findWeights(columns, codebook.design);
	const count = replicates.length;
	const found = {
		schema: "talis-pd/inspect@1" as const,
		file: name,
		format: source.format,
		sha256: await source.sha256(),
		rows: census.rows,
		columns: opened.columns.length,
		codebook: { id: codebook.id, title: inLanguage(codebook.title, language), cycle: codebook.cycle },
		synthetic: codebook.synthetic !== undefined && columnIndex(columns, codebook.synthetic) !== undefined,
		...(codebook.rowsAre === undefined ? {} : { rowsAre: codebook.rowsAre }),
		systems: census.systems,
		weights: {
			weight: (weight.length > 0 ? codebook.design.weight : undefined) ?? null,
			...(codebook.design.weight === undefined ? { none: true as const } : {}),
			replicates: count - missing.length,
			expected: count,
			missing,
			repeated,
		},
		topics: topicsOf(codebook, columns, language),
		groups: groupsOf(codebook, columns),
		...labelsOf(source),
		...(remarks.length === 0 ? {} : { remarks: [...remarks] }),
		unknownCodes: census.unknownCodes,
		duplicateTeachers: census.duplicateTeachers,
	};
	const file = [typeof path === "string" ? path : name, ...(asked === null ? [] : ["--codebook", asked])];
	return { ...found, next: nextCommands(file.map(quoted).join(" "), found, defaultTopics(codebook)) };
}

function topicsOf(codebook: Codebook, columns: readonly string[], language: Language): Inspection["topics"] {
	return Object.entries(codebook.topics).map(([topic, { label, items }]) => {
		const variables = Object.values(items).map(({ variable }) => variable);
		const lost = variables.filter((variable) => columnIndex(columns, variable) === undefined);
		const found = variables.length - lost.length;
		return { topic, label: inLanguage(label, language), found, missing: [...new Set(lost)] };
	});
}

function labelsOf({ variables }: Source): Pick<Inspection, "labels"> {
	if (variables === undefined) return {};
	const count = (has: (variable: Variable) => boolean) => variables.filter(has).length;
	return {
		labels: {
			columns: count(({ label }) => label !== ""),
			values: count(({ values }) => values.size > 0),
			missing: count(({ missing }) => missing !== null),
		},
	};
}

function groupsOf(codebook: Codebook, columns: readonly string[]): Inspection["groups"] {
	const derived = derivedAnswers(codebook, { columns });
	const has = (id: string) =>
		columnIndex(columns, entryOf(codebook.groups, id)?.variable ?? "") !== undefined ||
		derived(`${OWN}:${id}`) !== undefined;
	const ids = Object.keys({ ...codebook.groups, ...codebook.profiles });
	const elsewhere = (id: string) => entryOf(codebook.groups, id)?.file === "schools";
	return { found: ids.filter(has), missing: ids.filter((id) => !has(id) && !elsewhere(id)) };
}

/** A word of a command line. */
function quoted(word: string): string {
	return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function nextCommands(
	file: string,
	{ systems, topics, groups }: Omit<Inspection, "next">,
	standard: readonly string[],
): string[] {
	const others = topics.filter(({ topic, found }) => found > 0 && !standard.includes(topic)).slice(0, 2);
	const group = groups.found.find((id) => !tellsSamples(id));
	const place = groups.found.includes("country") ? "country," : "";
	return [
		`talis-pd rates ${file}`,
		...(group === undefined ? [] : [`talis-pd rates ${file} --by ${place}${group}`]),
		...(others.length === 0
			? []
			: [
					`talis-pd rates ${file} --topic ${others.map(({ topic }) => topic).join(",")} --chart ${others[0]?.topic}.svg`,
				]),
		...(systems.length > 1 && place !== ""
			? [`talis-pd rates ${file} --where country=${systems[0]?.country ?? ""}`]
			: []),
	];
}
