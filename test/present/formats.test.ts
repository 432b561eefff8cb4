import { readXlsx } from "hucre/xlsx";
import Papa from "papaparse";
import { expect, test } from "vitest";
import { FORMATS, OWN_KEYS, renderFile, renderText } from "../../src/present/index.js";
import type { Comparison, ResultSet } from "../../src/results/result-set.js";
import { LANGUAGES, loadLocale } from "../../src/wording/locale.js";
import { byGender, gaps, means, severalPairs } from "./comparing.js";
import { estimate, fixture, hidden, ONE, THREE } from "./fixture.js";

type Language = (typeof LANGUAGES)[number];

/** Every kind of result. */
const KINDS: Record<string, (language: Language) => ResultSet> = {
	rates: () => fixture(THREE, { counts: true }),
	"one group": () => fixture(ONE, { synthetic: true }),
	compare: byGender,
	pairs: severalPairs,
	gaps: (language) => gaps(language, ["KAZ", "FRA"]),
	means,
	nothing: () => ({ ...fixture(ONE), estimates: [] }),
};
const CASES = Object.keys(KINDS).flatMap((kind) => LANGUAGES.map((language) => [kind, language] as const));

const view = (language: Language, more = {}) => ({
	locale: loadLocale(language),
	width: 100,
	color: false,
	...more,
});

