import { existsSync, readdirSync, readFileSync } from "node:fs";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { loadCodebook } from "../../src/codebook/definition/library.js";

const folder = new URL("../../data/published/", import.meta.url);
const source = new URL("../../../shared/data/oecd-talis-2024/estimates.csv", import.meta.url);
const facts = new URL("../../../shared/facts/countries.json", import.meta.url);
const present = existsSync(source) && existsSync(facts);

const ROW = ["topic", "item", "base", "statistic", "breakdown", "value", "table"] as const;

type Row = Record<(typeof ROW)[number], string>;

interface Figure extends Row {
	cycle: string;
	population: string;
	system: string;
	/** NaN where a symbol stands. */
	estimate: number;
	se: number;
	symbol: string;
	flag: string;
}

const figures = readdirSync(folder)
	.filter((name) => /^talis-.*\.csv$/.test(name))
	.flatMap((name) => {
		const [, cycle = "", population = ""] = /^talis-(\d{4})-(isced[123])\.csv$/.exec(name) ?? [];
		return table(new URL(name, folder)).flatMap((row) => {
			const about = Object.fromEntries(ROW.map((key) => [key, row[key]])) as Row;
			const cells = Object.entries(row).filter(([key, cell]) => !(key in about) && cell !== "");
			return cells.map(([system, cell]): Figure => {
				const [first = "", ...rest] = cell.split(" ");
				const symbol = /^[acmw]$/.test(first) ? first : "";
				const [se, flag = ""] = symbol === "" ? rest : ["", ...rest];
				const numbers = {
					estimate: Number(symbol === "" ? first : Number.NaN),
					se: Number(se || Number.NaN),
				};
				return { ...about, cycle, population, system, ...numbers, symbol, flag };
			});
		});
	});

function table(file: URL): Record<string, string>[] {
	return Papa.parse<Record<string, string>>(readFileSync(file, "utf8"), {
		header: true,
		skipEmptyLines: true,
	}).data;
}

function apart(a: number, b: number): number {
	return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}

function idOf({
	cycle,
	population,
	topic,
	item,
	breakdown,
	value,
	system,
}: Omit<Figure, keyof Rest>): string {
	return [cycle, population, topic, item, breakdown, value, system].join(" ");
}
type Rest = Pick<Figure, "estimate" | "se" | "symbol" | "flag" | "table" | "base" | "statistic">;

/** Tables of changes, whose averages are over the systems of both cycles. */
const TRENDS = ["4.9", "4.11", "4.23", "4.31", "4.33", "4.40"];

const byId = new Map(figures.map((figure) => [idOf(figure), figure]));
const BOOKS = { 2018: loadCodebook("talis-2018-teacher"), 2024: loadCodebook("talis-2024-teacher") };

