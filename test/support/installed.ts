import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ts from "typescript";
import { root } from "./golden.js";

/** A folder of a project that has the package installed. */
export function installedIn(name: string): string {
	const folder = mkdtempSync(join(tmpdir(), `talis-pd-${name}-`));
	mkdirSync(join(folder, "node_modules"));
	symlinkSync(root, join(folder, "node_modules/talis-pd"), "junction");
	writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
	return folder;
}

/** What the compiler says against modules of such a project; "" for nothing. */
export function faultsOf(files: readonly string[]): string {
	const program = ts.createProgram(files, {
		...{ strict: true, noEmit: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true },
		module: ts.ModuleKind.NodeNext,
		moduleResolution: ts.ModuleResolutionKind.NodeNext,
		target: ts.ScriptTarget.ES2022,
		skipLibCheck: true,
		types: ["node"],
		typeRoots: [join(root, "node_modules/@types")],
	});
	const host = { ...ts.sys, getCanonicalFileName: String, getNewLine: () => "\n" };
	return ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), host);
}

/** A module as Node runs it. */
export function stripped(code: string): string {
	const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 };
	return ts.transpileModule(code, { compilerOptions }).outputText;
}
