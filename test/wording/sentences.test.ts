import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { codebooks, samplePath } from "../../src/index.js";
import { configTemplate } from "../../src/report.js";
import { sentencesIn } from "../../src/wording/sentences.js";
import { root } from "../support/golden.js";
import { file } from "../support/survey.js";

const FORM =
	"Coaching,Courses,Useful,Sex,Weight\nyes,no,1,f,1.5\nno,yes,2,m,2.5\nyes,yes,3,f,1.5\nyes,,4,m,1.5\nno,no,9,f,2.5\n";
const commentsOf = (text: string) => text.match(/^ *# .*$/gm) ?? [];
const keysOf = (kind: string, language: string) =>
	Object.keys(JSON.parse(readFileSync(join(root, `data/${kind}/${language}.json`), "utf8")));

test("both languages have the same sentences, and keep what is put in", () => {
	expect(keysOf("drafts", "ru")).toEqual(keysOf("drafts", "kk"));
	for (const language of ["kk", "ru"] as const) {
		const texts: Record<string, string> = JSON.parse(
			readFileSync(join(root, `data/drafts/${language}.json`), "utf8"),
		);
		for (const [english, text] of Object.entries(texts)) {
			for (const word of english.match(/\{\w+\}|--[a-z]+|\b[A-Z]{4,}\b|\bemptyCells: \w+|\[.*?\]|\{ .*\}/g) ??
				[]) {
				expect(text, english).toContain(word);
			}
		}
	}
});

test("names in a sentence are put where its translation has them, and may be sentences", () => {
	const said = sentencesIn("errors", "ru");
	expect(said('there is no item "a.*b"')).toBe("нет показателя «a.*b»");
	expect(said("cannot be written: the disk is full")).toBe("не записывается: на диске нет места");
	expect(said("what nobody says")).toBe("what nobody says");
	// Whoever tried all ways to set the names apart would not come to an end.
	const long = " is for csv; ".repeat(100_000);
	expect(said(`there is no item "${long}"`)).toBe(`нет показателя «${long}»`);
	expect(sentencesIn("errors", "en")('there is no item "x"')).toBe('there is no item "x"');
});

describe.each(["kk", "ru"] as const)("drafts in %s", (language) => {
	test("of codebooks differ from the English one in their comments alone", async () => {
		const path = file(FORM);
		const [english, own] = [await codebooks.draft(path), await codebooks.draft(path, { language })];
		expect(parse(own.text)).toEqual(parse(english.text));
		const same = commentsOf(own.text).filter((line) => !/[а-яә]/i.test(line) && !line.includes("label:"));
		expect(same).toEqual([]);
		expect(commentsOf(own.text).length).toBeGreaterThan(8);
	});

	test("of reports differ from the English one in their comments, and by the language that comes first", async () => {
		for (const subject of [{}, { data: [samplePath()] }]) {
			const english = await configTemplate("report.yaml", subject);
			const own = await configTemplate("report.yaml", { ...subject, language });
			const languages = [language, ...["en", "kk", "ru"].filter((other) => other !== language)];
			expect(parse(own)).toEqual({ ...parse(english), languages });
			// Keys that show what they would be stay as they are.
			const same = commentsOf(own).filter(
				(line) => !/[а-яә]/i.test(line) && !/^# (- \{|[\w-]+:|[\w-]+, )/.test(line),
			);
			expect(same).toEqual([]);
			expect(commentsOf(own).length).toBe(commentsOf(english).length);
		}
	});
});

test.each(["kk", "ru"] as const)("all that stands over a draft is in %s", async (language) => {
	const rows = Array.from({ length: 40 }, (_, row) => {
		const times = [`2026-03-01T10:${10 + row}:00`, `2026-03-01T11:${10 + row}:00`];
		const scale = ["never", "sometimes", "often", "always"][row % 4];
		return [...times, row % 2, row % 3 ? 1 : 0, scale, `тұр ${row}`, 1000 + row, `uuid-${row}`].join();
	});
	const path = file(`start,end,Қ/Коучинг,Қ/Курс,Қаншалықты жиі,Түсініктеме,_id,_uuid\n${rows.join("\n")}\n`);
	const { text } = await codebooks.draft(path, { language });
	const head = text.slice(0, text.indexOf("\nid:"));
	const kept =
		/talis-pd [a-z -]+(FILE --codebook THIS_FILE)?|survey-?\d*\.csv|\S+\.csv|\b(start|end|_id|_uuid|never|sometimes|often|always|yes|values|missing|answers\.[a-z]+)\b/g;
	expect(head.replace(kept, "").match(/[A-Za-z]{2,}/g)).toBeNull();
	expect(head).toContain("_uuid");
});

test.each(["kk", "ru"] as const)(
	"all that is decided of the shipped samples is said in %s",
	async (language) => {
		for (const name of ["kazakhstan-2018", "talis-2024", "national-pd-survey"]) {
			const path = join(root, `data/samples/synthetic-${name}.csv`);
			const { decisions, questions, leftOut } = await codebooks.draft(path, { language });
			const said = [...decisions, ...questions, ...leftOut];
			expect(said.length).toBeGreaterThan(0);
			expect(said.filter((line) => /\b(the|and|of|is|are|taken|with|who)\b/.test(line))).toEqual([]);
		}
	},
);
