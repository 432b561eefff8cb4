import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/reporter.js";
import { leftOut } from "./test/support/left-out.js";

/**
 * Files that start what stands beside the tool (R, PSPP, browsers, database servers, shells, copies of the project, hundreds
 * of processes), that build whole reports, or that try every command on every kind of file. `npm test` leaves them to
 * `npm run test:all`, which is what `.ci/run` runs.
 */
const SLOW = [
	"test/{attack,browser,contributing,emit,fuzz,hostile,kill,leak,installed,network,profile,same-outputs,selftest,tabulate,tools}/**/*.test.ts",
	"test/{imports,package}.test.ts",
	"test/analysis/{every-column,explain-in-r,remake}.test.ts",
	"test/authoring/{national,national-commands,worked-example}.test.ts",
	"test/chart/{kinds,render,sizes,widths}.test.ts",
	"test/cli/{complete,language,manners,publisher}.test.ts",
	"test/docs/{api,gallery,own-surveys}.test.ts",
	"test/doctor/formats.test.ts",
	"test/library/{examples,stop}.test.ts",
	"test/read/{database,dta,parquet,rds,sav-damage,sav-survey,sources,unpack}.test.ts",
	"test/report/{bad-input,baseline,build,years}.test.ts",
	"test/start/bundle.test.ts",
	"test/synth/synthesize.test.ts",
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
			{
				plugins: [leftOut()],
				test: { ...common, name: "quick", include: ["test/**/*.test.ts"], exclude: SLOW, isolate: false },
			},
			{ plugins: [leftOut()], test: { ...common, name: "slow", include: SLOW } },
		],
	},
});
