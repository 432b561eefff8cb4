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
import type { Draft } from "./draft.js";

/**
 * A draft as YAML, with its comments where they belong.
 * @param translate What a comment is in the reader's language.
 */
export function draftText(
	{ codebook, comments, leftOut, decisions, questions, decide }: Draft,
	file: string,
	translate: (text: string) => string,
): string {
	const said = (text: string) => lines(text.split("\n").map(translate).join("\n"));
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
	// The frame and what stands in it by themselves: together they could be taken for another sentence.
	const framed = (frame: string, texts: readonly string[]) =>
		texts.map((text) => translate(frame).replace("{what}", () => translate(text)));
	document.commentBefore = lines(
		[
			translate(
				`Drafted from ${legible(file)} by talis-pd codebook init. Read it and decide: every comment is a question to you.`,
			),
			translate(
				decide
					? "It does not run until you have written the method of design: see the comment there."
					: "It works as it stands: talis-pd rates FILE --codebook THIS_FILE",
			),
			...framed("To decide — {what}.", questions),
			...framed("Decided — {what}.", decisions),
			...framed("Left out — {what}.", leftOut),
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

/** What is there once a replicate would bury the rest, a line each. */
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
