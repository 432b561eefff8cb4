import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { codebooks, rates } from "../../src/index.js";
import { bytesFile } from "../support/read.js";
import { type SavCell, type SavVariable, sav } from "../support/sav.js";
import { file } from "../support/survey.js";

const csv = (head: string, rows: readonly (readonly unknown[])[]) =>
	file(`${head}\n${rows.map((row) => row.join(",")).join("\n")}\n`);
const savFile = (variables: SavVariable[], rows: SavCell[][]) => bytesFile(sav({ variables, rows }), "sav");

async function percentsOf(path: string): Promise<Record<string, number | null>> {
	const { text } = await codebooks.draft(path);
	const { estimates } = await rates([path], { codebook: file(text, ".yaml"), suppress: "none" });
	return Object.fromEntries(estimates.map(({ item, estimate }) => [item, estimate]));
}

/** Five kinds of activity of 40 teachers: the fourth all took part in, the fifth nobody. */
const BATTERY = Array.from({ length: 40 }, (_, row) => [
	row % 4 === 0,
	row % 5 === 0,
	row % 8 === 1,
	true,
	false,
]);

describe("questions in which all say the same", () => {
	test.each([
		["0 and 1", "1", "0"],
		["1 and 2", "1", "2"],
		["words", "Yes", "No"],
		["boxes", "Yes", ""],
		["boxes with other words", "checked", ""],
	])("%s: they stay in their question", async (_, yes, no) => {
		const rows = BATTERY.map((row, place) => [place + 1, ...row.map((one) => (one ? yes : no))]);
		const found = await percentsOf(csv("ID,Q5_1,Q5_2,Q5_3,Q5_4,Q5_5", rows));
		expect(found).toMatchObject({ "q5-1": 25, "q5-2": 20, "q5-3": 12.5, "q5-4": 100, "q5-5": 0, any: 100 });
	});

	test("labelled, from SPSS", async () => {
		const variables = [1, 2, 3, 4, 5].map((part): SavVariable => {
			const values: [number, string][] = [
				[0, "Not selected"],
				[1, "Selected"],
			];
			return { name: `Q5_${part}`, values };
		});
		const found = await percentsOf(
			savFile(
				variables,
				BATTERY.map((row) => row.map(Number)),
			),
		);
		expect(found).toMatchObject({ "q5-4": 100, "q5-5": 0, any: 100 });
	});
});

describe("codes 8, 9, 97 and 99 of a file with labels", () => {
	const labelled: [name: string, codes: number[], labels: [number, string][]][] = [
		[
			"LANG",
			[1, 2, 8, 9],
			[
				[1, "Kazakh"],
				[2, "Russian"],
				[8, "Uzbek"],
				[9, "Uyghur"],
			],
		],
		[
			"EDU",
			[1, 2, 3, 9],
			[
				[1, "Primary"],
				[2, "Secondary"],
				[3, "Master"],
				[9, "Doctorate"],
			],
		],
		[
			"REG",
			[1, 2, 3, 99],
			[
				[1, "North"],
				[2, "South"],
				[3, "West"],
				[99, "Abroad"],
			],
		],
		[
			"KIDS",
			[0, 1, 2, 9],
			[
				[0, "None"],
				[9, "9 or more"],
			],
		],
		[
			"T1",
			[1, 2, 9],
			[
				[1, "Yes"],
				[2, "No"],
				[9, "Planned for next year"],
			],
		],
	];

	test("are answers where the labels say so", async () => {
		const variables = [{ name: "YN", width: 3 }, ...labelled.map(([name, , values]) => ({ name, values }))];
		const rows = Array.from({ length: 60 }, (_, row): SavCell[] => [
			row % 2 === 0 ? "Yes" : "No",
			...labelled.map(([, codes]) => codes[row % codes.length] as number),
		]);
		const { text, decisions } = await codebooks.draft(savFile(variables, rows));
		const { groups, measures = {} } = parse(text);
		for (const [name, codes] of labelled) {
			const group = groups[name.toLowerCase()];
			expect([name, group.missing]).toEqual([name, undefined]);
			const found = Object.values(group.values as Record<string, { codes: string[] }>).flatMap(
				(one) => one.codes,
			);
			expect(found.toSorted()).toEqual(codes.map(String));
		}
		expect(Object.values(measures).some((one) => (one as { missing?: object }).missing !== undefined)).toBe(
			false,
		);
		expect(decisions.filter((line) => line.includes("taken for no"))).toEqual([]);
	});

	test("97 Not applicable was not asked, 98 Don't know and 99 without a label were not answered", async () => {
		const values: [number, string][] = [
			[97, "Not applicable"],
			[98, "Don't know"],
		];
		const rows = Array.from({ length: 120 }, (_, row): SavCell[] => [
			row % 2,
			row < 20 ? ([97, 98, 99][row % 3] as number) : row,
		]);
		const { text } = await codebooks.draft(
			savFile(
				[
					{
						name: "A",
						values: [
							[0, "No"],
							[1, "Yes"],
						],
					},
					{ name: "HOURS", values },
				],
				rows.filter(
					([, hours]) => (hours as number) < 40 || ((hours as number) > 96 && (hours as number) < 100),
				),
			),
		);
		expect(parse(text).measures.hours.missing).toEqual({
			97: "not-applicable",
			98: "omitted",
			99: "omitted",
		});
	});
});

describe("codes of yes and no", () => {
	const rows = Array.from({ length: 60 }, (_, row) => [
		row % 2,
		1 + (row % 2),
		1 + (row % 3 === 0 ? 1 : 0),
		row % 3 === 0 ? 1 : 2,
	]);

	test("0 and 1 beside 1 and 2 are two sets, by which an impossible code is found", async () => {
		const path = csv("MALE,T_A,T_B,T_C", rows);
		const { text } = await codebooks.draft(path);
		expect(
			Object.values(parse(text).answers).map((set) => Object.keys((set as { values: object }).values)),
		).toEqual([
			["0", "1"],
			["1", "2"],
		]);
		const wrong = csv("MALE,T_A,T_B,T_C", [[2, 1, 1, 1], ...rows]);
		const { findings } = await codebooks.check(wrong, file(text, ".yaml"));
		expect(findings).toEqual([expect.objectContaining({ code: "unknown-code", column: "MALE", text: "2" })]);
	});

	test("1 and 2 alone are asked about, and what is taken for yes, no or no answer names its columns", async () => {
		const { decisions, questions, groups } = await codebooks.draft(
			csv(
				"URBAN,T_A,T_B,T_C",
				rows.map(([, ...others], row) => [1 + (row % 2), ...others.slice(0, 2), row < 4 ? 9 : others[2]]),
			),
		);
		expect(groups).toBe(1);
		expect(questions).toEqual([expect.stringMatching(/^URBAN: no labels say what 1 and 2 are/)]);
		expect(decisions).toEqual([
			expect.stringMatching(/^T_C: 9 taken for no answer \(omitted\)/),
			"T_A, T_B, T_C: 1 is taken for yes and 2 for no, as no labels say what they are",
		]);
	});

	test("boxes say that an empty cell is a no", async () => {
		const { decisions } = await codebooks.draft(
			csv(
				"Q_1,Q_2",
				rows.map(([a = 0, b = 0]) => [a === 0 ? "x" : "", b === 1 ? "" : "x"]),
			),
		);
		expect(decisions).toEqual([expect.stringMatching(/^Q_1, Q_2: an empty cell counts as no/)]);
	});
});
