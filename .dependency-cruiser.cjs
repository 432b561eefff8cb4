// Who may import whom. `npm run deps` checks it; test/imports.test.ts plants one forbidden import a room.

/**
 * Each room of `src/` with what it may import besides itself and npm packages, from the ground up. The last
 * column says what to do instead.
 */
const ROOMS = [
	[
		"base",
		[],
		"what everything else stands on. Pass the value in, or move the code to the room that needs it",
	],
	["stats", [], "mathematics on plain numbers. Pass numbers in; let the caller throw the UserError"],
	["platform", ["base"], "files, threads and WebAssembly as Node has them. Pass in what they are for"],
	["results", ["base"], "the contract of every JSON. Put what reads or words it into a room above"],
	["wording", ["base", "platform", "results"], "everything said in a language. Pass numbers and names in"],
	[
		"settings",
		["base", "results", "wording"],
		"what may be asked, checked. What needs a file belongs higher",
	],
	["read", ["base", "platform"], "turns a file into columns and knows nothing of what they mean"],
	[
		"codebook/definition",
		["base", "platform", "wording", "results", "settings"],
		"what a codebook says, before any file. What needs columns belongs in codebook/meaning or higher",
	],
	[
		"codebook/variables",
		["codebook/definition", "platform", "base"],
		"what is known of columns that no rule of a codebook is about",
	],
	[
		"codebook/meaning",
		["codebook/definition", "codebook/variables", "read", "results", "base"],
		"what codes and columns mean",
	],
	[
		"codebook/plan",
		["codebook/definition", "codebook/variables", "codebook/meaning", "read", "settings", "results", "base"],
		"settings + codebook + header → what is read of whom, as plain data. What reads rows belongs in codebook/recode",
	],
	[
		"codebook/recode",
		["codebook/definition", "codebook/meaning", "codebook/plan", "read", "platform", "results", "base"],
		"codes → states, as a plan says. What adds weights up belongs in tabulate/",
	],
	[
		"codebook/recognise",
		["codebook/definition", "codebook/variables", "codebook/meaning", "read", "base"],
		"which codebook fits a file, and what about the file is odd",
	],
	[
		"design",
		["codebook/definition", "read", "platform", "results", "base"],
		"weights, replicates and degrees of freedom. Pass the rest in as arguments",
	],
	[
		"emit/sql",
		["codebook/definition", "codebook/meaning", "codebook/plan", "base"],
		"a plan as SQL, as text. What asks a database belongs in tabulate/tables or read/database",
	],
	[
		"tabulate",
		["codebook", "design", "emit/sql", "read", "platform", "results", "base"],
		"adds weights up into Cells. What turns Cells into rates belongs in estimate/",
	],
	[
		"estimate",
		["codebook/definition", "codebook/meaning", "design", "stats", "tabulate", "settings", "results"],
		"Cells → estimates. Reading files and wording belong in analysis/",
	],
	[
		"compare",
		["estimate", "design", "stats", "codebook/definition", "settings", "results", "base"],
		"sets figures beside each other. Reading files, memberships and wording belong in analysis/",
	],
	[
		"model",
		["design", "stats", "platform", "base"],
		"regressions and associations of plain numbers. What knows items and groups belongs in analysis/",
	],
	["published", ["estimate", "platform", "results", "base"], "figures that others published"],
	[
		"protect",
		["codebook/definition", "settings", "wording", "results", "stats", "base"],
		"what can be worked out from results, and what is hidden so that it cannot. It never sees data",
	],
	[
		"findings",
		["results", "wording", "base"],
		"what results show, as the key of a message and numbers. What draws or lays out belongs in a room above",
	],
	["chart", ["findings", "platform", "results", "wording", "base"], "draws a ResultSet and never sees data"],
	["present", ["results", "wording", "base"], "lays a ResultSet out and never sees data"],
	[
		"convert",
		["read", "settings", "platform", "base"],
		"hands values on as they stand and knows nothing of what they mean",
	],
	[
		"inspect",
		[
			...["codebook", "design", "emit/sql", "tabulate/tables", "read"],
			...["settings", "wording", "results", "base"],
		],
		"says what a file is",
	],
	[
		"doctor",
		[
			...["codebook", "design", "emit/sql", "tabulate/tables", "read"],
			...["settings", "wording", "results", "base"],
		],
		"looks for faults of a file",
	],
	[
		"authoring",
		["codebook", "design", "read", "settings", "wording", "results", "base"],
		"drafts codebooks and checks them",
	],
	["reach", ["read", "wording", "results", "base"], "administrative counts, checked row by row"],
	[
		"synth",
		["codebook/definition", "platform", "results", "base"],
		"makes survey files without the analysis",
	],
	[
		"publisher-columns",
		["codebook/definition", "codebook/meaning", "present/rows", "settings", "results", "base"],
		"names of columns as a publisher prints them",
	],
	[
		"analysis",
		[
			...[
				"codebook",
				"read",
				"design",
				"tabulate",
				"estimate",
				"compare",
				"model",
				"stats",
				"published",
				"reach",
			],
			...["protect", "settings", "wording", "results", "platform", "base"],
		],
		"one pipeline a question. What draws or writes belongs in present/, chart/ or report/",
	],
	[
		"selftest",
		["analysis", "codebook", "estimate", "published", "platform", "results", "base"],
		"checks the installed package by what ships with it. What checks results belongs in verify/",
	],
	[
		"verify",
		[
			"analysis",
			"codebook",
			"compare",
			"estimate",
			"report",
			"settings",
			"wording",
			"results",
			"platform",
			"base",
		],
		"holds results against the files they are from, and against themselves. What makes results belongs in analysis/",
	],
	[
		"emit",
		["analysis", "codebook", "design", "settings", "wording", "results", "platform", "base"],
		"a question as a script in another language, from its plan. What reads rows or estimates belongs lower",
	],
	[
		"profile",
		["analysis", "findings", "chart", "wording", "results", "base"],
		"a country's page, from figures that analysis/ makes. What works figures out belongs there",
	],
	[
		"report",
		[
			...["analysis", "findings", "chart", "present", "protect", "codebook", "read"],
			...["settings", "wording", "results", "platform", "base"],
		],
		"a year's folder, from what the stages make",
	],
	[
		"explore/model",
		["explore/pack.ts", "compare", "estimate", "stats", "results", "base"],
		"choices, figures and tests of a pack, the same in the browser as here. What touches a document belongs in explore/client",
	],
	[
		"explore/client",
		[
			...["explore/model", "explore/pack.ts", "present/rows/spreadsheet-safe.ts", "compare", "estimate"],
			...["stats", "wording", "results", "base"],
		],
		"what the browser runs. What needs files belongs in explore/packing",
	],
	[
		"explore",
		[
			...["analysis", "chart", "codebook", "compare", "estimate", "stats", "read"],
			"present/rows/spreadsheet-safe.ts",
			...["settings", "wording", "results", "platform", "base"],
		],
		"one page for the browser, from results. What makes results belongs in analysis/",
	],
	[
		"library",
		[
			...[
				"analysis",
				"authoring",
				"codebook",
				"chart",
				"emit",
				"emit/sql",
				"explore",
				"present",
				"profile",
				"publisher-columns",
				"read",
				"report",
			],
			...["synth", "settings", "wording", "results", "platform", "base"],
		],
		"what other programs call, where a room's own function is not made for them",
	],
	[
		"cli",
		[
			...["index.ts", "internal.ts", "chart/choices.ts", "present/format-list.ts"],
			...["platform", "profile/formats.ts", "base/enumerated.ts", "wording/languages.ts"],
		],
		"uses the same functions as everyone else. Export what is missing from src/internal.ts",
	],
];

