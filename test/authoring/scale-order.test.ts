import { expect, test } from "vitest";
import { inOrderOfMeaning } from "../../src/authoring/scale-order.js";
import { LANGUAGES } from "../../src/wording/languages.js";
import { loadLocale } from "../../src/wording/locale.js";

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
	for (const scale of ["agreement", "frequency", "extent", "level", "quality"]) {
		const steps = LANGUAGES.map((one) => loadLocale(one).text(`words.scale-${scale}`).split("/").length);
		expect(new Set(steps).size, scale).toBe(1);
	}
});
