import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";

test.skipIf(!existsSync("/proc/self/fd"))(
	"calls that succeed, fail or are stopped leave no file, thread or memory behind",
	() => {
		const command = ["--expose-gc", "test/leak/leak.mjs", "--calls", "50", "--at-once", "40"];
		expect(execFileSync(process.execPath, command, { encoding: "utf8" })).toMatch(/; nothing leaks$/m);
	},
);
