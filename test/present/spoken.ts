import type { Labels } from "../../src/results/result-set.js";
import type { Language } from "../../src/wording/locale.js";

/** What the fixtures are written in. */
type Spoken = "en" | "kk" | "ru";

type Words = Record<Spoken, string>;

/** Labels of the fixtures as the codebook has them: long enough to be cut in every language. */
const ITEMS: Record<string, Words> = {
	courses: {
		en: "In-person courses or seminars",
		kk: "Бетпе-бет курстар мен семинарлар",
		ru: "Очные курсы и семинары",
	},
	qualification: {
		en: "Formal qualification programme (e.g. a degree programme)",
		kk: "Біліктілік немесе дәреже беретін бағдарлама",
		ru: "Программа с присвоением квалификации или степени",
	},
	coaching: {
		en: "Peer or self-observation and coaching at school",
		kk: "Мектептегі өзара және өзін-өзі бақылау, коучинг",
		ru: "Взаимо- и самонаблюдение, коучинг в школе",
	},
	reading: {
		en: "Reading professional literature",
		kk: "Кәсіби әдебиет оқу",
		ru: "Чтение профессиональной литературы",
	},
	other: { en: "Other activities", kk: "Басқа іс-шаралар", ru: "Другие мероприятия" },
	types: { en: "Number of kinds of activity", kk: "Іс-шара түрлерінің саны", ru: "Число видов мероприятий" },
	subject: {
		en: "Knowledge of the subject",
		kk: "Пән бойынша білім мен түсінік",
		ru: "Знание и понимание предмета",
	},
	"special-needs": {
		en: "Teaching students with special needs",
		kk: "Ерекше қажеттілігі бар оқушыларды оқыту",
		ru: "Обучение учащихся с особыми потребностями",
	},
	ict: {
		en: "ICT skills for teaching",
		kk: "Оқытуға арналған АКТ дағдылары",
		ru: "Навыки использования ИКТ в преподавании",
	},
	satisfaction: { en: "Job satisfaction", kk: "Жұмысқа қанағаттану", ru: "Удовлетворённость работой" },
	"self-efficacy": {
		en: "Teacher self-efficacy, overall",
		kk: "Мұғалімнің өз тиімділігіне сенімі, жалпы",
		ru: "Самоэффективность учителя, общая",
	},
};

const TOPICS: Record<string, { label: Words; title: Words }> = {
	activities: {
		label: { en: "Activities", kk: "Іс-шаралар", ru: "Мероприятия" },
		title: {
			en: "Teachers who took part in each kind of professional development, last 12 months",
			kk: "Соңғы 12 айда кәсіби даму іс-шараларына қатысқан мұғалімдер, түрлері бойынша",
			ru: "Учителя, участвовавшие в мероприятиях профессионального развития за последние 12 месяцев, по видам",
		},
	},
	measures: {
		label: { en: "Measures", kk: "Көрсеткіштер", ru: "Показатели" },
		title: { en: "Measures", kk: "Көрсеткіштер", ru: "Показатели" },
	},
};

const GROUPS: Record<string, { label: Words; values: Record<string, Words> }> = {
	country: {
		label: { en: "Country", kk: "Ел", ru: "Страна" },
		values: {
			KAZ: { en: "Kazakhstan", kk: "Қазақстан", ru: "Казахстан" },
			FRA: { en: "France", kk: "Франция", ru: "Франция" },
			ITA: { en: "Italy", kk: "Италия", ru: "Италия" },
			"average:oecd-30": { en: "OECD average-30", kk: "ЭЫДҰ орташасы-30", ru: "Среднее ОЭСР-30" },
		},
	},
	gender: {
		label: { en: "Gender", kk: "Жынысы", ru: "Пол" },
		values: {
			female: { en: "Female", kk: "Әйелдер", ru: "Женщины" },
			male: { en: "Male", kk: "Ерлер", ru: "Мужчины" },
		},
	},
	age: {
		label: { en: "Age", kk: "Жасы", ru: "Возраст" },
		values: {
			"under-30": { en: "Under 30", kk: "30 жасқа дейін", ru: "До 30 лет" },
			"30-49": { en: "30–49", kk: "30–49 жас", ru: "30–49 лет" },
			"50-plus": { en: "50 and over", kk: "50 жас және одан үлкен", ru: "50 лет и старше" },
		},
	},
	item: { label: { en: "Item", kk: "Тармақ", ru: "Пункт" }, values: ITEMS },
};

const BASES: Record<string, Words> = {
	all: { en: "all teachers", kk: "барлық мұғалімдер", ru: "все учителя" },
	participants: {
		en: "teachers who took part in an activity",
		kk: "іс-шараға қатысқан мұғалімдер",
		ru: "учителя, участвовавшие в мероприятиях",
	},
};

export function itemLabel(item: string, language: Language): string {
	return ITEMS[item]?.[language as Spoken] ?? item;
}

/** Names of everything the fixtures mention. */
export function labels(language: Language): Labels {
	const spoken = (words: Record<string, Words>) =>
		Object.fromEntries(Object.entries(words).map(([id, word]) => [id, word[language as Spoken]]));
	return {
		topics: Object.fromEntries(
			Object.entries(TOPICS).map(([id, { label, title }]) => [
				id,
				{ label: label[language as Spoken], title: title[language as Spoken] },
			]),
		),
		bases: spoken(BASES),
		groups: Object.fromEntries(
			Object.entries(GROUPS).map(([id, { label, values }]) => [
				id,
				{ label: label[language as Spoken], values: spoken(values) },
			]),
		),
	};
}
