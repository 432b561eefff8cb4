import { describe, expect, test } from "vitest";
import { betaQuantile, normalQuantile, tQuantile } from "../../src/stats/quantiles.js";
import { goldenStats } from "../support/golden.js";

const { t, normal, beta } = goldenStats();

function expectNear(a: number, b: number) {
	expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-10 * Math.abs(b));
}

describe("quantiles equal R's to 1e-10", () => {
	test.each(t)("t: p %d, df %s", (p, df, q) =>
		expectNear(tQuantile(p, df === "inf" ? Number.POSITIVE_INFINITY : df), Number(q)),
	);
	test.each(normal)("normal: p %d", (p, q) => expectNear(normalQuantile(p), q));
	test.each(beta)("beta: p %d, shapes %d and %d", (p, a, b, q) => expectNear(betaQuantile(p, a, b), q));
	test("beta at the ends", () => {
		expect([betaQuantile(0.025, 0, 5), betaQuantile(0.975, 5, 0)]).toEqual([0, 1]);
	});
});
