import { describe, expect, test } from "vitest";
import {
	compare,
	type Estimate,
	published,
	type ResultSet,
	rates,
	render,
	samplePath,
} from "../../../src/index.js";
import { widthOf } from "../../../src/present/text/text-width.js";
import { run, SAMPLE } from "../../cli/support.js";

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, "g");

async function plotted(results: ResultSet, width = 80, color = false): Promise<string[]> {
	return (await render(results, { plot: true, width, color })).split("\n");
}

/** Where a line's point and the ends of its interval stand. */
function marksOf(line: string) {
	const at = (pattern: RegExp) => [...line].findIndex((sign) => pattern.test(sign));
	return { point: at(/[●○◆]/), low: at(/├/), high: at(/┤/) };
}

describe("points and intervals on a terminal", () => {
	const four = () =>
		published({
			items: ["activities:coaching"],
			countries: ["KAZ", "EST", "FIN", "average"],
			where: ["population=isced2"],
		});

	test("stand in the order of their figures, which are beside them", async () => {
		const results = four();
		const lines = (await plotted(results)).filter((line) => /[●◆]/.test(line));
		const rows = results.estimates.filter(({ statistic }) => statistic === "percent");
		expect(lines).toHaveLength(rows.length);
		const sorted = lines
			.map((line, place) => ({ at: marksOf(line).point, value: rows[place]?.estimate as number }))
			.sort((a, b) => a.value - b.value);
		expect(sorted.map(({ at }) => at)).toEqual(sorted.map(({ at }) => at).toSorted((a, b) => a - b));
		for (const [place, line] of lines.entries()) {
			const row = rows[place] as Estimate;
			expect(line.endsWith((row.estimate as number).toFixed(1))).toBe(true);
			expect(line).toContain(row.group.country?.startsWith("average:") ? "◆" : "●");
		}
	});

	test("percentages of several items by group stand on one scale", async () => {
		const results = await rates([samplePath()], { topics: ["barriers"], by: ["gender"] });
		const lines = await plotted(results);
		const axes = lines.filter((_, place) => lines[place - 1]?.includes("└"));
		expect(axes.length).toBe(new Set(results.estimates.map(({ item }) => item)).size);
		expect(new Set(axes).size).toBe(1);
	});

	test.each([40, 80, 120])("fit %i columns, and say the same without colour", async (width) => {
		const results = await compare([samplePath()], {
			between: "gender",
			topics: ["activities"],
			language: "kk",
		});
		const plain = await plotted(results, width);
		for (const line of plain) expect(widthOf(line), line).toBeLessThanOrEqual(width);
		const coloured = await plotted(results, width, true);
		expect(coloured.join("\n")).toMatch(ESCAPES);
		// The sixteen colours that every terminal has.
		for (const [code] of coloured.join("\n").matchAll(ESCAPES)) expect(code).not.toMatch(/38;|48;/);
		expect(coloured.map((line) => line.replace(ESCAPES, ""))).toEqual(plain);
	});

	test("a difference that is not significant is open and crosses or nears zero", async () => {
		const results = await compare([samplePath()], {
			between: "gender",
			items: ["courses-online", "school-visits", "network"],
		});
		const [online = "", visits = ""] = (await plotted(results)).filter((line) => /[●○]/.test(line));
		expect(online).toMatch(/○.*\+5\.3$/);
		expect(visits).toMatch(/●.*\+7\.5 \*$/);
		const zero = [...((await plotted(results)).find((line) => line.includes("┴")) ?? "")].indexOf("┴");
		expect(marksOf(visits).low).toBeGreaterThan(zero);
	});

	test("a synthesis is a forest: its systems by size, then what they make together", async () => {
		const results = published({
			items: ["activities:coaching"],
			where: ["population=isced2"],
			synthesis: "reml",
		});
		const lines = (await plotted(results)).filter((line) => /[●◆]/.test(line));
		const [pooled] = results.syntheses ?? [];
		expect(lines).toHaveLength((pooled?.k ?? 0) + 1);
		expect(lines.at(-1)).toMatch(new RegExp(`k = ${pooled?.k}.*◆.*${pooled?.estimate.toFixed(1)}$`));
		const values = lines.slice(0, -1).map((line) => Number(line.trim().split(/\s+/).at(-1)));
		expect(values).toEqual(values.toSorted((a, b) => b - a));
		expect(Math.max(...values)).toBeLessThan(100);
	});

	test("results without any are tables as before", async () => {
		const results = await rates([SAMPLE], { items: ["coaching"], where: ["CNTRY=KAZ"] });
		const none = { ...results, estimates: [] };
		expect(await plotted(none)).toEqual((await render(none)).split("\n"));
	});

	test("are of a terminal's table alone", async () => {
		const { code, err } = await run(["rates", SAMPLE, "--item", "coaching", "--plot", "--format", "csv"]);
		expect([code, err]).toEqual([
			2,
			"talis-pd: --plot is of a table on a terminal, and csv is none — say --chart chart.svg for a picture\n",
		]);
	});
});
