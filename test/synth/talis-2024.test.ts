import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";
import { rates } from "../../src/index.js";
import { calibrationFrom } from "../../src/synth/calibration/library.js";
import { listTargets } from "../../src/synth/calibration/parse.js";
import { parseCalibration, surveyLines } from "../../src/synth/index.js";
import { root } from "../support/golden.js";

const NAME = "data/samples/synthetic-talis-2024.csv";
const SAMPLE = join(root, NAME);
const CALIBRATION = join(root, "data/calibration/synthetic-talis-2024.yaml");
const SYSTEMS = ["KAZ", "EST", "FIN", "SGP"];
const codebook = loadCodebook("talis-2024-teacher");

const [header = [], ...rows] = readFileSync(SAMPLE, "utf8")
	.trimEnd()
	.split("\n")
	.map((line) => line.split(";"));
const places = new Map(header.map((name, place) => [name, place]));
const code = (row: readonly string[], name: string): string => row[places.get(name) ?? -1] ?? "";
const columns = (start: string): string[] => header.filter((name) => name.startsWith(start));

interface Published {
	system: string;
	topic: string;
	item: string;
	table: string;
	percent: number;
}

/** What the OECD printed of all teachers of a system, one figure once. */
function published(): Published[] {
	const [head = "", ...lines] = readFileSync(join(root, "data/published/talis-2024-isced2.csv"), "utf8")
		.trimEnd()
		.split("\n");
	const names = head.split(",");
	return lines.flatMap((line) => {
		const cells = new Map(line.split(",").map((cell, place) => [names[place] ?? "", cell]));
		const of = (name: string): string => cells.get(name) ?? "";
		if (of("breakdown") !== "" || of("statistic") !== "percent") return [];
		return SYSTEMS.filter((system) => of(system) !== "").map((system) => ({
			system,
			topic: of("topic"),
			item: of("item"),
			table: of("table"),
			percent: Number(of(system).split(" ")[0]),
		}));
	});
}