describe("the published figures", () => {
	test("are as many as were shipped, each once", () => {
		const sizes: Record<string, number> = {};
		for (const { cycle, population } of figures) {
			sizes[`${cycle} ${population}`] = (sizes[`${cycle} ${population}`] ?? 0) + 1;
		}
		expect(sizes).toEqual({
			"2013 isced1": 216,
			"2013 isced2": 1128,
			"2013 isced3": 144,
			"2018 isced1": 315,
			"2018 isced2": 1623,
			"2018 isced3": 210,
			"2024 isced1": 5139,
			"2024 isced2": 17721,
			"2024 isced3": 2733,
		});
		expect(byId.size).toBe(figures.length);
	});

	test("are numbers in range or symbols, with marks that are known", () => {
		for (const figure of figures) {
			const { estimate, se, symbol, flag, statistic } = figure;
			if (symbol === "") {
				const ok = estimate >= 0 && estimate <= (statistic === "mean" ? 10 : 100) && se >= 0;
				expect(ok, idOf(figure)).toBe(true);
			}
			expect(["", "*", "ª", "**"], idOf(figure)).toContain(flag);
		}
	});

	test("are of items, bases, groups and systems that the codebooks have", () => {
		for (const figure of figures) {
			const { cycle, topic, item, base, breakdown, value, system } = figure;
			const book = BOOKS[cycle === "2024" ? 2024 : 2018];
			const known = book.topics[topic];
			expect(known?.base, idOf(figure)).toBe(base);
			expect(
				known?.items[item] ?? known?.derived?.[item] ?? derivedEarlier(topic, item),
				idOf(figure),
			).toBeDefined();
			if (breakdown !== "" && value !== "6-plus") {
				expect(book.groups[breakdown]?.values, idOf(figure)).toHaveProperty(value);
			}
			if (!system.startsWith("average:")) expect(BOOKS[2024].systems, idOf(figure)).toHaveProperty(system);
		}
		function derivedEarlier(topic: string, item: string): true | undefined {
			return topic === "focus" && item === "ict" ? true : undefined;
		}
	});

	test("carry the codebooks' cautions", () => {
		for (const { cycle, population, system, flag, table: of } of figures) {
			if (system.startsWith("average:") || cycle === "2013") continue;
			// The Flemish Community's groups of schools have a mark for groups.
			if (flag === "**") {
				expect([of, system, population]).toEqual(["4.46", "BFL", "isced3"]);
				continue;
			}
			const book = BOOKS[cycle === "2024" ? 2024 : 2018];
			const mark = book.systems?.[system]?.caution?.[population] ?? "";
			expect(flag, `${cycle} ${population} ${system}`).toBe(mark);
		}
	});

	test("averages are means of as many members as their ids say, with √Σse²/k", () => {
		const { averages = {}, trends = {} } = BOOKS[2024];
		const subject = ({ cycle, population, topic, item, breakdown, value }: Figure) =>
			[cycle, population, topic, item, breakdown, value].join(" ");
		const systems = grouped(figures, subject);
		let checked = 0;
		for (const figure of figures) {
			const [, id = "", k] = /^average:(oecd|talis)-(\d+)$/.exec(figure.system) ?? [];
			if (id === "" || figure.symbol !== "") continue;
			const trend = TRENDS.includes(figure.table);
			const lists = trend ? trends["2018"]?.[id] : averages[id]?.members;
			const members = (systems.get(subject(figure)) ?? []).filter(
				({ system, symbol }) => lists?.[figure.population]?.includes(system) && symbol === "",
			);
			const mean = members.reduce((sum, { estimate }) => sum + estimate, 0) / members.length;
			const se = Math.sqrt(members.reduce((sum, one) => sum + one.se ** 2, 0)) / members.length;
			expect(members.length, idOf(figure)).toBe(Number(k));
			expect(apart(mean, figure.estimate), idOf(figure)).toBeLessThan(1e-10);
			expect(apart(se, figure.se), idOf(figure)).toBeLessThan(1e-10);
			checked++;
		}
		expect(checked).toBeGreaterThan(1000);
	});

	test("fit a package: under 1.5 MB", () => {
		const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
		const size = names.reduce((sum, name) => sum + readFileSync(new URL(name, folder)).length, 0);
		expect(size).toBeLessThan(1.5e6);
	});

	// Table 4.23 as printed, estimate and standard error.
	test.each([
		["subject", 91.9, 0.5, 93.1, 0.4],
		["pedagogy", 89.5, 0.6, 89.4, 0.4],
		["curriculum", 95.5, 0.4, 94.1, 0.4],
		["assessment", 96.7, 0.4, 92.4, 0.4],
		["ict", 89.5, 0.5, 92.0, 0.5],
		["behaviour", 82.9, 1.0, 83.5, 0.8],
		["special-needs", 31.9, 1.1, 74.7, 0.9],
		["multicultural", 36.8, 1.1, 43.6, 1.0],
	])("Kazakhstan, content: %s", (item, p18, se18, p24, se24) => {
		const printed = (cycle: string) => {
			const figure = byId.get(`${cycle} isced2 focus ${item}   KAZ`);
			return [figure?.estimate.toFixed(1), figure?.se.toFixed(1)].map(Number);
		};
		expect(printed("2018")).toEqual([p18, se18]);
		expect(printed("2024")).toEqual([p24, se24]);
	});
});

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of all) {
		const group = groups.get(keyOf(one));
		if (group === undefined) groups.set(keyOf(one), [one]);
		else group.push(one);
	}
	return groups;
}

