import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { codebooks, doctor, inspect, means, rates, samplePath, UserError } from "../../src/index.js";
import { renderInspection } from "../../src/internal.js";
import { loadLocale } from "../../src/wording/locale.js";
import { apart, root } from "../support/golden.js";
import { csv, generator } from "../support/survey.js";

const [head = "", ...lines] = readFileSync(join(root, "test/fixtures/schools/BCGKAZT3.csv"), "utf8")
	.trim()
	.split("\n");
const HEAD = head.split(",");
const schools = lines.map((line) => line.split(","));
const WEIGHT = HEAD.indexOf("SCHWGT");
const REPLICATES = 100;

/** A file of that name, by which its cycle is told. */
function namedFile(name: string, text: string): string {
	const path = join(mkdtempSync(join(tmpdir(), "talis-pd-schools-")), name);
	writeFileSync(path, text);
	return path;
}

/** Made-up replicates: a half or one and a half of the weight. */
const next = generator(41);
const weights = schools.map((row) => {
	const weight = Number(row[WEIGHT]);
	return [weight, ...Array.from({ length: REPLICATES }, () => weight * (next() < 0.5 ? 0.5 : 1.5))];
});

/** The principals' file of a cycle, with its names of weights. */
function principals(weight = "SCHWGT", prefix = "SRWGT", name = "BCGKAZT3.csv"): string {
	const names = Array.from({ length: REPLICATES }, (_, index) => `${prefix}${index + 1}`);
	const columns = HEAD.map((column) => (column === "SCHWGT" ? weight : column));
	const rows = schools.map((row, index) => [...row, ...(weights[index] as number[]).slice(1)]);
	return namedFile(name, csv(rows, [...columns, ...names]));
}

/** Σ w of some rows under every weight, over that of all with a valid answer; and its standard error by Fay's formula. */
function share(column: string, codes: readonly string[], valid: readonly string[]) {
	const place = HEAD.indexOf(column);
	const under = Array.from({ length: 1 + REPLICATES }, (_, r) => {
		let [of, all] = [0, 0];
		for (const [index, row] of schools.entries()) {
			const weight = (weights[index] as number[])[r] as number;
			if (valid.includes(row[place] as string)) all += weight;
			if (codes.includes(row[place] as string)) of += weight;
		}
		return (100 * of) / all;
	});
	const [full = 0, ...others] = under;
	const squares = others.reduce((sum, one) => sum + (one - full) ** 2, 0);
	return { estimate: full, se: Math.sqrt(squares / (REPLICATES * 0.25)) };
}

const LOCATIONS = ["1", "2", "3", "4", "5"];

describe("principals' files without teachers", () => {
	test("rates are of schools, with their weight, and that is said", async () => {
		const { estimates, notes, codebook, design } = await rates([principals()]);
		expect([codebook?.id, design.weight]).toEqual(["talis-2018-schools", "SCHWGT"]);
		expect(notes[1]).toMatchObject({ code: "of-schools", detail: { weight: "SCHWGT" } });
		for (const [item, codes] of Object.entries({ rural: ["1"], town: ["2", "3"], city: ["4", "5"] })) {
			const found = estimates.find((one) => one.topic === "location" && one.item === item);
			const { estimate, se } = share("TC3G10", codes, LOCATIONS);
			expect(apart(found?.estimate, estimate), item).toBeLessThan(1e-9);
			expect(apart(found?.se, se), item).toBeLessThan(1e-9);
		}
	});

	test("each code of a column that is known has a percentage", async () => {
		const { estimates } = await rates([principals()], { topics: ["tc3g01"], language: "kk" });
		expect(estimates.map(({ item, label }) => [item, label])).toEqual([
			["answer-1", "Әйел"],
			["answer-2", "Ер"],
		]);
		expect(apart(estimates[0]?.estimate, share("TC3G01", ["1"], ["1", "2"]).estimate)).toBeLessThan(1e-9);
	});

	test("means are of any column, and groups are theirs", async () => {
		const { estimates } = await means([principals()], {
			variables: ["TC3G16"],
			missing: ["TC3G16=none"],
			by: ["location"],
		});
		const place = HEAD.indexOf("TC3G16");
		const rural = schools.flatMap((row, index) => (row[HEAD.indexOf("TC3G10")] === "1" ? [index] : []));
		const sum = (of: (index: number) => number) => rural.reduce((all, index) => all + of(index), 0);
		const weight = (index: number) => (weights[index] as number[])[0] as number;
		const mean = sum((index) => weight(index) * Number(schools[index]?.[place])) / sum(weight);
		const found = estimates.find(
			({ group, statistic }) => group.location === "rural" && statistic === "mean",
		);
		expect(apart(found?.estimate, mean)).toBeLessThan(1e-9);
	});

	test("inspect and doctor know them", async () => {
		const found = await inspect(principals());
		expect(found.weights).toMatchObject({ weight: "SCHWGT", replicates: REPLICATES });
		expect(found.topics.find(({ topic }) => topic === "intake-refugees")?.missing).toEqual(["TC3G17E"]);
		expect((await doctor(principals())).errors).toBe(0);
		expect(found.rowsAre).toBe("schools");
		const page = renderInspection(found, { locale: loadLocale("en"), width: 80, color: false });
		expect(page).toContain("Principals");
		expect(page).not.toContain("Teachers\n");
		const teachers = renderInspection(await inspect(samplePath()), {
			locale: loadLocale("en"),
			width: 80,
			color: false,
		});
		expect(teachers).not.toContain("Principals");
	});

	test("those of 2024 have names of their own", async () => {
		const text = readFileSync(principals("SCHWGTC", "CRWGT"), "utf8");
		const path = namedFile(
			"BCGINTT4.csv",
			text.replaceAll("TC3G10", "T4SCHLOC").replaceAll("TC3G12", "TC4G13"),
		);
		const { design, codebook } = await rates([path], { topics: ["management"], unknownCodes: "missing" });
		expect([codebook?.id, design.weight]).toEqual(["talis-2024-schools", "SCHWGTC"]);
	});

	test("with teachers they are looked up, as ever; without their weight they are refused", async () => {
		const weightless = namedFile(
			"BCGKAZT3.csv",
			csv(
				schools.map((row) => row.slice(0, WEIGHT)),
				HEAD.slice(0, WEIGHT),
			),
		);
		const refused = await rates([weightless]).catch((error) => error);
		expect(refused).toBeInstanceOf(UserError);
		expect(refused.message).toMatch(/principals' file/);
		expect(codebooks.list().map(({ id }) => id)).not.toContain("talis-2018-schools");
	});
});
