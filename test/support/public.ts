import { join } from "node:path";
import ts from "typescript";
import { root } from "./golden.js";

/** Something that the package gives, and what its docstring says of it. */
export interface Given {
	/** Where it is imported from, and its name there. */
	name: string;
	isFunction: boolean;
	text: string;
	parameters: readonly string[];
	tags: readonly { name: string; text: string }[];
}

/** Entries of package.json, by what is written to import them. */
const ENTRIES = {
	"talis-pd": "index.ts",
	"talis-pd/arrow": "arrow.ts",
	"talis-pd/chart": "chart.ts",
	"talis-pd/report": "report.ts",
	"talis-pd/synth": "synth.ts",
} as const;

/** Every value that the package gives, those in namespaces too. */
export function givenValues(): Given[] {
	const files = Object.values(ENTRIES).map((file) => join(root, "src", file));
	const { config } = ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile);
	const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
	const program = ts.createProgram(files, options);
	const checker = program.getTypeChecker();
	const valuesOf = (module: ts.Symbol, prefix: string): Given[] =>
		checker.getExportsOfModule(module).flatMap((alias) => {
			const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
			if ((symbol.flags & ts.SymbolFlags.Value) === 0) return [];
			const name = `${prefix}.${alias.name}`;
			if (symbol.flags & ts.SymbolFlags.ValueModule) return valuesOf(symbol, name);
			const [declaration] = symbol.declarations ?? [];
			return [
				{
					name,
					isFunction: (symbol.flags & ts.SymbolFlags.Function) !== 0,
					text: ts.displayPartsToString(symbol.getDocumentationComment(checker)),
					parameters:
						declaration !== undefined && ts.isFunctionDeclaration(declaration)
							? declaration.parameters.map((one) => one.name.getText())
							: [],
					tags: symbol
						.getJsDocTags(checker)
						.map((tag) => ({ name: tag.name, text: ts.displayPartsToString(tag.text) })),
				},
			];
		});
	return Object.entries(ENTRIES).flatMap(([entry, file]) => {
		const source = program.getSourceFile(join(root, "src", file)) as ts.SourceFile;
		return valuesOf(checker.getSymbolAtLocation(source) as ts.Symbol, entry);
	});
}
