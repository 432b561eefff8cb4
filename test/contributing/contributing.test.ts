import { execFileSync } from "node:child_process";
import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const PAGE = readFileSync("docs/contributing.md", "utf8");

/** Code on the page: what it is, the file it belongs to, and its lines. */
const BLOCKS = [...PAGE.matchAll(/^```(\w+) (\S+)\n(.*?)^```$/gms)].map(([, kind, file, text]) => ({
	kind: kind as string,
	file: file as string,
	lines: (text as string).split("\n").slice(0, -1),
}));

const folder = mkdtempSync(join(tmpdir(), "talis-pd-contributing-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Changes a file as a block of a diff has it; the lines it keeps or takes away stand there one after the other. */
function change(file: string, lines: readonly string[]): void {
	const path = join(folder, file);
	const before = lines.filter((line) => !line.startsWith("+")).map((line) => line.slice(1));
	const after = lines.filter((line) => !line.startsWith("-")).map((line) => line.slice(1));
	// New functions stand in front of the line that is kept last.
	const isInFront = !lines[0]?.startsWith("-") && lines.at(-1) === "+" && lines.length > 2;
	const [kept = ""] = before;
	const text = readFileSync(path, "utf8");
	const parts = text.split(`${before.join("\n")}\n`);
	expect(parts.length, `${file} has once: ${before.join(" ")}`).toBe(2);
	const replaced = isInFront ? [...after.slice(1), kept] : after;
	writeFileSync(path, parts.join(`${replaced.join("\n")}\n`));
}

function talisPd(...args: string[]): string {
	return execFileSync(process.execPath, [join(folder, "bin/talis-pd.js"), ...args], {
		cwd: folder,
		encoding: "utf8",
	});
}

const SAMPLE = "data/samples/synthetic-kazakhstan-2018.csv";

/** Files of `src/` that one section of the page touches. */
function touched(section: string): Set<string> {
	const [text = ""] = (PAGE.split(`## ${section}\n`)[1] ?? "").split("\n## ");
	return new Set([...text.matchAll(/^```\w+ (src\/\S+)$/gm)].map(([, file]) => file as string));
}

describe("what docs/contributing.md adds to a copy of the project", () => {
	beforeAll(() => {
		for (const part of ["bin", "src", "data", "tools", "test/fixtures/read", "package.json"]) {
			cpSync(part, join(folder, part), { recursive: true });
		}
		for (const part of ["tsconfig.json", "tsconfig.build.json"]) cpSync(part, join(folder, part));
		symlinkSync(resolve("node_modules"), join(folder, "node_modules"), "junction");
		for (const { kind, file, lines } of BLOCKS) {
			if (kind === "diff") change(file, lines);
			else {
				mkdirSync(dirname(join(folder, file)), { recursive: true });
				expect(existsSync(join(folder, file)), file).toBe(false);
				writeFileSync(join(folder, file), `${lines.join("\n")}\n`);
			}
		}
		const english = readFileSync(join(folder, "data/locales/en.json"), "utf8");
		writeFileSync(
			join(folder, "data/locales/uz.json"),
			english.replace('"table.item": "Item"', '"table.item": "Band"'),
		);
		execFileSync(process.execPath, ["tools/build.mjs"], { cwd: folder, stdio: "pipe" });
	}, 240_000);

	test.each([
		["A statistic", 8],
		["A kind of chart", 3],
		["An output format", 2],
		["A file format", 2],
		["A cycle, or a survey", 0],
		["A language", 0],
	])("%s touches at most %i files of src/", (section, most) => {
		expect(PAGE).toContain(`## ${section}\n`);
		expect(touched(section).size).toBeLessThanOrEqual(most);
	});

	test("a statistic has its standard error and its name", () => {
		const { estimates } = JSON.parse(talisPd("means", SAMPLE, "--variable", "types", "--format", "json"));
		const of = (statistic: string) =>
			estimates.find((row: { statistic: string }) => row.statistic === statistic)?.estimate;
		expect(of("iqr")).toBe(of("q75") - of("q25"));
		expect(talisPd("means", SAMPLE, "--variable", "types")).toMatch(/\bIQR\b/);
		expect(talisPd("means", SAMPLE, "--variable", "types", "--lang", "ru")).toMatch(/МКР/);
	});

	test("a kind of chart is drawn, and listed in the help", () => {
		talisPd("rates", SAMPLE, "--quiet", "--kind", "highest", "--chart", "highest.svg");
		expect(readFileSync(join(folder, "highest.svg"), "utf8")).toContain("<svg");
		expect(talisPd("rates", "--help")).toContain("highest");
	});

	test("an output format is printed, and read as a file format", () => {
		const lines = talisPd("rates", SAMPLE, "--item", "coaching", "--format", "ndjson").trim().split("\n");
		expect(lines.map((line) => JSON.parse(line).item)).toEqual(["peer-coaching"]);
		const [head = "", ...rows] = readFileSync(join(folder, SAMPLE), "utf8").trim().split("\n");
		const names = head.split(",");
		const written = rows.map((row) =>
			JSON.stringify(Object.fromEntries(row.split(",").map((cell, at) => [names[at], cell]))),
		);
		writeFileSync(join(folder, "teachers.ndjson"), `${written.join("\n")}\n`);
		const estimates = (file: string) =>
			JSON.parse(talisPd("rates", file, "--item", "coaching", "--format", "json")).estimates;
		expect(estimates("teachers.ndjson")).toEqual(estimates(SAMPLE));
	});

	test("a codebook and a language need no code", () => {
		const codebook = talisPd("codebook", "show", "national-pd-survey").replace(/^id: .*/m, "id: next-survey");
		writeFileSync(join(folder, "next.yaml"), codebook);
		const survey = "data/samples/synthetic-national-pd-survey.csv";
		const results = JSON.parse(talisPd("rates", survey, "--codebook", "next.yaml", "--format", "json"));
		expect(results.codebook.id).toBe("next-survey");
		expect(talisPd("rates", SAMPLE, "--item", "coaching", "--lang", "uz")).toContain("Band");
	});
});
