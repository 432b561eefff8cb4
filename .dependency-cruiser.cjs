// Who may import whom. `npm run deps` checks it; test/imports.test.ts plants one forbidden import a rule.

/** What all rooms but stats/ stand on. */
const GROUND = ["base/", "platform/", "results/", "wording/", "settings/"];

/** A room of `src/` that may import itself, npm packages and, of `src/`, only the modules listed. */
function room(name, modules, comment) {
	const allowed = ["stats", "base", "platform", "results", "wording", "settings", "cli"].includes(name)
		? modules
		: [...GROUND, ...modules];
	return {
		name: `room-${name}`,
		comment,
		severity: "error",
		from: { path: `^src/${name}/` },
		to: { path: "^src/", pathNot: [`^src/${name}/`, ...allowed.map((module) => `^src/${module}`)] },
	};
}

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
	forbidden: [
		{
			name: "no-cycles",
			comment:
				"These modules import each other in a ring. Move what they share into a module that both import.",
			severity: "error",
			from: {},
			to: { circular: true },
		},
		{
			name: "no-unresolved",
			comment: "There is no such module. Correct the path (with its .js ending), or install the package.",
			severity: "error",
			from: {},
			to: { couldNotResolve: true },
		},
		{
			name: "no-unlisted-packages",
			comment: 'src/ ships, so list the package under "dependencies" of package.json, or do without it.',
			severity: "error",
			from: { path: "^src/" },
			to: { dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown"] },
		},
		room(
			"base",
			[],
			"base/ is what everything else stands on: it imports nothing of src/. Pass the value in, or move the code to the room that needs it.",
		),
		room(
			"platform",
			["base/"],
			"platform/ is files, threads and WebAssembly as Node has them: it imports only base.",
		),
		room(
			"results",
			["base/"],
			"results/ is the contract of every JSON: it imports only base. Pass the value in, or move the code to the room that needs it.",
		),
		room(
			"wording",
			["base/", "platform/", "results/"],
			"wording/ says things in a language: it imports only base, platform and results.",
		),
		room(
			"settings",
			["base/", "results/", "wording/"],
			"settings/ checks what is asked: it imports only base, results and wording.",
		),
		room(
			"read",
			["(errors|package)\\.ts$"],
			"read/ turns a file into columns and knows nothing of what they mean: it imports only errors and package. Move the code that needs more to codebook/ or higher.",
		),
		room(
			"convert",
			["read/", "errors\\.ts$"],
			"convert/ hands values on as they stand and knows nothing of what they mean: it imports only read and errors. Move the code that needs more to analysis/ or higher.",
		),
		room(
			"codebook",
			["read/", "(settings|suggest|locale|results|errors)\\.ts$"],
			"codebook/ says what columns mean: it imports only read, settings, suggest, locale, results and errors. Move the code that needs more to tabulate/, estimate/ or analysis/.",
		),
		room(
			"design",
			[
				"codebook/definition/schema\\.ts$",
				"read/(block|columns/column-names)\\.ts$",
				"(results|errors)\\.ts$",
			],
			"design/ knows weights and replicates: it imports only codebook/schema, read/block, read/names, read/open (for built code), results and errors. Pass the rest in as arguments.",
		),
		room(
			"stats",
			[],
			"stats/ is mathematics on plain numbers: it imports nothing of src/. Pass numbers in; let the caller throw the UserError.",
		),
		room(
			"tabulate",
			["(codebook|design|read)/", "(group-by|results|errors)\\.ts$"],
			"tabulate/ adds weights up into Cells: it imports only codebook, design, read, group-by, results and errors. What turns Cells into rates belongs in estimate/.",
		),
		room(
			"estimate",
			["(codebook|design|stats|tabulate)/", "(settings|results|errors)\\.ts$"],
			"estimate/ turns Cells into estimates: it imports only codebook, design, stats, tabulate, settings, results and errors. Reading files and wording belong in analysis/, notes.ts and labels.ts.",
		),
		room(
			"compare",
			[
				"(codebook/definition/schema|design/(estimator|variance))\\.ts$",
				"(estimate|stats)/",
				"(settings|suggest|group-by|results|errors)\\.ts$",
			],
			"compare/ sets figures beside each other: it imports only estimate, stats, the estimator and variance of design, codebook/schema, settings, suggest, group-by, results and errors. Reading files, memberships and wording belong in analysis/.",
		),
		room(
			"published",
			["read/(stored|held-file)\\.ts$", "estimate/", "(results|errors)\\.ts$"],
			"published/ holds figures that others published: it imports only read/open (for shipped files), estimate, results and errors.",
		),
		room(
			"present",
			[
				"read/(stored|held-file)\\.ts$",
				"(results|caution|names|significance|locale|suggest|group-by|grids|escape|errors)\\.ts$",
			],
			"present/ draws a ResultSet and never sees data: it imports only results, caution, names, significance, locale, suggest, group-by, grids, escape, errors and read/open (for shipped files). Put what it needs into the ResultSet.",
		),
		room(
			"chart",
			[
				"read/(stored|held-file)\\.ts$",
				"(results|caution|names|significance|locale|suggest|group-by|grids|escape|errors)\\.ts$",
			],
			"chart/ draws a ResultSet and never sees data: it imports only results, caution, names, significance, locale, suggest, group-by, grids, escape, errors and read/open (for shipped files). Put what it needs into the ResultSet.",
		),
		room(
			"synth",
			[
				"codebook/definition/(schema|parse|library)\\.ts$",
				"read/(stored|held-file)\\.ts$",
				"(results|suggest|errors)\\.ts$",
			],
			"synth/ makes survey files without the analysis, so that it can test it: it imports only codebook/schema, load and library, read/open, results, suggest and errors.",
		),
		room(
			"authoring",
			[
				"codebook/",
				"design/weight-columns\\.ts$",
				"read/",
				"read/context\\.ts$",
				"(settings|suggest|locale|group-by|results|errors)\\.ts$",
			],
			"authoring/ drafts codebooks and holds them against files: it imports only codebook, design/columns, read, analysis/context, settings, suggest, locale, group-by, results and errors. Estimating and wording belong elsewhere.",
		),
		room(
			"doctor",
			[
				"codebook/",
				"design/weight-columns\\.ts$",
				"read/",
				"read/context\\.ts$",
				"(settings|suggest|locale|results|errors)\\.ts$",
			],
			"doctor/ looks for faults of a file: it imports only codebook, design/columns, read, analysis/context, settings, suggest, locale, results and errors. Estimating and wording belong elsewhere.",
		),
		room(
			"reach",
			[
				"read/",

				"read/context\\.ts$",
				"(settings|locale|provenance|group-by|results|errors)\\.ts$",
			],
			"reach/ turns administrative counts into shares: it imports only read, read/context, settings, locale, provenance, group-by, results and errors. It estimates nothing.",
		),
		room(
			"cli",
			["index\\.ts$", "platform/package\\.ts$", "present/formats\\.ts$", "chart/choices\\.ts$"],
			"cli/ uses the same API as everyone else: it imports only src/index.ts (and for --help, which must be quick, package and the lists in present/formats and chart/choices). Export what is missing there.",
		),
		{
			name: "file-system",
			comment:
				"Files are touched only in read/stored.ts and held-file.ts, platform/, report/, cli/, the chart's font.ts and html.ts, and where the tool finds itself: package.ts and start/. Read through read/input.ts; let the cli write.",
			severity: "error",
			from: {
				path: "^src/",
				pathNot: [
					"^src/(report|cli|start)/",
					"^src/platform/",
					"^src/read/(stored|held-file)\\.ts$",
					"^src/chart/(text/font|render/page)\\.ts$",
				],
			},
			to: { path: "^(node:)?fs(/promises)?$" },
		},
		{
			name: "commander-only-in-cli",
			comment: "Command-line options are read only in cli/. Take plain settings as arguments.",
			severity: "error",
			from: { path: "^src/", pathNot: "^src/cli/" },
			to: { path: "(^|node_modules/)commander(/|$)" },
		},
	],
	options: {
		tsPreCompilationDeps: true,
		doNotFollow: { path: "node_modules" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "node", "types", "default"],
		},
	},
};
