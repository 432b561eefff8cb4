import { describe, expect, test } from "vitest";
import { inOrderOfMeaning, understandScale } from "../../src/authoring/scale-order.js";
import { LANGUAGES } from "../../src/wording/languages.js";
import { stepsOf } from "../../src/wording/recognised-words.js";

test.each<[string, readonly string[]]>([
	["agreement", ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]],
	["frequency", ["Never", "Almost never", "Rarely", "Sometimes", "Often", "Always"]],
	["extent", ["Not at all", "To some extent", "Quite a bit", "A lot"]],
	["need", ["No need at present", "Low level of need", "Moderate level of need", "High level of need"]],
	["quality", ["Very poor", "Poor", "Fair", "Good", "Very good", "Excellent"]],
	["satisfaction", ["Very dissatisfied", "Dissatisfied", "Satisfied", "Very satisfied"]],
	[
		"согласие",
		["Полностью не согласен", "Не согласен", "Затрудняюсь ответить", "Согласен", "Полностью согласен"],
	],
	["частота", ["Никогда", "Редко", "Иногда", "Часто", "Всегда"]],
	["мера", ["Совсем не", "В некоторой степени", "В значительной степени", "В очень большой степени"]],
	["келісу", ["Мүлдем келіспеймін", "Келіспеймін", "Бейтарап", "Келісемін", "Толық келісемін"]],
	["жиілік", ["Ешқашан", "Сирек", "Кейде", "Жиі", "Әрдайым"]],
	["деңгей", ["Төмен", "Орта", "Жоғары"]],
])("answers of %s stand in the order of their meaning", (_, scale) => {
	expect(inOrderOfMeaning(scale.toSorted())).toEqual(scale);
	expect(inOrderOfMeaning(scale.toReversed())).toEqual(scale);
});

test("what is of no one scale has no such order", () => {
	expect(inOrderOfMeaning(["Never", "Good", "Agree"])).toBeUndefined();
	expect(inOrderOfMeaning(["Almaty", "Astana"])).toBeUndefined();
	// Two answers for one step.
	expect(inOrderOfMeaning(["Often", "Frequently", "Never"])).toBeUndefined();
});

test("every language has all steps", () => {
	for (const scale of ["degree", "frequency", "level", "quality"]) {
		const steps = LANGUAGES.map((one) => stepsOf(one, `scale-${scale}`).length);
		expect(new Set(steps).size, scale).toBe(1);
	}
});

