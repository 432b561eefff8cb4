import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";
import { describe, expect, test } from "vitest";
import { loadCodebook } from "../../../src/codebook/definition/library.js";
import { findVariables } from "../../../src/codebook/variables/find.js";
import {
	knownVariable,
	parseVariables,
	variablesIds,
	variablesOf,
} from "../../../src/codebook/variables/library.js";
import { ofNoisy } from "../../support/golden.js";

const SHARED = fileURLToPath(new URL("../../../../shared/", import.meta.url));
const DICTIONARY = join(SHARED, "data/talis-2018-noisy/dictionary.csv");
const TEACHERS = join(SHARED, "data/talis-2018-noisy/teachers.csv");
const LIST_2024 = join(SHARED, "facts/talis-2024-variables.csv");

const REASONS: Record<string, string> = {
	"logically not applicable": "not-applicable",
	"not reached": "not-reached",
	"not administered": "not-administered",
	"omitted or invalid": "omitted",
	missing: "omitted",
};

function table(path: string): Record<string, string>[] {
	return Papa.parse<Record<string, string>>(readFileSync(path, "utf8"), {
		header: true,
		skipEmptyLines: true,
	}).data;
}

/** Codes of the publisher's list, told apart by what they stand for. */
function split(pairs: readonly string[][]) {
	const reasons = pairs.map(([code = "", label = ""]) => [code, REASONS[label.toLowerCase()]] as const);
	return {
		answers: reasons.filter(([, reason]) => reason === undefined).map(([code]) => code),
		missing: Object.fromEntries(reasons.filter(([, reason]) => reason !== undefined)),
	};
}

const book2018 = loadCodebook("talis-2018-teacher");
const book2024 = loadCodebook("talis-2024-teacher");

const hasTeachers = existsSync(TEACHERS);

describe.skipIf(!hasTeachers)(ofNoisy("TALIS 2018, with the reference data"), () => {
	// What is skipped is collected, too.
	const listed2018 = hasTeachers ? table(DICTIONARY) : [];
	const dictionary = new Map(listed2018.map((row) => [row.variable as string, row]));
	const [first = ""] = hasTeachers ? readFileSync(TEACHERS, "utf8").split("\n") : [];
	const header = first.split(",").map((name) => name.replaceAll('"', "").trim().toUpperCase());

	test("all 491 columns are known, with the codes and missing codes of the file", () => {
		expect(header).toHaveLength(491);
		for (const name of header) {
			const known = knownVariable(book2018, name);
			expect(known, name).toBeDefined();
			// The list has one replicate for all, no codes of age, and cuts the languages off.
			const listed = dictionary.get(name.replace(/^TRWGT\d+$/, "TRWGT1"));
			if (known === undefined || name === "TT3G02" || name === "IDLANG") continue;
			const pairs = (listed?.values ?? "").split("; ").filter(Boolean);
			const { answers, missing } = split(pairs.map((pair) => pair.split(/=(.*)/s)));
			expect(Object.keys(known.answers ?? {}), name).toEqual(answers);
			expect(known.missing, name).toEqual(missing);
		}
	});

	test("what the file declares missing is what stands here", () => {
		for (const [name, { missing_values: values, missing_range: range }] of dictionary) {
			const codes = new Set(values?.split(" ").filter(Boolean));
			const [from = 1, to = 0] = (range ?? "").split("-").filter(Boolean).map(Number);
			for (let code = from; code <= to; code++) codes.add(String(code));
			if (codes.size === 0) continue;
			expect(Object.keys(knownVariable(book2018, name)?.missing ?? {}), name).toEqual([...codes]);
		}
	});

	test("invariance is read from the labels", () => {
		for (const [name, row] of dictionary) {
			const said = / \/ (.*\(.*\))$/.exec(row.label ?? "")?.[1];
			if (said === undefined) continue;
			const { invariance } = knownVariable(book2018, name) ?? {};
			const levels =
				typeof invariance === "string" ? { all: invariance } : (invariance as Record<string, string>);
			for (const [who, level] of Object.entries(levels)) {
				const digit = who === "all" ? "All" : who.replace("isced", "");
				const part = said.split(" - ").find((one) => one.toLowerCase().startsWith(level)) ?? "";
				expect(part, name).toContain(digit);
			}
		}
		expect(knownVariable(book2018, "T3CLASM")?.invariance).toEqual({
			isced1: "metric",
			isced2: "configural",
			isced3: "configural",
		});
	});
});

