import fc from "fast-check";
import { expect, test } from "vitest";
import { type Estimate, type RatesSpec, rates } from "../../src/index.js";
import { tQuantile } from "../../src/stats/quantiles.js";
import { isLong } from "../support/long.js";
import { ACTIVITIES, csv, file, HEADER, makeRows, type Rows, surveys } from "../support/survey.js";

const PARAMETERS = { seed: 2018, numRuns: isLong ? 12 : 4 };
const WEIGHT = HEADER.indexOf("TCHWGT");

async function estimates(path: string | string[], spec: RatesSpec = {}): Promise<Estimate[]> {
	const { estimates } = await rates([path].flat(), { pool: ["population"], suppress: "none", ...spec });
	return estimates;
}

function check(property: (rows: Rows) => Promise<void>) {
	return fc.assert(fc.asyncProperty(surveys, property), PARAMETERS);
}

/** Numbers of two runs, equal to 1e-12 relative. */
function expectSame(a: readonly Estimate[], b: readonly Estimate[], keys: (keyof Estimate)[]) {
	expect(a.length).toBe(b.length);
	for (const [index, row] of a.entries()) {
		for (const key of keys) {
			const [x, y] = [row[key], b[index]?.[key]];
			if (typeof x !== "number" || typeof y !== "number") expect(x).toEqual(y);
			else
				expect(Math.abs(x - y), `${row.item} ${key}`).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(x)));
		}
	}
}

const NUMBERS: (keyof Estimate)[] = [
	"estimate",
	"se",
	"ciLow",
	"ciHigh",
	"df",
	"n",
	"schools",
	"coverage",
	"deff",
];

test("yes and no make 100, with one standard error", () =>
	check(async (rows) => {
		const path = file(csv(rows));
		const yes = await estimates(path, { topics: ["activities"], items: ACTIVITIES });
		const no = await estimates(path, { topics: ["activities"], items: ACTIVITIES, yes: ["2"] });
		for (const [index, row] of yes.entries()) {
			expect((row.estimate ?? 0) + (no[index]?.estimate ?? 0)).toBeCloseTo(100, 10);
			expect(row.se).toBeCloseTo(no[index]?.se ?? 0, 10);
		}
	}));

test.each([8, 0.37, 1000 / 3])("weights × %d leave rate and standard error alone", (c) =>
	check(async (rows) => {
		const times = rows.map((row) =>
			row.map((value, column) => (column >= WEIGHT ? c * Number(value) : value)),
		);
		expectSame(await estimates(file(csv(rows))), await estimates(file(csv(times))), NUMBERS);
	}),
);

test("a row of weight zero changes no rate and no standard error", () =>
	check(async (rows) => {
		const nobody = (rows[0] as Rows[number]).map((value, column) => (column >= WEIGHT ? 0 : value));
		const more = await estimates(file(csv([...rows, nobody])));
		expectSame(await estimates(file(csv(rows))), more, ["estimate", "se", "df"]);
	}));

test("column order changes nothing at all", () =>
	check(async (rows) => {
		const order = HEADER.map((_, index) => index).reverse();
		const turned = rows.map((row) => order.map((column) => row[column] as string));
		const header = order.map((column) => HEADER[column] as string);
		const text = async (path: string) => {
			const { source, ...results } = await rates([path], { pool: ["population"], suppress: "none" });
			return JSON.stringify(results);
		};
		expect(await text(file(csv(turned, header)))).toBe(await text(file(csv(rows))));
	}));

test("row order changes nothing beyond the last digits", () =>
	check(async (rows) => {
		expectSame(await estimates(file(csv(rows))), await estimates(file(csv(rows.toReversed()))), NUMBERS);
	}));

test("two halves of a file add up to the whole", () =>
	check(async (rows) => {
		const half = Math.floor(rows.length / 2);
		const parts = [file(csv(rows.slice(0, half))), file(csv(rows.slice(half)))];
		expectSame(await estimates(parts), await estimates(file(csv(rows))), NUMBERS);
	}));

test("participants: any is 100, and the base all counts routed teachers as no", () =>
	check(async (rows) => {
		const path = file(csv(rows));
		const participants = await estimates(path, {
			topics: ["activities"],
			items: ["any"],
			base: "participants",
		});
		for (const { estimate, base } of participants) expect([estimate, base]).toEqual([100, "participants"]);
		const own = await estimates(path, { topics: ["focus"] });
		const all = await estimates(path, { topics: ["focus"], base: "all" });
		for (const [index, row] of all.entries()) {
			expect(row.base).toBe("all");
			expect(row.estimate ?? 0).toBeLessThanOrEqual((own[index]?.estimate ?? 0) + 1e-12);
			expect(row.n).toBeGreaterThanOrEqual(own[index]?.n ?? 0);
		}
	}));

test("a file of several blocks and chunks agrees with a plain loop over its rows", async () => {
	const rows = makeRows(9001, 7);
	const found = await estimates(file(csv(rows)), { topics: ["activities"] });
	for (const country of ["AUT", "FRA"]) {
		for (const variable of ACTIVITIES) {
			const column = HEADER.indexOf(variable);
			const valid = rows.filter((row) => row[0] === country && row[column] !== 9);
			const share = (r: number) => {
				let yes = 0;
				let all = 0;
				for (const row of valid) {
					all += Number(row[WEIGHT + r]);
					if (row[column] === 1) yes += Number(row[WEIGHT + r]);
				}
				return yes / all;
			};
			let variance = 0;
			for (let r = 1; r <= 100; r++) variance += 0.04 * (share(r) - share(0)) ** 2;
			const row = found.find((one) => one.variable === variable && one.group.country === country);
			expect(row?.n).toBe(valid.length);
			expect(row?.estimate).toBeCloseTo(100 * share(0), 9);
			expect(row?.se).toBeCloseTo(100 * Math.sqrt(variance), 9);
		}
	}
});

test("a group without weights, or without replicate weights, has no figures rather than NaN", async () => {
	const rows = makeRows(60, 7);
	const emptied = (from: number) => rows.map((row) => (row[0] === "FRA" ? [...row].fill(0, from) : row));
	const spec: RatesSpec = { items: ["TT3G22A", "types"], where: ["country=FRA"] };
	await expect(estimates(file(csv(emptied(WEIGHT))), spec)).rejects.toThrow(/no row has a weight above 0/);
	for (const row of await estimates(file(csv(emptied(WEIGHT + 1))), spec)) {
		expect(row.estimate).toBeGreaterThan(0);
		expect([row.se, row.ciLow, row.df]).toEqual([null, null, 0]);
	}
});

test.each(["logit", "wald", "xlogit", "wilson", "beta"] as const)(
	"at 100 %% the interval asked as %s is exact, and the row says so",
	async (ci) => {
		const path = file(csv(makeRows(60, 7)));
		const asked = { topics: ["activities"], items: ["any"], base: "participants", ci };
		for (const row of await estimates(path, asked)) {
			expect([row.estimate, row.ciHigh, row.ciMethod]).toEqual([100, 100, "exact"]);
			// The exact binomial limit with all n saying yes, (α/2)^(1/n), n as the design's degrees of freedom have it.
			const n = row.n as number;
			const size = n * (tQuantile(0.025, n - 1) / tQuantile(0.025, row.df as number)) ** 2;
			expect(row.ciLow).toBeCloseTo(100 * 0.025 ** (1 / size), 9);
		}
	},
);