/** A rule for a room: of `src/` it may import only itself and what is listed. */
function rule([name, allowed, what]) {
	const only = allowed.length === 0 ? "nothing of src/" : `only ${allowed.join(", ")}`;
	const paths = allowed.map((room) => (room.endsWith(".ts") ? room.replace(".", "\\.") : `${room}/`));
	return {
		name: `room-${name.replace("/", "-")}`,
		comment: `${name}/ is: ${what}. It imports ${only}.`,
		severity: "error",
		from: { path: `^src/${name}/` },
		to: { path: "^src/", pathNot: [name, ...paths].map((path) => `^src/${path}`) },
	};
}

/** Inside a room: modules of `from` do not import modules of `to`. */
function inside(name, from, to, comment, pathNot = []) {
	return { name, comment, severity: "error", from: { path: from }, to: { path: to, pathNot } };
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
			comment:
				"The build bundles what src/ imports, from devDependencies; what it cannot bundle stands under dependencies. List the package in package.json, or do without it.",
			severity: "error",
			from: { path: "^src/" },
			to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"], dependencyTypesNot: ["npm-peer", "npm-dev"] },
		},
		{
			name: "no-room",
			comment: "A folder of src/ needs a line in ROOMS above, which says who it is and what it imports.",
			severity: "error",
			from: { path: "^src/[^/]+/", pathNot: [...ROOMS.map(([name]) => `^src/${name}/`), "^src/start/"] },
			to: {},
		},
		...ROOMS.map(rule),
		inside(
			"chart-kinds",
			"^src/chart/kinds/([^/]+)",
			"^src/chart/",
			"A kind of chart imports parts/, theme/, text/ and its own folder, never another kind. Move what two kinds share to parts/.",
			["^src/chart/kinds/$1", "^src/chart/(parts|theme|text)/", "^src/chart/kind\\.ts$"],
		),
		inside(
			"chart-render",
			"^src/chart/render/",
			"^src/chart/(kinds|parts)/",
			"Rendering knows specs, the theme and letters, not what is drawn: render/ imports theme/ and text/ alone.",
		),
		inside(
			"present-content",
			"^src/present/content/",
			"^src/present/(terminal|formats|pages)/",
			"What a table says is the same in every format: content/ imports text/ alone.",
		),
		inside(
			"present-formats",
			"^src/present/formats/(?!table)",
			"^src/present/terminal/",
			"Only a terminal's table is aligned: other formats take cells from content/.",
		),
		{
			name: "file-system",
			comment:
				"Files are touched only in platform/, read/, report/, cli/, the chart's fonts and pages, and start/. Read through platform/ or read/; let the cli write.",
			severity: "error",
			from: {
				path: "^src/",
				pathNot: [
					"^src/(report|cli|start|platform)/",
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
		// Compiled to WebAssembly; the host loads it by name.
		exclude: { path: "^src/loops/" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["import", "node", "types", "default"],
		},
	},
};
