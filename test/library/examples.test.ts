import { execFile } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { faultsOf, installedIn, stripped } from "../support/installed.js";
import { givenValues } from "../support/public.js";

const given = givenValues();
const folder = installedIn("examples");
afterAll(() => rmSync(folder, { recursive: true }));

const examples = given
	.flatMap(({ name, tags }) =>
		tags.flatMap((tag) => (tag.name === "example" ? [{ name, code: tag.text }] : [])),
	)
	.filter(({ code }, place, all) => all.findIndex((one) => one.code === code) === place)
	.map((one, place) => ({ ...one, file: join(folder, `example-${place}.ts`) }));
const hasArrow = existsSync("node_modules/apache-arrow");
const needsArrow = ({ code }: { code: string }) => !hasArrow && code.includes("toArrow");
for (const { file, code } of examples) writeFileSync(file, `${code}\nexport {};\n`);

/** What an example says that it prints: its comments. */
function promised(code: string): string[] {
	return code.split("\n").flatMap((line) => /(?:^|\s)\/\/ (.*)$/.exec(line)?.[1] ?? []);
}

describe("what the package gives", () => {
	test.each(given.filter(({ isFunction }) => isFunction).map((one) => [one.name, one] as const))(
		"%s says what it does, what may go wrong, and how it is used",
		(_, { text, tags, parameters }) => {
			expect(text.length).toBeGreaterThan(20);
			expect(tags.map(({ name }) => name)).toContain("example");
			const told = tags.filter(({ name }) => name === "param").map(({ text }) => text.split(" ")[0]);
			for (const name of told) expect(parameters).toContain(name);
		},
	);

	test("has an example of every function it has", () => {
		expect(given.filter(({ isFunction }) => isFunction).length).toBeGreaterThan(25);
	});
});

describe("the examples", () => {
	test("are right by the package's own types", () => {
		const checked = examples.filter((one) => !needsArrow(one));
		expect(faultsOf(checked.map(({ file }) => file))).toBe("");
	});

	test.for(examples)("$name prints what it says", async (one, { skip }) => {
		if (needsArrow(one)) skip("apache-arrow is not installed: npm run check:tools");
		const script = one.file.replace(/ts$/, "js");
		writeFileSync(script, stripped(one.code));
		const { stdout } = await promisify(execFile)(process.execPath, [script], { cwd: folder });
		const lines = stdout.trimEnd().split("\n");
		expect(lines).toEqual(promised(one.code));
	});
});
