import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Variable } from "../../src/read/block.js";
import { readAll } from "../support/read.js";

const FOLDER = fileURLToPath(new URL("../fixtures/read/", import.meta.url));
const files = readdirSync(FOLDER).filter((name) => !/\.(json|md)$/.test(name));

type Cell = string | number | null;

/** What lies beside a file: its content as the program that wrote the file, or another one, tells it. */
interface Expected {
	format: string;
	columns: string[];
	/** Absent for formats that say nothing of their columns. */
	variables?: {
		label: string;
		type: string;
		values: [Cell, string][];
		missing: { values: Cell[]; range: [number | "LO", number | "HI"] | null } | null;
	}[];
	rows: Cell[][];
}

const text = (cell: Cell) => (cell === null ? "" : String(cell));

function laidOut({ label, type, values, missing }: Variable) {
	return { label, type, values: [...values], missing };
}

function expectedVariables({ variables = [] }: Expected) {
	return variables.map(({ label, type, values, missing }) => ({
		label,
		type,
		values: values.map(([value, name]) => [text(value), name]),
		missing: missing && {
			values: missing.values.map(text),
			range: missing.range && {
				from: missing.range[0] === "LO" ? -Infinity : missing.range[0],
				to: missing.range[1] === "HI" ? Infinity : missing.range[1],
			},
		},
	}));
}

describe("files of every format hold what lies beside them", () => {
	test.each(files)("%s", async (name) => {
		const expected = JSON.parse(
			readFileSync(`${FOLDER}${name.replace(/\.\w+$/, ".json")}`, "utf8"),
		) as Expected;
		const content = await readAll(FOLDER + name);
		expect({ format: content.format, columns: content.columns }).toEqual({
			format: expected.format,
			columns: expected.columns,
		});
		expect(content.variables.map(laidOut)).toEqual(expectedVariables(expected));
		expect(content.rows).toEqual(expected.rows.map((row) => row.map(text)));
		expect(content.sha256).toBe(
			createHash("sha256")
				.update(readFileSync(FOLDER + name))
				.digest("hex"),
		);
	});
});
