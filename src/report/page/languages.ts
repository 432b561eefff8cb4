import { DOMParser, type Element, XMLSerializer } from "@xmldom/xmldom";
import type { Markup } from "../../base/html.js";
import { childrenOf } from "../../chart/index.js";

/** How a page differs in its other languages. Texts repeat, so `words` has each once, and `places` refers to them by number. */
export interface Changes {
	words: string[];
	/**
	 * Place after place: how many elements it is from the last one, in the order of the document; what of it changes, the
	 * name of an attribute or "" for its content; then what that is in every other language, -1 where it is as in the first;
	 * an attribute that is "" is left out.
	 */
	places: number[];
}

/**
 * The changes that turn a document into another language: texts, attributes, and the whole content of the smallest
 * element in which even the elements differ, such as the lines of a long title.
 * @param documents The same in each language; the first is the one that is changed.
 */
export function changesBetween(documents: readonly Markup[]): Changes {
	const words = new Words();
	const places: number[] = [];
	let number = 0;
	let last = 0;
	const put = (name: string, [first, ...others]: readonly string[]) => {
		places.push(number - last, words.of(name), ...others.map((one) => (one === first ? -1 : words.of(one))));
		last = number;
	};
	const walk = (elements: readonly Element[]) => {
		for (const name of namesOf(elements)) {
			const values = elements.map((element) => element.getAttribute(name) ?? "");
			if (differ(values)) put(name, values);
		}
		const [first] = elements as [Element];
		if (differ(elements.map(frameOf))) {
			put("", elements.map(contentOf));
			number += first.getElementsByTagName("*").length + 1;
			return;
		}
		number++;
		const children = elements.map(childrenOf);
		for (const place of children[0]?.keys() ?? []) {
			walk(children.map((all) => all[place] as Element));
		}
	};
	walk(documents.map(({ text }) => parsed(text)));
	return { words: words.all, places };
}

/** Numbers of texts, in the order in which they come up. */
class Words {
	private readonly known = new Map<string, number>();

	of(text: string): number {
		const number = this.known.get(text) ?? this.known.size;
		this.known.set(text, number);
		return number;
	}

	get all(): string[] {
		return [...this.known.keys()];
	}
}

function parsed(text: string): Element {
	return new DOMParser().parseFromString(text, "text/html").documentElement as Element;
}

function namesOf(elements: readonly Element[]): Set<string> {
	return new Set(elements.flatMap(({ attributes }) => [...attributes].map(({ name }) => name)));
}

/** An element's own text, with the elements in it by their names alone. */
function frameOf({ childNodes }: Element): string {
	return [...childNodes]
		.map((node) => (node.nodeType === node.ELEMENT_NODE ? `<${node.nodeName}>` : node.nodeValue))
		.join("");
}

/** Markup of an element's content as the page has it, without namespaces. */
function contentOf({ childNodes }: Element): string {
	const markup = [...childNodes].map((node) => new XMLSerializer().serializeToString(node)).join("");
	return markup.replace(/ xmlns(:\w+)?="[^"]*"/g, "");
}

function differ(values: readonly string[]): boolean {
	return new Set(values).size > 1;
}
