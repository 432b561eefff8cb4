import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";

// A survey of a publisher that does not exist: teachers of three islands, at two stages, in 2017 and in 2021, with tables,
// averages, marks and names of columns of its own. Everything that talis-pd knows of it is written here.

const text = (en: string) => ({ en });
const yesNo = {
	yes: [1],
	values: { 1: text("Yes"), 2: text("No") },
	missing: { 6: "not-applicable", 9: "omitted" },
};
const needs = {
	yes: [4],
	values: { 1: text("None"), 2: text("Little"), 3: text("Some"), 4: text("Much") },
	missing: { 9: "omitted" },
};

const LEARNING = { courses: "Courses", visits: "Visits to schools", reading: "Reading" };
const SUBJECTS = { maths: "Mathematics", reading: "Reading and writing", sea: "The sea" };

function topic(label: string, letter: string, items: Record<string, string>, more: object) {
	const entries = Object.entries(items).map(([key, name], index) => [
		key,
		{ variable: `${letter}${index + 1}`, label: text(name) },
	]);
	return {
		label: text(label),
		title: text(`${label}, by kind`),
		question: letter,
		...more,
		items: Object.fromEntries(entries),
	};
}

function codebook(cycle: number, other: number, letters: [string, string, string]) {
	const [learning, wishes, taught] = letters;
	return {
		id: `isles-${cycle}`,
		version: "1",
		cycle,
		title: text(`Isles ${cycle}, teachers`),
		survey: text(`Isles ${cycle}`),
		detect: { columns: [`${learning}1`, `${wishes}1`, "WT"] },
		ids: { country: "NATION", population: "STAGE", school: "SCH", teacher: "TCH" },
		synthetic: "SYNTHETIC",
		design: { weight: "WT", method: "fay-brr", fay: 0.5, replicates: { prefix: "RW", count: 20 } },
		suppression: { teachers: 20, schools: 5, nonresponse: 60 },
		bases: {
			all: { label: text("all teachers of the Isles") },
			takers: { label: text("teachers who learned something"), gate: "learning:any", within: "all" },
		},
		answers: { "yes-no": yesNo, need: needs },
		groups: {
			country: { variable: "NATION", label: text("Island"), values: "systems" },
			population: {
				variable: "STAGE",
				label: text("Stage"),
				values: {
					lower: { label: text("Lower school"), codes: [1] },
					upper: { label: text("Upper school"), codes: [2] },
				},
			},
			sex: {
				variable: "SEX",
				label: text("Sex"),
				values: { woman: { label: text("Women"), codes: [1] }, man: { label: text("Men"), codes: [2] } },
				missing: [9],
			},
		},
		systems: {
			AAA: { label: text("Aldia") },
			BBB: { label: text("Borrow"), caution: { lower: "§" } },
			CCC: { label: text("Caldera") },
		},
		averages: {
			isles: { label: text("Isles"), members: { lower: ["AAA", "BBB", "CCC"], upper: ["AAA", "BBB"] } },
			union: { label: text("Union"), members: { lower: ["AAA", "BBB"], upper: ["AAA"] } },
		},
		...(cycle > other
			? { crosswalk: { [other]: { learning: ["courses", "visits"], wishes: ["maths"] } } }
			: {}),
		measures: { years: { variable: "YEARS", label: text("Years at work"), from: 0, to: 60 } },
		defaults: { topics: ["learning"] },
		gaps: { needs: "wishes", offer: "taught" },
		headline: "learning:any",
		published: {
			answers: { "yes-no": "_yes", need: "_much" },
			derived: { "learning:any": "anything" },
			groups: { sex: { name: "s", values: { woman: "W", man: "M" } } },
		},
		publisher: {
			id: "isles",
			name: text("the Office of the Isles"),
			codebooks: [`isles-${other}.yaml`],
			mainPopulation: "lower",
			ownAverage: "isles",
			totals: { "union-total": "union" },
			figures: {
				source: `Office of the Isles (${cycle + 1}), Teachers in ${cycle}`,
				tables: { lower: `isles-${cycle}-lower.csv`, upper: `isles-${cycle}-upper.csv` },
				symbols: { x: "suppressed" },
			},
			columns: {
				name: "office",
				figure: "{key} [%]",
				error: "{key} [error]",
				key: "{item}/{statistic}",
				percent: "share",
				item: "{variable}{answer}",
				base: "@{base}",
				group: "|{group}={value}",
				within: "{key}|{group}={a}-{b}",
				between: "{a} minus {b}",
				side: "#{value}",
				populations: { lower: "L", upper: "U" },
				hidden: { "no-data": "..", other: "x" },
			},
			refused: [
				{
					files: "^HEADS",
					columns: "^HQ\\d",
					message: "is of heads of schools, and rates are of teachers",
					hint: "give the file of teachers",
				},
			],
		},
		topics: {
			learning: {
				...topic("Learning", learning, LEARNING, { answers: "yes-no", base: "all" }),
				derived: {
					any: { label: text("Anything"), rule: "any-of" },
					kinds: { label: text("Kinds"), rule: "count" },
				},
			},
			wishes: topic("Wishes", wishes, SUBJECTS, { answers: "need", base: "all" }),
			taught: topic("Taught", taught, SUBJECTS, { answers: "yes-no", base: "takers" }),
		},
	};
}

