import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { run, SAMPLE, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";

// Commands in the text of pages for users; what stands in `console` blocks is run by console.test.ts.

const folder = temporaryFolder();
const FILES: Readonly<Record<string, string>> = {
	FILE: SAMPLE,
	OLD: SAMPLE,
	NEW: join(root, "data/samples/synthetic-talis-2024.csv"),
	"teachers.csv": SAMPLE,
	...Object.fromEntries(["rates.R", "rates.csv", "rates.json"].map((name) => [name, join(folder, name)])),
	"my-survey.yaml": join(folder, "my-survey.yaml"),
	"answers.xlsx": join(root, "data/samples/synthetic-national-pd-survey.csv"),
};

/** Of pages whose every line can be run on the samples. */
const PAGES = ["docs/researcher.md", "docs/analyst.md"];

function commandsOf(page: string): string[] {
	const text = readFileSync(join(root, page), "utf8").replace(/^```console[\s\S]*?^```$/gm, "");
	const inline = [...text.matchAll(/`(talis-pd [^`]+)`/g)].map(([, line]) => line as string);
	const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, body = ""]) =>
		body.split("\n").filter((line) => line.startsWith("talis-pd ")),
	);
	return [...inline, ...blocks];
}

const commands = PAGES.flatMap(commandsOf);

test("pages show commands", () => {
	expect(commands.length).toBeGreaterThan(10);
});

test.each(commands)(
	"%s",
	async (line) => {
		const words = line
			.split(" ")
			.slice(1)
			.map((word) => FILES[word] ?? word);
		const { code, err } = await run(words);
		expect(code, err).toBe(0);
	},
	60_000,
);
