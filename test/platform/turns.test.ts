import { expect, test } from "vitest";
import { takingTurns } from "../../src/platform/turns.js";

test("a timer is heard while work goes on that waits for nothing else", async () => {
	let heard = false;
	setTimeout(() => {
		heard = true;
	}, 10);
	const turn = takingTurns();
	const end = performance.now() + 5000;
	while (!heard && performance.now() < end) await turn();
	expect(heard).toBe(true);
});

test("work of less than a moment is not held up", () => {
	expect(takingTurns()()).toBeUndefined();
});
