// What the package contains or installs of others, and under which licence: `node tools/third-party.mjs` writes
// THIRD-PARTY.md. The build bundles what src/ imports, so the packages are those, and what they depend on.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const IMPORT = /(?:\bfrom|\bimport\(|^import) ?"([^"./][^"]*)"/gm;

/** THIRD-PARTY.md as it should be. */
export function thirdParty() {
	const { peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
	const code = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
		.filter((name) => name.endsWith(".ts"))
		.map((name) => readFileSync(join(root, "src", name), "utf8").replace(/^\s*\*.*$/gm, ""));
	const imported = code.flatMap((text) => [...text.matchAll(IMPORT)].map(([, name]) => packageOf(name)));
	const packages = new Map();
	// Peers are installed by who wants them.
	for (const name of new Set(["vega-interpreter", ...imported]))
		if (!isBuiltin(name) && !name.startsWith("talis-pd") && !(name in peerDependencies))
			collect(name, root, packages);
	const sorted = [...packages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
	return [
		"# Third-party software and fonts\n",
		"What talis-pd contains or installs of others. `node tools/third-party.mjs` makes this page from the licences that the",
		"packages bring; a test fails where it is stale.\n",
		"| package | licence |\n|---|---|",
		...sorted.map(({ id, licence }) => `| \`${id}\` | ${licence} |`),
		"| Source Sans 3, Noto Emoji (`data/fonts`) | OFL-1.1, see the texts beside them |",
		"| names of regions of the Unicode CLDR (`dist/regions`, through Node's Intl) | Unicode-3.0, unicode.org/license.txt |\n",
		"## Texts\n",
		...texts(sorted),
	].join("\n");
}

const packageOf = (name) =>
	name
		.split("/")
		.slice(0, name.startsWith("@") ? 2 : 1)
		.join("/");

function collect(name, from, packages) {
	const folder = found(name, from);
	// An optional one for another system.
	if (folder === undefined) return;
	const {
		version,
		license,
		licenses,
		dependencies = {},
	} = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
	const id = `${name} ${version}`;
	if (packages.has(id)) return;
	const licence = license?.type ?? license ?? licenses?.map(({ type }) => type).join(" or ") ?? "?";
	const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one) && !/\.js$/.test(one));
	packages.set(id, { id, licence, text: file && readFileSync(join(folder, file), "utf8").trim() });
	for (const next of Object.keys(dependencies)) collect(next, folder, packages);
}

function found(name, from) {
	for (let folder = from; ; folder = dirname(folder)) {
		const path = join(folder, "node_modules", name);
		if (existsSync(join(path, "package.json"))) return path;
		if (folder === dirname(folder)) return undefined;
	}
}

function texts(packages) {
	const byText = Map.groupBy
		? Map.groupBy(packages, ({ text }) => text)
		: packages.reduce((all, one) => all.set(one.text, [...(all.get(one.text) ?? []), one]), new Map());
	return [...byText].flatMap(([text, all]) =>
		text === undefined
			? []
			: [
					`### ${all.map(({ id }) => id).join(", ")}\n`,
					"```text",
					text.replaceAll("\r\n", "\n").replaceAll("```", "'''"),
					"```\n",
				],
	);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
	writeFileSync(join(root, "THIRD-PARTY.md"), thirdParty());
}
