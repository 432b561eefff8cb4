import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { isLong } from "../support/long.js";

test("a command that is killed leaves old files or new ones, whole", () => {
	const rounds = isLong ? "12" : "3";
	const said = execFileSync(process.execPath, ["test/kill/kill.mjs", "--rounds", rounds], {
		encoding: "utf8",
	});
	expect(said).toMatch(new RegExp(`^${rounds} rounds: .*; 0 faults$`, "m"));
});
