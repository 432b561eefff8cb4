import { describe, expect, test } from "vitest";
import { published } from "../../src/index.js";
import type { DesignSummary } from "../../src/results/result-set.js";
import { designLine, methodText } from "../../src/wording/design-line.js";
import { type Language, loadLocale } from "../../src/wording/locale.js";

function texts(method: string, replicates: number, language: Language = "en"): string {
	return methodText({ method, replicates } as DesignSummary, loadLocale(language));
}

describe("how variances are estimated", () => {
	test.each([
		["fay-brr", "Fay-BRR, 100 replicates"],
		["brr", "BRR, 100 replicates"],
		["jk1", "JK1, 100 replicates"],
		["jk2", "JK2, 100 replicates"],
		["jkn", "JKn, 100 replicates"],
		["sdr", "SDR, 100 replicates"],
		// It was BOOTSTRAP in charts, in every language.
		["bootstrap", "Bootstrap, 100 replicates"],
	])("%s is %s in tables and charts", (method, text) => {
		expect(texts(method, 100)).toBe(text);
	});

	test("has its word in each language", () => {
		expect(texts("bootstrap", 500, "kk")).toBe("Бутстреп, 500 реплика салмағы");
		expect(texts("bootstrap", 500, "ru")).toBe("Бутстреп, репликационных весов: 500");
	});

	test("without replicates is the method alone", () => {
		expect(texts("taylor", 0)).toBe("Taylor linearisation");
		expect(texts("published", 0)).toBe("Published estimates");
	});

	test("of strata alone says what it takes for granted", () => {
		const design: DesignSummary = { weight: "w", method: "taylor", replicates: 0, strata: "s" };
		const line = "Taylor linearisation, strata alone: standard errors are too small if schools were sampled";
		expect(methodText(design, loadLocale("en"))).toBe(line);
		expect(methodText({ ...design, psu: "school" }, loadLocale("en"))).toBe("Taylor linearisation");
	});

	test("from one replicate, which tables called replicates, is of one", () => {
		expect(texts("jk1", 1)).toBe("JK1, 1 replicate");
	});

	test("is not said where results that were read back do not say it, where charts said UNKNOWN", () => {
		expect(texts("unknown", 3)).toBe("");
	});
});

test("published figures have no replicates to speak of, with hidden ones and means beside them", () => {
	const line = (spec: object) =>
		designLine(published({ where: ["population=isced2"], ...spec }), loadLocale("en"));
	const locations = { topics: ["barriers"], by: ["location"], countries: ["SGP"] };
	expect(line(locations)).toBe("Published estimates; 95% delta-method logit intervals");
	expect(line({ topics: ["activities"], countries: ["KAZ"] })).toBe(
		"Published estimates; 95% delta-method logit, Wald intervals",
	);
});
