import {
	Document,
	isCollection,
	isMap,
	isPair,
	isScalar,
	type Node,
	type Pair,
	visit,
	type YAMLMap,
} from "yaml";
import { legible } from "../base/escape.js";
import { UNDECIDED } from "../codebook/definition/counted.js";
import { framed } from "../wording/sentences.js";
import type { Draft } from "./draft.js";

/**
 * A draft as YAML, with its comments where they belong.
 * @param translate Translates a comment into the reader's language.
 */
export function draftText(
	{ codebook, comments, leftOut, decisions, questions, decide }: Draft,
	file: string,
	translate: (text: string) => string,
): string {
	const said = (text: string) => lines(text.split("\n").map(translate).join("\n"));
	const all = (frame: string, texts: readonly string[]) =>
		texts.map((text) => framed(translate, frame, text));
	const document = new Document(codebook, { aliasDuplicateObjects: false });
	visit(document, {
		Collection(key, node, path) {
			if (isCollection(node) && (isSmall(node as YAMLMap, key) || isPerReplicate(path.at(-1)))) {
				(node as YAMLMap).flow = true;
			}
		},
	});
	if (decide) document.setIn(["design", "method"], UNDECIDED);
	for (const [path, text] of comments) {
		const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1));
		const pair = isMap(parent)
			? (parent as YAMLMap).items.find((one) => isScalar(one.key) && one.key.value === path.at(-1))
			: undefined;
		if (pair !== undefined) (pair as Pair<Node, Node>).key.commentBefore = said(text);
	}
	document.commentBefore = said(
		[
			`Drafted from ${legible(file)} by talis-pd codebook init. Read it and decide: every comment is a question to you.`,
			decide
				? "It does not run until you have written the method of design: see the comment there."
				: "It works as it stands: talis-pd rates FILE --codebook THIS_FILE",
			...all("To decide — {what}.", questions),
			...all("Decided — {what}.", decisions),
			...all("Left out — {what}.", leftOut),
		].join("\n"),
	);
	// Between double quotes, what a terminal would obey can stand as a code.
	visit(document, {
		Scalar(_, node) {
			if (typeof node.value === "string" && STEERING.test(node.value)) node.type = "QUOTE_DOUBLE";
		},
	});
	return document.toString({ lineWidth: 0, flowCollectionPadding: true }).replace(ALL_STEERING, legible);
}

/** What turns a line around or is a control character, and is not written as a code by itself. */
const STEERING = /[\x7f-\x9f\p{Bidi_Control}]/u;
const ALL_STEERING = new RegExp(STEERING, "gu");

/** Values per replicate stay on one line, because one line each would bury the rest. */
function isPerReplicate(parent: unknown): boolean {
	return (
		isPair(parent) &&
		isScalar(parent.key) &&
		["stratumSizes", "replicates"].includes(String(parent.key.value))
	);
}

/** Labels, codes and short lists stand on one line. */
function isSmall(node: YAMLMap, key: unknown): boolean {
	const plain = node.items.every(
		(one) => isScalar(one) || (isScalar((one as Pair).value) && isScalar((one as Pair).key)),
	);
	if (!plain || key === null) return false;
	const text = JSON.stringify(node.toJSON());
	const first = (node.items[0] as Pair | undefined)?.key;
	const block = isScalar(first) && ["variable", "weight", "weights", "method"].includes(String(first.value));
	return text.length < 80 && !block;
}

/** Wrapped at about 110 columns; the first blank is YAML's own. */
function lines(text: string): string {
	return text
		.split("\n")
		.flatMap((paragraph) => {
			const wrapped: string[] = [];
			let line = "";
			for (const word of paragraph.split(/(?<=\S) /)) {
				if (line !== "" && line.length + word.length > 108) {
					wrapped.push(line);
					line = word;
				} else line = line === "" ? word : `${line} ${word}`;
			}
			return [...wrapped, line];
		})
		.map((line) => ` ${line}`)
		.join("\n");
}
