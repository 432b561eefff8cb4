import { type Document, isNode, isScalar, LineCounter, parseDocument, visit } from "yaml";
import type * as z from "zod";
import { entryOf } from "../../base/entry-of.js";
import { UserError } from "../../base/errors.js";
import { checkBy } from "../../base/schema-issue.js";
import { didYouMean } from "../../base/suggest.js";
import { parseFormula } from "../../settings/definition.js";
import { type Content, isMap } from "./content.js";
import { isUndecided, withCountedAnswers } from "./counted.js";
import { withDefinedGroups } from "./defined-groups.js";
import { extended, type Said } from "./extend.js";
import { gateItem } from "./gate-item.js";
import { MOST_PARTS } from "./most-parts.js";
import { type Answers, type Codebook, codebookSchema, type Item } from "./schema.js";

/** The text of a codebook that another one extends, and its name for messages. */
export type TextOf = (name: string) => { text: string; file: string };

/**
 * YAML → codebook, checked key by key.
 * @param file Name for messages.
 * @param textOf Finds the codebook that this one extends.
 * @throws UserError naming file, line and key of the first thing that is wrong.
 */
export function parseCodebook(text: string, file: string, textOf: TextOf = noText): Codebook {
	const load = (name: string): Said => {
		const base = textOf(name);
		const content = contentOf(documentOf(base.text, base.file, new LineCounter()), base.file);
		return { content: content as Content, file: base.file };
	};
	const codebook = parseYaml(text, file, codebookSchema, {
		start: "codebook init drafts one from a survey file",
		whole: (content) => withDefinedGroups(extended({ content, file }, load), file),
	});
	checkReferences(codebook, (path, message) => {
		const lines = new LineCounter();
		const document = parseDocument(text, { lineCounter: lines });
		throw new UserError(`${path.join(".")}: ${message}`, {
			code: "definition",
			where: { file, line: lineOf(document, path, lines) },
		});
	});
	return withCountedAnswers(withCountries(codebook));
}

/** Countries stay apart everywhere, also where a codebook names their column alone. */
function withCountries(codebook: Codebook): Codebook {
	const { groups, ids } = codebook;
	if (ids.country === undefined || Object.hasOwn(groups, "country")) return codebook;
	const country = { variable: ids.country, label: COUNTRY, values: "systems" as const };
	return { ...codebook, groups: { country, ...groups } };
}

const COUNTRY = { en: "Country", kk: "Ел", ru: "Страна" };

function noText(name: string): never {
	throw new UserError(`extends: ${name} is not available here`, { code: "definition" });
}

interface YamlOptions {
	/** Advice on how to get such a file, for a file that is something else. */
	start?: string;
	/** File contents → everything they expand to. */
	whole?: (content: Content) => Content;
}

/** YAML text → what the schema describes; errors name the line and the key. */
export function parseYaml<T extends z.ZodType>(
	text: string,
	file: string,
	schema: T,
	{ start, whole = (content) => content }: YamlOptions = {},
): z.output<T> {
	const lines = new LineCounter();
	const document = documentOf(text, file, lines);
	const said = contentOf(document, file);
	const checked = checkBy(schema, isMap(said) ? whole(said) : said);
	if (checked.success) return checked.data;
	const issue = deepest(checked.error.issues.flatMap(alternatives));
	const unknown = unknownKey(issue);
	const path = [...issue.path, ...(unknown === undefined ? [] : [unknown])];
	if (path.length === 0) {
		throw new UserError(issue.message, {
			code: "definition",
			where: { file },
			...(start === undefined ? {} : { hint: start }),
		});
	}
	throw new UserError(`${path.join(".")}: ${issue.message}`, {
		code: "definition",
		where: { file, line: lineOf(document, path, lines) },
		...(unknown === undefined || path.length > 1 ? {} : { hint: didYouMean(unknown, keysOf(schema)) }),
	});
}

function documentOf(text: string, file: string, lineCounter: LineCounter): Document {
	// The package compares each key of a map with all others, which takes minutes for a hundred thousand.
	const document = parseDocument(text, { lineCounter, uniqueKeys: false });
	const fail = (why: string | undefined, line: number): never => {
		throw new UserError(`is not valid YAML: ${why}`, { code: "definition", where: { file, line } });
	};
	const broken = document.errors[0];
	if (broken !== undefined) {
		fail(broken.message.split("\n")[0]?.replace(/ at line.*$/, ""), broken.linePos?.[0].line ?? 1);
	}
	visit(document, {
		Map(_, { items }) {
			const keys = new Set<unknown>();
			for (const { key } of items) {
				if (!isScalar(key)) continue;
				if (keys.has(key.value))
					fail("Map keys must be unique", lineCounter.linePos(key.range?.[0] ?? 0).line);
				keys.add(key.value);
			}
		},
	});
	return document;
}

function unknownKey(issue: z.core.$ZodIssue): string | undefined {
	return issue.code === "unrecognized_keys" ? issue.keys[0] : undefined;
}

/** The keys of a document that is a map. */
function keysOf(schema: z.ZodType): string[] {
	return "shape" in schema ? Object.keys(schema.shape as object) : [];
}

