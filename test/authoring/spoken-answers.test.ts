import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { codebooks, doctor, rates } from "../../src/index.js";
import { run } from "../cli/support.js";
import { sav } from "../support/sav.js";
import { file } from "../support/survey.js";

/** A file of one column a question, whose answers go round, and a number a row, without which an empty row is none. */
const survey = (columns: Readonly<Record<string, readonly string[]>>, rows = 60) =>
	file(
		[
			["ID", ...Object.keys(columns)].join(","),
			...Array.from({ length: rows }, (_, row) =>
				[row, ...Object.values(columns).map((answers) => answers[row % answers.length])].join(","),
			),
			"",
		].join("\n"),
	);

async function drafted(path: string) {
	const draft = await codebooks.draft(path);
	const saved = file(draft.text, ".yaml");
	return { draft, saved, made: parse(draft.text) };
}

const figures = async (path: string) => {
	const { saved } = await drafted(path);
	const { estimates } = await rates([path], { codebook: saved });
	return estimates.map(({ estimate, se, n, coverage }) => ({ estimate, se, n, coverage }));
};

describe("yes and no beside what is no answer", () => {
	// How each answer is read: as a plain yes or no, as N/A, or as an empty cell.
	test.each<[string, Record<string, string>, string[]]>([
		["Да, Нет, Не знаю", { Да: "yes", Нет: "no", "Не знаю": "" }, ["Не знаю"]],
		["Затрудняюсь ответить", { Да: "yes", Нет: "no", "Затрудняюсь ответить": "" }, ["Затрудняюсь ответить"]],
		["Не применимо", { Да: "yes", Нет: "no", "Не применимо": "N/A" }, ["Не применимо"]],
		["Н/Д", { Да: "yes", Нет: "no", "Н/Д": "N/A" }, ["Н/Д"]],
		["two languages", { Иә: "yes", Да: "yes", Жоқ: "no", Нет: "no" }, []],
		["mixed case", { Да: "yes", да: "yes", Нет: "no" }, []],
		["mixed case, English", { Yes: "yes", yes: "yes", No: "no" }, []],
		["Don't know", { Yes: "yes", No: "no", "Don't know": "" }, ["Don't know"]],
		["Don’t know", { YES: "yes", No: "no", "Don’t know": "" }, ["Don’t know"]],
		[
			"prefer not to say",
			{ Yes: "yes", No: "no", "Prefer not to say": "", "Hard to say": "", "No answer": "" },
			["Prefer not to say", "Hard to say", "No answer"],
		],
		[
			"отказ",
			{ Да: "yes", Нет: "no", "Отказ от ответа": "", "Предпочитаю не отвечать": "", "Нет ответа": "" },
			["Отказ от ответа", "Предпочитаю не отвечать", "Нет ответа"],
		],
		[
			"қазақша",
			{ Иә: "yes", Жоқ: "no", Білмеймін: "", "Жауап беру қиын": "", "Жауап жоқ": "", "Қатысты емес": "N/A" },
			["Білмеймін", "Жауап беру қиын", "Жауап жоқ", "Қатысты емес"],
		],
	])("%s", async (_, meanings, without) => {
		const given = Object.keys(meanings);
		// Twice the first, so that yes and no are told apart by their shares.
		const answers = [given[0] as string, ...given];
		const plain = answers.map((text) => meanings[text] as string);
		const path = survey({ Курсы: answers });
		expect(await figures(path)).toEqual(await figures(survey({ Курсы: plain })));
		const { draft, made } = await drafted(path);
		expect(made.groups).toEqual({});
		for (const text of without) expect(draft.decisions.join("\n")).toContain(text);
		for (const [text, meaning] of Object.entries(meanings)) {
			const [set] = Object.values<{ missing?: Record<string, string> }>(made.answers);
			if (meaning === "N/A") expect(set?.missing?.[text]).toBe("not-applicable");
		}
	});

	test("labels of SPSS tell what codes mean, also where 1 is no", async () => {
		const codes = [2, 2, 1, 3];
		const path = file(
			sav({
				variables: [
					{
						name: "V1",
						width: 0,
						label: "Курсы",
						values: [
							[1, "Нет"],
							[2, "Да"],
							[3, "Не знаю"],
						],
					},
				],
				rows: Array.from({ length: 60 }, (_, row) => [codes[row % 4] as number]),
			}),
			".sav",
		);
		expect(await figures(path)).toEqual(await figures(survey({ V1: ["yes", "yes", "no", ""] })));
		const { draft } = await drafted(path);
		expect(draft.decisions).toEqual([expect.stringMatching(/^V1: 3 \(Не знаю\) taken for no answer/)]);
	});

	test("said on stderr and in the draft, in the reader's language", async () => {
		const path = survey({ Курсы: ["Да", "Нет", "Не знаю"] });
		const { err, out } = await run(["codebook", "init", path, "--lang", "ru"]);
		expect(err).toMatch(/^решено: Курсы: Не знаю\s— не ответ \(omitted\)/m);
		expect(out).toMatch(/^# Решено: Курсы: Не знаю\s— не ответ/m);
	});

	test("a scale and a group keep them as values", async () => {
		const { made } = await drafted(survey({ Курсы: ["Да", "Нет"], Опыт: ["мало", "много", "Не знаю"] }));
		expect(Object.values<{ values: object }>(made.groups)[0]?.values).toHaveProperty("ne-znayu");
	});

	test("another answer makes a group, which is said", async () => {
		const path = survey({ Курсы: ["Да", "Нет"], Ещё: ["Да", "Нет", "Частично"] });
		const { draft, made } = await drafted(path);
		expect(Object.values<{ variable: string }>(made.groups).map(({ variable }) => variable)).toEqual(["Ещё"]);
		expect(draft.decisions).toEqual([
			expect.stringMatching(/another answer \(Частично\) are groups and no items \(1\): Ещё;/),
		]);
	});

	test("in rows of a question another answer is not yes, which is said", async () => {
		const answers = ["Да", "Нет", "Частично"];
		const path = survey({ "Что [Курсы]": answers, "Что [Визиты]": answers });
		const { draft } = await drafted(path);
		expect((await figures(path)).map(({ estimate }) => estimate)).toEqual(
			[100 / 3, 100 / 3].map((x) => expect.closeTo(x, 9)),
		);
		expect(draft.decisions).toEqual([
			expect.stringMatching(/^Что: the percentages count these answers: Да; not these: Нет, Частично\./),
		]);
	});
});

describe("headings that begin with one question", () => {
	const asked = (mark: string, question: string, parts: readonly string[]) =>
		parts.map((part) => `${question}${mark}${part}?`);

	test.each([": ", " - ", " – ", " — ", " > "])("cut at %j", async (mark) => {
		const answers = ["Да", "Нет", "Да"];
		const first = asked(mark, "Участвовали ли Вы за последние 12 месяцев в следующем", [
			"коучинг",
			"курсы",
			"визиты",
		]);
		const second = asked(mark, "Помогло ли Вам", ["коучинг", "курсы", "визиты"]);
		const { made } = await drafted(
			survey(Object.fromEntries([...first, ...second].map((name) => [name, answers]))),
		);
		const topics = Object.values<{ question: string; items: Record<string, { label: { en: string } }> }>(
			made.topics,
		);
		expect(topics.map(({ question }) => question)).toEqual([
			"Участвовали ли Вы за последние 12 месяцев в следующем",
			"Помогло ли Вам",
		]);
		for (const { items } of topics) {
			expect(Object.keys(items)).toEqual(["kouching", "kursy", "vizity"]);
			expect(Object.values(items).map(({ label }) => label.en)).toEqual(["коучинг", "курсы", "визиты"]);
		}
	});

	test("a group and a number keep the whole heading", async () => {
		const { made } = await drafted(
			survey({
				Курсы: ["Да", "Нет"],
				"О Вас: регион?": ["Абай", "Алматы", "Астана"],
				"О Вас: стаж?": Array.from({ length: 20 }, (_, place) => String(place)),
				"О Вас: мастер?": ["Да", "Нет", "Нет"],
			}),
		);
		const labels = (of: object) =>
			Object.values<{ label: { en: string } }>({ ...of }).map(({ label }) => label.en);
		expect(labels(made.groups)).toEqual(["О Вас: регион?"]);
		expect(labels(made.measures)).toEqual(["О Вас: стаж?"]);
		expect(labels(made.topics)).toEqual(["Курсы", "О Вас"]);
		expect(labels(made.topics["o-vas"].items)).toEqual(["мастер"]);
	});

	test("two of them are no question", async () => {
		const { made } = await drafted(
			survey({ "Вы: курсы?": ["Да", "Нет"], "Вы: визиты?": ["Да", "Нет", "Нет"] }),
		);
		expect(Object.keys(Object.values<{ items: object }>(made.topics)[0]?.items ?? {})).toEqual([
			"vy-kursy",
			"vy-vizity",
		]);
	});
});

describe("the school in people's words", () => {
	const schools = Array.from({ length: 12 }, (_, place) => `Гимназия ${place}`);

	test.each(["Ваша школа", "Your school", "Мектебіңіз", "В какой школе Вы работаете?"])(
		"%s",
		async (name) => {
			const { draft, made } = await drafted(
				survey({ Курсы: ["Да", "Нет", "Да", "Нет", "Да"], [name]: schools }),
			);
			expect(made.ids).toEqual({});
			const line = draft.text.split("\n").find((text) => text.startsWith("# ids: "));
			expect(parse(line?.slice(2) ?? "")).toEqual({ ids: { school: name } });
			// As it says, in place of the next line.
			const own = draft.text.replace(`${line}\nids: {}\n`, `${line?.slice(2)}\n`);
			expect(own).not.toBe(draft.text);
			const path = survey({ Курсы: ["Да", "Нет", "Да", "Нет", "Да"], [name]: schools });
			const { estimates } = await rates([path], { codebook: file(own, ".yaml") });
			expect(estimates[0]?.schools).toBe(12);
		},
	);

	test.each([
		"В каком регионе находится Ваша школа?",
		"In which region is your school?",
		"Мектебіңіз орналасқан облыс",
	])("%s is its region", async (name) => {
		const { draft, made } = await drafted(survey({ Курсы: ["Да", "Нет", "Да"], [name]: schools }));
		expect(draft.text).not.toContain("looks like the school");
		expect(Object.values(made.groups)).toMatchObject([{ variable: name }]);
	});

	test.each([
		["Тип школы", ["городская", "сельская"]],
		["Учеников в школе", schools.map((_, place) => `${place}00`)],
	])("%s is none", async (name, answers) => {
		const { draft } = await drafted(survey({ Курсы: ["Да", "Нет", "Да", "Нет", "Да"], [name]: answers }));
		expect(draft.text).not.toContain("looks like the school");
	});
});

describe("what people type in several ways", () => {
	test("one region in several spellings is one value, which the draft says", async () => {
		const path = survey({
			Took: ["Да", "Нет", "Да"],
			Регион: ["г. Астана", "г. Астана", "Г.  АСТАНА", "Алматы"],
		});
		const { draft, made, saved } = await drafted(path);
		expect(draft.decisions).toEqual([
			'Регион: taken for one value each: "г. Астана" = "Г. АСТАНА"; if they are several, write a value for each',
		]);
		expect(made.groups.region.values).toMatchObject({
			"g-astana": { label: { en: "г. Астана" } },
			almaty: {},
		});
		const { estimates } = await rates([path], { codebook: saved, by: ["region"] });
		expect(estimates.map(({ n }) => n).toSorted()).toEqual([15, 45]);
		const { err } = await run(["codebook", "init", path, "--out", `${path}.yaml`, "--lang", "ru"]);
		expect(err).toMatch(/^решено: Регион: сочтено одним значением: "г\. Астана" = "Г\. АСТАНА"/m);
	});

	test("numbers with words in some cells are asked about, with how many and where", async () => {
		const years = Array.from({ length: 30 }, (_, year) => (year === 20 ? "30 лет" : `${year}`));
		const { draft, made } = await drafted(survey({ Took: ["Да", "Нет", "Да"], Стаж: years }));
		expect(made.measures).toBeUndefined();
		expect(draft.questions).toEqual([
			'Стаж holds numbers, but 2 cells are none: "30 лет" (22) (text and line); correct them in the file and draft anew, as nothing is made of this column now',
		]);
	});

	test("questions with one scale are called by the words they begin with, else by a word of each language", async () => {
		const scale = ["Согласен", "Не согласен", "Полностью согласен", "Совсем не согласен"];
		const topics = async (names: readonly string[]) =>
			Object.values(
				(await drafted(survey(Object.fromEntries(names.map((name) => [name, scale]))))).made.topics,
			);
		expect(
			await topics([
				"Вы нуждаетесь в повышении квалификации по ИКТ",
				"Вы нуждаетесь в повышении квалификации по языкам",
			]),
		).toMatchObject([{ label: { en: "Вы нуждаетесь в повышении квалификации по …" } }]);
		expect(await topics(["Мне нравится работа", "Здесь хорошие курсы"])).toMatchObject([
			{ label: { ru: "Вопросы" }, title: { ru: "Вопросы: {yes}", kk: "Сұрақтар: {yes}" } },
		]);
	});

	test("a file of nobody's survey: the command that drafts a codebook for it", async () => {
		const path = survey({ Курсы: ["Да", "Нет", "Да"] });
		const name = basename(path);
		const { err } = await run(["rates", path]);
		expect(err).toContain(`talis-pd codebook init ${name} --out ${name.replace(".csv", ".yaml")}`);
	});
});

describe("what is left to decide, or is not used, when codebook and file are held together", () => {
	const codes = async (path: string, codebook: string) =>
		(await codebooks.check(path, codebook)).findings.map(({ severity, code, column }) => [
			severity,
			code,
			column,
		]);
	const took = ["Да", "Нет", "Да"];

	test("a weight that last year's file did not have", async () => {
		const { saved } = await drafted(survey({ Курсы: took }));
		const weighted = survey({ Курсы: took, Вес: ["1.5", "2.25", "0.5"] });
		expect(await codes(weighted, saved)).toEqual([["warning", "unused-weight", "Вес"]]);
		expect(await codes(weighted, (await drafted(weighted)).saved)).toEqual([]);
		const { out } = await run(["codebook", "check", weighted, "--codebook", saved, "--lang", "ru"]);
		expect(out).toMatch(/Вес похож на вес[\s\S]*weight: Вес/);
	});

	test("a scale of which nobody has said what counts", async () => {
		const scale = ["эээ", "ооо", "ууу"];
		const path = survey({ "Вопрос [первый]": scale, "Вопрос [второй]": scale, Курсы: took });
		const { saved, draft } = await drafted(path);
		expect(draft.questions).toHaveLength(1);
		expect(await codes(path, saved)).toEqual([["warning", "undecided", "answers.scale"]]);
		const decided = file(draft.text.replace(/yes: \[ "\?" \]/, "yes: [ ооо ]"), ".yaml");
		expect(await codes(path, decided)).toEqual([]);
	});

	test("Kazakh letters that another encoding made question marks, in heads and answers; questions are none", async () => {
		const named = async (head: string, answers: readonly string[]) => {
			const path = survey({ [head]: answers, Курсы: took });
			const { findings } = await doctor(path, { codebook: (await drafted(path)).saved });
			return findings.map(({ code, rows }) => [code, rows]);
		};
		expect(await named("К?сіби даму", took)).toEqual([["encoding-lost", 1]]);
		expect(await named("Қала", ["?ызылорда", "Т?ркістан", "Алматы"])).toContainEqual(["encoding-lost", 40]);
		expect(await named("Курсы? Какие?", ["Да?Нет", "Что ? где", "Алматы (?)"])).toEqual([]);
	});
});

test.each(["ru", "kk"])("labels in %s alone serve", async (language) => {
	const path = survey({ Курсы: ["Да", "Нет", "Да"] });
	const { draft } = await drafted(path);
	const codebook = file(draft.text.replaceAll(/\ben: ([^,}]+) }/g, `${language}: $1 }`), ".yaml");
	const { err, code } = await run(["rates", path, "--codebook", codebook, "--lang", language]);
	expect([code, err]).toEqual([0, expect.not.stringContaining("label.en")]);
	const { estimates } = await rates([path], { codebook, language: "en" });
	expect(estimates[0]?.label).toBe("Курсы");
});