describe.skipIf(!existsSync(LIST_2024))(ofNoisy("TALIS 2024, with the publisher's list"), () => {
	test("all 630 columns are known, with their codes, missing codes and levels of education", () => {
		const rows = table(LIST_2024);
		expect(rows).toHaveLength(630);
		expect(variablesOf(book2024, "teacher").map(({ name }) => name)).toEqual(
			rows.map((row) => row.variable_name),
		);
		for (const row of rows) {
			const name = row.variable_name as string;
			const known = knownVariable(book2024, name);
			const pairs = (row.all_value_labels ?? "").split(" | ").filter(Boolean);
			const { answers, missing } = split(pairs.map((pair) => pair.split(/ = (.*)/s)));
			expect(Object.keys(known?.answers ?? {}), name).toEqual(answers);
			expect(known?.missing, name).toEqual(missing);
			const levels = row.available_idpop;
			const all = levels === "" || levels === "1,2,3";
			expect(known?.populations ?? null, name).toEqual(
				all ? null : levels?.split(",").map((digit) => `isced${digit}`),
			);
		}
	});

	test("the forms that are seen in the data are told from those inferred", () => {
		const formsOf = (name: string) => {
			const { forms, formsInferred } = knownVariable(book2024, name) ?? {};
			return [forms, formsInferred];
		};
		expect(formsOf("TT4G20A")).toEqual([null, false]);
		expect(formsOf("TT4G36")).toEqual([["a"], false]);
		expect(formsOf("TT4G24K")).toEqual([["b", "c"], false]);
		expect(formsOf("TT4G22")).toEqual([["b", "c"], true]);
	});
});

describe("what is said of columns", () => {
	const all = variablesIds().flatMap((id) => variablesOf({ variables: [id] }));

	test("is said of each column of a file once", () => {
		for (const id of variablesIds()) {
			const names = variablesOf({ variables: [id] }).map(({ name }) => name);
			expect(new Set(names).size, id).toBe(names.length);
		}
	});

	test("every scale has a label in three languages, and so has every column that is no item of a question", () => {
		for (const { name, kind, question, label } of all) {
			if (kind !== "scale" && question !== null) continue;
			expect([name, label.kk, label.ru], name).not.toContain(undefined);
		}
	});

	test("every question is named in three languages", () => {
		for (const { name, question } of all) {
			if (question !== null) expect([name, question.kk, question.ru]).not.toContain(undefined);
		}
	});

	test("no code is both an answer and none, and all answers lie within the bounds", () => {
		for (const { name, answers, missing, from, to } of all) {
			for (const code of Object.keys(answers ?? {})) {
				expect(Object.hasOwn(missing, code), `${name} ${code}`).toBe(false);
				expect(Number(code), name).toBeGreaterThanOrEqual(from ?? Number.NEGATIVE_INFINITY);
				expect(Number(code), name).toBeLessThanOrEqual(to ?? Number.POSITIVE_INFINITY);
			}
		}
	});

	test("codes of a measure lie beyond what it can be", () => {
		for (const { name, kind, missing, to } of all) {
			if ((kind !== "number" && kind !== "scale") || to === null) continue;
			// Ages and years of two digits: the codes of TALIS 2013 and 2024 are within the bounds, and taken by name.
			if (/^(TT2G0[25]|TC2G04)/.test(name)) continue;
			for (const code of Object.keys(missing)) expect(Number(code), `${name} ${code}`).toBeGreaterThan(to);
		}
	});

	test("items of a codebook are columns that are known, with the same answers", () => {
		for (const book of [book2018, book2024, loadCodebook("talis-2013-teacher")]) {
			for (const topic of Object.values(book.topics)) {
				for (const { variable, answers } of Object.values(topic.items)) {
					const known = knownVariable(book, variable);
					expect(known, `${book.id} ${variable}`).toBeDefined();
					const said = book.answers[answers ?? topic.answers];
					expect(known?.missing, variable).toEqual(said?.missing);
					if (known?.answers != null)
						expect(Object.keys(known.answers), variable).toEqual(Object.keys(said?.values ?? {}));
				}
			}
		}
	});

	test("columns of groups and measures are known, too, with the same missing codes", () => {
		for (const book of [book2018, book2024, loadCodebook("talis-2013-teacher")]) {
			const groups = Object.values(book.groups).filter(({ missing }) => missing !== undefined);
			for (const { variable, missing } of groups) {
				const known = knownVariable(book, variable);
				expect(known, `${book.id} ${variable}`).toBeDefined();
				for (const code of Object.keys(known?.missing ?? {}))
					expect(missing, `${book.id} ${variable}`).toContain(code);
			}
			for (const { variable, missing } of Object.values(book.measures ?? {})) {
				const known = knownVariable(book, variable);
				for (const code of Object.keys(known?.missing ?? {}))
					expect(missing, `${book.id} ${variable}`).toHaveProperty(code);
			}
		}
	});
});

