import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/reporter.js";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		reporters: ["default", new ClosingLine()],
		testTimeout: 120_000,
		hookTimeout: 120_000,
	},
});