const title = present
	? "OECD's workbook and the published figures"
	: "OECD's workbook and the published figures (skipped: ../shared is absent)";

describe.skipIf(!present)(title, () => {
	test("agree to 1e-11, and nothing that has a place is left out", () => {
		const codes = systemCodes();
		const averages = figures.filter(({ system }) => system.startsWith("average:"));
		const byAverage = new Map(averages.map((one) => [idOf({ ...one, system: printedName(one) }), one]));
		const seen = new Set<string>();
		for (const cell of table(source)) {
			const place = placeOf(cell);
			if (place === null) continue;
			const { country = "", estimate = "", se = "", table: number = "" } = cell;
			const id = (system: string) => idOf({ ...place, population: `isced${cell.isced}`, system });
			const code = codes.get(country);
			const figure = byId.get(id(code ?? "")) ?? byAverage.get(id(country));
			if (figure === undefined) throw new Error(`${number} ${cell.key} ${country} is not shipped`);
			seen.add(idOf(figure));
			// Table 4.12 has 0 for a question that ISCED 1 was not asked.
			if (figure.item.startsWith("business-visits") && figure.population === "isced1") {
				expect(figure.symbol).toBe("a");
			} else if (figure.symbol !== "") expect(estimate).toBe(figure.symbol);
			else {
				expect(apart(figure.estimate, Number(estimate)), idOf(figure)).toBeLessThan(1e-11);
				expect(apart(figure.se, Number(se)), idOf(figure)).toBeLessThan(1e-11);
			}
		}
		expect(seen.size).toBe(figures.length);
	});

	/** OECD's name of the average; where a member has no figure the id has fewer than the name. */
	function printedName({ system, population, table: of }: Figure): string {
		const [, family] = /^average:(.+)-\d+$/.exec(system) ?? [];
		if (family === "oecd") return TRENDS.includes(of) ? "OECD average-25" : "OECD average-27";
		if (family === "eu-total") return "EU total-22";
		const names = { isced1: "TALIS ISCED 1 average-12", isced3: "TALIS ISCED 3 average-8" };
		return names[population as keyof typeof names] ?? "TALIS average-49";
	}

	function systemCodes(): Map<string, string> {
		const { list } = JSON.parse(readFileSync(facts, "utf8"))["2024"];
		return new Map((list as { name: string; code: string }[]).map(({ name, code }) => [name, code]));
	}

	const GROUPS: Record<string, [string, string]> = {
		"exp..1 under_5yrs": ["experience", "0-5"],
		"exp..2 from6to10": ["experience", "6-10"],
		"exp..3 over_10yrs": ["experience", "11-plus"],
		"schoolexp..1 under_5yrs": ["school-experience", "0-5"],
		"schoolexp..2 over_5yrs": ["school-experience", "6-plus"],
		"gender..Female": ["gender", "female"],
		"gender..Male": ["gender", "male"],
		"age..1 under_age30": ["age", "under-30"],
		"age..2 from30_to_49": ["age", "30-49"],
		"age..3 over_age50": ["age", "50-plus"],
		"schloc..1 Rural": ["location", "rural"],
		"schloc..2 Town": ["location", "town"],
		"schloc..3 City": ["location", "city"],
		"schtype..1 Public": ["management", "public"],
		"schtype..2 Private": ["management", "private"],
		"disadv..1 under_10pct": ["intake", "up-to-10"],
		"disadv..2 10_to_30pct": ["intake", "11-30"],
		"disadv..3 over_30pct": ["intake", "over-30"],
		"diflang..1 None": ["intake-instruction", "none"],
		"diflang..2 0_to_10pct": ["intake-instruction", "up-to-10"],
		"diflang..3 over_10pct": ["intake-instruction", "over-10"],
		"spneed..1 under_10pct": ["intake-special-needs", "up-to-10"],
		"spneed..2 10_to_30pct": ["intake-special-needs", "11-30"],
		"spneed..3 over_30pct": ["intake-special-needs", "over-30"],
	};

	/** Letters of OECD's variables in the order of the questionnaires, written out apart from the codebooks. */
	const FOCUS_2024 =
		"subject pedagogy curriculum assessment digital-pedagogy digital-tools ai behaviour school-management individualised-learning special-needs multicultural assessment-use parents social-emotional p q r other";
	const FOCUS_EARLIER =
		"subject pedagogy curriculum assessment ict behaviour school-management individualised-learning special-needs multicultural";
	const BARRIERS = "prerequisites cost employer-support work-schedule family no-relevant-offer no-incentives";
	const LISTS: Record<string, [string, string]> = {
		tt4g20: [
			"activities",
			"courses conferences qualification-programme school-visits business-visits lesson-reflection coaching network self-initiated other",
		],
		tt4g21: ["focus", FOCUS_2024],
		tt3g23: ["focus", FOCUS_EARLIER],
		tt4g24: ["needs", FOCUS_2024],
		tt3g27: ["needs", FOCUS_EARLIER],
		tt2g26: ["needs", FOCUS_EARLIER],
		tt4g25: ["barriers", `${BARRIERS.replace("family", "commitments")} distance digital`],
		tt3g28: ["barriers", BARRIERS],
		tt2g27: ["barriers", BARRIERS],
		tt4g22: ["impact", "positive-impact"],
		tt4g17: ["induction", "formal-school informal-school"],
		tt3g19: ["induction", "formal-school informal-school"],
		tt4g19: ["mentoring", "has-mentor is-mentor"],
		tt3g21: ["mentoring", "has-mentor is-mentor"],
		tt2g20: ["mentoring", "has-mentor is-mentor"],
	};

	function placeOf({ table = "", key = "" }: Record<string, string>) {
		const [, question = "", letter = "", rest = "", split] =
			/^mean(?:pct)?\.d_(tt[234]g\d\d)(?:([a-z])2?(?=yes|high|agree|inperson|online))?(yes|high|agree|qbitalot|ict|induction|atleastone|number|inperson0online|inperson|online)(?:\.\.(.+))?$/.exec(
				key,
			) ?? [];
		const [topic, items = ""] = LISTS[question] ?? [];
		const mode = { inperson: "in-person-only", online: "online-only", inperson0online: "both" }[rest];
		if (topic === undefined) return null;
		const ofTakers = mode !== undefined && table !== "4.12";
		const restricted: Record<string, [string, string]> = {
			"4.9": ["school-experience", "0-5"],
			"4.11": ["novice", "yes"],
			"4.33": ["novice", "yes"],
		};
		const group = split === undefined ? (restricted[table] ?? ["", ""]) : GROUPS[split];
		if (group === undefined) return null;
		const derived = { ict: "ict", induction: "any", atleastone: "any", number: "types" }[rest];
		const listed = derived ?? items.split(" ")[letter === "" ? 0 : letter.charCodeAt(0) - 97] ?? "";
		const item = mode === undefined || ofTakers ? listed : `${listed}-${mode}`;
		const cycle = { 2: "2013", 3: "2018", 4: "2024" }[question[2] ?? ""] ?? "";
		const own = mode === undefined ? topic : ofTakers ? "in-person" : "modes";
		return { cycle, topic: own, item, breakdown: group[0], value: group[1] };
	}
});
