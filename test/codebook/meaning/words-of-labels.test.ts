import { expect, test } from "vitest";
import { codebooks, compare, means, rates } from "../../../src/index.js";
import { run } from "../../cli/support.js";
import { file } from "../../support/survey.js";

const YEARS = "Сколько полных лет Вы работаете учителем?";
const REGION = "В каком регионе Вы живёте?";
const ACTIVITIES = ["курсы", "семинары", "наставничество"].map(
	(one) => `Участвовали ли Вы в мероприятиях: ${one}`,
);
const BARRIERS = ["уақыт", "қаржы", "қолдау"].map((one) => `Кәсіби дамуға кедергі: ${one}`);
const REGIONS = ["г. Астана", "г. Алматы", "Область Абай", "Область Жетісу"];

/** Sixty answers to questions of two languages. */
const survey = file(
	[
		[REGION, YEARS, ...ACTIVITIES, ...BARRIERS].join(","),
		...Array.from({ length: 60 }, (_, row) =>
			[
				REGIONS[row % 4],
				row % 31,
				...ACTIVITIES.map((_, place) => ((row + place) % 3 === 0 ? "Да" : "Нет")),
				...BARRIERS.map((_, place) => ((row + place) % 5 < 2 ? "Иә" : "Жоқ")),
			].join(","),
		),
		"",
	].join("\n"),
);

const codebook = file((await codebooks.draft(survey)).text, ".yaml");
const asked = { codebook, suppress: "none" as const };
const estimates = async (question: object) =>
	(await rates([survey], { ...asked, ...question })).estimates.map(({ item, group, estimate, n }) => ({
		...{ item, group, estimate, n },
	}));

test("topics go by words of their labels, whatever the ending", async () => {
	const { estimates: rows } = await rates([survey], { ...asked, topics: ["мероприятия"] });
	expect(new Set(rows.map(({ topic }) => topic))).toEqual(new Set(["uchastvovali-li-vy-v-meropriyatiyakh"]));
	const barriers = await estimates({ topics: ["кедергі"] });
	expect(barriers.map(({ item }) => item)).toEqual(expect.arrayContaining(["uaqyt", "qarzhy", "qoldau"]));
	await expect(rates([survey], { ...asked, topics: ["барьеры"] })).rejects.toThrow(/no topic "барьеры"/);
});

test("words that several topics have name them all and choose none", async () => {
	const text = file(
		[
			"Нужны ли курсы: очные,Нужны ли курсы: онлайн,Нужны ли курсы: летние,Были ли курсы: очные,Были ли курсы: онлайн,Были ли курсы: летние",
			...Array.from({ length: 30 }, (_, row) =>
				row % 2 === 0 ? "Да,Нет,Да,Нет,Да,Да" : "Нет,Да,Да,Да,Нет,Нет",
			),
			"",
		].join("\n"),
	);
	const own = file((await codebooks.draft(text)).text, ".yaml");
	const { code, err } = await run(["rates", text, "--codebook", own, "--topic", "курсы", "--lang", "ru"]);
	expect(code).toBe(2);
	expect(err).toContain(
		"запросу «курсы» соответствует тем: 2 — укажите что-то одно: nuzhny-li-kursy (Нужны ли курсы), byli-li-kursy (Были ли курсы)",
	);
});

test("groups and their values go by words of their labels, and a value of two names is not chosen", async () => {
	const [word, id] = await Promise.all(
		["регион", "v-kakom-regione-vy-zhivete"].map((by) => estimates({ by: [by] })),
	);
	expect(word).toEqual(id);
	const where = await rates([survey], { ...asked, where: ["регион=г. Астана"] });
	expect(where.settings.where).toEqual(["v-kakom-regione-vy-zhivete=g-astana"]);
	expect(where.estimates.map(({ n }) => n)).toEqual(where.estimates.map(() => 15));
	const said = async (value: string) =>
		(await run(["rates", survey, "--codebook", codebook, "--where", `регион=${value}`, "--lang", "ru"])).err;
	expect(await said("Астана")).toContain("возможно, g-astana («г. Астана»)?");
	expect(await said("Область")).toMatch(/нет значения «Область»/);
	const pairs = await compare([survey], { ...asked, between: "регион", topics: ["мероприятия"] });
	expect(pairs.comparisons.length).toBeGreaterThan(0);
});

test("a hint has each name once, with what it is called, and a question keeps its mark", async () => {
	const { err } = await run(["rates", survey, "--codebook", codebook, "--by", "zzz", "--lang", "ru"]);
	expect(err).toContain(`есть: v-kakom-regione-vy-zhivete (${REGION})`);
	expect(err.split("живёте").length - 1).toBe(1);
	expect(err).not.toContain("??");
	const near = await run([
		"rates",
		survey,
		"--codebook",
		codebook,
		"--by",
		"Сколько полных лет Вы работает учителем?",
	]);
	expect(near.err).toContain(`did you mean "${YEARS}"`);
	expect(near.err).not.toContain("??");
});

test.each([`"${YEARS}"`, '"Сколько полных лет…"', "skol-ko-polnykh-let-vy-rabotaete", "полных лет"])(
	"a definition has a name in any script, of the column %s",
	async (column) => {
		const define = [`Стаж-лет = band(${column}: 0-5, 6-15, 16-)`];
		const found = await estimates({ define, by: ["стаж-лет"], topics: ["мероприятия"] });
		// 0 to 30 and 0 to 28: twelve of 0 to 5, twenty of 6 to 15, the rest above.
		expect(found.slice(0, 3).map(({ group, n }) => [group["стаж-лет"], n])).toEqual([
			["0-5", 12],
			["6-15", 20],
			["16-plus", 28],
		]);
	},
);

test("a definition of answers has a name in any script, and a name of two words is refused", async () => {
	const define = ["хотя-бы-одно = any(kursy, seminary)"];
	const found = await estimates({ define, items: ["хотя-бы-одно"] });
	expect(found).toMatchObject([{ item: "хотя-бы-одно", n: 60, estimate: expect.closeTo(200 / 3, 10) }]);
	await expect(rates([survey], { ...asked, define: ["мой стаж = any(kursy, seminary)"] })).rejects.toThrow(
		/"мой стаж" is no name of letters, digits and hyphens/,
	);
});

test("means go by words of a measure's label", async () => {
	const { estimates } = await means([survey], { ...asked, variables: ["полных лет"] });
	expect(estimates[0]).toMatchObject({ item: "skol-ko-polnykh-let-vy-rabotaete", n: 60 });
});
