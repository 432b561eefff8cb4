import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { codebooks } from "../../src/index.js";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { sheetRows, workbook } from "../support/xlsx.js";

// Every command of docs/own-surveys.md that test/authoring/worked-example.test.ts does not run already.

const folder = temporaryFolder();
const page = readFileSync(join(root, "docs/own-surveys.md"), "utf8");
const sample = join(root, "data/samples/synthetic-national-pd-survey.csv");

const inBlocks = [...page.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, body = ""]) => body.split("\n"));
const shown = [...page.matchAll(/^```text\n\$ (talis-pd .*)\n([\s\S]*?)^```$/gm)];
const inline = [...page.matchAll(/`(talis-pd [^`…]+)`/g)].map(([, line = ""]) => line.replace(/\s+/g, " "));
const COMMANDS = [...inBlocks, ...shown.map(([, line = ""]) => line), ...inline]
	.map((line) => line.replace(/\s+#.*$/, ""))
	.filter((line) => /^talis-pd \w+ /.test(line));

/** The files that the commands name, as far as no command makes them. */
async function makeFiles(): Promise<void> {
	cpSync(sample, join(folder, "survey.csv"));
	const cells = Papa.parse<string[]>(readFileSync(sample, "utf8"), { skipEmptyLines: true }).data;
	const rows = sheetRows(cells.slice(0, 200));
	writeFileSync(join(folder, "responses.xlsx"), workbook({ sheets: [{ name: "Answers", rows }] }));
	const took = Array.from({ length: 24 }, (_, row) => row % 8 > 2);
	const filtered = took.map((yes, row) =>
		[
			row * 7 + 100,
			yes ? "yes" : "no",
			...[2, 3, 5].map((part) => (yes ? (row % part ? "yes" : "no") : "")),
		].join(),
	);
	writeFileSync(join(folder, "filtered.csv"), `${["id,q6,q6a,q6b,q6c", ...filtered].join("\n")}\n`);
	const teachers = took.map((yes, row) => `${1 + (row % 6)},${yes ? "yes" : "no"}`);
	writeFileSync(join(folder, "teachers.csv"), `${["SCHOOL,took", ...teachers].join("\n")}\n`);
	const schools = [1, 2, 3, 4, 5, 6].map((id) => `${id},${id % 2 ? "small" : "big"}`);
	writeFileSync(join(folder, "schools.csv"), `${["SCHOOL,SIZE", ...schools].join("\n")}\n`);
	const { text } = await codebooks.draft(join(folder, "teachers.csv"));
	const values =
		"{ small: { label: { en: Small }, codes: [small] }, big: { label: { en: Big }, codes: [big] } }";
	const group = `groups: { size: { variable: SIZE, file: schools, label: { en: Size }, values: ${values} } }`;
	writeFileSync(join(folder, "joined.yaml"), `${text.replace(/^groups:.*$/m, group)}schools: {}\n`);
	await run(["rates", sample, "--quiet", "--out", join(folder, "results.json")]);
}

await makeFiles();

test("the page shows commands", () => expect(COMMANDS.length).toBeGreaterThan(9));

test.each(COMMANDS)(
	"%s",
	async (line) => {
		const joined = line.includes("schools.csv");
		const words = line
			.split(" ")
			.slice(1)
			.map((word) => (word === "GROUP" ? "size" : word))
			.map((word) => (joined && word === "survey.yaml" ? "joined.yaml" : word))
			.map((word, place, all) =>
				/\.(csv|xlsx|yaml|json|svg)$/.test(word) || all[place - 1] === "--out" ? join(folder, word) : word,
			);
		const out = words[words.indexOf("--out") + 1];
		// The page drafts into one file from several surveys, one at a time.
		const free = words.includes("--out") && words[0] === "codebook" && existsSync(out as string);
		const own = free ? words.map((word) => (word === out ? out.replace(".yaml", "-2.yaml") : word)) : words;
		const { code, err } = await run(own);
		expect(code, err).toBe(0);
		const printed =
			shown
				.find(([, command]) => command === line)?.[2]
				?.trim()
				.split("\n") ?? [];
		for (const one of printed) expect(err.replaceAll(`${folder}/`, "").split("\n")).toContain(one);
	},
	60_000,
);
