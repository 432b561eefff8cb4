import { strict as assert } from "node:assert";
import type { Comparison, Estimate, ResultSet } from "../../src/index.js";
import type { Table } from "./reading.js";

/**
 * What holds of results whatever the data: percentages within 0 and 100, intervals around them, no more teachers
 * than rows. Rates of an item that can be worked out by hand are worked out again.
 */
export function checkNumbers(found: Partial<ResultSet>, table: Table | null): void {
	// --protect rounds numbers of teachers, also upwards.
	const rounding = found.settings?.protection?.n ?? 1;
	const most = Math.ceil((table?.rows.length ?? Number.POSITIVE_INFINITY) / rounding) * rounding;
	for (const row of found.estimates ?? []) checkEstimate(row, most);
	for (const row of found.comparisons ?? []) checkComparison(row);
	if (table !== null) for (const row of found.estimates ?? []) checkByHand(row, table);
}

const within = (value: number | null | undefined, low: number, high: number, what: string) =>
	assert.ok(value == null || (value >= low && value <= high), `${what} is ${value}`);

function checkEstimate(row: Estimate, rows: number): void {
	const { estimate, se, ciLow, ciHigh, n, schools, coverage, weightedN, df, statistic } = row;
	const highest = statistic === "percent" ? 100 + 1e-9 : Number.MAX_VALUE;
	within(estimate, statistic === "percent" ? -1e-9 : -Number.MAX_VALUE, highest, "estimate");
	within(se, 0, Number.MAX_VALUE, "se");
	within(n, 0, rows, "n");
	within(schools, 0, n ?? 0, "schools");
	within(coverage, 0, 100 + 1e-9, "coverage");
	within(weightedN, 0, Number.MAX_VALUE, "weightedN");
	within(df, 0, Number.MAX_VALUE, "df");
	if (estimate === null || ciLow == null || ciHigh == null) return;
	within(estimate, ciLow - 1e-9, ciHigh + 1e-9, "estimate outside its interval");
	if (statistic === "percent" && row.ciMethod !== "wald") within(ciLow, -1e-9, ciHigh, "ciLow");
}

function checkComparison({ p, pAdjusted, se }: Comparison): void {
	within(p, 0, 1, "p");
	within(pAdjusted, 0, 1, "pAdjusted");
	within(se, 0, Number.MAX_VALUE, "se");
}

/** Surveys in which 1 is yes and 2 is no: their item, their weight, and what each row has to be. */
const KNOWN = [
	{ item: /^TT3G22[A-J]$/, weight: "TCHWGT", group: "country", rows: { CNTRY: "KAZ", IDPOP: "2" } },
	{ item: /^ANSWER$/, weight: "W", group: "", rows: {} },
];

/** Worked out again where cells are plain digits; files with anything else are left to the checks above. */
function checkByHand({ variable, group, estimate, n }: Estimate, { columns, rows }: Table): void {
	const known = KNOWN.find(({ item }) => item.test(variable ?? ""));
	if (known === undefined || Object.keys(group).join() !== known.group) return;
	const place = (name: string) => {
		const found = columns.flatMap((column, index) => (column.toUpperCase() === name ? [index] : []));
		return found.length === 1 ? (found[0] as number) : -1;
	};
	const cell = (row: string[], name: string) => row[place(name)] ?? "";
	const isPlain = (row: string[]) =>
		/^[12]$/.test(cell(row, variable ?? "")) &&
		/^\d{1,9}(\.\d{1,6})?$/.test(cell(row, known.weight)) &&
		Object.entries(known.rows).every(([name, value]) => cell(row, name) === value);
	if (!rows.every(isPlain)) return;
	const sum = (wanted: (row: string[]) => boolean) =>
		rows.reduce((total, row) => total + (wanted(row) ? Number(cell(row, known.weight)) : 0), 0);
	const expected = (100 * sum((row) => cell(row, variable ?? "") === "1")) / sum(() => true);
	assert.equal(n, rows.length, `n of ${variable}`);
	if (estimate === null) return;
	assert.ok(Math.abs(estimate - expected) < 1e-9, `${variable} is ${estimate} and by hand ${expected}`);
}
