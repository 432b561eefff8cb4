import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/reporter.js";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		reporters: ["default", new ClosingLine()],
		// Vitest would leave a core to itself: on two cores, files would run one by one.
		maxWorkers: availableParallelism(),
		// It imports JSON in a way that Node 20 does not take.
		server: { deps: { inline: ["@actions/workflow-parser"] } },
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});