function unescaped(text: string): string {
	return text
		.replace(/<!--[\s\S]*?-->/g, "")
		.replace(/<style>[\s\S]*?<\/style>/g, "")
		.replace(/<[^>]+>/g, " ")
		.replace(/\\ensuremath\{-\}/g, "−")
		.replace(/\\,/g, "\u202f")
		.replace(/~/g, "\u00a0")
		.replace(/--/g, "–")
		.replace(/\\([&%$#_{}|<>*`[\]])/g, "$1");
}

/** The figures that a reader must find, as the language writes them. */
function figures(results: ResultSet, language: Language): string[] {
	const { number } = loadLocale(language);
	if (results.kind === "compare") {
		return results.comparisons.flatMap(({ difference, statistic }) =>
			difference !== null && statistic === "percent" ? [number(Math.abs(difference), 1)] : [],
		);
	}
	return results.estimates.flatMap(({ estimate, statistic }) =>
		estimate !== null && statistic === "percent" ? [number(estimate, 1)] : [],
	);
}

test.each(CASES)("every format shows the figures of %s in %s", async (kind, language) => {
	const results = (KINDS[kind] as (language: Language) => ResultSet)(language);
	const { estimates, comparisons } = results;
	for (const format of FORMATS) {
		const content = await renderFile(format, results, view(language));
		expect(content.length, format).toBeGreaterThan(10);
		if (["json", "csv", "xlsx"].includes(format)) {
			const numbers =
				format === "json"
					? (JSON.parse(content as string) as ResultSet).estimates.map((row) => row.estimate)
					: (await rowsOf(content)).map((row) => row.estimate ?? row.difference ?? null);
			const own = results.kind === "compare" ? comparisons.map((row) => row.difference) : [];
			expect(numbers, format).toEqual(
				format !== "json" && own.length > 0 ? own : estimates.map((row) => row.estimate),
			);
		} else {
			const text = unescaped(content as string);
			for (const figure of figures(results, language)) expect(text, format).toContain(figure);
			expect(text, format).not.toMatch(/undefined|NaN|\[object/);
		}
	}
});

test("only a terminal's table is aligned and has heads cut to its columns", () => {
	const [first] = byGender("en").comparisons;
	const side = "Страна (опубликовано-необыкновенно)";
	const rows: Partial<Comparison>[] = [
		{ difference: 110.5, se: 12.5, ciLow: -100, ciHigh: 120, status: "few-teachers" },
		{ item: "other", difference: 1, se: 1, ciLow: -1, ciHigh: 3, pAdjusted: 0.001 },
	];
	const between = { variable: "system", a: side, b: "B" };
	const results: ResultSet = {
		...byGender("ru"),
		comparisons: rows.map((row) => ({ ...(first as Comparison), ...row, between })),
	};
	for (const format of ["html", "markdown", "latex"]) {
		const lines = renderText(format, results, view("ru")).split("\n");
		const body = lines.filter((line) => line.includes("1,0"));
		expect(body, format).not.toEqual([]);
		expect(body.join("\n"), format).not.toMatch(/\S {2,}\S/);
		const head = new RegExp(`(>|\\| |& )${side.replace(/[()]/g, "\\$&")}(<| \\|| &)`);
		expect(lines.join("\n").replaceAll("\\allowbreak{}", ""), format).toMatch(head);
	}
	expect(renderText("table", results, view("ru"))).toMatch(/110,5 \(12,5\) !.*\n.* {2}1,0 {2}\(1,0\) {3}/);
});

/** Rows of a CSV or of a workbook's sheet of data, numbers as numbers. */
async function rowsOf(content: string | Uint8Array): Promise<Record<string, unknown>[]> {
	if (typeof content === "string") {
		return Papa.parse<Record<string, unknown>>(content, { header: true, skipEmptyLines: true }).data.map(
			(row) =>
				Object.fromEntries(
					Object.entries(row).map(([head, cell]) => [
						head,
						cell === "" ? null : Number.isNaN(Number(cell)) ? cell : Number(cell),
					]),
				),
		);
	}
	const [, data] = (await readXlsx(content)).sheets;
	const all = data?.rows ?? [];
	// Codes stand under the names for people; wide data have no others.
	const place = all.findIndex((row) => row.some((cell) => cell === "status" || cell === "synthetic"));
	const [heads = [], ...rows] = all.slice(place);
	return rows.map((row) =>
		Object.fromEntries(heads.map((head, column) => [String(head), row[column] ?? null])),
	);
}

test.each(Object.keys(KINDS))("wide data of %s have the same numbers in csv and xlsx", async (kind) => {
	const results = (KINDS[kind] as (language: Language) => ResultSet)("en");
	const wide = view("en", { wide: OWN_KEYS });
	const csv = await rowsOf(await renderFile("csv", results, wide));
	expect(await rowsOf(await renderFile("xlsx", results, wide))).toEqual(csv);
	const seen = new Set(csv.flatMap((row) => Object.values(row)));
	for (const { estimate, se } of results.estimates) {
		for (const number of [estimate, se]) if (number !== null) expect(seen).toContain(number);
	}
	for (const { difference } of results.comparisons)
		if (difference !== null) expect(seen).toContain(difference);
});

test("a row a country or group, and a hidden figure says why", async () => {
	const results = fixture(THREE);
	results.estimates[0] = hidden(results.estimates[0] ?? estimate({}));
	const rows = await rowsOf(await renderFile("csv", results, view("en", { wide: OWN_KEYS })));
	expect(rows.map(({ country, population }) => `${country} ${population}`)).toEqual([
		...["KAZ isced2", "FRA isced2", "ITA isced3"],
	]);
	expect(rows[0]).toMatchObject({
		"activities:courses-in-person %": "few-teachers",
		"activities:courses-in-person SE": null,
		"activities:types mean": 6.178,
		"activities:types mean SE": 0.108,
	});
});

test("a workbook: numbers are numbers, the head is frozen, notes and provenance follow, bytes repeat", async () => {
	const results = fixture(THREE, { synthetic: true });
	const [first, second] = [
		await renderFile("xlsx", results, view("kk")),
		await new Promise<string | Uint8Array>((done) =>
			setTimeout(() => done(renderFile("xlsx", results, view("kk"))), 2100),
		),
	] as Uint8Array[];
	expect(Buffer.compare(first as Uint8Array, second as Uint8Array)).toBe(0);
	const { sheets } = await readXlsx(first as Uint8Array, { readStyles: true });
	expect(sheets.map(({ name }) => name)).toEqual([
		...["Кесте", "Деректер", "Ескертпелер", "Есептеу мәліметтері"],
	]);
	const [, data, notes, provenance] = sheets;
	expect(data?.freezePane?.rows).toBe(2);
	const at = data?.rows[1]?.indexOf("estimate") ?? -1;
	expect(typeof data?.rows[2]?.[at]).toBe("number");
	for (const cell of data?.rows.slice(2).flat() ?? []) {
		if (typeof cell === "string") expect(cell).not.toMatch(/^-?[\d.]+$/);
	}
	expect(data?.cells?.get(`2,${at}`)?.style?.numFmt).toBe("#,##0.00");
	expect(data?.columns?.every(({ width }) => (width ?? 0) >= 8)).toBe(true);
	expect(JSON.stringify(notes?.rows)).toContain(loadLocale("kk").text("note.synthetic-data"));
	expect(JSON.stringify(provenance?.rows)).toContain("fay-brr");
});

const LONG = "мүмкіндіктеріміздегілердікі".repeat(8);
const HOSTILE = [
	...[
		"=1+1",
		"+1",
		"-1",
		"@SUM(A1)",
		"<script>alert(1)</script>",
		"\"quotes\" 'both' & more",
		"🧑‍🏫 50 % _x_ #1 $2",
	],
	...["\\input{/etc/passwd}", "a|b~c^d{e}", "]]>", "\u0000\u0007 control", LONG],
];

test("a word too long for a column of LaTeX may break, and takes no room from the others", async () => {
	const rows = [LONG, "KAZ"].map((country) => estimate({ group: { country } }));
	const tex = String(await renderFile("latex", { ...fixture(ONE), estimates: rows }, view("en")));
	const [, ...widths] = [...tex.matchAll(/p\{([\d.]+)\\linewidth\}/g)].map(([, width]) => Number(width));
	expect(widths).toHaveLength(2);
	expect((widths[0] as number) / (widths[1] as number)).toBeLessThan(3);
	expect(tex).toContain(`${LONG[0]}\\allowbreak{}${LONG[1]}`);
});

test.each(HOSTILE)("a label such as %j breaks no format", async (label) => {
	const row = estimate({ label, group: { country: label }, statistic: "mean", estimate: -2.5, se: 1 });
	const results = { ...fixture(ONE), estimates: [row], notes: [{ code: "x", text: label }] };
	for (const format of FORMATS) {
		const content = await renderFile(format, results, view("en"));
		if (format === "html") {
			expect(content).not.toContain("<script>");
			expect(content).toMatch(/[-−]2\.5/);
		}
		if (format === "latex") expect(content).not.toMatch(/\\input|(?<!\\)[#$&](?!.*\\\\$)/m);
		if (format === "csv" || format === "xlsx") {
			const [read] = await rowsOf(content);
			if (format === "csv") expect(String(read?.label)).not.toMatch(/^[=+\-@\t\r]/);
			// A cell that says it is a text comes back as it was; a formula would come back as what it is worked out to.
			else if (/^[=+\-@]/.test(label)) expect(String(read?.label)[0]).toBe(label[0]);
			expect(read?.estimate).toBe(-2.5);
		}
	}
});

test.each(LANGUAGES)("a workbook begins with its tables as they are printed, in %s", async (language) => {
	const locale = loadLocale(language);
	const results = fixture(ONE);
	const { sheets } = await readXlsx((await renderFile("xlsx", results, view(language))) as Uint8Array);
	const [first, data] = sheets;
	expect(first?.name).toBe(locale.text("xlsx.print"));
	const cells = (first?.rows ?? []).flat();
	const [row] = results.estimates.filter(({ statistic }) => statistic === "percent");
	expect(cells).toContain(row?.estimate);
	const line = first?.rows.find((own) => own[0] === row?.label) ?? [];
	expect(line.slice(0, 3)).toEqual([row?.label, row?.estimate, row?.se]);
	expect(first?.rows.flat().join(" ")).toContain(locale.text("table.base", { base: "" }).trim());
	const [names = [], codes = []] = data?.rows ?? [];
	expect(codes).toContain("ci_low");
	expect(names[codes.indexOf("ci_low")]).toBe(locale.text("xlsx.head.ci_low"));
});

test("the printed sheet is landscape and as wide as its paper, with the picture under its table", async () => {
	const png = Buffer.from(
		"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
		"base64",
	);
	const pictures = [{ png, title: "a chart" }];
	const book = (await renderFile("xlsx", fixture(ONE), view("en", { pictures }))) as Uint8Array;
	const [first, ...others] = (await readXlsx(book)).sheets;
	expect(first?.pageSetup).toMatchObject({
		...{ orientation: "landscape", paperSize: "a4" },
		...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
	});
	expect(first?.images).toHaveLength(1);
	for (const { images, pageSetup } of others) expect([images, pageSetup]).toEqual([undefined, undefined]);
});

test.each(CASES)(
	"LaTeX of %s in %s has letters that pdfLaTeX knows, and a label a table",
	async (kind, language) => {
		const results = KINDS[kind]?.(language) as ResultSet;
		const tex = String(await renderFile("latex", results, view(language)));
		// Latin and Cyrillic letters and the marks of T1 and T2A, beside ASCII.
		expect(tex.match(/[^\n\x20-\x7e\u00c0-\u017f\u0400-\u04ff«»“”„’№§°ªº]/gu) ?? []).toEqual([]);
		const labels = [...tex.matchAll(/\\caption\{.*\}\\label\{(tab:[a-z]+-\d+)\}/g)].map(([, label]) => label);
		expect(labels).toHaveLength(tex.match(/\\begin\{longtable\}/g)?.length ?? 0);
		expect(new Set(labels).size).toBe(labels.length);
	},
);

test("a page is made of results that do not name their tool", async () => {
	const results = { ...fixture(ONE), tool: {} } as unknown as ResultSet;
	expect(await renderFile("html", results, view("en"))).toContain(
		'<meta name="generator" content="talis-pd">',
	);
});