describe("the sample in the form of TALIS 2024", () => {
	it("is made again, byte for byte, by its calibration alone, in less than 3 MB", async () => {
		const { calibration, codebook } = calibrationFrom(CALIBRATION);
		const text = [...surveyLines(calibration, codebook)].join("");
		expect(text === readFileSync(SAMPLE, "utf8")).toBe(true);
		expect(Buffer.byteLength(text)).toBeLessThan(3e6);
	});

	it("shows every published percentage of its systems: the same to one decimal, within 0.006 of a point", async () => {
		const { estimates } = await rates([SAMPLE], { topics: Object.keys(codebook.topics), suppress: "none" });
		const figures = published();
		expect(figures.length).toBe(356);
		expect(new Set(figures.map(({ topic }) => topic))).toEqual(
			new Set(["activities", "modes", "focus", "needs", "barriers", "impact", "induction", "mentoring"]),
		);
		for (const { system, topic, item, percent } of figures) {
			const found = estimates.find(
				(one) => one.group.country === system && one.topic === topic && one.item === item,
			);
			const where = `${system} ${topic}:${item}`;
			expect(found?.estimate?.toFixed(1), where).toBe(percent.toFixed(1));
			expect(Math.abs((found?.estimate as number) - percent), where).toBeLessThan(0.006);
		}
	});

	it("is calibrated to published figures under the table they stand in, and says which are assumed", async () => {
		const { calibration } = calibrationFrom(CALIBRATION);
		const targets = listTargets(calibration);
		const figures = published().filter(({ topic }) => topic !== "modes");
		for (const { system, topic, item, table, percent } of figures) {
			const found = targets.find((one) => one.system === system && one.topic === topic && one.item === item);
			expect([found?.source, found?.percent], `${system} ${topic}:${item}`).toEqual([
				`oecd-${table}`,
				Number(percent.toFixed(3)),
			]);
		}
		const assumed = targets.filter(({ source }) => source === "assumed");
		expect(targets.length).toBe(figures.length + assumed.length);
		expect(new Set(assumed.map(({ topic }) => topic))).toEqual(new Set(["induction", "characteristics"]));
	});

	it("has four systems at ISCED 2, all rows marked synthetic", () => {
		expect([...new Set(rows.map((row) => code(row, "CNTRY")))]).toEqual(SYSTEMS);
		expect(new Set(rows.map((row) => `${code(row, "SYNTHETIC")} ${code(row, "IDPOP")}`))).toEqual(
			new Set(["1 2"]),
		);
		expect(header).not.toContain("TT4G21Q");
		expect(new Set(rows.map((row) => code(row, "CNTRY") + code(row, "IDTEACH"))).size).toBe(rows.length);
	});

	it("rotates three forms in every school, and leaves 8 exactly where a form lacks the question", () => {
		const forms = new Map<string, Set<string>>();
		for (const row of rows) {
			const school = code(row, "CNTRY") + code(row, "IDSCHOOL");
			forms.set(school, (forms.get(school) ?? new Set()).add(code(row, "IDTQUEST")));
		}
		const sizes = [...forms.values()].map(({ size }) => size);
		expect(sizes.filter((size) => size === 3).length).toBeGreaterThan(0.95 * sizes.length);
		const onB = ["TT4G17", "TT4G18", "TT4G19", "TT4G22", "TT4G23", "TT4G24"].flatMap(columns);
		const onA = columns("TT4G25");
		expect([onB.length, onA.length]).toEqual([13 + 2 + 1 + 12 + 15, 9]);
		// The code of what is not on the form, by column, and whether form A has the column.
		const marks = [
			...onB.map((name) => [name, "8", false] as const),
			...onA.map((name) => [name, "8", true] as const),
			...["T4PDSUBMP", "T4PDGENP", "T4PDIV"].map((name) => [name, "9998", false] as const),
			["T4PDBR", "9998", true] as const,
		];
		for (const [name, mark, isOnA] of marks) {
			const wrong = rows.filter(
				(row) => (code(row, name) === mark) !== ((code(row, "IDTQUEST") === "1") !== isOnA),
			);
			expect(wrong.length, name).toBe(0);
		}
		for (const name of [...columns("TT4G20"), ...columns("TT4G21")]) {
			expect(
				rows.some((row) => code(row, name) === "8"),
				name,
			).toBe(false);
		}
	});

	it("routes past content who took part in nothing, and past the parts of induction who had none", () => {
		const notAsked = (row: readonly string[], question: string): boolean[] =>
			columns(question)
				.filter((name) => code(row, name) !== "9")
				.map((name) => code(row, name) === "6");
		const wrong = rows.filter((row) => {
			const none = columns("TT4G20").every((name) => code(row, name) === "4");
			const had = columns("TT4G17").map((name) => code(row, name));
			const noInduction = had.every((one) => one === "2");
			const parts = code(row, "IDTQUEST") === "1" ? [] : notAsked(row, "TT4G18");
			return notAsked(row, "TT4G21").some((is) => is !== none) || parts.some((is) => is !== noInduction);
		});
		expect(wrong).toEqual([]);
		expect(rows.filter((row) => code(row, "TT4G21A") === "6").length).toBeGreaterThan(50);
		expect(rows.filter((row) => code(row, "TT4G18A") === "6").length).toBeGreaterThan(300);
	});

	it("has no cell that is empty or unknown to the codebook", () => {
		for (const [key, topic] of Object.entries(codebook.topics)) {
			for (const [name, { variable, answers: own }] of Object.entries(topic.items)) {
				if (!places.has(variable)) continue;
				const answers = codebook.answers[own ?? topic.answers];
				const known = [...Object.keys(answers?.values ?? {}), ...Object.keys(answers?.missing ?? {})];
				const found = [...new Set(rows.map((row) => code(row, variable)))];
				expect(known, `${key}:${name}`).toEqual(expect.arrayContaining(found));
			}
		}
	});

	it("moves other systems and sizes along: forms and routing hold there too", async () => {
		const { calibration, codebook } = calibrationFrom(CALIBRATION);
		const size = { teachers: 360, schools: 40, systems: 5, seed: 7 };
		const [head = "", ...lines] = [...surveyLines(calibration, codebook, size)];
		const names = head.trimEnd().split(";");
		const cells = lines.map((line) => line.trimEnd().split(";"));
		const at = (row: readonly string[], name: string) => row[names.indexOf(name)];
		expect(new Set(cells.map((row) => at(row, "CNTRY"))).size).toBe(5);
		for (const row of cells) expect(at(row, "TT4G25A") === "8").toBe(at(row, "IDTQUEST") !== "1");
	});

	it("asks each level of education its own questions", () => {
		const extra = ["play", "transition"].map(
			(item) => `          ${item}: { percent: 30, source: assumed }\n`,
		);
		const text = readFileSync(CALIBRATION, "utf8")
			.replaceAll("population: isced2", "population: isced1")
			.replaceAll(/ +business-visits: .*\n/g, "")
			.replaceAll(/ +ai: .*\n/g, (line) => line + extra.join(""));
		const calibration = parseCalibration(text, "primary.yaml", codebook);
		const size = { teachers: 240, schools: 40, zones: 20, systems: 1 };
		const [head = "", ...lines] = [...surveyLines(calibration, codebook, size)].map((line) =>
			line.split(";"),
		);
		expect(head).not.toContain("TT4G20E");
		const [activity, play] = ["TT4G20A", "TT4G21Q"].map((name) => head.indexOf(name));
		expect(new Set(lines.map((row) => row[play ?? -1]))).toEqual(new Set(["1", "2", "6", "9"]));
		expect(lines.every((row) => "12349".includes(row[activity ?? -1] ?? "?"))).toBe(true);
	});
});
