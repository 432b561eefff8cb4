import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/reporter.js";

/**
 * Files that start what stands beside the tool: R, PSPP, browsers, database servers, shells, copies of the project, and
 * hundreds of processes. `npm test` leaves them to `npm run test:all`, which is what `.ci/run` runs.
 */
const BESIDE = [
	"test/{attack,browser,contributing,emit,fuzz,hostile,kill,leak,network}/**/*.test.ts",
	"test/{imports,package}.test.ts",
	"test/analysis/{every-column,remake}.test.ts",
	"test/cli/complete.test.ts",
	"test/read/{database,sources}.test.ts",
	"test/tabulate/*.test.ts",
	"test/tools/*.test.ts",
];

const common = {
	// It imports JSON in a way that Node 20 does not take.
	server: { deps: { inline: ["@actions/workflow-parser"] } },
	testTimeout: 120_000,
	hookTimeout: 120_000,
};

export default defineConfig({
	test: {
		reporters: ["default", new ClosingLine()],
		// Vitest would leave a core to itself: on two cores, files would run one by one.
		maxWorkers: availableParallelism(),
		projects: [
			// The files of a worker share what they import: loading it anew for each takes as long as a third of the tests.
			{ test: { ...common, name: "core", include: ["test/**/*.test.ts"], exclude: BESIDE, isolate: false } },
			{ test: { ...common, name: "beside", include: BESIDE } },
		],
	},
});
