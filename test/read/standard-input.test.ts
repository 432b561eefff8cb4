import { createReadStream, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rates } from "../../src/index.js";
import { SAMPLE } from "../cli/support.js";

const asked = { items: ["coaching"] };

async function* inParts(parts: readonly (Uint8Array | string)[]) {
	yield* parts;
}

test("standard input may be a stream, or anything that gives bytes or text", async () => {
	const bytes = new Uint8Array(readFileSync(SAMPLE));
	const half = bytes.length >> 1;
	const wanted = (await rates([SAMPLE], asked)).estimates;
	const inputs = [
		createReadStream(SAMPLE),
		inParts([bytes.subarray(0, half), bytes.subarray(half)]),
		inParts([new TextDecoder().decode(bytes)]),
	];
	for (const stdin of inputs) expect((await rates(["-"], { ...asked, stdin })).estimates).toEqual(wanted);
});