/** What a document says; an alias that has no anchor, or stands for too much, is found out only here. */
function contentOf(document: Document, file: string): unknown {
	try {
		return document.toJS();
	} catch (cause) {
		const [what] = (cause as Error).message.split("\n");
		throw new UserError(`is not valid YAML: ${what}`, {
			code: "definition",
			where: { file },
			hint: "write the value out where * stands for it",
			cause,
		});
	}
}

/** Of what may have one of several shapes, what is wrong with each. */
function alternatives(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
	if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
	return issue.errors
		.flat()
		.flatMap(alternatives)
		.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The issue that says most: the one that got furthest; an unknown key may be what another one lacks. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
	const depth = (issue: z.core.$ZodIssue) => issue.path.length + (unknownKey(issue) === undefined ? 0 : 1.5);
	return issues.reduce((best, next) => (depth(next) > depth(best) ? next : best));
}

function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
	for (let length = path.length; length > 0; length--) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
	}
	return 1;
}

/** Names that one part of a codebook uses must stand in another part. */
function checkReferences(codebook: Codebook, fail: Fail): void {
	for (const [topicKey, topic] of Object.entries(codebook.topics)) {
		for (const [itemKey, item] of Object.entries(topic.items)) {
			const owner = (own: string | undefined) =>
				own === undefined ? ["topics", topicKey] : ["topics", topicKey, "items", itemKey];
			const answers = item.answers ?? topic.answers;
			if (!Object.hasOwn(codebook.answers, answers)) {
				fail([...owner(item.answers), "answers"], `no answers "${answers}"`);
			}
			const base = item.base ?? topic.base;
			if (!Object.hasOwn(codebook.bases, base)) fail([...owner(item.base), "base"], `no base "${base}"`);
			const gate = gateItem(codebook, base, itemKey);
			if (gate !== undefined && !isKnown(codebook, gate)) fail(["bases", base, "gate"], `no item "${gate}"`);
			checkYes(
				entryOf(codebook.answers, answers) as Answers,
				item,
				["topics", topicKey, "items", itemKey],
				fail,
			);
		}
		for (const [key, derived] of Object.entries(topic.derived ?? {})) {
			const path = ["topics", topicKey, "derived", key];
			const isDefined = derived.rule === "defined";
			if (isDefined !== (derived.define !== undefined)) {
				fail(path, isDefined ? "has no define" : "has a define, so its rule is defined");
			}
			if (derived.define !== undefined) readFormula(derived.define, (why) => fail([...path, "define"], why));
			if (derived.base !== undefined && !Object.hasOwn(codebook.bases, derived.base)) {
				fail([...path, "base"], `no base "${derived.base}"`);
			}
			const lost = derived.of?.find((item) => !Object.hasOwn(topic.items, item));
			if (lost !== undefined) fail(["topics", topicKey, "derived", key, "of"], `no item "${lost}"`);
			const items = (derived.of ?? Object.keys(topic.items)).length;
			if (items > MOST_PARTS) {
				fail(
					["topics", topicKey, "derived", key],
					`is made of ${items} items, and ${MOST_PARTS} is the most`,
				);
			}
		}
	}
	for (const [base, { gate, within }] of Object.entries(codebook.bases)) {
		if (within !== undefined && !Object.hasOwn(codebook.bases, within)) {
			fail(["bases", base, "within"], `no base "${within}"`);
		}
		if (gate === undefined || gate.endsWith(":*")) continue;
		if (!isKnown(codebook, gate)) fail(["bases", base, "gate"], `no item "${gate}"`);
	}
	for (const [name, { yes, values, missing, unlisted }] of Object.entries(codebook.answers)) {
		const both = Object.keys(values).find((code) => Object.hasOwn(missing, code));
		if (both !== undefined) fail(["answers", name, "missing", both], `${both} is among its values, too`);
		const decided = isUndecided({ yes, values, missing }) ? [] : yes;
		const lost = decided.find((code) => !Object.hasOwn(values, code));
		if (lost !== undefined) fail(["answers", name, "yes"], `${lost} is not among its values`);
		if (unlisted !== undefined && !Object.hasOwn(values, unlisted)) {
			fail(["answers", name, "unlisted"], `${unlisted} is not among its values`);
		}
	}
	for (const [name, { values, missing = [] }] of Object.entries(codebook.groups)) {
		const valid = values === "systems" ? [] : Object.values(values).flatMap(({ codes = [] }) => codes);
		const both = missing.find((code) => valid.includes(code));
		if (both !== undefined) fail(["groups", name, "missing"], `${both} is a code of its values, too`);
	}
	checkDesign(codebook, fail);
	checkSchools(codebook, fail);
	checkCautions(codebook, fail);
	checkPublisher(codebook, fail);
	const { headline } = codebook;
	if (headline !== undefined && !isKnown(codebook, headline)) fail(["headline"], `no item "${headline}"`);
	const named = [
		...(codebook.defaults?.topics ?? []).map((topic) => [["defaults", "topics"], topic] as const),
		...Object.entries(codebook.gaps ?? {}).map(([side, topic]) => [["gaps", side], topic] as const),
		...Object.entries(codebook.grids ?? {}).flatMap(([id, { topics }]) =>
			Object.keys(topics).map((topic) => [["grids", id, "topics", topic], topic] as const),
		),
	];
	for (const [path, topic] of named) {
		if (!Object.hasOwn(codebook.topics, topic)) fail([...path], `no topic "${topic}"`);
	}
	const taken = Object.keys(codebook.grids ?? {}).find((id) => Object.hasOwn(codebook.topics, id));
	if (taken !== undefined) fail(["grids", taken], "is the name of a topic");
}

