import { once } from "../base/once.js";
import type { NoAnswer } from "../codebook/definition/schema.js";
import { foldCase } from "../codebook/meaning/answers.js";
import { recognisedWords, wordPairs } from "../wording/recognised-words.js";

type Pair = [yes: string, no: string];

/** Yes and no as surveys write them: in codes, which mean so only as a pair, and in words of all languages. */
const CODES: readonly Pair[] = [
	["1", "0"],
	["1", "2"],
];
const words = once((): Pair[] => wordPairs("yes-no"));

/** Cells that say there is no answer, beside the usual codes. */
const NO_ANSWER = /^(n\/?a|nan|null|none given|-{1,2}|\.|[6-9]|9[6-9]|99[6-9]|-[1-9]|-9[6-9]|-99)$/i;

/** Columns that survey tools add, whatever their language. */
const SERVICE =
	"id|id\\. response id|submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|interviewtime" +
	"|responseid|recordeddate|enddate|distributionchannel|userlanguage|externalreference|duration \\(in seconds\\)" +
	"|recipient(lastname|firstname|email)|location(latitude|longitude)" +
	"|collector id|(first|last) name|custom data( \\d+)?|redcap_\\w+|\\w+_timestamp" +
	"|(submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl)\\. .*";

/** REDCap's name of the column with a form's state. */
const FORM = /(_complete|^complete\?( #\d+)?)$/i;

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]|$)/;

/** A regular expression with the words of all languages in it, which is made when it is first asked for. */
function spoken(source: () => string): () => RegExp {
	return once(() => new RegExp(source(), "iu"));
}

const WORD = { start: "(^|[^\\p{L}])", end: "($|[^\\p{L}])" };
const patterns = {
	service: spoken(() => `^(${SERVICE}|${recognisedWords("service")}|${recognisedWords("submitted")})$`),
	weight: spoken(
		() =>
			`${WORD.start}(${recognisedWords("weight")}|wgt|wt|pw|finalwt|pweight)${WORD.end}|(wgt|weight)$|\\wwt$|^w$`,
	),
	stratum: spoken(() => `^(${recognisedWords("stratum")})(_?id)?$`),
	school: spoken(() => {
		const school = recognisedWords("school-part");
		return [
			`^(${recognisedWords("school")}|idsch(ool)?)$`,
			`(${school}).{0,12}(id|№|${recognisedWords("number")})`,
			`(^id|№|${recognisedWords("number-first")}).{0,6}(${school})`,
		].join("|");
	}),
	teacher: spoken(() => `^(${recognisedWords("teacher")}|idteach|teacher_?id|case_?id|record[ _]id)$`),
	gender: spoken(() => recognisedWords("gender")),
	/** By which a survey tool says when a form was sent off: each row is one that was. */
	submitted: spoken(() => `^(${recognisedWords("submitted")})$`),
	/** Answers at the upper end of a scale. */
	high: spoken(() => `^(${recognisedWords("high")})`),
	/** What people write or tick instead of an answer. */
	noAnswer: spoken(() => `^[([]?(na|${recognisedWords("no-answer")})[)\\].]?$`),
	// Without its slash NA is what R writes for an empty cell.
	notApplicable: spoken(() => `^[([]?(n\\/a|${recognisedWords("not-applicable")})[)\\].]?$`),
	/** The teacher's school, asked for in words, and other properties of schools. */
	ownSchool: spoken(() => `${WORD.start}(${recognisedWords("own-school")})`),
	ofSchool: spoken(() => `${WORD.start}(${recognisedWords("school-part")})`),
	/** The first word of a row of totals. */
	total: spoken(() => `^(${recognisedWords("total")})[\\s:.]*$`),
	/** Questions that are answered with a number. */
	quantity: spoken(() => `${WORD.start}(${recognisedWords("quantity")})${WORD.end}|%`),
	/** Location of a school or a teacher. */
	region: spoken(() => `${WORD.start}(${recognisedWords("region")})${WORD.end}`),
	/** The free text beside an answer that is "other". */
	specify: spoken(
		() =>
			`${WORD.start}(${recognisedWords("specify")})${WORD.end}|(_oth(er)?_?(text|txt|spec(ify)?)|_(text|txt|specify))$|(?<=\\d)_?(oth(er)?)$`,
	),
	/** The free text beside a list of boxes, as LimeSurvey writes it. */
	other: spoken(() => `\\[(${recognisedWords("other")})( \\(.*\\))?\\]`),
};

/** Places of texts that say yes, that say no, and that say something else. */
export interface YesAndNo {
	yes: number[];
	no: number[];
	other: number[];
}

/**
 * How some texts say yes and no, be it in several languages and spellings; undefined where no pair of words is among them,
 * and where codes are not that pair alone.
 */
export function yesAndNo(texts: readonly string[]): YesAndNo | undefined {
	const folded = texts.map((text) => plain(foldCase(text)));
	const has = ([yes, no]: Pair) => folded.includes(yes) && folded.includes(no);
	const coded = texts.length === 2 ? CODES.find(has) : undefined;
	const known = coded === undefined ? words() : [coded];
	if (!known.some(has)) return undefined;
	const places = (test: (text: string) => boolean) =>
		folded.flatMap((text, place) => (test(text) ? [place] : []));
	const yes = places((text) => known.some((pair) => pair[0] === text));
	const no = places((text) => known.some((pair) => pair[1] === text));
	return { yes, no, other: places((text) => !known.flat().includes(text)) };
}

/** One sign for all apostrophes, and 1 for the 1.0 of programs that keep whole numbers as fractions. */
function plain(text: string): string {
	return text.replace(/[‘’ʻʼ`´]/g, "'").replace(/^(\d+)[.,]0+$/, "$1");
}

/** Why a text is not an answer, as respondents and survey tools write it; undefined where it is one. */
export function reasonIn(text: string): NoAnswer | undefined {
	// "Not applicable (filter)", "Valid skip: no courses" are still why.
	const folded = foldCase(text).replace(/(?<=\S)\s*[(:].*$/, "");
	if (patterns.notApplicable().test(folded)) return "not-applicable";
	return patterns.noAnswer().test(folded) ? "omitted" : undefined;
}

/** Whether a text on its own is a tick. */
export function isTick(text: string): boolean {
	return ["x", "✓", "✔", "on", ...[...CODES, ...words()].map(([yes]) => yes)].includes(foldCase(text));
}

export const says = {
	noAnswer: (text: string) => NO_ANSWER.test(text),
	service: (name: string) => patterns.service().test(name.trim()),
	date: (text: string) => DATE.test(text),
	weight: (name: string) => patterns.weight().test(name),
	stratum: (name: string) => patterns.stratum().test(name.trim()),
	school: (name: string) => patterns.school().test(name.trim()),
	teacher: (name: string) => patterns.teacher().test(name.trim()),
	gender: (name: string) => patterns.gender().test(name),
	high: (text: string) => patterns.high().test(text.trim()),
	submitted: (name: string) => patterns.submitted().test(name.trim()),
	form: (name: string) => FORM.test(name.trim()),
	ownSchool: (name: string) => patterns.ownSchool().test(name),
	ofSchool: (name: string) => patterns.ofSchool().test(name),
	total: (text: string) => patterns.total().test(text.trim()),
	quantity: (name: string) => patterns.quantity().test(name.replaceAll("_", " ")),
	region: (name: string) => patterns.region().test(name),
	yes: (text: string) => words().some(([yes]) => yes === foldCase(text)),
	other: (name: string) => patterns.other().test(name),
	specify: (name: string) => patterns.specify().test(name.trim()),
} as const;
