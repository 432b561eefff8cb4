import { expect } from "vitest";
import { run } from "../cli/support.js";

/** The one sentence a command line ends in. */
export async function refusal(...argv: string[]): Promise<string> {
	const { code, err } = await run(argv);
	expect(err).toMatch(/^talis-pd: [^\n]*\n$/);
	expect(code).toBe(2);
	return err;
}
