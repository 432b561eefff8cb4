import type { Comparison, Group, Labels, ResultSet } from "../../src/results/result-set.js";
import type { Language } from "../../src/wording/locale.js";
import { hidden, locale, makeResults } from "./fixtures.js";
import topics from "./topics.json" with { type: "json" };

/** What the examples are written in. */
type Spoken = keyof typeof topics;

const SYSTEMS =
	"AE AU AT BE BG BR CA CL CO CN CY CZ DK GB ES EE FI FR GE HR HU IS IL IT JP KZ KR LT LV MX MT NL NO NZ PT RO RU SA SG SK SI SE TR TW US VN ZA AR";
const GENDERS = {
	en: { female: "Female", male: "Male" },
	kk: { female: "Әйел", male: "Ер" },
	ru: { female: "Женщины", male: "Мужчины" },
};

const countries = (codes: string) => codes.split(" ").map((country) => ({ country }));

function labels(language: Language, codes = "KZ"): Labels {
	const { region } = locale(language);
	const { activities, focus, bases } = topics[language as Spoken];
	return {
		topics: { activities, focus },
		bases,
		groups: {
			country: {
				label: "Country",
				values: {
					...Object.fromEntries(codes.split(" ").map((code) => [code, region(code)])),
					"average:oecd-31": "OECD average-31",
				},
			},
			gender: { label: "Gender", values: GENDERS[language as Spoken] },
		},
	};
}

const activities = (language: Language) => ({
	key: "activities",
	items: topics[language as Spoken].activities.items,
});
const focus = (language: Language) => ({
	key: "focus",
	items: topics[language as Spoken].focus.items,
	base: "participants" as const,
});

/** One system, ten activities and any of them. */
export function oneGroup(language: Language): ResultSet {
	return makeResults({
		topics: [activities(language)],
		groups: countries("KZ"),
		labels: labels(language),
	});
}

/** Three systems, two topics on two bases. */
export function threeGroups(language: Language): ResultSet {
	return makeResults({
		topics: [activities(language), focus(language)],
		groups: countries("FR IT MX"),
		labels: labels(language, "FR IT MX"),
		synthetic: false,
	});
}

export function genders(language: Language): ResultSet {
	return makeResults({
		topics: [activities(language)],
		groups: [
			{ country: "KZ", gender: "female" },
			{ country: "KZ", gender: "male" },
		],
		labels: labels(language),
	});
}

export function sixGroups(language: Language): ResultSet {
	return makeResults({
		topics: [activities(language)],
		groups: [...countries("FR IT MX KZ FI"), { country: "average:oecd-31" }],
		labels: labels(language, "FR IT MX KZ FI"),
	});
}

export function manySystems(language: Language): ResultSet {
	return makeResults({
		topics: [activities(language)],
		groups: [...countries(SYSTEMS), { country: "average:oecd-31" }],
		labels: labels(language, SYSTEMS),
		change: (_, index) => (index % 97 === 5 ? hidden("few-teachers") : {}),
	});
}

/** Just too many systems for one panel. */
export function sevenGroups(language: Language): ResultSet {
	const { key, items } = activities(language);
	const codes = "FR IT MX KZ FI JP GE";
	return makeResults({
		topics: [{ key, items: { network: items.network, other: items.other } }],
		groups: countries(codes),
		labels: labels(language, codes),
	});
}

/** One item in many systems. */
export function oneItem(language: Language): ResultSet {
	const { key, items } = activities(language);
	return makeResults({
		topics: [{ key, items: { network: items.network } }],
		groups: countries(SYSTEMS),
		labels: labels(language, SYSTEMS),
	});
}

/** Many systems by gender: gender stays as two series in every row. */
export function systemsByGender(language: Language): ResultSet {
	const groups: Group[] = countries("FR IT MX KZ FI JP").flatMap((group) => [
		{ ...group, gender: "female" },
		{ ...group, gender: "male" },
	]);
	return makeResults({
		topics: [activities(language), focus(language)],
		groups,
		labels: labels(language, "FR IT MX KZ FI JP"),
	});
}

/** Every reason to hide a value, and a value that is shown in spite of one. */
export function hiddenRows(language: Language): ResultSet {
	const reasons = [
		"few-teachers",
		"few-schools",
		"low-response",
		"not-administered",
		"no-data",
		"protected",
	] as const;
	return makeResults({
		topics: [activities(language)],
		groups: countries("FR IT"),
		labels: labels(language, "FR IT"),
		change: (_, index) => {
			const reason = reasons[index - 7];
			if (index === 4) return { status: "few-teachers", n: 21 };
			return reason === undefined ? {} : hidden(reason, reason === "not-administered" ? 0 : 12);
		},
	});
}

/** Two cycles of a result: changes that are and are not significant, one that may not be told, and hidden sides. */
export function twoCycles(results: ResultSet): ResultSet {
	const comparisons = results.estimates.map((row, index): Comparison => {
		const { estimate, se, n, topic, item, variable, label, group, base, statistic } = row;
		const status = (["ok", "ok", "not-comparable", "suppressed", "suppressed"] as const)[index] ?? "ok";
		const side = (value: number | null) => ({ estimate: value, se: value === null ? null : se, n });
		const before = Math.min(99, Math.max(1, (estimate ?? 0) - 9 + 3 * (index % 12)));
		const difference = status === "ok" ? (estimate ?? 0) - before : null;
		const p = difference === null ? null : Math.abs(difference) > 4 ? 0.001 : 0.4;
		return {
			...{ topic, item, variable, label, group, base, statistic, status, difference, p, pAdjusted: p },
			between: { variable: "cycle", a: "2024", b: "2018" },
			kind: "independent",
			a: side(index === 3 || index === 4 ? null : estimate),
			b: side(index === 4 ? null : before),
			...{ se: null, ciLow: null, ciHigh: null, t: null, df: null },
		};
	});
	return {
		...results,
		kind: "compare",
		settings: { level: 0.95, ci: "logit", adjust: "holm", cycle: 2024 },
		comparisons,
	};
}

export const trend = (language: Language) => twoCycles(oneGroup(language));
export const trendOfSystems = (language: Language) => twoCycles(oneItem(language));

export const HOSTILE = [
	"</script><script>alert('x')</script>",
	`"quoted" & 'single' <b>bold</b> \\" \\\\ \\u0022`,
	"Emoji 🎓👩🏽‍🏫 and  spaces\nand a line break",
	"ұйымдастырушылықғылымиәдістемелікқамтамасыз".repeat(5).slice(0, 200),
	"datum.value]; alert(1) // ' + \u2028",
	"",
	"👩‍🏫👍🏿❤️ 1️⃣ 🏳️‍🌈 🇰🇿 сурет пен әріп аралас ұзын жол, екінші қатарға көшетін 📚 белгілермен",
	"საქართველო, المملكة العربية السعودية, 中国, भारत",
];

export function hostileLabels(): ResultSet {
	const items = Object.fromEntries(HOSTILE.map((label, index) => [`item-${index}`, label]));
	return makeResults({
		topics: [{ key: "</script><b>", items }],
		groups: [{ country: "</script><i>" }, { country: `"'&` }],
		title: "<script>alert(1)</script> & co",
	});
}

export const EXAMPLES = {
	oneGroup,
	threeGroups,
	genders,
	sixGroups,
	manySystems,
	sevenGroups,
	oneItem,
	systemsByGender,
	hiddenRows,
	hostileLabels,
};
