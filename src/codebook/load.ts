import { type Document, isNode, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";
import { UserError } from "../errors.js";
import { type Codebook, codebookSchema } from "./schema.js";

/**
 * YAML → codebook, checked key by key.
 * @param file Name for messages.
 * @throws UserError naming file, line and key of the first thing that is wrong.
 */
export function parseCodebook(text: string, file: string): Codebook {
	const codebook = parseYaml(text, file, codebookSchema);
	checkReferences(codebook, (path, message) => {
		const lines = new LineCounter();
		const document = parseDocument(text, { lineCounter: lines });
		throw new UserError(`${path.join(".")}: ${message}`, {
			where: { file, line: lineOf(document, path, lines) },
		});
	});
	return codebook;
}

/** YAML text → what the schema describes; errors name the line and the key. */
export function parseYaml<T extends z.ZodType>(text: string, file: string, schema: T): z.output<T> {
	const lines = new LineCounter();
	const document = parseDocument(text, { lineCounter: lines });
	const broken = document.errors[0];
	if (broken !== undefined) {
		throw new UserError(`is not valid YAML: ${broken.message.split("\n")[0]?.replace(/ at line.*$/, "")}`, {
			where: { file, line: broken.linePos?.[0].line ?? 1 },
		});
	}
	const checked = schema.safeParse(document.toJS());
	if (checked.success) return checked.data;
	const issue = deepest(checked.error.issues.flatMap(alternatives));
	const path = [...issue.path, ...("keys" in issue ? issue.keys.slice(0, 1) : [])];
	throw new UserError(`${path.join(".") || "the file"}: ${issue.message}`, {
		where: { file, line: lineOf(document, path, lines) },
	});
}

/** Of what may have one of several shapes, what is wrong with each. */
function alternatives(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
	if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
	return issue.errors
		.flat()
		.flatMap(alternatives)
		.map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }));
}

/** The issue that says most: the one that got furthest. */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
	return issues.reduce((best, next) => (next.path.length > best.path.length ? next : best));
}

function lineOf(document: Document, path: readonly PropertyKey[], lines: LineCounter): number {
	for (let length = path.length; length > 0; length--) {
		const node = document.getIn(path.slice(0, length), true);
		if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
	}
	return 1;
}

/** Names that one part of a codebook uses must stand in another part. */
function checkReferences(codebook: Codebook, fail: (path: string[], message: string) => never): void {
	for (const [topicKey, topic] of Object.entries(codebook.topics)) {
		for (const [itemKey, item] of Object.entries(topic.items)) {
			const owner = (own: string | undefined) =>
				own === undefined ? ["topics", topicKey] : ["topics", topicKey, "items", itemKey];
			const answers = item.answers ?? topic.answers;
			if (!Object.hasOwn(codebook.answers, answers)) {
				fail([...owner(item.answers), "answers"], `no answers "${answers}"`);
			}
			const base = item.base ?? topic.base;
			if (!(base in codebook.bases)) fail([...owner(item.base), "base"], `no base "${base}"`);
		}
		for (const [key, derived] of Object.entries(topic.derived ?? {})) {
			const lost = derived.of?.find((item) => !Object.hasOwn(topic.items, item));
			if (lost !== undefined) fail(["topics", topicKey, "derived", key, "of"], `no item "${lost}"`);
		}
	}
	for (const [base, { gate }] of Object.entries(codebook.bases)) {
		if (gate === undefined) continue;
		const [topic = "", item = ""] = gate.split(":");
		const known = codebook.topics[topic];
		if (known?.items[item] === undefined && known?.derived?.[item] === undefined) {
			fail(["bases", base, "gate"], `no item "${gate}"`);
		}
	}
	for (const [name, { yes, values }] of Object.entries(codebook.answers)) {
		const lost = yes.find((code) => !Object.hasOwn(values, code));
		if (lost !== undefined) fail(["answers", name, "yes"], `${lost} is not among its values`);
	}
}
