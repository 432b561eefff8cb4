import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare, explain, type RatesSpec, rates, samplePath } from "../../src/index.js";
import { root } from "../support/golden.js";

const PAGE = join(root, "docs/methods.md");
const TALIS_2024 = join(root, "data/samples/synthetic-talis-2024.csv");
const COMPUTED = /(<!-- computed by [^>]+-->\n)[\s\S]*?(<!-- \/computed -->)/;

/** One figure, made by each method in turn. */
async function coaching(spec: RatesSpec = {}) {
	const { estimates } = await rates([samplePath()], { items: ["peer-coaching"], extras: ["n-eff"], ...spec });
	return estimates[0] as (typeof estimates)[number];
}

const points = (value: number | null | undefined) => (value ?? Number.NaN).toFixed(2);
const small = (value: number | null | undefined) => (value ?? Number.NaN).toFixed(3);

async function numbers(): Promise<[what: string, value: string][]> {
	const own = await coaching();
	const { replicates, estimate } = await explain([samplePath()], { items: ["peer-coaching"] });
	const mean = replicates.reduce((sum, one) => sum + one, 0) / replicates.length;
	const around = (centre: number) =>
		Math.sqrt(0.04 * replicates.reduce((sum, one) => sum + (one - centre) ** 2, 0));
	const intervals = await Promise.all(
		(["logit", "xlogit", "beta", "wilson", "wald"] as const).map(async (ci): Promise<[string, string]> => {
			const { ciLow, ciHigh } = await coaching({ ci });
			return [`95% interval, ${ci}`, `${points(ciLow)} to ${points(ciHigh)}`];
		}),
	);
	const published = await coaching({ ci: "wald", df: "inf" });
	const differences = async (spec: object) => {
		const { comparisons } = await compare([samplePath()], {
			between: "gender",
			topics: ["activities"],
			...spec,
		});
		return comparisons.filter(({ statistic }) => statistic === "percent");
	};
	const [holm, bold] = [await differences({}), await differences({ adjust: "none", df: "inf" })];
	const averages = await Promise.all(
		(["simple", "weighted", "pooled"] as const).map(async (averageKind): Promise<[string, string]> => {
			const { estimates } = await rates([TALIS_2024], { items: ["needs:ict"], average: "all", averageKind });
			const row = estimates.find(({ group }) => group.country?.startsWith("average:"));
			return [
				`average of the systems of the 2024 sample, ${averageKind} (SE)`,
				`${points(row?.estimate)} (${small(row?.se)})`,
			];
		}),
	);
	return [
		["coaching, Kazakhstan, synthetic: percentage (SE)", `${points(own.estimate)} (${small(own.se)})`],
		["SE around the mean of the replicates, R's default", around(mean).toFixed(6)],
		["SE around the percentage itself, written out", around(estimate.estimate as number).toFixed(6)],
		["degrees of freedom", String(own.df)],
		["design effect; teachers; effective teachers", `${small(own.deff)}; ${own.n}; ${points(own.nEff)}`],
		...intervals,
		["± 1.96 · SE, as the OECD prints it", `${points(published.ciLow)} to ${points(published.ciHigh)}`],
		[
			`differences between women and men in ${holm.length} activities, significant after Holm`,
			String(holm.filter(({ pAdjusted }) => (pAdjusted ?? 1) < 0.05).length),
		],
		["the same by the OECD's bold rule", String(bold.filter(({ p }) => (p ?? 1) < 0.05).length)],
		...averages,
	];
}

test("numbers on the page of methods are those of the shipped data", async () => {
	const rows = await numbers();
	const table = ["| | |", "|---|---|", ...rows.map(([what, value]) => `| ${what} | ${value} |`)].join("\n");
	const page = readFileSync(PAGE, "utf8");
	const whole = page.replace(COMPUTED, `$1\n${table}\n\n$2`);
	if (process.env.UPDATE_DOCS) writeFileSync(PAGE, whole);
	expect(readFileSync(PAGE, "utf8")).toBe(whole);
	// What the page says of them in words.
	const value = (what: string) => rows.find(([name]) => name.startsWith(what))?.[1];
	expect(Number(value("SE around the percentage itself")).toFixed(3)).toBe(
		/\((.+)\)/.exec(value("coaching") ?? "")?.[1],
	);
	expect(Number(value("the same by the OECD's bold rule"))).toBeGreaterThanOrEqual(
		Number(value("differences between women and men")),
	);
});

describe("held against R", () => {
	const section = /## Checked against R\n([\s\S]*?)\n## /.exec(readFileSync(PAGE, "utf8"))?.[1] ?? "";
	const rows = [...section.matchAll(/^\| (.+) \|$/gm)].map(([, line = ""]) => line.split(" | ")).slice(1);
	const codes = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code as string);

	test.each(rows)("%s", (_, __, ___, script, file) => {
		const [name = ""] = codes(script);
		const [own = ""] = codes(file);
		expect(existsSync(join(root, "test/golden", name)), name).toBe(true);
		// The numbers of a script stand under its own name, and the test, or what it is given them by, reads them.
		const numbers = name.replace(/^make-(.+)\.R$/, "$1.json");
		expect(existsSync(join(root, "test/golden", numbers)), numbers).toBe(true);
		const readers = [own, "test/support/golden.ts"].map((path) => readFileSync(join(root, path), "utf8"));
		expect(
			readers.some((text) => text.includes(numbers)),
			`${own} reads ${numbers}`,
		).toBe(true);
	});

	test("every number of the results has its row, and every script of the folder is named", () => {
		const schema = JSON.parse(readFileSync(join(root, "results.schema.json"), "utf8"));
		const numeric = (list: string): string[] =>
			Object.entries<{ type?: string | string[] }>(schema.properties[list].items.properties)
				.filter(([, { type }]) => [type].flat().includes("number"))
				.map(([name]) => name);
		const fields = new Set(rows.flatMap(([, cell]) => codes(cell)));
		const shown = [...numeric("estimates"), ...numeric("comparisons"), "se", "difference"];
		expect(shown.filter((name) => !fields.has(name))).toEqual([]);
		const scripts = readdirSync(join(root, "test/golden")).filter((name) => /^make-.+\.R$/.test(name));
		const named = new Set(rows.flatMap(([, , , script]) => codes(script)));
		expect(scripts.filter((name) => !named.has(name))).toEqual([]);
	});
});