/** Answers from the lowest to the highest; those after the stroke count. */
const COUNTED = {
	en: [
		"Strongly disagree, Disagree | Agree, Strongly agree",
		"Strongly disagree, Somewhat disagree, Neutral | Somewhat agree, Strongly agree",
		"Completely disagree, Disagree, Slightly disagree | Slightly agree, Agree, Completely agree",
		"Very dissatisfied, Dissatisfied, Neither satisfied nor dissatisfied | Satisfied, Very satisfied",
		"Not satisfied, Somewhat satisfied | Satisfied, Very satisfied",
		"Not at all important, Not very important, Somewhat important | Important, Extremely important",
		"Of no importance, Of low importance, Of moderate importance | Of high importance",
		"No need at present, Low level of need, Moderate level of need | High level of need",
		"I do not need it, Not really | I rather need it, I need it very much",
		"Not at all, To some extent | Quite a bit, A lot",
		"Does not hinder at all, Hinders somewhat | Hinders, Hinders a lot",
		"No, Partly | Yes",
		"Definitely not, Probably not | Probably yes, Definitely yes",
		"Never or almost never, Occasionally | Frequently, Always",
		"Never, Rarely, Sometimes | Often, Very often, Almost always",
		"Poor, Fair | Good, Very good, Excellent",
	],
	kk: [
		"Мүлдем келіспеймін, Келіспеймін | Келісемін, Толығымен келісемін",
		"Толығымен келіспеймін, Келіспеймін, Бейтарап | Келісемін, Толығымен келісемін",
		"Мүлдем келіспеймін, Ішінара келіспеймін | Ішінара келісемін, Толық келісемін",
		"Мүлдем қанағаттанбаймын, Қанағаттанбаймын | Қанағаттанамын, Өте қанағаттанамын",
		"Мүлдем қажет емес, Онша қажет емес | Қажет, Өте қажет",
		"Маңызды емес, Біршама маңызды | Маңызды, Өте маңызды",
		"Қажеттілік жоқ, Төмен қажеттілік, Орташа қажеттілік | Жоғары қажеттілік",
		"Төмен деңгейде, Орташа деңгейде | Жоғары деңгейде, Өте жоғары деңгейде",
		"Мүлдем кедергі келтірмейді, Аздап кедергі келтіреді | Кедергі келтіреді, Қатты кедергі келтіреді",
		"Әсер етпейді, Белгілі бір дәрежеде әсер етеді | Айтарлықтай әсер етеді",
		"Мүлдем, Белгілі бір дәрежеде | Едәуір дәрежеде, Өте жоғары дәрежеде",
		"Жоқ, Ішінара | Иә",
		"Жоқ, Жартылай | Иә, Толықтай",
		"Ешқашан, Сирек, Кейде | Жиі, Әрқашан",
		"Ешқашан, Анда-санда | Жиі, Үнемі",
		"Нашар, Қанағаттанарлық | Жақсы, Өте жақсы",
	],
	ru: [
		"Полностью не согласен, Скорее не согласен | Скорее согласен, Полностью согласен",
		"Совершенно не согласен, Не согласен, Затрудняюсь ответить | Согласен, Полностью согласен",
		"Категорически не согласна, Не согласна | Согласна, Абсолютно согласна",
		"Не согласен(на), Частично согласен(на) | Согласен(на)",
		"Не согласен, Ни согласен, ни не согласен | Согласен",
		"Скорее нет, чем да | Скорее да, чем нет",
		"Нет, Скорее нет | Скорее да, Да",
		"Нет, Частично | Да, полностью",
		"Совсем не нуждаюсь, Скорее не нуждаюсь | Скорее нуждаюсь, Очень нуждаюсь",
		"Нет потребности, Низкая потребность, Средняя потребность | Высокая потребность",
		"Не нуждаюсь, Низкий уровень, Средний уровень | Высокий уровень",
		"Совсем не мешает, Мешает в некоторой степени | Мешает, Сильно мешает",
		"Не мешает, Немного мешает | Значительно мешает, Очень сильно мешает",
		"Не влияет, Слабо влияет | Влияет, Сильно влияет",
		"Совсем не важно, Не очень важно | Важно, Очень важно",
		"Очень недоволен, Недоволен | Доволен, Очень доволен",
		"Не удовлетворён, Скорее не удовлетворён | Скорее удовлетворён, Полностью удовлетворён",
		"Совсем нет, В некоторой степени | В значительной степени, В очень большой степени",
		"Никогда, Редко, Иногда | Часто, Всегда",
		"1 – Плохо, 2 – Удовлетворительно | 3 – Хорошо, 4 – Отлично",
	],
};

describe.each(Object.entries(COUNTED))("which answers of a scale count, %s", (_, scales) => {
	test.each(scales)("%s", (scale) => {
		const cut = (side: string) => side.split(/, (?=\p{Lu}|\d)/u).map((answer) => answer.trim());
		const [low = [], counted = []] = scale.split(" | ").map(cut);
		const order = [...low, ...counted];
		expect(understandScale(order.toSorted())).toEqual({ order, counted });
		expect(understandScale(order.toReversed())).toEqual({ order, counted });
	});
});

describe("a scale that is not understood", () => {
	test.each([
		["words that nobody knows", ["Согласен", "Не согласен", "Смотря какой курс"]],
		["a condition beside the words", ["Agree", "Disagree", "Agree, but only for beginners"]],
		["numbers", ["1", "2", "3", "4"]],
		["numbers with words at the ends", ["1 совсем не", "2", "3", "4 полностью"]],
		["two scales", ["Never", "Sometimes", "Agree"]],
		["two degrees", ["Очень скорее согласен", "Не согласен"]],
		["one answer", ["Согласен"]],
	])("%s", (_, answers) => {
		expect(understandScale(answers)).toBeUndefined();
	});

	test("has no upper side where nobody gave such an answer", () => {
		expect(understandScale(["Disagree", "Strongly disagree"])?.counted).toEqual([]);
	});
});

test("answers in two languages stand together, and no answer stands last", () => {
	expect(understandScale(["Келісемін", "Не знаю", "Согласен", "Не согласен", "Келіспеймін"])).toEqual({
		order: ["Не согласен", "Келіспеймін", "Келісемін", "Согласен", "Не знаю"],
		counted: ["Келісемін", "Согласен"],
	});
});
