import { tableFromIPC, tableToIPC } from "apache-arrow";
import { describe, expect, it } from "vitest";
import { toArrow, toRows } from "../../src/arrow.js";
import { compare, rates, render, UserError } from "../../src/index.js";

const SAMPLE = "data/samples/synthetic-kazakhstan-2018.csv";

describe("results for programs", async () => {
	const results = await rates([SAMPLE], { by: ["gender"], topics: ["activities"] });

	it("are rows with the columns of the CSV file and its values", async () => {
		const rows = toRows(results);
		const [head = "", ...lines] = (await render(results, { format: "csv" })).trimEnd().split("\n");
		expect(Object.keys(rows[0] ?? {}).join(",")).toBe(head);
		expect(rows).toHaveLength(lines.length);
		for (const [place, { estimate, se, item, n }] of rows.entries()) {
			const own = results.estimates[place];
			expect({ estimate, se, item, n }).toEqual({
				...{ estimate: own?.estimate, se: own?.se, item: own?.item, n: own?.n },
			});
		}
	});

	it("are an Arrow table that others can read", async () => {
		const table = tableFromIPC(tableToIPC(await toArrow(results)));
		expect(table.numRows).toBe(results.estimates.length);
		const types = Object.fromEntries(table.schema.fields.map(({ name, type }) => [name, String(type)]));
		const made = JSON.parse(table.schema.metadata.get("provenance") ?? "");
		expect(made["source.0.sha256"]).toBe(results.source[0]?.sha256);
		expect(types).toMatchObject({ estimate: "Float64", n: "Float64", item: "Utf8", status: "Utf8" });
		expect(table.toArray().map((row) => ({ ...row.toJSON() }))).toEqual(toRows(results));
	});

	it("may be another table of theirs", async () => {
		const differences = await compare([SAMPLE], { between: "gender", topics: ["activities"] });
		expect(toRows(differences)[0]).toHaveProperty("difference");
		expect(() => toRows(results, "models")).toThrow(UserError);
		expect(() => toRows(results, "models")).toThrow('the results have no table "models"');
	});

	it("hold numbers in full precision, and nothing where a figure is hidden", async () => {
		const { estimates } = results;
		const table = await toArrow(results);
		expect(table.getChild("estimate")?.toArray()).toEqual(
			Float64Array.from(estimates, ({ estimate }) => estimate ?? Number.NaN),
		);
	});
});
