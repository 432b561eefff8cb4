import { foldCase } from "../codebook/meaning/answers.js";

/** Yes and no as surveys write them. */
const PAIRS: readonly (readonly [yes: string, no: string])[] = [
	["1", "0"],
	["1", "2"],
	["yes", "no"],
	["y", "n"],
	["true", "false"],
	["иә", "жоқ"],
	["ия", "жоқ"],
	["да", "нет"],
	["checked", "unchecked"],
	["checked", "not checked"],
	["selected", "not selected"],
	["quoted", "not quoted"],
];

/** Cells that say there is no answer, beside the usual codes. */
const NO_ANSWER = /^(n\/?a|nan|null|none given|-{1,2}|\.|[6-9]|9[6-9]|99[6-9]|-[1-9]|-9[6-9]|-99)$/i;

/** Columns that survey tools add, in the languages they are used in here. */
const SERVICE = new RegExp(
	`^(${[
		"timestamp|отметка времени|уақыт белгісі",
		"id|response id|respondent id|идентификатор|id\\. response id",
		"start time|completion time|last modified time|email|name|total points|quiz feedback|(points|feedback) - .*",
		"время начала|время выполнения|время завершения|время последнего изменения|(адрес )?электронн(ая|ой) почт[аы]|имя",
		"email address|username|электрондық пошта мекенжайы|score|баллы",
		"submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl|interviewtime",
		"responseid|recordeddate|enddate|distributionchannel|userlanguage|externalreference|duration \\(in seconds\\)",
		"recipient(lastname|firstname|email)|location(latitude|longitude)",
		"collector id|(first|last) name|custom data( \\d+)?|redcap_\\w+|\\w+_timestamp",
		"date submitted|last page|start language|date started|date last action|ip address|referrer url|total time",
		"(submitdate|lastpage|startlanguage|seed|token|startdate|datestamp|ipaddr|refurl)\\. .*",
		"group ?time.*|question ?time.*",
	].join("|")})$`,
	"i",
);

const DATE = /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([ T]|$)/;
const WEIGHT =
	/(^|[^\p{L}])(weights?|wgt|wt|pw|finalwt|pweight|салмақ|салмағы|вес)($|[^\p{L}])|(wgt|weight)$|^w$/iu;
const STRATUM = /^(stratum|strata|strat_?id|idstrat\w*|страта|қабат)$/iu;
const UNIT = /^(psu|cluster|primary sampling unit)(_?id)?$/iu;
const SCHOOL =
	/^(school|idschool|мектеп|школа)$|(school|мектеп|школ\p{L}*).{0,12}(id|№|num|code|код|нөмір|номер)|(^id|№|код|номер).{0,6}(school|мектеп|школ)/iu;
const TEACHER = /^(teacher|idteach|teacher_?id|мұғалім|учитель|respondent|case_?id|record[ _]id)$/iu;
const GENDER = /gender|(^|[^\p{L}])sex($|[^\p{L}])|жыныс|(^|[^\p{L}])пол($|[^\p{L}])/iu;

/** Columns by which a survey tool says when a form was sent off: each row is one that was. */
const SUBMITTED =
	/^(timestamp|отметка времени|уақыт белгісі|completion time|время (выполнения|завершения)|аяқталу уақыты)$/i;
const FORM = /(_complete|^complete\?( #\d+)?)$/i;

/** Answers at the upper end of a scale. */
const HIGH =
	/^(strongly agree|agree|high|high level|very (much|high|often)|a lot|quite a bit|always|often|жоғары|толық келісемін|келісемін|өте|әрдайым|жиі|высок|полностью соглас|соглас|очень|всегда|часто)/iu;

/** The pair that some texts are of; undefined where they are no yes and no. Texts as in the file. */
export function yesNoPair(texts: readonly string[]): { yes: string; no: string } | undefined {
	const folded = texts.map(foldCase);
	for (const [yes, no] of PAIRS) {
		const [first, second] = [folded.indexOf(yes), folded.indexOf(no)];
		if (first >= 0 && second >= 0 && texts.length === 2) {
			return { yes: texts[first] as string, no: texts[second] as string };
		}
	}
	return undefined;
}

/** Whether a text by itself is a tick. */
export function isTick(text: string): boolean {
	return ["x", "✓", "✔", "on", ...PAIRS.map(([yes]) => yes)].includes(foldCase(text));
}

export const says = {
	noAnswer: (text: string) => NO_ANSWER.test(text),
	service: (name: string) => SERVICE.test(name.trim()),
	date: (text: string) => DATE.test(text),
	weight: (name: string) => WEIGHT.test(name),
	stratum: (name: string) => STRATUM.test(name.trim()),
	unit: (name: string) => UNIT.test(name.trim()),
	school: (name: string) => SCHOOL.test(name.trim()),
	teacher: (name: string) => TEACHER.test(name.trim()),
	gender: (name: string) => GENDER.test(name),
	submitted: (name: string) => SUBMITTED.test(name.trim()),
	form: (name: string) => FORM.test(name.trim()),
	high: (text: string) => HIGH.test(text.trim()),
} as const;