describe("variables are found", () => {
	const names = (words: string, book = book2018) => findVariables(book, words).map(({ name }) => name);

	test.each([
		["t3self", ["T3SELF"]],
		["Teacher self-efficacy, overall", ["T3SELF"]],
		["self efficacy instruction", ["TT3G34L", "T3SEINS"]],
		["first choice", ["TT3G08"]],
		["Самоэффективность в преподавании", ["T3SEINS"]],
		["удовлетворенность работой, в целом", ["T3JOBSA"]],
		["өзіндік тиімділік: оқыту", ["T3SEINS"]],
		["мұғалім мамандығын бірінші таңдауы", ["TT3G08"]],
		["no such thing", []],
		["", []],
	])("by name or words: %s", (words, found) => {
		expect(names(words)).toEqual(found);
	});

	test("the words of a question find all its items", () => {
		expect(names("Job satisfaction", book2024)).toEqual([
			..."ABCDEFGHIJ".split("").map((letter) => `TT4G78${letter}`),
			"T4JSENVT",
			"T4JSPROT",
			"T4JOBSAT",
		]);
		expect(names("удовлетворённость работой", book2024)).toEqual(
			expect.arrayContaining(["TT4G78A", "T4JOBSAT"]),
		);
	});

	test("and columns of principals", () => {
		expect(names("мектептің меншік нысаны")).toEqual(["TC3G12"]);
		expect(names("School location (grouped)", book2024)).toEqual(["T4SCHLOC"]);
	});
});

describe("a list of variables", () => {
	const list = (column: string) =>
		`id: own\ncodebook: own\nquestionnaire: teacher\nmissing: {}\nanswers: {}\nquestions: {}\ncolumns:\n  A: ${column}\n`;

	test("is checked", () => {
		expect(() =>
			parseVariables(list("{ kind: scale, label: { en: A }, missing: nine }"), "own.yaml"),
		).toThrow('columns.A.missing: there is no "nine"');
		expect(() => parseVariables(list("{ kind: scala, label: { en: A } }"), "own.yaml")).toThrow(
			"columns.A.kind",
		);
		expect(() => variablesOf({ variables: ["talis-2018-teachers"] })).toThrow("talis-2018-teacher");
	});
});

const hasHaven =
	existsSync(TEACHERS) && spawnSync("Rscript", ["-e", "library(haven)"], { stdio: "ignore" }).status === 0;

test.skipIf(!hasHaven)(
	ofNoisy("the shipped lists are what tools/variables makes (needs R with haven)"),
	() => {
		const made = mkdtempSync(join(tmpdir(), "talis-pd-"));
		execFileSync(process.execPath, ["tools/variables/make-variables.mjs", SHARED, made]);
		const files = readdirSync(made);
		expect(files).toEqual(variablesIds().map((id) => `${id}.yaml`));
		for (const file of files)
			expect(readFileSync(join(made, file), "utf8"), file).toBe(
				readFileSync(join("data/variables", file), "utf8"),
			);
	},
);
