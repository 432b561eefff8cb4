// What documents say of schemas, made from the schemas: results.schema.json, docs/results-reference.md and
// docs/codebook-reference.md; and the table of docs/glossary.md. `npm run docs` writes them; a test fails where they are stale.
import { readFileSync } from "node:fs";
import { fieldsOf, wordsOf } from "./zod-words.mjs";

/** Path → text of everything that is made. `library` has rates, compare, gaps, means, render, samplePath, resultsJsonSchema. */
export async function generated(library) {
	const schema = library.resultsJsonSchema();
	return new Map([
		["results.schema.json", `${JSON.stringify(schema, null, "\t")}\n`],
		["docs/results-reference.md", await resultsReference(schema, library)],
		[
			"docs/codebook-reference.md",
			codebookReference(readFileSync("src/codebook/definition/schema.ts", "utf8")),
		],
		["docs/glossary.md", withTerms(readFileSync("docs/glossary.md", "utf8"))],
	]);
}

/** The glossary's page with its first table made anew. */
function withTerms(page) {
	const rows = JSON.parse(readFileSync("data/glossary/terms.json", "utf8")).map(
		({ term, what }) => `| ${term.en} | ${term.kk} | ${term.ru} | ${what.en} |`,
	);
	const table = ["| English | Kazakh | Russian | What it is |", "|---|---|---|---|", ...rows].join("\n");
	return page.replace(/^\| English[\s\S]*?\n\n/m, () => `${table}\n\n`);
}

const MADE = "<!-- Made by `npm run docs`; edit the schema instead. -->";

async function resultsReference(schema, { rates, compare, gaps, means, render, samplePath }) {
	const file = [samplePath()];
	const tables = [
		["rates", await rates(file, { items: ["coaching"], counts: true })],
		["compare", await compare(file, { between: "gender", items: ["coaching"] })],
		["gaps", await gaps(file, { items: ["ict"] })],
		["means", await means(file, { variables: ["types"] })],
	];
	const columns = await Promise.all(
		tables.map(async ([name, results]) => {
			const [head = ""] = String(await render(results, { format: "csv" })).split(/\r?\n/);
			return `| \`${name}\` | ${head
				.replace(/^\uFEFF/, "")
				.split(",")
				.map((column) => `\`${column}\``)
				.join(" ")} |`;
		}),
	);
	return [
		"# Results: every field",
		"",
		MADE,
		"",
		"`--format json` prints these fields. The same contract as JSON Schema is shipped: `import schema from",
		'"talis-pd/results.schema.json" with { type: "json" }`. Changes only add. Percentages and their errors are 0–100, in full',
		"precision; null stands for what is hidden or infinite. Further fields are explained in [methods.md](methods.md).",
		"",
		...objectsOf(schema, ""),
		"## Columns of CSV",
		"",
		"| command | columns |",
		"|---|---|",
		...columns,
		"",
		"`--wide` has a row a country or group instead, and two columns an item.",
		"",
	].join("\n");
}

/** A table of fields for each object of a schema, the outermost first. */
function objectsOf(schema, at) {
	const needed = new Set(schema.required ?? []);
	const rows = Object.entries(schema.properties ?? {}).map(
		([name, field]) => `| \`${name}\` | ${needed.has(name) ? "yes" : ""} | ${typeOf(field)} |`,
	);
	const below = Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
		const inner = innerOf(field);
		return inner?.properties === undefined ? [] : objectsOf(inner, at === "" ? name : `${at}.${name}`);
	});
	return [
		`## ${at === "" ? "The whole" : `\`${at}\``}`,
		"",
		"| field | always there | holds |",
		"|---|---|---|",
		...rows,
		"",
		...below,
	];
}

function innerOf(field) {
	const [only] = (field.anyOf ?? []).filter(({ type }) => type !== "null");
	const one = only ?? field;
	if (one.type === "array") return innerOf(one.items);
	return one.properties === undefined && typeof one.additionalProperties === "object"
		? innerOf(one.additionalProperties)
		: one;
}

function typeOf(field) {
	if (field.anyOf !== undefined) return [...new Set(field.anyOf.map(typeOf))].join(" or ");
	if (field.const !== undefined) return `\`${field.const}\``;
	if (field.enum !== undefined) return field.enum.map((value) => `\`${value}\``).join(", ");
	if (field.type === "array") return `list of ${typeOf(field.items)}`;
	if (field.type !== "object") return field.type ?? "anything";
	const values = field.additionalProperties;
	return field.properties === undefined && typeof values === "object" && values.type !== undefined
		? `${typeOf(values)} by name`
		: "object";
}

