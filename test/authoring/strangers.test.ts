import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { codebooks, UserError } from "../../src/index.js";
import { file } from "../support/survey.js";

type Cell = string | number;

/** A file of so many rows, of which each cell is said by its row. */
function csv(
	head: string,
	count: number,
	row: (row: number) => Cell[],
	more: readonly string[] = [],
): string {
	const rows = Array.from({ length: count }, (_, place) => row(place).join(","));
	return file(`${[head, ...rows, ...more].join("\n")}\n`);
}

async function drafted(path: string) {
	const draft = await codebooks.draft(path);
	return { ...draft, parsed: parse(draft.text) };
}

/** Labels of a group's levels, in their order. */
async function levels(answers: readonly string[]): Promise<string[]> {
	const path = csv("took,Q", 60, (row) => [
		row % 2 ? "yes" : "no",
		`"${answers[(row * 7) % answers.length]}"`,
	]);
	const { parsed } = await drafted(path);
	const [group] = Object.values(parsed.groups ?? {}) as {
		values: Record<string, { label: { en: string } }>;
	}[];
	return Object.values(group?.values ?? {}).map(({ label }) => label.en);
}

describe("levels are in their order", () => {
	test.each([
		[["never", "sometimes", "often"]],
		[["ешқашан", "кейде", "жиі"]],
		[["никогда", "иногда", "часто"]],
		[["none", "low", "high"]],
		[["жоқ", "төмен", "жоғары"]],
		[["нет", "низкий", "высокий"]],
		[["under 30", "30-39", "40-49", "50-59", "60+"]],
		[["Less than 5 years", "5–10 years", "11–20 years", "More than 20 years"]],
		[["до 5 лет", "5–10 лет", "11–20 лет", "свыше 20 лет"]],
		[["5 жылға дейін", "5-10 жыл", "11-20 жыл", "20 жылдан астам"]],
		[["None", "1 hour", "2 hours", "10 hours"]],
		[["6 months", "1 year", "2 years"]],
		[["Once a year", "Once a month", "Once a week", "Every day"]],
		[["ни разу", "один раз", "два раза", "три раза и более"]],
		[["5%", "25%", "100%"]],
		[["<1", "1-2", "3-4", ">4"]],
	])("%j", async (answers) => {
		expect(await levels(answers.toReversed())).toEqual(answers);
	});
});

test.each([
	["Sí", "No"],
	["SI", "NO"],
	["Oui", "Non"],
	["Ja", "Nein"],
	["Иә", "Жоқ"],
	["ДА", "Нет"],
	["Ha", "Yo'q"],
	["ha", "yo‘q"],
	["1.0", "0.0"],
])("%s and %s are yes and no", async (yes, no) => {
	const { parsed } = await drafted(csv("ID,Q", 40, (row) => [row, row % 3 ? yes : no]));
	expect(parsed.topics.q.items.q.variable).toBe("Q");
	expect(Object.values(parsed.answers)).toHaveLength(1);
});

describe("numbers", () => {
	const values = (texts: readonly string[]) => (row: number) => texts[(row * 7) % texts.length] as string;
	test.each([
		["hours", ["0", "5", "10"]],
		["Сколько часов?", ["2", "8", "36"]],
		["dose", ['"12,5"', '"7,5"', "10"]],
	])("%s: few of them are amounts, and no group", async (name, texts) => {
		const { parsed } = await drafted(
			csv(`took,${name}`, 60, (row) => [row % 2 ? "yes" : "no", values(texts)(row)]),
		);
		expect([Object.keys(parsed.groups), Object.values(parsed.measures)]).toMatchObject([
			[],
			[{ variable: name }],
		]);
	});

	test("codes without labels stay a group", async () => {
		const { parsed } = await drafted(
			csv("took,region", 60, (row) => [row % 2 ? "yes" : "no", [10, 11, 15][row % 3] as number]),
		);
		expect(Object.keys(parsed.groups)).toEqual(["region"]);
	});

	test("a unit in the cell is asked about", async () => {
		const { questions } = await drafted(csv("took,share", 60, (row) => [row % 2 ? "yes" : "no", `${row}%`]));
		expect(questions).toEqual([
			expect.stringMatching(/^share: every cell is a number with a unit, such as "0%"/),
		]);
	});

	test.each([
		["numbers that run on", (row: number) => 5000 + ((row * 37) % 60)],
		["long numbers", (row: number) => 850101300000 + row * 7919],
		["codes", (row: number) => `T-${row}`],
	])("%s are ids and no measure", async (_, id) => {
		const { parsed, leftOut } = await drafted(
			csv("took,key", 60, (row) => [row % 2 ? "yes" : "no", id(row)]),
		);
		expect(parsed.measures).toBeUndefined();
		expect(leftOut).toEqual([
			expect.stringMatching(/^the column key: nearly every row has a value of its own/),
		]);
	});
});

describe("what is left out is said", () => {
	test("free text, and text written beside another answer", async () => {
		const written = ["reading clubs", "кружок; клуб", "none of these, really", "x", "y y", "zoo", "own"];
		const path = csv(
			'took,Kind,Q5_other_text,"Other (please specify)","Другое, укажите",Comments,Empty,Same',
			80,
			(row) => {
				const text = row % 9 ? "" : `"${written[row % 7]}"`;
				return [
					row % 2 ? "yes" : "no",
					["A", "B", "Other"][row % 3] as string,
					text,
					text,
					text,
					row % 4 ? "" : `"Thanks, ${row}"`,
					"",
					"x1",
				];
			},
		);
		const { parsed, leftOut } = await drafted(path);
		expect([Object.keys(parsed.groups), Object.keys(parsed.topics)]).toEqual([["kind"], ["took"]]);
		expect(leftOut).toEqual([
			expect.stringMatching(
				/^3 columns \(Q5_other_text, Other \(please specify\), Другое, укажите\): text written/,
			),
			expect.stringMatching(/^the column Comments: free text/),
			expect.stringMatching(/^the column Same: all rows say the same/),
			expect.stringMatching(/^the column Empty: no row has an answer/),
		]);
	});
});

