import { describe, expect, test } from "vitest";
import { codebooks } from "../../src/index.js";
import { file } from "../support/survey.js";
import { sheetRows, workbook } from "../support/xlsx.js";
import { run } from "./support.js";

const LINES = [
	"Курсы,Семинары",
	...Array.from({ length: 30 }, (_, row) => (row % 2 === 0 ? "Да,Нет" : "Нет,Да")),
];
const csv = file(`${LINES.join("\n")}\n`);
const codebook = file((await codebooks.draft(csv)).text, ".yaml");
const said = async (...words: string[]) => {
	const { code, err } = await run(words);
	expect(code).toBe(2);
	return err;
};

describe("a country that has no figures", () => {
	test.each([
		["KGZ", "эта страна в исследовании не участвовала или значений не публиковала"],
		["RUS", "в таблицах этого цикла их нет; возможно, есть в другом цикле"],
		["Казакстан", "возможно, KAZ («Казахстан»)?"],
		["Kazakstan", "возможно, KAZ («Kazakhstan»)?"],
	])("published --country %s", async (country, hint) => {
		expect(await said("published", "--country", country, "--lang", "ru")).toBe(
			`talis-pd: нет опубликованных значений для «${country}» — ${hint}\n`,
		);
	});
});

test("published figures of TALIS do not stand beside another survey", async () => {
	const err = await said("rates", csv, "--codebook", codebook, "--benchmark", "KAZ@2024");
	expect(err).toMatch(
		/^talis-pd: the survey ".*" has no published figures — figures of TALIS stand beside TALIS/,
	);
});

test("a sheet that is not the survey's is told from it, with what to say", async () => {
	const path = file(
		workbook({
			sheets: [
				{ name: "Ответы", rows: sheetRows(LINES.map((line) => line.split(","))) },
				{
					name: "Сводка",
					rows: sheetRows([
						["Итого", "Число"],
						["всего", 30],
					]),
				},
			],
		}),
		".xlsx",
	);
	const asked = ["--sheet", "Сводка", "--lang", "ru"];
	const hint = 'в книге есть другие листы: напишите --sheet "Ответы"';
	expect(await said("rates", path, "--codebook", codebook, ...asked)).toBe(
		`talis-pd: на листе «Сводка» нет ни одного из запрошенных столбцов: Курсы, Семинары — ${hint}\n`,
	);
	expect(await said("codebook", "init", path, ...asked)).toContain(hint);
});
