import { existsSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { compareInquiry } from "../../src/analysis/questions/compare.js";
import { ratesInquiry } from "../../src/analysis/questions/rates.js";
import { askAll, type Inquiry } from "../../src/analysis/survey/inquiry.js";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { knownVariable } from "../../src/codebook/variables/library.js";
import { convert, describeError, means, type ResultSet, rates, UserError } from "../../src/index.js";
import { sampled } from "../support/long.js";

const FOLDER = fileURLToPath(new URL("../../../shared/data/talis-2018-noisy/", import.meta.url));
const CSV = join(FOLDER, "teachers.csv");
const SAV = join(FOLDER, "teachers.sav");
const PARQUET = join(mkdtempSync(join(tmpdir(), "talis-pd-")), "teachers.parquet");
const CHUNK = 60;

/** All 491 columns are asked for by `npm run check:long`. */
const STEP = 9;

const codebook = loadCodebook("talis-2018-teacher");

/** What a run gives; where it refuses, the sentence without the file's name and the place in it. */
async function outcome(run: () => Promise<ResultSet>): Promise<unknown> {
	try {
		return compared(await run());
	} catch (error) {
		if (!(error instanceof UserError)) throw error;
		return describeError(error)
			.replaceAll(/teachers\.\w+/g, "FILE")
			.replaceAll(/(line|row) \d+/g, "PLACE");
	}
}

describe.skipIf(!existsSync(CSV))("columns give the same from CSV, SPSS and Parquet", () => {
	const columns = existsSync(CSV)
		? (readFileSync(CSV, "utf8").split("\n")[0] as string)
				.split(",")
				.map((name) => name.replaceAll('"', "").trim().toUpperCase())
		: [];

	beforeAll(async () => {
		await convert(SAV, PARQUET);
	});

	/** The same question of each file; numbers agree to the last digits, as blocks are cut alike. */
	async function alike(ask: (file: string) => Promise<unknown>): Promise<void> {
		const [csv, sav, parquet] = [await ask(CSV), await ask(SAV), await ask(PARQUET)];
		expect(sav).toEqual(csv);
		expect(parquet).toEqual(csv);
	}

	const spec = {
		topics: ["activities"],
		items: ["peer-coaching"],
		unknownCodes: "missing",
		suppress: "none",
	} as const;

	test("means", { timeout: 600_000 }, async () => {
		expect(columns).toHaveLength(491);
		for (const name of columns) {
			const known = knownVariable(codebook, name);
			expect(known, name).toBeDefined();
		}
		const numbers = columns.filter(
			(name) => !["id", "text", "nominal"].includes(knownVariable(codebook, name)?.kind ?? ""),
		);
		expect(numbers).toHaveLength(322);
		await alike(async (file) => {
			const { estimates, labels } = await means([file], { variables: numbers, unknownCodes: "missing" });
			// No code has entered: every mean lies within the answers, or the bounds, of its column.
			for (const { variable, estimate, statistic } of estimates) {
				if (statistic !== "mean" || estimate === null) continue;
				const { answers, from, to } = knownVariable(codebook, variable as string) ?? {};
				const codes = Object.keys(answers ?? {}).map(Number);
				const [least, most] =
					answers == null ? [from ?? -Infinity, to ?? Infinity] : [codes[0], codes.at(-1)];
				expect(estimate, `${variable}`).toBeGreaterThanOrEqual(least as number);
				expect(estimate, `${variable}`).toBeLessThanOrEqual(most as number);
			}
			return { estimates, labels };
		});
		for (const name of columns.filter((one) => !numbers.includes(one)))
			await alike((file) => outcome(() => means([file], { variables: [name] })));
	});

	const isContinuous = (name: string) =>
		["scale", "weight", "replicate"].includes(knownVariable(codebook, name)?.kind ?? "");

	/** Columns in parts that are read at once. */
	function parts(): string[][] {
		const own = sampled(
			columns.filter((name) => !isContinuous(name)),
			STEP,
		);
		return Array.from({ length: Math.ceil(own.length / CHUNK) }, (_, part) =>
			own.slice(part * CHUNK, (part + 1) * CHUNK),
		);
	}

	test("continuous columns make no groups", { timeout: 600_000 }, async () => {
		const all = columns.filter(isContinuous);
		expect(all.length).toBeGreaterThan(120);
		for (const name of sampled(all, 12)) {
			await alike(async (file) => {
				const found = await outcome(() => rates([file], { ...spec, by: [name] }));
				expect(found).toMatch(new RegExp(`^${name} is continuous: its \\d+ values make no groups`));
				return found;
			});
		}
	});

	test("--by", { timeout: 600_000 }, async () => {
		for (const names of parts()) {
			const inquiries = names.map((name) => ratesInquiry({ ...spec, by: [name] }));
			await alike(async (file) => {
				const results = await askAll([file], inquiries as [Inquiry, ...Inquiry[]], {});
				return results.map(({ estimates, labels }, index) => {
					const name = names[index] as string;
					const { answers, missing } = knownVariable(codebook, name) ?? {};
					for (const { group } of estimates) {
						const value = group[name];
						if (value === undefined) continue;
						// No missing code makes a group, and groups have labels.
						expect(Object.hasOwn(missing ?? {}, value), `${name} ${value}`).toBe(false);
						if (answers != null) expect(labels?.groups[name]?.values[value]).toBe(answers[value]?.en);
					}
					return { estimates, labels };
				});
			});
		}
	});

	test("--between", { timeout: 600_000 }, async () => {
		for (const names of parts()) {
			const inquiries = (some: readonly string[]) =>
				some.map((name) => compareInquiry({ ...spec, between: name })) as [Inquiry, ...Inquiry[]];
			/** All at once; where one is refused, each half by itself. */
			const ask = async (file: string, some: readonly string[]): Promise<unknown[]> => {
				if (some.length === 1) {
					return [await outcome(async () => (await askAll([file], inquiries(some), {}))[0] as ResultSet)];
				}
				try {
					return (await askAll([file], inquiries(some), {})).map(compared);
				} catch (error) {
					if (!(error instanceof UserError)) throw error;
					const half = some.length >> 1;
					return [...(await ask(file, some.slice(0, half))), ...(await ask(file, some.slice(half)))];
				}
			};
			// Columns with many levels are refused.
			await alike((file) => ask(file, names));
		}
	});
});

function compared({ estimates, comparisons, labels }: ResultSet): unknown {
	return { estimates, comparisons, labels };
}
