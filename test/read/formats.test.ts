import { basename, dirname } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeError, type Estimate, type RatesSpec, rates, UserError } from "../../src/index.js";
import { csv, file, HEADER, makeRows, type Rows } from "../support/survey.js";

const rows = makeRows(60, 99);
const plain = csv(rows);
const WEIGHT = HEADER.indexOf("TCHWGT");
const SETTINGS: RatesSpec = { pool: ["population"], suppress: "none" };

/** Windows-1251 has the Cyrillic capital letters А–Я at 0xC0–0xDF, small ones at 0xE0–0xFF. */
function windows1251(text: string): Buffer {
	return Buffer.from(
		[...text].map((letter) => {
			const code = letter.codePointAt(0) ?? 0;
			return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
		}),
	);
}

function utf16(text: string, bigEndian: boolean): Buffer {
	const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
	return bigEndian ? bytes.swap16() : bytes;
}

const decimalComma = rows.map((row) =>
	row.map((value, column) => (column >= WEIGHT ? String(value).replace(".", ",") : value)),
);
const quoted = rows.map((row) => row.map((value) => `"${value}"`));
const quotedThroughout = csv(
	quoted,
	HEADER.map((name) => `"${name}"`),
);

describe("one survey in every dress gives the same numbers", () => {
	test.each<[string, string | Uint8Array]>([
		[
			"header in lower case",
			csv(
				rows,
				HEADER.map((name) => name.toLowerCase()),
			),
		],
		["semicolons and decimal commas", csv(decimalComma, HEADER, ";")],
		["tabs", csv(rows, HEADER, "\t")],
		["bars", csv(rows, HEADER, "|")],
		["tabs and decimal commas", csv(decimalComma, HEADER, "\t")],
		["quotes around every field", quotedThroughout],
		[
			"quotes and decimal commas between commas",
			csv(decimalComma.map((row) => row.map((value) => `"${value}"`))),
		],
		[
			"texts in quotes, as R writes them",
			csv(
				rows.map((row) => row.map((value) => (/^[\d.]*$/.test(String(value)) ? value : `"${value}"`))),
				HEADER.map((name) => `"${name}"`),
			),
		],
		["blanks behind quotes", csv(quoted.map((row) => row.map((value) => `${value} \u00a0`)))],
		["CRLF", csv(rows, HEADER, ",", "\r\n")],
		["CR", csv(rows, HEADER, ",", "\r")],
		["a byte order mark", `\ufeff${plain}`],
		["two byte order marks", `\ufeff\ufeff${quotedThroughout}`],
		["UTF-16 with two byte order marks", utf16(`\ufeff${quotedThroughout}`, true)],
		["UTF-16, little end first", utf16(plain, false)],
		["UTF-16, big end first", utf16(plain, true)],
		["UTF-16 without a mark", utf16(plain, false).subarray(2)],
		["gzip", gzipSync(plain)],
		["gzip of UTF-16", gzipSync(utf16(plain, true))],
		["blank lines", plain.replaceAll("\n", "\n\n")],
		["no line end at the end", plain.trimEnd()],
		[
			"codes with decimals",
			csv(
				rows.map((row) =>
					row.map((value, column) => (column >= 6 && column < WEIGHT ? `${value}.0` : value)),
				),
			),
		],
	])("%s", async (_, content) => {
		const { estimates } = await rates([file(content)], SETTINGS);
		expect(estimates).toEqual((await rates([file(plain)], SETTINGS)).estimates);
	});

	test.each([
		["UTF-8", (text: string) => Buffer.from(text)],
		["Windows-1251", windows1251],
		["UTF-16", (text: string) => utf16(text, false)],
	])("Cyrillic values in %s", async (_, encode) => {
		const oblasts = ["Алматы", "Туркестан"];
		const named = csv(
			rows.map((row, index) => [...row, oblasts[index % 2] as string]),
			[...HEADER, "OBLAST"],
		);
		const { estimates } = await rates([file(encode(named))], { ...SETTINGS, by: ["oblast"] });
		expect([...new Set(estimates.map(({ group }) => group.OBLAST))]).toEqual(oblasts);
		// Countries take turns as the oblasts do, so the two breakdowns hold the same teachers.
		const numbers = ({ group, ...row }: Estimate) => row;
		const byCountry = await rates([file(plain)], SETTINGS);
		expect(estimates.map(numbers)).toEqual(byCountry.estimates.map(numbers));
	});

	describe("where chunks of a megabyte are cut inside letters, quotes and line ends", () => {
		const many = makeRows(2500, 5);
		const remark = "Үлгі: «тест»,\r\nекінші жол";
		const text = csv(
			many.map((row) => [...row, `"${remark}"`]),
			[...HEADER, "REMARK"],
			",",
			"\r\n",
		);
		const expected = rates([file(csv(many))], SETTINGS);

		test.each([0, 1, 2, 3])("UTF-8, moved by %d bytes", async (shift) => {
			const moved = Buffer.from(text.replace("REMARK", `REMARK${"S".repeat(shift)}`));
			expect(moved.length).toBeGreaterThan(2 << 20);
			expect((await rates([file(moved)], SETTINGS)).estimates).toEqual((await expected).estimates);
		});

		test.each([0, 1])("UTF-16, moved by %d letters", async (shift) => {
			const moved = utf16(text.replace("REMARK", `REMARK${"S".repeat(shift)}`), shift === 1);
			expect((await rates([file(moved)], SETTINGS)).estimates).toEqual((await expected).estimates);
		});

		test("a broken row behind them has the line an editor shows", async () => {
			const error = await refusal(text.replace(/,[^,]*,"[^"]*"\r\n$/, "\r\n"));
			expect(error.message).toMatch(/has \d+ fields/);
			expect(error.where.line).toBe(2 + 2 * (many.length - 1));
		});

		test("Windows-1251 that begins only in the second megabyte", async () => {
			const late = csv(
				many.map((row, index) => [...row, index > 2400 ? "Туркестан" : "Almaty"]),
				[...HEADER, "OBLAST"],
			);
			const { estimates } = await rates([file(windows1251(late))], {
				by: ["oblast"],
				pool: ["country", "population"],
				items: ["coaching"],
				suppress: "none",
			});
			expect(estimates.map(({ group }) => group.OBLAST).sort()).toEqual(["Almaty", "Туркестан"]);
		});
	});
});

async function refusal(content: string | Uint8Array | null, spec: RatesSpec = {}): Promise<UserError> {
	const path = content === null ? "nowhere/at-all.csv" : file(content);
	const error = await rates([path], { suppress: "none", ...spec }).then(
		() => null,
		(caught: unknown) => caught,
	);
	expect(error).toBeInstanceOf(UserError);
	const refused = error as UserError;
	expect(refused.exitCode).toBe(2);
	const line = describeError(refused);
	expect(line).not.toMatch(/\n|\bat .*\.[jt]s|undefined|\[object/);
	expect(refused.message).not.toMatch(/\. |\.$/);
	expect(refused.hint).toBeTruthy();
	return refused;
}

function changed(row: number, column: string, value: string): string {
	const copy: Rows = rows.map((one) => [...one]);
	(copy[row] as Rows[number])[HEADER.indexOf(column)] = value;
	return csv(copy);
}

function onLine(line: number, change: (text: string) => string): string {
	return plain
		.split("\n")
		.map((text, index) => (index === line - 1 ? change(text) : text))
		.join("\n");
}

describe("files that cannot be", () => {
	test.each<[string, string | Uint8Array | null, RegExp]>([
		["missing", null, /no such file/],
		["empty", "", /is empty/],
		["blank", "\n\n", /is empty/],
		["header only", `${HEADER.join(",")}\n`, /no rows/],
		["binary", Buffer.from([1, 2, 0, 0, 0, 9, 0, 0, 3]), /binary/],
		["SPSS", Buffer.from("$FL2@(#) SPSS DATA FILE"), /SPSS/],
		["without weight", plain.replace("TCHWGT", "OTHER"), /no column TCHWGT/],
		["99 replicates", plain.replace("TRWGT57,", "OTHER,"), /99 of 100.*TRWGT57/],
		["a replicate twice", plain.replace("TRWGT57,", "trwgt56,"), /TRWGT56 twice/],
		["cut gzip", gzipSync(plain).subarray(0, 400), /cut off/],
		[
			"two encodings",
			Buffer.concat([Buffer.from(plain.replace("AUT", "Австрия")), Buffer.from([0xc0, 0xc1, 10])]),
			/field|UTF-8/,
		],
	])("%s", async (_, content, message) => {
		expect(describeError(await refusal(content))).toMatch(message);
	});

	test.each<[string, string, RegExp, number, string | undefined]>([
		["negative weight", changed(3, "TCHWGT", "-5"), /-5 is negative/, 5, "TCHWGT"],
		["negative replicate", changed(3, "TRWGT100", "-0.5"), /-0\.5 is negative/, 5, "TRWGT100"],
		["weight in words", changed(4, "TRWGT9", "much"), /"much" is not a number/, 6, "TRWGT9"],
		["empty weight", changed(5, "TRWGT100", ""), /is empty/, 7, "TRWGT100"],
		["infinite weight", changed(5, "TRWGT100", "Infinity"), /not a finite number/, 7, "TRWGT100"],
		["too many fields", onLine(8, (text) => `${text},1`), /fields where the header has/, 8, undefined],
		[
			"too few fields",
			onLine(9, (text) => text.slice(0, text.lastIndexOf(","))),
			/fields where the header has/,
			9,
			undefined,
		],
		["open quote", onLine(10, (text) => `"${text}`), /quotation mark/, 10, undefined],
		["unknown code", changed(11, "TT3G22C", "5"), /the code 5 .*1 row,/, 13, "TT3G22C"],
		["code of JavaScript", changed(11, "TT3G22C", "constructor"), /the code constructor/, 13, "TT3G22C"],
		["unknown gender", changed(12, "TT3G01", "4"), /the code 4/, 14, "TT3G01"],
	])("%s, with its place", async (_, content, message, line, column) => {
		const error = await refusal(content, { by: ["gender"] });
		expect(error.message).toMatch(message);
		expect([error.where.line, error.where.column]).toEqual([line, column]);
		expect(error.where.file).toMatch(/^survey-\d+\.csv$/);
	});

	test("an unknown code is missing only where the user says so, with a note of its count", async () => {
		const { notes } = await rates([file(changed(11, "TT3G22C", "5"))], {
			...SETTINGS,
			unknownCodes: "missing",
		});
		expect(notes).toContainEqual(
			expect.objectContaining({
				code: "unknown-codes",
				detail: { codes: "TT3G22C 5 (1)", count: 1, rows: 1 },
			}),
		);
	});

	test("a row whose weight is coded as none is left out and counted", async () => {
		const without = rows.map((row, index) =>
			row.map((value, column) => (index === 7 && column >= WEIGHT ? 999999 : value)),
		);
		const { estimates, notes } = await rates([file(csv(without))], SETTINGS);
		const kept = csv(rows.filter((_, index) => index !== 7));
		expect(estimates).toEqual((await rates([file(kept)], SETTINGS)).estimates);
		expect(notes).toContainEqual(
			expect.objectContaining({ code: "rows-without-weight", detail: { rows: 1 } }),
		);
	});

	test("where population= picks one, and the breakdown goes", async () => {
		const mixed = rows.map((row, index) =>
			row.map((value, column) => (column === 1 && index % 3 === 0 ? 1 : value)),
		);
		const path = file(csv(mixed));
		const both = await rates([path], { suppress: "none", items: ["coaching"] });
		expect(Object.keys(both.estimates[0]?.group ?? {})).toEqual(["country", "population"]);
		const one = await rates([path], { suppress: "none", items: ["coaching"], where: ["population=isced2"] });
		expect(one.estimates.map(({ group }) => group)).toEqual([{ country: "AUT" }, { country: "FRA" }]);
		expect(one.estimates[0]?.estimate).toBe(both.estimates[1]?.estimate);
	});

	test("a folder, and no file at all", async () => {
		const folder = await rates([dirname(file(plain))]).catch((error: unknown) => error);
		expect(describeError(folder as UserError)).toMatch(/is a folder, not a file/);
		await expect(rates([])).rejects.toThrow(/no file is named/);
	});

	test("the second of two files is the one that is named", async () => {
		const [good, bad] = [file(plain), file(changed(3, "TCHWGT", "-5"))];
		const error = await rates([good, bad]).catch((caught: unknown) => caught);
		expect((error as UserError).where).toEqual({ file: basename(bad), line: 5, column: "TCHWGT" });
	});

	test("the same data twice", async () => {
		await expect(rates([file(plain), file(plain)])).rejects.toThrow(/is in survey-\d+\.csv, too/);
	});
});

describe("questions that cannot be", () => {
	test.each<[string, Record<string, unknown>, RegExp]>([
		["topic", { topics: ["actvities"] }, /did you mean activities/],
		["item", { items: ["coachng"] }, /did you mean peer-coaching/],
		["item of another topic", { items: ["salary"] }, /--topic support/],
		["item without its column", { topics: ["mentoring"] }, /none of the columns/],
		["group", { by: ["gendr"] }, /did you mean gender/],
		["group of JavaScript", { by: ["constructor"] }, /no group or column "constructor"/],
		["where of JavaScript", { where: ["__proto__=1"] }, /no group or column "__proto__"/],
		["yes of JavaScript", { items: ["coaching"], yes: ["constructor"] }, /has no answer constructor/],
		["group without its column", { by: ["age"] }, /needs the column TCHAGEGR/],
		["where name", { where: ["gendr=male"] }, /did you mean gender/],
		["where value", { where: ["gender=mle"] }, /did you mean male/],
		["where country", { where: ["country=FAR"] }, /did you mean FRA/],
		["where without operator", { where: ["gender"] }, /is not a condition/],
		["where < of codes", { where: ["gender<2"] }, /not a number/],
		["where nobody", { where: ["experience>70"] }, /no teacher satisfies/],
		["group that is empty", { by: ["TT3G22A", "nothing"] }, /no group or column "nothing"/],
		["where without value", { where: ["gender="] }, /names no value/],
		["where without number", { where: ["experience<five"] }, /needs a number/],
		["level", { level: 95 }, /0\.95/],
		["level 0", { level: 0 }, /between 0 and 1/],
		["level in words", { level: "high" }, /"high" is not a confidence level/],
		["df 0", { df: 0 }, /design, inf/],
		["unknown codes", { unknownCodes: "mising" }, /did you mean missing/],
		["language", { language: "fr" }, /en, kk, ru/],
		["ci", { ci: "walt" }, /did you mean wald/],
		["df", { df: "-2" }, /design, inf/],
		["suppress", { suppress: "all" }, /talis, nces, none/],
		["base", { base: "participant" }, /did you mean participants/],
		["yes", { yes: ["3"] }, /has no answer 3/],
		["codebook", { codebook: "talis-2018" }, /talis-2018-teacher/],
	])("%s", async (_, spec, message) => {
		expect(describeError(await refusal(plain, spec), "commandLine")).toMatch(message);
	});

	test("a breakdown with a value for every teacher", async () => {
		const many = csv(makeRows(5200, 3));
		expect(describeError(await refusal(many, { by: ["IDTEACH"] }))).toMatch(/more than 5000 groups/);
	});

	test("conditions hold together", async () => {
		const { estimates } = await rates([file(plain)], {
			...SETTINGS,
			where: ["country=FRA", "experience<=20", "gender!=male"],
			items: ["TT3G22A"],
		});
		const column = HEADER.indexOf("TT3G22A");
		const kept = rows.filter(
			(row) => row[0] === "FRA" && Number(row[5]) <= 20 && row[4] === 1 && row[column] !== 9,
		);
		expect(estimates.map(({ n, group }) => [n, group.country])).toEqual([[kept.length, "FRA"]]);
	});
});
