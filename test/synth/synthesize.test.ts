import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { UserError } from "../../src/base/errors.js";
import { surveyLines } from "../../src/synth/index.js";
import { calibration, codebook, dataFile, generate, rate, type SurveyFile } from "./fixture.js";

const LETTERS = "ABCDEFGHIJKLMNO";
const variables = (question: string, count: number): string[] =>
	[...LETTERS.slice(0, count)].map((letter) => question + letter);
const ACTIVITIES = variables("TT3G22", 10);
const PARTICIPANTS = [...variables("TT3G23", 15), ...variables("TT3G24", 8), "TT3G25"];
const CHARACTERISTICS = variables("TT3G26", 12);
const INDUCTION_SUPPORT = variables("TT3G20", 10);

const system = calibration.systems[0];
if (system === undefined) throw new Error("the calibration is empty");

interface Case {
	name: string;
	target: number;
	answer: (row: readonly string[]) => boolean | undefined;
}

/** Each target with the answer it is about, read from the codes of the file. */
function cases(file: SurveyFile): Case[] {
	return Object.entries(system?.topics ?? {}).flatMap(([key, { items }]) =>
		Object.entries(items).flatMap(([item, entry]) => {
			const topic = codebook.topics[key];
			if (topic === undefined || "none-of" in entry) return [];
			const derived = topic.derived?.[item];
			const members = derived === undefined ? [item] : (derived.of ?? Object.keys(topic.items));
			const variables = members.map((member) => topic.items[member]?.variable ?? "");
			const answers = codebook.answers[topic.items[members[0] ?? ""]?.answers ?? topic.answers];
			const yes = answers?.yes ?? [];
			const valid = Object.keys(answers?.values ?? {});
			const { where } = entry;
			const answer = (row: readonly string[]): boolean | undefined => {
				if (where !== undefined) {
					const value = file.number(row, where.column);
					if (value < where.from || value > where.to) return undefined;
				}
				const codes = variables.map((variable) => file.code(row, variable));
				if (codes.some((code) => yes.includes(code))) return true;
				return codes.every((code) => valid.includes(code)) ? false : undefined;
			};
			return [{ name: `${key}:${item}`, target: entry.percent, answer }];
		}),
	);
}

/** What the questionnaire's routing says of every row, whatever the answers. */
function expectRouting(file: SurveyFile): void {
	for (const row of file.rows) {
		const code = (variable: string): string => file.code(row, variable);
		const out = (variables: readonly string[], routedOut: boolean): void => {
			for (const variable of variables) {
				if (code(variable) !== "7") expect([variable, code(variable) === "6"]).toEqual([variable, routedOut]);
			}
		};
		out(
			PARTICIPANTS,
			ACTIVITIES.every((variable) => code(variable) === "2"),
		);
		out(CHARACTERISTICS, code("TT3G25") === "2" || code("TT3G25") === "6");
		const induction = [code("TT3G19A2"), code("TT3G19B2")];
		out(INDUCTION_SUPPORT, !induction.includes("1") && induction.includes("2"));
		for (const variable of [...ACTIVITIES, ...variables("TT3G27", 14), ...variables("TT3G28", 7)]) {
			expect(code(variable)).not.toBe("6");
		}
	}
}

function expectBackground(file: SurveyFile): void {
	const bounds = [0, 25, 30, 40, 50, 60, 100];
	for (const row of file.rows) {
		const [age, here, total] = ["TT3G02", "TT3G11A", "TT3G11B"].map((name) => file.number(row, name));
		const group = file.number(row, "TCHAGEGR");
		expect(age).toBeGreaterThanOrEqual(bounds[group - 1] ?? Number.NaN);
		expect(age).toBeLessThan(bounds[group] ?? Number.NaN);
		expect(here === 999).toBe(total === 999);
		expect(here).toBeLessThanOrEqual(total ?? Number.NaN);
		if (total !== 999) expect(total).toBeLessThanOrEqual((age ?? 0) - 20);
		expect(file.code(row, "IDTEACH").startsWith(file.code(row, "IDSCHOOL"))).toBe(true);
	}
	const languages = new Map(file.rows.map((row) => [file.code(row, "IDSCHOOL"), file.code(row, "IDLANG")]));
	expect(
		file.rows.every((row) => languages.get(file.code(row, "IDSCHOOL")) === file.code(row, "IDLANG")),
	).toBe(true);
	expect(new Set(file.rows.map((row) => file.code(row, "IDTEACH"))).size).toBe(file.rows.length);
}

