import { readFileSync } from "node:fs";
import { UserError } from "../base/errors.js";
import { builtPath } from "./assets.js";

const modules = new Map<string, WebAssembly.Module>();

/**
 * A new instance of a WebAssembly module that `npm run build` makes, with a memory of its own.
 */
export function loadWasm<Exports>(name: string): Exports {
	let module = modules.get(name);
	if (module === undefined) {
		module = new WebAssembly.Module(readFileSync(builtPath(name)));
		modules.set(name, module);
	}
	const abort = () => {
		throw new UserError("there is too much at once for the memory that reading has, 4 GB", {
			code: "data",
			hint: "ask for fewer columns, or split the file",
		});
	};
	return new WebAssembly.Instance(module, { env: { abort } }).exports as Exports;
}

/** One instance of a WebAssembly module for all who ask, made when it is first asked for. */
export function sharedWasm<Exports>(name: string): () => Exports {
	let exports: Exports | undefined;
	return () => {
		exports ??= loadWasm<Exports>(name);
		return exports;
	};
}