function readFormula(text: string, fail: (why: string) => never): void {
	try {
		parseFormula(text);
	} catch (error) {
		fail(error instanceof UserError ? error.message : String(error));
	}
}

/** Whether a `topic:item`, or a derived one, stands in the codebook. */
function isKnown({ topics }: Codebook, id: string): boolean {
	const [topic = "", item = ""] = id.split(":");
	return (
		entryOf(entryOf(topics, topic)?.items, item) !== undefined ||
		entryOf(entryOf(topics, topic)?.derived, item) !== undefined
	);
}

/** Groups that are read from files of schools need to know which files these are. */
function checkSchools({ groups, schools, ids }: Codebook, fail: Fail): void {
	const [group] = Object.entries(groups).find(([, { file }]) => file === "schools") ?? [];
	if (group !== undefined && schools === undefined) {
		fail(["groups", group, "file"], "no schools: say what the files of schools are");
	}
	if (schools !== undefined && ids.school === undefined) {
		fail(["schools"], "name the column that tells schools apart: ids: { school: COLUMN }");
	}
}

/** A mark is declared for populations that the codebook has, and explained only where some system bears it. */
function checkCautions({ systems = {}, cautions = {}, groups }: Codebook, fail: Fail): void {
	const populations = Object.keys(groups.population?.values ?? {});
	const borne = new Set<string>();
	for (const [code, { caution = {} }] of Object.entries(systems)) {
		for (const [population, mark] of Object.entries(caution)) {
			borne.add(mark);
			if (population === "all" || populations.includes(population)) continue;
			fail(["systems", code, "caution", population], "no such population; or say all");
		}
	}
	for (const { values } of Object.values(groups)) {
		if (values === "systems") continue;
		for (const { caution } of Object.values(values)) if (caution !== undefined) borne.add(caution);
	}
	const lost = Object.keys(cautions).find((mark) => !borne.has(mark));
	if (lost !== undefined) fail(["cautions", lost], "no system and no value of a group bears this mark");
}

/** What is the publisher's own speaks of populations, averages and topics that the codebook has. */
function checkPublisher({ publisher, groups, averages = {}, topics }: Codebook, fail: Fail): void {
	if (publisher === undefined) return;
	const { mainPopulation, ownAverage, totals, figures, columns } = publisher;
	const populations = Object.keys(groups.population?.values ?? {});
	const path = (...keys: string[]) => ["publisher", ...keys];
	const spoken: [string[], string | undefined][] = [
		[path("mainPopulation"), mainPopulation],
		...Object.keys(figures?.tables ?? {}).map((one): [string[], string] => [
			path("figures", "tables", one),
			one,
		]),
		...Object.keys(columns?.populations ?? {}).map((one): [string[], string] => [
			path("columns", "populations", one),
			one,
		]),
	];
	for (const [at, population] of spoken) {
		if (population !== undefined && populations.length > 0 && !populations.includes(population)) {
			fail(at, `no population "${population}"`);
		}
	}
	for (const [at, average] of [
		[path("ownAverage"), ownAverage],
		...Object.entries(totals).map(([total, one]) => [path("totals", total), one] as const),
	] as const) {
		if (average !== undefined && !Object.hasOwn(averages, average)) fail([...at], `no average "${average}"`);
	}
	const lost = figures?.topics?.find((topic) => !Object.hasOwn(topics, topic));
	if (lost !== undefined) fail(path("figures", "topics"), `no topic "${lost}"`);
}

type Fail = (path: string[], message: string) => never;

/** Every item has a yes: its own options, or those of its set. */
function checkYes(answers: Answers, { option }: Item, path: string[], fail: Fail): void {
	const lost = option?.find((code) => !Object.hasOwn(answers.values, code));
	if (lost !== undefined) fail([...path, "option"], `${lost} is not among the values of its answers`);
	if (option !== undefined) return;
	if (answers.separator !== undefined) fail(path, "its answers are a list, so it needs an option");
	if (answers.yes.length === 0) fail(path, "its answers name no yes, so it needs an option");
}

/** A codebook says what its weight is, or that there is none; silence would be a guess. */
function checkDesign({ design }: Codebook, fail: Fail): void {
	const none = "weights" in design && design.weights === "none";
	if (design.weight === undefined && !none) {
		fail(["design"], "name the column of the weight, or say weights: none");
	}
	if (design.weight !== undefined && none) fail(["design", "weights"], "none, but a weight is named");
	if (design.weight !== undefined && design.method === "simple") {
		fail(["design", "method"], "simple is for files without weights; with a weight it is weights-only");
	}
}
