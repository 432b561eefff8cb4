import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";

test("a command that is killed leaves old files or new ones, whole", () => {
	const said = execFileSync(process.execPath, ["test/kill/kill.mjs", "--rounds", "12"], { encoding: "utf8" });
	expect(said).toMatch(/^12 rounds: .*; 0 faults$/m);
});
