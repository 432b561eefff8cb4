// Given to HarfBuzz in place of `WebAssembly.instantiate`, by the build.
import { setFlagsFromString } from "node:v8";

// V8 of Node 20 compiles functions again that have been busy, in threads that the end of a process waits for: half a second
// for one that is needed once.
const FLAGS = ["wasm-dynamic-tiering", "wasm-tier-up", "wasm-lazy-compilation"];

/** Compiles a module at once and does not do so again while it runs; modules compiled before or after are not touched. */
export async function instantiate(
	bytes: Uint8Array<ArrayBuffer>,
): Promise<{ module: WebAssembly.Module; instance: WebAssembly.Instance }> {
	for (const flag of FLAGS) setFlagsFromString(`--no-${flag}`);
	try {
		const module = new WebAssembly.Module(bytes);
		return { module, instance: new WebAssembly.Instance(module) };
	} finally {
		for (const flag of FLAGS) setFlagsFromString(`--${flag}`);
	}
}

export { instantiate as "WebAssembly.instantiate" };
