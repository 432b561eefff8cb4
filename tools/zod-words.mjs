// What a schema in zod says of each key, in words, by its source: names of other schemas stay names.

const PLAIN = { string: "text", number: "number", boolean: "true or false", unknown: "anything" };
/** Comments, texts and regular expressions, in which brackets and commas mean nothing. */
const SKIPPED = /^(?:\/\*[\s\S]*?\*\/|\/\/.*|"(?:\\.|[^"])*"|(?<![\w)\]])\/(?:\\.|\[[^\]]*\]|[^/\n])+\/\w*)/;
const PAIRS = { "(": ")", "[": "]", "{": "}" };

/** Cuts a text at the commas that stand in no brackets, quotation marks, comments or regular expressions. */
function partsOf(text) {
	const parts = [];
	let [from, at] = [0, 0];
	const open = [];
	while (at < text.length) {
		const skipped = SKIPPED.exec(text.slice(at));
		const letter = text[at];
		if (skipped !== null) at += skipped[0].length;
		else {
			if (letter in PAIRS) open.push(PAIRS[letter]);
			else if (letter === open.at(-1)) open.pop();
			else if (letter === "," && open.length === 0) {
				parts.push(text.slice(from, at));
				from = at + 1;
			}
			at++;
		}
	}
	return [...parts, text.slice(from)].filter((part) => part.trim() !== "");
}

/** The keys of an object's source, each with its comment and its type; a name alone is both. */
export function fieldsOf(body) {
	return partsOf(body).flatMap((part) => {
		const comment = /^\s*\/\*\*[\s\S]*?\*\//.exec(part)?.[0] ?? "";
		const rest = part
			.slice(comment.length)
			.replace(/^\s*\/\/.*$/gm, "")
			.trim();
		const [, key, type = key] = /^(\w+)(?::\s*([\s\S]*))?$/.exec(rest) ?? [];
		return key === undefined ? [] : [{ comment, key, type }];
	});
}

/**
 * A type in words.
 * @param named What the name of another schema is called.
 * @param constants Lists of texts, by their names.
 */
export function wordsOf(type, named, constants) {
	const words = (one) => wordsOf(one, named, constants);
	const source = type.replace(/\/\*[\s\S]*?\*\//g, "").trim();
	const call = /^z\s*\.\s*(\w+)\(/.exec(source);
	if (call === null) return named(/^\w+/.exec(source)?.[0] ?? source);
	const [, method] = call;
	const given = partsOf(insideOf(source.slice(call[0].length - 1)));
	if (method in PLAIN) return PLAIN[method];
	const [first = "", second = ""] = given;
	switch (method) {
		case "array":
			return words(first).includes(" or ") ? `list of (${words(first)})` : `list of ${words(first)}`;
		case "tuple":
			return partsOf(insideOf(first.trim())).map(words).join(" and ");
		case "record":
			return `${words(second)}, by key`;
		case "literal":
			return `\`${first.trim().replaceAll('"', "")}\``;
		case "enum":
			return listed(textsOf(first.trim(), constants).map((one) => `\`${one}\``));
		case "union":
		case "discriminatedUnion": {
			const list = method === "union" ? first : second;
			return [...new Set(partsOf(insideOf(list.trim())).map(words))].join(" or ");
		}
		case "strictObject": {
			const fields = fieldsOf(insideOf(first.trim()));
			return `{ ${fields.map((field) => `${field.key}: ${words(field.type)}`).join(", ")} }`;
		}
		default:
			return words(first);
	}
}

/** What stands between the first bracket and its partner. */
function insideOf(text) {
	const [inside = ""] = partsOf(text.slice(0, endOf(text)));
	return inside.trim().slice(1, -1);
}

function endOf(text) {
	const open = [];
	for (let at = 0; at < text.length; at++) {
		const skipped = SKIPPED.exec(text.slice(at));
		if (skipped !== null) at += skipped[0].length - 1;
		else if (text[at] in PAIRS) open.push(PAIRS[text[at]]);
		else if (text[at] === open.at(-1)) {
			open.pop();
			if (open.length === 0) return at + 1;
		}
	}
	return text.length;
}

/** The texts of a list in brackets, or of a constant. */
function textsOf(source, constants) {
	if (!source.startsWith("[")) return constants.get(source) ?? [source];
	return partsOf(source.slice(1, -1)).flatMap((part) => {
		const one = part.trim();
		return one.startsWith("...") ? textsOf(one.slice(3), constants) : [one.replaceAll('"', "")];
	});
}

function listed(texts) {
	return texts.length < 2 ? texts.join("") : `${texts.slice(0, -1).join(", ")} or ${texts.at(-1)}`;
}
