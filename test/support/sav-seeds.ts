import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { codePage } from "./code-pages.js";
import { HIGHEST, LOWEST, type SavFile, sav } from "./sav.js";

/** A small file that is right, to be cut and damaged. */
export interface Seed {
	name: string;
	ending: string;
	bytes: Buffer;
}

/** One of everything that an SPSS file can hold. */
export const EVERYTHING: SavFile = {
	variables: [
		{ name: "IDTEACH" },
		{
			name: "GENDER",
			label: "Gender",
			values: [
				[1, "Female"],
				[2, "Male"],
				[9, "Omitted"],
			],
			missing: [9, 8, 7],
		},
		{ name: "AGE", longName: "AgeOfTheTeacher", missing: [0], range: [97, HIGHEST] },
		{ name: "SCORE", range: [LOWEST, -90], label: "A label of seven words, five commas" },
		{
			name: "CNTRY",
			width: 3,
			values: [
				["FRA", "France"],
				["KAZ", "Қазақстан"],
			],
			missing: ["ITA"],
		},
		{ name: "OBLAST", longName: "Облыс", width: 40, values: [["Алматы", "City"]], missing: ["none"] },
		{ name: "REMARK", width: 600 },
		{ name: "TCHWGT" },
	],
	rows: [
		[1001, 1, 25, 12.5, "FRA", "Алматы", "жақсы ".repeat(50), 1],
		[1002, 9, 151, -3.25, "ITA", "none", "", 100.25],
		[1003, 2, 152, 1e10, "", "", "x".repeat(600), 3.125],
		[1004, null, null, null, "KAZ", "Ұлытау облысы", "a  b", 0],
	],
	encoding: "UTF-8",
	codePage: 65001,
};

export const COMPRESSIONS = ["none", "bytecode", "zlib"] as const;

/** SPSS files in every compression, byte order and kind of encoding. */
export function savSeeds(): Seed[] {
	const seed = (name: string, file: SavFile): Seed => ({ name, ending: "sav", bytes: sav(file) });
	const latin: SavFile = {
		variables: [{ name: "A" }, { name: "B", width: 12, label: "Обучение" }],
		rows: [
			[1, "Алматы"],
			[2.5, ""],
			[null, "x"],
		],
		encode: codePage("windows-1251"),
		codePage: 1251,
	};
	const folder = fileURLToPath(new URL("../fixtures/read/", import.meta.url));
	return [
		...COMPRESSIONS.flatMap((compression) => [
			seed(`${compression}, little end first`, { ...EVERYTHING, compression, zlibBlock: 300 }),
			seed(`${compression}, big end first`, { ...EVERYTHING, compression, bigEndian: true }),
			seed(`${compression}, Windows-1251, rows not counted`, { ...latin, compression, claims: null }),
		]),
		...readdirSync(folder)
			.filter((name) => name.endsWith("sav"))
			.map((name) => ({ name, ending: "sav", bytes: readFileSync(folder + name) })),
	];
}
