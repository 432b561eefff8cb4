// docs/api, the reference of every public function and type: made by typedoc from the declarations that are shipped, so that it
// says what an editor shows. `npm run docs` writes it; a test fails where it is stale.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Application } from "typedoc";
import { load as asMarkdown } from "typedoc-plugin-markdown";
import { ENTRIES } from "./entries.mjs";

const TABLES = [
	"indexFormat",
	"parametersFormat",
	"interfacePropertiesFormat",
	"typeAliasPropertiesFormat",
	"propertyMembersFormat",
	"typeDeclarationFormat",
];

/** Name → text of every page, of the declarations in `dist`. */
export async function apiPages() {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-api-"));
	try {
		const tsconfig = join(folder, "tsconfig.json");
		const entryPoints = ENTRIES.map((name) => resolve("dist", `${name}.d.ts`));
		const typeRoots = [resolve("node_modules/@types")];
		writeFileSync(
			tsconfig,
			JSON.stringify({
				extends: resolve("tsconfig.json"),
				...{ compilerOptions: { typeRoots }, files: entryPoints, include: [] },
			}),
		);
		const app = await Application.bootstrapWithPlugins({
			...{ tsconfig, entryPoints, plugin: [asMarkdown], out: join(folder, "api") },
			...{ name: "talis-pd: every function and type", readme: "none", router: "module" },
			// They have been checked, and what is not exported is named without a link.
			...{ skipErrorChecking: true, validation: false, logLevel: "Error" },
			...{ disableSources: true, hidePageHeader: true, hideBreadcrumbs: true, flattenOutputFiles: true },
			...Object.fromEntries(TABLES.map((name) => [name, "table"])),
		});
		const project = await app.convert();
		if (project === undefined) throw new Error("typedoc cannot read the declarations in dist");
		const main = project.children?.find(({ name }) => name === "index");
		if (main !== undefined) main.name = "talis-pd";
		await app.generateOutputs(project);
		if (app.logger.hasErrors()) throw new Error("typedoc has met errors");
		return new Map(
			readdirSync(join(folder, "api"))
				.filter((name) => name.endsWith(".md"))
				.sort()
				.map((name) => [name, readFileSync(join(folder, "api", name), "utf8")]),
		);
	} finally {
		rmSync(folder, { recursive: true });
	}
}
