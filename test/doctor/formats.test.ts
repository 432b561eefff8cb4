import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { doctor, type Finding } from "../../src/index.js";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { bytesFile } from "../support/read.js";
import { type SavCell, type SavVariable, sav } from "../support/sav.js";

const folder = join(root, "test/fixtures/doctor");
const names = readdirSync(folder).flatMap((name) => (name.endsWith(".csv") ? [name.slice(0, -4)] : []));

/** What only text can have, or what no such file can: its fixtures stay CSV. */
const TEXT_ALONE = ["ragged-row", "open-quote", "ambiguous-column"];

const placed = ({ line, row, first, ...rest }: Finding, unit: "line" | "row"): object => {
	const header = unit === "line" ? 1 : 0;
	const place = line ?? row;
	return {
		...rest,
		...(place === undefined ? {} : { place: place - header }),
		...(first === undefined ? {} : { first: first - header }),
	};
};
const sorted = (all: readonly object[]) => all.map((one) => JSON.stringify(one)).sort();

async function findings(path: string): Promise<Finding[]> {
	return (await doctor(path)).findings;
}

/** The same data as SPSS holds them: columns of numbers where every cell is one as it is written. */
function savOf(text: string): Buffer {
	const [header = [], ...rows] = Papa.parse<string[]>(text.trimEnd()).data;
	const isNumber = header.map((_, column) =>
		rows.every((row) => row[column] === "" || String(Number(row[column])) === row[column]),
	);
	const variables = header.map((longName, column): SavVariable => {
		const bytes = Math.max(1, ...rows.map((row) => Buffer.byteLength(row[column] ?? "")));
		return { name: `V${column}`, longName, width: isNumber[column] ? 0 : bytes };
	});
	const cell = (value: string, column: number): SavCell => {
		if (!isNumber[column]) return value;
		return value === "" ? null : Number(value);
	};
	return sav({ variables, rows: rows.map((row) => row.map(cell)), encoding: "UTF-8" });
}

describe.each(names)("%s", (name) => {
	const path = join(folder, `${name}.csv`);
	const text = readFileSync(path, "utf8");

	test("packed", async () => {
		expect(await findings(bytesFile(gzipSync(text), ".csv.gz"))).toEqual(await findings(path));
	});

	test("as SPSS and Parquet files", async () => {
		const csv = await findings(path);
		if (csv.some(({ code }) => TEXT_ALONE.includes(code))) return;
		const expected = sorted(csv.map((one) => placed(one, "line")));
		const spss = await findings(bytesFile(savOf(text), ".sav"));
		expect(sorted(spss.map((one) => placed(one, "row")))).toEqual(expected);
		const parquet = join(temporaryFolder(), `${name}.parquet`);
		expect((await run(["convert", path, parquet, "--quiet"])).code).toBe(0);
		expect(sorted((await findings(parquet)).map((one) => placed(one, "row")))).toEqual(expected);
	});
});
