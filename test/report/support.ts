import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stringify } from "yaml";
import { SAMPLE } from "../cli/support.js";

export const SHIPPED = fileURLToPath(new URL("../../reports/synthetic-kazakhstan-2018/", import.meta.url));

/** A folder with a copy of the sample and a small config beside it. */
export function reportFolder(config: object = {}): { folder: string; config: string; out: string } {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-report-"));
	cpSync(SAMPLE, join(folder, "teachers.csv"));
	const path = join(folder, "report.yaml");
	writeFileSync(path, stringify({ ...SMALL, ...config }));
	return { folder, config: path, out: join(folder, "out") };
}

const SMALL = { title: "Small", data: "teachers.csv", topics: ["activities"], charts: "none" };

/** Every file below a folder, by path, as text that differs where its bytes do. */
export function contents(folder: string): Record<string, string> {
	return Object.fromEntries(
		readdirSync(folder, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name))
			.sort()
			.map((path) => [path.slice(folder.length).replace(/^\//, ""), readFileSync(path, "latin1")]),
	);
}
