import { readFileSync } from "node:fs";
import { UserError } from "../base/errors.js";
import { builtPath } from "./assets.js";

const modules = new Map<string, WebAssembly.Module>();

/** A new instance, with its own memory, of a WebAssembly module built by `npm run build`. */
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

/** One shared instance of a WebAssembly module, created on first use. */
export function sharedWasm<Exports>(name: string): () => Exports {
	let exports: Exports | undefined;
	return () => {
		exports ??= loadWasm<Exports>(name);
		return exports;
	};
}