const OBJECT = /^(?:export )?const (\w+) = (?:z\.strictObject\()?\{\n([\s\S]*?)^\}/gm;
const DESIGNS = /^const design = z\.discriminatedUnion\([^\n]*\n([\s\S]*?)^\]\)/m;
/** What schemas that are no objects are called. */
const CALLED = { text: "text", key: "key", code: "code", codes: "list of code", pattern: "pattern" };

/** The keys of each object of the codebooks' schema, with what its comments say. */
function codebookReference(source) {
	const [, designs = ""] = DESIGNS.exec(source) ?? [];
	const objects = [
		...[...source.matchAll(OBJECT)].map(([, name, body]) => [name, body]),
		["design", designKeys(designs)],
	];
	const names = new Set(objects.map(([name]) => name));
	const constants = new Map([source, readFileSync("src/results/row-parts.ts", "utf8")].flatMap(textLists));
	const named = (name) => {
		if (names.has(name)) return `[${name}](#${name.toLowerCase()})`;
		const [, made] = new RegExp(`^(?:export )?const ${name} = (z[\\s\\S]*?);$`, "m").exec(source) ?? [];
		return CALLED[name] ?? (made === undefined ? name : wordsOf(made, named, constants));
	};
	const sections = objects.toReversed().map(([name, body]) => {
		const rows = fieldsOf(body).map(({ comment, key, type }) => {
			const isFree = /\.(optional|default|catch)\(/.test(type) || /^(confidence)$/.test(type);
			const words = wordsOf(type, named, constants).replaceAll("|", "\\|");
			return `| \`${key}\` | ${isFree ? "" : "yes"} | ${words} | ${saidIn(comment)} |`;
		});
		const title = name === "codebookSchema" ? "A codebook" : `\`${name}\``;
		return [`## ${title}`, "", "| key | needed | holds | meaning |", "|---|---|---|---|", ...rows, ""].join(
			"\n",
		);
	});
	return [
		"# Codebooks: every key",
		"",
		MADE,
		"",
		"A codebook is a YAML file. [own-surveys.md](own-surveys.md) explains how to write one; `talis-pd codebook show",
		"national-pd-survey` prints a whole one. A key that is not listed here is refused with its line.",
		"",
		...sections,
	].join("\n");
}

/** All methods as one key, and the keys that only some have, which stand on the level below. */
function designKeys(designs) {
	const methods = [...designs.matchAll(/method: z\.literal\("([\w-]+)"\)/g)].map(
		([, method]) => `"${method}"`,
	);
	const own = designs
		.split("\n")
		.filter((line) => line.startsWith("\t\t") && !/^\t\t(method:|\.\.\.)/.test(line))
		.map((line) => line.slice(1));
	return `\tmethod: z.enum([${methods.join(", ")}]),\n${own.join("\n")}\n`;
}

function saidIn(comment) {
	return comment
		.replace(/^\s*\/\*\*|\*\/\s*$/g, "")
		.replace(/^\s*\* ?/gm, "")
		.replace(/\s+/g, " ")
		.replaceAll("|", "\\|")
		.trim();
}

/** Lists of texts that the source itself has, by their names. */
function textLists(source) {
	return [...source.matchAll(/^(?:export )?const (\w+) = \[([^\]]*)\]/gm)].map(([, name, texts]) => [
		name,
		[...texts.matchAll(/"([^"]*)"/g)].map(([, text]) => text),
	]);
}
