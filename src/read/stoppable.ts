import { orStopped } from "../base/run-options.js";
import type { Block, Source } from "./block.js";

/** A source whose reading ends, with the signal's reason, as soon as the signal says so. */
export function stoppable(source: Source, signal: AbortSignal): Source {
	return {
		...source,
		read(wanted) {
			const { blocks, dictionaries } = source.read(wanted);
			return { blocks: untilStopped(blocks, signal), dictionaries };
		},
		sha256: () => orStopped(source.sha256(), signal),
	};
}

async function* untilStopped(blocks: AsyncIterable<Block>, signal: AbortSignal): AsyncGenerator<Block> {
	const iterator = blocks[Symbol.asyncIterator]();
	try {
		for (;;) {
			const next = await orStopped(iterator.next(), signal);
			if (next.done) return;
			yield next.value;
		}
	} finally {
		const ended = iterator.return?.();
		// A reader that waits for bytes ends no sooner than its source is closed.
		if (signal.aborted) ended?.catch(() => {});
		else await ended;
	}
}
