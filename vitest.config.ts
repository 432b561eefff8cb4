import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/reporter.js";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		reporters: ["default", new ClosingLine()],
		// It imports JSON in a way that Node 20 does not take.
		server: { deps: { inline: ["@actions/workflow-parser"] } },
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});
