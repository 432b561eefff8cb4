import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "../support/golden.js";

const folder = mkdtempSync(join(tmpdir(), "talis-pd-language-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a language more is a file more: its messages, and what labels of codebooks are called", () => {
	for (const part of ["bin", "dist", "data", "package.json"]) {
		cpSync(join(root, part), join(folder, part), { recursive: true });
	}
	symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
	const messages = JSON.parse(readFileSync(join(folder, "data/locales/en.json"), "utf8"));
	const added = { ...messages, "table.item": "Band", "label:Education conferences": "Konferensiyalar" };
	writeFileSync(join(folder, "data/locales/uz.json"), JSON.stringify(added));
	const sample = join(folder, "data/samples/synthetic-kazakhstan-2018.csv");
	const run = (...options: string[]) =>
		execFileSync(
			process.execPath,
			[join(folder, "bin/talis-pd.js"), "rates", sample, "--topic", "activities", ...options],
			{
				encoding: "utf8",
			},
		);
	const table = run("--lang", "uz");
	expect(table).toContain("Band");
	expect(table).toMatch(/^Konferensiyalar .*64,8/m);
	expect(table).toMatch(/^In-person courses or seminars .*89,0/m);
	expect(JSON.parse(run("--lang", "uz", "--format", "json")).settings.lang).toBe("uz");
});