describe("rows that are no respondent's", () => {
	test.each(["Итого", "Total", "Барлығы:", "ИТОГО"])("%s at the end is refused", async (word) => {
		const path = csv("ID,took,hours", 30, (row) => [row + 1, row % 2 ? "yes" : "no", row * 3], [
			`${word},,1305`,
		]);
		await expect(codebooks.draft(path)).rejects.toThrow(UserError);
		await expect(codebooks.draft(path)).rejects.toMatchObject({ where: { line: 32 } });
	});

	test("rows that come twice are counted, and named", async () => {
		const rows = (row: number) => [1000 + row * 13, row % 2 ? "yes" : "no"];
		const path = csv(
			"ID,took",
			40,
			rows,
			[3, 5].map((row) => rows(row).join(",")),
		);
		const { decisions } = await drafted(path);
		expect(decisions).toContainEqual(
			expect.stringMatching(/^2 of the 42 rows are an earlier row again, cell by cell \(lines 42, 43\)/),
		);
	});

	test("rows that are alike by chance are no finding", async () => {
		const path = csv("a1,a2", 100, (row) => [row % 2 ? "yes" : "no", row % 3 ? "yes" : "no"]);
		expect((await drafted(path)).decisions).toEqual([]);
	});

	test("a delimiter at the end of each row is no column", async () => {
		const path = csv("took,kind,", 40, (row) => [row % 2 ? "yes" : "no", row % 3 ? "x" : "y", ""]);
		const { decisions, leftOut } = await drafted(path);
		expect([decisions, leftOut]).toEqual([[], []]);
	});
});

describe("replicate factors", () => {
	const units = Array.from({ length: 160 }, (_, row) => Math.floor(row / 10));

	const pairs = (low: number, high: number) => (row: number) =>
		Array.from({ length: 8 }, (_, r) => {
			const unit = units[row] as number;
			if (unit >> 1 !== r) return 1;
			return unit % 2 ? low : high;
		});
	test.each([
		["0, 1 and 2", pairs(0, 2)],
		["0.5, 1 and 1.5", pairs(0.5, 1.5)],
		["rounded", pairs(0, 1.97)],
	])("%s beside a weight are asked about, and no items", async (_, factors) => {
		const head = `W_WEIGHT,took,${Array.from({ length: 8 }, (_, r) => `rep${r + 1}`).join(",")}`;
		const path = csv(head, 160, (row) => [
			10 + ((row * 7) % 13) / 4,
			row % 3 ? "yes" : "no",
			...factors(row),
		]);
		const { questions, parsed, design } = await drafted(path);
		expect([design, Object.keys(parsed.topics), parsed.groups]).toEqual(["?", ["took"], {}]);
		expect(questions).toEqual([
			expect.stringMatching(/^rep1 … rep8 are replicate factors .* multiply each by W_WEIGHT/),
		]);
	});

	test("a single choice in columns of 1 and 2 is none", async () => {
		const path = csv("W,Q1,Q2,Q3,Q4", 80, (row) => [
			10 + (row % 13) / 4,
			...[0, 1, 2, 3].map((part) => (row % 4 === part ? 2 : 1)),
		]);
		expect((await drafted(path)).design).not.toBe("?");
	});
});

describe("KoboToolbox writes options as QUESTION/OPTION", () => {
	const QUESTION = "Did you take part in courses and/or coaching, as offered in 2025?";
	const ticks = (row: number) => [row % 2, row % 3 ? 1 : 0];
	const head = (columns: readonly string[]) => columns.map((name) => `"${name}"`).join(",");

	test("an option is the item, and may have a slash itself", async () => {
		const path = csv(
			head([QUESTION, `${QUESTION}/Coaching`, `${QUESTION}/Courses/seminars`, "Commute in km/h"]),
			40,
			(row) => ["Coaching", ...ticks(row), row % 2 ? "yes" : "no"],
		);
		const { parsed, leftOut } = await drafted(path);
		const [topic, ...others] = Object.values(parsed.topics) as Record<string, unknown>[];
		expect(topic).toMatchObject({
			question: QUESTION,
			items: {
				coaching: { label: { en: "Coaching" } },
				"courses-seminars": { label: { en: "Courses/seminars" } },
			},
		});
		expect(others).toMatchObject([{ label: { en: "Commute in km/h" } }]);
		expect(leftOut).toEqual([expect.stringContaining("lists of options that have columns of their own")]);
	});
});

test.each([
	["Start time", "Completion time"],
	["Время начала", "Время завершения"],
	["Басталған уақыты", "Аяқталған уақыты"],
	["Басталу уақыты", "Аяқталу уақыты"],
	["Email", "Timestamp"],
	["Email", "Отметка времени"],
	["Электрондық пошта", "Уақыт белгісі"],
])("%s, %s: who ticked nothing in a form that was sent off said no", async (start, end) => {
	const answers = ["Coaching;Courses;", "", "Courses;", "Coaching;"];
	const path = csv(`${start},${end},Which?`, 40, (row) => [
		`start ${row}`,
		`end ${row}`,
		`"${answers[row % 4]}"`,
	]);
	const { parsed, leftOut } = await drafted(path);
	expect(Object.values(parsed.answers)).toMatchObject([{ empty: "no" }]);
	expect(leftOut).toEqual([
		`2 columns (${start}, ${end}): times, addresses and the like, which survey tools add`,
	]);
});
