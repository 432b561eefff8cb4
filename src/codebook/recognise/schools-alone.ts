import { keyOf } from "../../base/key-of.js";
import type { Source } from "../../read/block.js";
import { columnIndex } from "../../read/columns/column-names.js";
import type {
	Answers,
	Codebook,
	DesignDefinition,
	GroupDefinition,
	Item,
	Text,
	Topic,
} from "../definition/schema.js";
import { type KnownVariable, variablesOf } from "../variables/library.js";
import { isSchoolFile } from "./school-files.js";

/** The codebook by which a file that describes schools is read alone; undefined where none knows its weight. */
export function schoolsAlone(
	source: Pick<Source, "columns" | "name">,
	codebooks: readonly Codebook[],
): Codebook | undefined {
	const found = codebooks.find((codebook) => {
		const design = codebook.schools?.alone?.design;
		const names = design === undefined ? [] : weightNames(design);
		const has = (name: string) => columnIndex(source.columns, name) !== undefined;
		return names.length > 0 && names.every(has) && isSchoolFile(source, codebook);
	});
	return found && codebookOfSchools(found);
}

/** The weight, and its first replicate where there are any: without them a file has no figures of its own. */
function weightNames(design: DesignDefinition): string[] {
	const replicates = "replicates" in design ? design.replicates : [];
	const [first] = Array.isArray(replicates) ? replicates : [`${replicates.prefix}1`];
	return [design.weight, first].flatMap((name) => name ?? []);
}

/**
 * What a survey's codebook says of its schools, as a codebook of their file: rows are schools, weighted as such. Its
 * groups are those that teachers look up there; its topics are the shares of each of their values, and of each code of
 * all other columns that are known.
 */
function codebookOfSchools(codebook: Codebook): Codebook {
	const { alone } = codebook.schools as NonNullable<Codebook["schools"]>;
	const { title, of, design } = alone as NonNullable<typeof alone>;
	const groups = Object.entries(codebook.groups).filter(
		([id, { file }]) => file === "schools" || id === "country" || id === "population",
	);
	const described = groups.filter(([, { file }]) => file === "schools");
	const taken = new Set(described.map(([id]) => id));
	const topics = [
		...described.map(([id, group]) => [id, topicOfGroup(group, id)] as const),
		...codedColumns(codebook, described).map(
			(known) => [keyOf(known.name, "c", taken), topicOfColumn(known)] as const,
		),
	];
	const answers = Object.fromEntries([
		...described.map(([id, group]) => [id, answersOfGroup(group)] as const),
		...codedColumns(codebook, described).map(
			(known) => [known.name.toLowerCase(), answersOfColumn(known)] as const,
		),
	]);
	const {
		forms: _,
		emptyCells: __,
		publisher: ___,
		gaps: ____,
		headline: _____,
		grids: ______,
		...kept
	} = codebook;
	const { teacher: _______, ...ids } = codebook.ids;
	return {
		...kept,
		id: `${codebook.id.replace(/-teacher$/, "")}-schools`,
		title,
		rowsAre: "schools",
		ids,
		design,
		suppression: {
			teachers: 0,
			schools: codebook.suppression?.schools ?? 0,
			nonresponse: codebook.suppression?.nonresponse ?? 100,
		},
		bases: { all: { label: of } },
		answers,
		groups: Object.fromEntries(groups.map(([id, { file: _, ...group }]) => [id, group])),
		measures: {},
		defaults: { topics: described.map(([id]) => id) },
		topics: Object.fromEntries(topics),
	};
}

/** Columns of the schools' file with codes that are known, and that no group is of. */
function codedColumns(
	codebook: Codebook,
	described: readonly (readonly [string, GroupDefinition])[],
): KnownVariable[] {
	const used = new Set([
		...described.map(([, { variable }]) => variable),
		codebook.groups.population?.variable,
	]);
	return variablesOf(codebook, "principal").filter(
		({ name, kind, answers }) =>
			(kind === "nominal" || kind === "ordinal") && answers !== null && !used.has(name),
	);
}

function answersOfGroup({ values, missing = [] }: GroupDefinition): Answers {
	const listed = Object.values(values as Exclude<GroupDefinition["values"], "systems">);
	const codes = listed.flatMap(({ codes = [], label }) => codes.map((code) => [code, label] as const));
	return {
		yes: [],
		values: Object.fromEntries(codes),
		missing: Object.fromEntries(missing.map((code) => [code, "omitted" as const])),
	};
}

function topicOfGroup({ variable, label, values, confidence }: GroupDefinition, answers: string): Topic {
	const sure = confidence === undefined ? {} : { confidence };
	const items = Object.entries(values as Exclude<GroupDefinition["values"], "systems">).flatMap(
		([value, { label, codes }]): [string, Item][] =>
			codes === undefined ? [] : [[value, { variable, label, option: [...codes], ...sure }]],
	);
	return topicOf(label, answers, Object.fromEntries(items));
}

function answersOfColumn({ answers, missing }: KnownVariable): Answers {
	return { yes: [], values: { ...answers }, missing: { ...missing } };
}

function topicOfColumn({ name, label, answers, confidence }: KnownVariable): Topic {
	const sure = confidence === "high" ? {} : { confidence };
	const items = Object.entries(answers ?? {}).map(([code, label]): [string, Item] => [
		`answer-${code}`,
		{ variable: name, label, option: [code], ...sure },
	]);
	return topicOf(label, name.toLowerCase(), Object.fromEntries(items));
}

function topicOf(label: Text, answers: string, items: Record<string, Item>): Topic {
	return { label, title: label, question: label.en, answers, base: "all", items };
}