/** Shares in percent that the made-up teachers are given, and those that are published: 5 points higher. */
const SHARES = {
	learning: { courses: 70, visits: 30, reading: 55, any: 90 },
	wishes: { maths: 25, reading: 15, sea: 35 },
	taught: { maths: 45, reading: 40, sea: 20 },
} as const;

function calibration(file: string, seed: number) {
	const system = (code: string, population: string, shift: number) => ({
		code,
		population,
		teachers: 240,
		schools: 24,
		zones: 10,
		represents: { teachers: 4000, source: "assumed" },
		background: { SEX: { source: "assumed", shares: { 1: 60, 2: 40 }, omitted: { code: 9, percent: 0 } } },
		career: {
			source: "assumed",
			group: "AGEG",
			groups: { 1: { from: 24, to: 39, share: 50 }, 2: { from: 40, to: 64, share: 50 } },
			start: 22,
			total: "YEARS",
			here: "HERE",
			omitted: { code: 99, percent: 0 },
		},
		correlation: { school: 0.1, teacher: 0.2 },
		breakoff: 1,
		omitted: { question: 0.5, item: 0.5 },
		topics: Object.fromEntries(
			Object.entries(SHARES).map(([key, items]) => [
				key,
				{
					...(key === "wishes" ? { shares: { 1: 30, 2: 40, 3: 30, 4: 100 } } : {}),
					items: Object.fromEntries(
						Object.entries(items).map(([item, percent]) => [
							item,
							{ percent: percent + shift, source: "assumed" },
						]),
					),
				},
			]),
		),
	});
	return {
		codebook: file,
		seed,
		sources: { assumed: "Nobody published this." },
		systems: [
			system("AAA", "lower", 0),
			system("BBB", "lower", 4),
			system("CCC", "lower", -5),
			system("AAA", "upper", 2),
			system("BBB", "upper", 6),
		],
	};
}

/** Tables as the Office prints them: one system without a figure, the caution mark behind those of another. */
function table(population: "lower" | "upper", systems: readonly string[]): string {
	const averages = population === "lower" ? ["isles-3", "union-2", "union-total-2"] : ["isles-2", "union-1"];
	const head = ["topic", "item", "base", "statistic", "breakdown", "value", "table", ...systems];
	const lines = Object.entries(SHARES).flatMap(([topic, items]) =>
		Object.entries(items).map(([item, share]) => {
			const base = topic === "taught" ? "takers" : "all";
			const cell = (system: string) => {
				if (system === "CCC" && item === "reading") return "x";
				return `${share + 5} 1.5${system === "BBB" && population === "lower" ? " §" : ""}`;
			};
			const figures = [...systems.map(cell), ...averages.map(() => `${share + 4} 0.8`)];
			return [topic, item, base, "percent", "", "", "1", ...figures].join(",");
		}),
	);
	return `${[[...head, ...averages.map((id) => `average:${id}`)].join(","), ...lines].join("\n")}\n`;
}

/** Writes codebooks, calibrations and tables of both cycles into a folder. */
export function writeIsles(folder: string): void {
	const write = (name: string, content: string) => writeFileSync(join(folder, name), content);
	write("isles-2017.yaml", stringify(codebook(2017, 2021, ["LA", "WA", "TA"])));
	write("isles-2021.yaml", stringify(codebook(2021, 2017, ["LB", "WB", "TB"])));
	for (const cycle of [2017, 2021]) {
		write(`calibration-${cycle}.yaml`, stringify(calibration(`isles-${cycle}.yaml`, cycle)));
		write(`isles-${cycle}-lower.csv`, table("lower", ["AAA", "BBB", "CCC"]));
		write(`isles-${cycle}-upper.csv`, table("upper", ["AAA", "BBB"]));
	}
	write("heads.csv", "NATION,HQ1\nAAA,1\n");
	write("counts.csv", "program,year,trained,eligible\nSeamanship,2020,10,40\nSeamanship,2021,30,40\n");
}
