import { setTimeout as wait } from "node:timers/promises";
import { UserError } from "../../base/errors.js";

/** How long a server may say nothing, in milliseconds. */
export interface Patience {
	/** Milliseconds between checks of whether it is still there. */
	every: number;
	/** Milliseconds in which it has to answer a check. */
	longest: number;
}

export const PATIENCE: Patience = { every: 5000, longest: 20_000 };

/** A server that answers at all, whatever it works on. */
export interface WatchedServer {
	/** The address, for messages. */
	file: string;
	/** Stands behind the server that is asked. */
	isBehind?: true;
	patience: Patience;
	/**
	 * Settles as soon as the server says anything, apart from what it is asked.
	 * @throws UserError where there is none.
	 */
	isThere(): Promise<unknown>;
}

/**
 * A server's answer. A query may take any time, so a timeout cannot distinguish a slow server from a dead one: a
 * second connection checks that it is alive. @throws UserError where it no longer answers.
 */
export async function unlessSilent<T>(answer: Promise<T>, server: WatchedServer): Promise<T> {
	const { every, longest } = server.patience;
	const done = new AbortController();
	const { signal } = done;
	const watch = async (): Promise<never> => {
		for (;;) {
			await wait(every, undefined, { signal });
			const heard = new AbortController();
			const silent = wait(longest, undefined, { signal: heard.signal }).then(() =>
				Promise.reject(silence(server)),
			);
			silent.catch(() => {});
			await Promise.race([server.isThere(), silent]).finally(() => heard.abort());
		}
	};
	const watching = watch();
	watching.catch(() => {});
	answer.catch(() => {});
	try {
		return await Promise.race([answer, watching]);
	} finally {
		done.abort();
	}
}

function silence({ file, isBehind, patience }: WatchedServer): UserError {
	const seconds = Math.ceil(patience.longest / 1000);
	const message = isBehind
		? `a server that holds a part of the table has been silent for ${seconds} s`
		: `the server has been silent for ${seconds} s`;
	return new UserError(message, {
		code: "file",
		where: { file },
		hint: "ask its administrator whether it has stopped, and ask again when it runs",
	});
}