describe("the sample for Kazakhstan", () => {
	const file = generate();
	const rates = cases(file).map(({ name, target, answer }) => ({ name, target, ...rate(file, answer) }));

	it("is the file in data/samples, byte for byte, and no larger than 3 MB", () => {
		expect(dataFile("samples/synthetic-kazakhstan-2018.csv") === file.text).toBe(true);
		expect(file.text.length).toBeLessThan(3_000_000);
	});

	it("says of every row that it is synthetic", () => {
		expect(file.rows.every((row) => file.code(row, "SYNTHETIC") === "1")).toBe(true);
		expect(file.header.slice(0, 5)).toEqual(["SYNTHETIC", "CNTRY", "IDPOP", "IDSCHOOL", "IDTEACH"]);
	});

	it.each(rates)("$name prints its target, $target", ({ percent, target }) => {
		expect(percent.toFixed(1)).toBe(target.toFixed(1));
	});

	it("routes every teacher as the questionnaire does", () => expectRouting(file));

	it("keeps ages, years of work and ids consistent", () => expectBackground(file));

	it("ticks “no” exactly where no other box of the row is ticked", () => {
		for (const row of file.rows) {
			for (const part of ["A", "B"]) {
				const [first, here, none] = ["1", "2", "3"].map((box) => file.code(row, `TT3G19${part}${box}`));
				if (none === "1" || none === "2") expect(none === "1").toBe(first === "2" && here === "2");
			}
		}
	});

	it("stops nowhere to go on later: after a 7 come only 7s", () => {
		const places = file.header.flatMap((name, place) => (/^TT3G(19|2\d)/.test(name) ? [place] : []));
		for (const row of file.rows) {
			const codes = places.map((place) => row[place]);
			const stop = codes.indexOf("7");
			if (stop >= 0) expect(codes.slice(stop).every((code) => code === "7")).toBe(true);
		}
	});

	it("correlates teachers of a school: design effects as in TALIS", () => {
		const effects = rates.map(({ percent, se, n }) => (se * se * (n - 1)) / (percent * (100 - percent)));
		const [least = 0, middle = 0, most = 0] = [0, 0.5, 1].map(
			(share) => effects.toSorted((a, b) => a - b)[Math.floor(share * (effects.length - 1))],
		);
		expect(least).toBeGreaterThan(1.2);
		expect(middle).toBeGreaterThan(1.5);
		expect(most).toBeLessThan(4);
	});

	it("leaves 0.5 to 2 % of the answers missing", () => {
		const codes = file.rows.flatMap((row) => ACTIVITIES.map((variable) => file.code(row, variable)));
		const missing = codes.filter((code) => code === "7" || code === "9").length / codes.length;
		expect(missing).toBeGreaterThan(0.005);
		expect(missing).toBeLessThan(0.02);
	});

	it("tells zones apart by the replicates: one vector a side, two sides a zone", () => {
		const vectors = new Set(
			file.rows.map((row) => {
				const [w = 1, ...replicates] = file.weights(row);
				return replicates.map((replicate) => (replicate / w).toFixed(3)).join(" ");
			}),
		);
		expect(vectors.size).toBe(2 * 56);
	});
});

describe("synthesize", () => {
	it("gives the same bytes for the same seed and others for another", () => {
		const small = { teachers: 200, schools: 20, zones: 9 };
		expect(generate(small).text).toBe(generate(small).text);
		expect(generate({ ...small, seed: 1 }).text).not.toBe(generate(small).text);
	});

	it("keeps routing and background whatever the size and seed", () => {
		const sizes = fc.record({
			seed: fc.integer(),
			zones: fc.integer({ min: 2, max: 8 }),
			more: fc.nat({ max: 80 }),
		});
		fc.assert(
			fc.property(sizes, ({ seed, zones, more }) => {
				const schools = 2 * zones + (more % (zones + 1));
				const file = generate({ seed, zones, schools, teachers: 2 * schools + more });
				expect(file.rows).toHaveLength(2 * schools + more);
				expectRouting(file);
				expectBackground(file);
			}),
			{ numRuns: 25 },
		);
	});

	it("adds systems that differ, each with its own schools", () => {
		const file = generate({ systems: 3, teachers: 900 });
		const countries = [...new Set(file.rows.map((row) => file.code(row, "CNTRY")))];
		expect(countries).toHaveLength(3);
		expect(countries[0]).toBe("KAZ");
		const rates = countries.map(
			(country) =>
				rate(file, (row) => {
					const code = file.code(row, "TT3G22E");
					return file.code(row, "CNTRY") === country && "12".includes(code) ? code === "1" : undefined;
				}).percent,
		);
		expect(new Set(rates.map((percent) => percent.toFixed(1))).size).toBe(3);
		expectRouting(file);
	});

	it("pads with filler columns and writes longer weights", () => {
		const file = generate({ teachers: 120, schools: 12, zones: 6, columns: 491, weightDecimals: 13 });
		expect(file.header).toHaveLength(491);
		expect(new Set(file.header).size).toBe(491);
		expect(file.rows.every((row) => row.length === 491)).toBe(true);
		expect(file.rows[0]?.at(-1)).toMatch(/^\d+\.\d{13}$/);
		expect(file.header.at(-101)).toBe("TCHWGT");
	});

	it("gives code 8 to what was not administered", () => {
		const told = { ...calibration, systems: [{ ...system, "not-administered": ["activities:network"] }] };
		const [header = "", ...rows] = surveyLines(told, codebook, { teachers: 120, schools: 12, zones: 6 });
		const place = header.split(",").indexOf("TT3G22H");
		expect(new Set(rows.map((row) => row.split(",")[place]))).toEqual(new Set(["8"]));
	});

	it.each([
		[{ columns: 100 }, /100 columns are too few/],
		[{ teachers: 100, schools: 60, zones: 30 }, /100 teachers are too few for 60 schools/],
		[{ schools: 20, zones: 20 }, /20 schools do not fill 20 zones/],
	])("says what does not fit: %o", (options, message) => {
		expect(() => generate(options)).toThrow(UserError);
		expect(() => generate(options)).toThrow(message);
	});
});
