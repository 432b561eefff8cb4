// The publisher's lists of variables (../shared), translations and sketches of other files (beside this script) →
// data/variables/.
//
//   node tools/variables/make-variables.mjs ../shared [FOLDER]
//
// The shared folder has data/talis-2018-noisy/ (dictionary.csv, and teachers.sav, whose list of languages is not cut off:
// read with R and haven) and facts/talis-2024-variables.csv. data/variables/README.md says what comes from where.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";
import { parse, stringify } from "yaml";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DATA = join(HERE, "..", "..", "data");
const [shared, out = join(DATA, "variables")] = process.argv.slice(2);
const yaml = (path) => parse(readFileSync(join(HERE, path), "utf8"));
const csv = (path) =>
	Papa.parse(readFileSync(join(shared, path), "utf8"), { header: true, skipEmptyLines: true }).data;

const terms = yaml("terms.yaml");
const sketches = yaml("sketches.yaml");

const REASONS = {
	"logically not applicable": "not-applicable",
	"not reached": "not-reached",
	"not administered": "not-administered",
	"omitted or invalid": "omitted",
	missing: "omitted",
};

/** Names of sets of answers, by their labels. */
const SETS = {
	"yes-no": "Yes|No",
	checked: "Checked|Not checked",
	gender: "Female|Male",
	modes: "Yes, in person|Yes, virtual or online|Yes, in person and virtual/ online|No",
	agree: "Strongly disagree|Disagree|Agree|Strongly agree",
	"agree-or-unknown": "Strongly disagree|Disagree|Agree|Strongly agree|I don’t know",
	extent: "Not at all|To some extent|Quite a bit|A lot",
	prepared: "Not at all|Somewhat|Well|Very well",
	importance: "Not important at all|Of low importance|Of moderate importance|Of high importance",
	"importance-3": "Of low importance|Of moderate importance|Of high importance",
	need: "No need at present|Low level of need|Moderate level of need|High level of need",
	times: "Never|Once a year or less|2-4 times a year|5-10 times a year|1-3 times a month|Once a week or more",
	often: "Never or almost never|Occasionally|Frequently|Always",
	"share-5": "None|1% to 10%|11% to 30%|31% to 60%|More than 60%",
	"share-7": "None|1% to 10%|11% to 30%|31% to 60%|61% to 90%|91% to 99%|All",
	autonomy: "No autonomy|Limited autonomy|Substantial autonomy|Full autonomy",
	likely: "Not at all likely|Not very likely|Likely|Very likely",
	"would-do": "Would not do|Probably would not do|Probably would do|Would do",
	"years-grouped": "Less than or equal to 5 years|6-10 years|11-20 years|Above 20 years",
	management: "Publicly managed|Privately managed",
};

/** Sets whose codes have no order; all others have one. */
const UNORDERED = new Set(["yes-no", "checked", "gender", "modes", "agree-or-unknown", "management"]);
const UNORDERED_COLUMNS =
	/^(IDCNTRY|IDLANG.*|IDPOP|IDTQUEST|I?T?MODE.*|TPART|INTAL18|TALIS\d\dPOP|TT3G0[49]|TT3G37|TT4G0[149]|TT4G48A)$/;

/** What stands before the text of an item in the publisher's labels of 2018, by the number of the question. */
const STEMS = {
	"06/1": /^Elements in form\. educ\. /,
	"06/2": /^Prep\. for tch\. elements /,
	"07": /^Imp\. to become tch /,
	10: /^Curr\. emply\. status as a tch \(working h\) /,
	11: /^Experiences /,
	"15/1": /^Subject cat\. inc in form\.educ\. and train /,
	"15/2": /^Subjects taught in current school year /,
	18: /^Hours spent on tasks /,
	19: /^Take part in induction activities /,
	20: /^Provisions part of induction /,
	21: /^Inv\. in ment\. act\. /,
	22: /^Prof\.dev\. act\. ?/,
	23: /^Areas prof\.dev\. /,
	24: /^Incentives received /,
	26: /^Charac\.act\. w\.pos\.impact /,
	27: /^Prof\.dev needs /,
	28: /^Barr\.Prof\.dev\. /,
	29: /^/,
	31: /^Feedback imp\. /,
	32: /^Agree /,
	33: /^How often you do /,
	34: /^What ext\. you can do /,
	35: /^Perc\. stud\. charac\. ?/,
	39: /^Perc\. of time spent on act\. /,
	40: /^Control over areas of planning and (?:teaching|tch) /,
	41: /^Sch\.climate /,
	42: /^Teach\.prac\. /,
	43: /^Use (?:of )?methods (?:of )?assessing student learning /,
	45: /^Cult\. diverse class /,
	47: /^Impl\. of practices /,
	48: /^(?:Sch\.climate )?/,
	49: /^Agree /,
	51: /^Experiences /,
	52: /^Work stress /,
	53: /^Feeling /,
	54: /^Agree /,
	55: /^(?:Imp(?:ortance|\.) (?:of )?spending priorities:? )/,
	56: /^Abroad for prof\.purp\. /,
	57: /^Purposes of visits abroad /,
};

/** Labels of 2018 that the file cuts off at a comma or abbreviates, written out. */
const WRITTEN_OUT = {
	"When lesson begins": "When the lesson begins, long wait for students to quiet down",
	"When the lesson begins": "When the lesson begins, I tell students to quiet down quickly",
	"If I could decide again": "If I could decide again, I would still choose to work as a teacher",
	"All in all": "All in all, I am satisfied with my job",
	"If a student needs extra assistance": "If a student needs extra assistance, the school provides it",
	"Count of special needs students": "Students with special needs taught",
	"Year of completion formal education or training that qualified to teach":
		"Year of completion of formal education or training that qualified to teach",
	"Currently working as a tch of ISCED 2011 level x 15-year-olds at another school":
		"Currently working as a teacher at another school",
	"Currently working as a teacher of ISCED 2011 level x at another school":
		"Currently working as a teacher at another school",
	"Count of other schools currently work as a teacher teach to 15-year-old student":
		"Number of other schools currently working at",
	"Teaching in targ.class directed entirely or mainly to special needs students":
		"Teaching in target class directed entirely or mainly to special needs students",
	"Teacher Age Groups": "Teacher age groups",
	"Student behavior stress": "Student behaviour stress",
	"Teachers perceived disciplinary climate": "Teachers' perceived disciplinary climate",
	"Need prof. devel. for teaching for diversity":
		"Need for professional development for teaching for diversity",
	"Need prof. devel. in subject matter and pedagogy":
		"Need for professional development in subject matter and pedagogy",
	"Job satisfaction with work environment, teacher": "Job satisfaction with work environment",
	"Job satisfaction with profession, teacher": "Job satisfaction with profession",
	"Job satisfaction, overall, teacher": "Job satisfaction, overall",
	"Diversity practices, teacher": "Diversity practices",
	"Buildt on my prior knowledge": "Built on my prior knowledge",
	"I have never received this Feedback types": "I have never received this feedback",
};

/** Bounds that no value can leave. */
const AGE = [14, 110];
const YEARS = [0, 80];
const WEEK = [0, 168];
const PERCENT = [0, 100];
/** Scores have a mean near 10 and a standard deviation of 2. */
const SCORE = [-20, 50];

const RANGES = [
	[/^TT3G02$/, AGE],
	[/^TT3G05$/, [1920, 2020]],
	[/^TT3G(11.|50)$|^TT4G74$/, YEARS],
	[/^TT3G(16|17|18.)$|^TT4G(14|15|16.)$/, WEEK],
	[/^TT[34]G(39|50)[A-C]$/, PERCENT],
	[/^TT3G(13|38)$|^T4FASPR$/, [0]],
	[/^T[34]?[A-Z]*WGT|^SCHWGT/, [0]],
];

const TEXTS = /^(FIRSTLOGIN_TCQ|LASTLOGIN_TCQ|IEADATE|VERSION)$/;
const IDS = /^(CNTRY|IDCNTPOP|IDSCHOOL|IDTEACH)$/;

/** Forms of the questionnaire of 2024 that have a question: those seen in the data, and those inferred. */
const FORMS = [
	{ columns: /^TT4G(25|35|36|37)|^T4PDBR$/, forms: ["a"] },
	{ columns: /^TT4G24/, forms: ["b", "c"] },
	{ columns: /^TT4G38/, forms: ["a"], inferred: true },
	{ columns: /^TT4G(17|18|19|22|23)|^T4PD(SUBMP|GENP|IV)$/, forms: ["b", "c"], inferred: true },
];

function clean(label) {
	const text = label
		.replace(/\s*-\s*T$/, "")
		.replaceAll(/[<>]/g, "")
		.replaceAll(/\s+/g, " ")
		.trim();
	return WRITTEN_OUT[text] ?? text;
}

/** A text in the languages it exists in. */
function inLanguages(en, [kk, ru] = []) {
	return { en, ...(kk === undefined ? {} : { kk }), ...(ru === undefined ? {} : { ru }) };
}

/** The question of a column, by its number in the cycle's questionnaire. */
function questionOf(cycle, name) {
	const [, number, second] = /^T[TC]\dG(\d\d)[A-Z]*(\d?)/.exec(name) ?? [];
	if (number === undefined) return undefined;
	const found = (asked) =>
		Object.entries(terms.questions).find(([, question]) => question[cycle] === asked)?.[0];
	return found(`${number}/${second}`) ?? found(number);
}

/** Collects sets that columns share, under one name each. */
class Sets {
	known = {};

	add(name, content) {
		const text = JSON.stringify(content);
		const same = Object.entries(this.known).find(([, other]) => JSON.stringify(other) === text);
		if (same !== undefined) return same[0];
		if (this.known[name] !== undefined) throw new Error(`two sets are called ${name}`);
		this.known[name] = content;
		return name;
	}
}

class File {
	answers = new Sets();
	missing = new Sets();
	questions = {};
	columns = {};

	constructor(id, questionnaire, codebook, cycle) {
		Object.assign(this, { id, questionnaire, codebook, cycle });
		const book = parse(readFileSync(join(DATA, "codebooks", `${codebook}.yaml`), "utf8"), {
			maxAliasCount: -1,
		});
		this.items = new Map(
			Object.values(book.topics).flatMap(({ items }) =>
				Object.values(items).map((item) => [item.variable, item.label]),
			),
		);
	}

	/** A set of answers by code, named after its content or after the column. */
	addAnswers(column, values) {
		const labels = Object.values(values);
		const name =
			Object.entries(SETS).find(([, list]) => list === labels.join("|"))?.[0] ??
			column.toLowerCase().replaceAll("_", "-");
		const content = Object.fromEntries(
			Object.entries(values).map(([code, label]) => [code, inLanguages(label, terms.answers[label])]),
		);
		return this.answers.add(name, content);
	}

	addMissing(codes) {
		const [code] = Object.keys(codes).slice(-1);
		const width = ["", "one", "two", "three", "four", "five", "weight", "", "date"][code.length];
		const routed = Object.values(codes).includes("not-applicable") ? "-routed" : "";
		const reached = Object.values(codes).includes("not-reached") || this.cycle === 2024 ? "" : "-derived";
		const name =
			width === "four" && routed === "" ? "scale" : width + routed + (width.length < 6 ? reached : "");
		return this.missing.add(name, codes);
	}

	addQuestion(key, en) {
		const [english, ...others] = terms.questions[key].text;
		this.questions[key] = inLanguages(en ?? english, others);
		return key;
	}

	/** Label of a column in the languages it exists in: the codebook's words for its items, else the terms'. */
	label(name, en, isItem) {
		const item = isItem ? this.items.get(name) : undefined;
		if (item !== undefined) return inLanguages(en, [item.kk, item.ru]);
		return inLanguages(en, terms.labels[en]);
	}

	toString() {
		const lines = (map, indent = "  ") =>
			Object.entries(map)
				.map(([key, value]) => `${indent}${stringify(key).trim()}: ${flow(value)}\n`)
				.join("");
		const sets = Object.entries(this.answers.known).map(([name, set]) => `  ${name}:\n${lines(set, "    ")}`);
		return [
			`# TALIS ${this.cycle}, the columns of the ${this.questionnaire}s' file. Made by tools/variables; README.md says of what.\n`,
			`id: ${this.id}`,
			`codebook: ${this.codebook}`,
			`questionnaire: ${this.questionnaire}`,
			`\nmissing:\n${lines(this.missing.known)}`,
			`answers:${sets.length === 0 ? " {}\n" : `\n${sets.join("")}`}`,
			`questions:${Object.keys(this.questions).length === 0 ? " {}\n" : `\n${lines(this.questions)}`}`,
			`columns:\n${lines(this.columns)}`,
		].join("\n");
	}
}

function flow(value) {
	return stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trim();
}

function kindOf(name, answers, missing) {
	if (IDS.test(name)) return "id";
	if (TEXTS.test(name)) return "text";
	if (/WGTT?$/.test(name)) return "weight";
	if (answers !== undefined)
		return UNORDERED.has(answers) || UNORDERED_COLUMNS.test(name) ? "nominal" : "ordinal";
	return missing === "scale" ? "scale" : "number";
}

function rangeOf(name, kind) {
	const range = kind === "scale" ? SCORE : RANGES.find(([columns]) => columns.test(name))?.[1];
	if (range === undefined || kind === "text" || kind === "id") return {};
	const [from, to] = range;
	return { from, ...(to === undefined ? {} : { to }) };
}

/** "Metric (1) - Configural (2, 3)" → the level of invariance, by level of education where they differ. */
function invarianceOf(text) {
	const parts = text.split(" - ").map((part) => {
		const [, level, which] = /^(\w+) \((.*)\)$/.exec(part);
		return [level.toLowerCase(), which];
	});
	if (parts[0][1] === "All") return parts[0][0];
	return Object.fromEntries(
		parts
			.flatMap(([level, which]) => which.split(", ").map((digit) => [`isced${digit}`, level]))
			.toSorted(([a], [b]) => (a < b ? -1 : 1)),
	);
}

function splitCodes(pairs) {
	const answers = {};
	const missing = {};
	for (const [code, text] of pairs) {
		const reason = REASONS[text.toLowerCase()];
		// A one-digit set of the publisher has a plain "Missing" for omitted.
		if (reason === undefined)
			answers[code] = clean(
				text
					.replace(/ Includes .*$/, "")
					.replace(/^I have no formal qualification.*$/, "No formal qualification"),
			);
		else missing[code] = reason;
	}
	return { answers, missing };
}

function make2018() {
	const file = new File("talis-2018-teacher", "teacher", "talis-2018-teacher", 2018);
	const languages = execFileSync(
		"Rscript",
		[
			"-e",
			`labels <- attr(haven::read_sav("${join(shared, "data/talis-2018-noisy/teachers.sav")}", col_select = "IDLANG", user_na = TRUE)$IDLANG, "labels"); cat(paste0(labels, "=", names(labels), collapse = "; "))`,
		],
		// In another locale R writes letters that it lacks as U+00E5.
		{ encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8" } },
	);
	const extra = {
		TT3G02: {
			label: "Age in years",
			values: "997=Not Reached; 998=Not administered; 999=Omitted or invalid",
			confidence: "medium",
		},
		IDSCHOOL: { label: "School ID", values: "" },
		IDLANG: { values: languages },
	};
	// The noisy file lacks these two, which the files have for joining; their codes are those of the other cycles.
	const ids = ["IDCNTRY", "IDCNTPOP", "IDTEACH"].map((variable) => ({
		variable,
		label: {
			IDCNTRY: "Country ID - Numeric Code",
			IDCNTPOP: "Country Alpha Code and ISCED Level",
			IDTEACH: "Teacher ID",
		}[variable],
		values: "",
		kind: "id",
		confidence: "medium",
	}));
	for (const row of [...csv("data/talis-2018-noisy/dictionary.csv"), ...ids]) {
		const { variable: name, label, values, kind: given, confidence } = { ...row, ...extra[row.variable] };
		const { answers, missing } = splitCodes(
			values
				.split("; ")
				.filter(Boolean)
				.map((pair) => pair.split(/=(.*)/s)),
		);
		const set = Object.keys(answers).length === 0 ? undefined : file.addAnswers(name, answers);
		const codes = Object.keys(missing).length === 0 ? undefined : file.addMissing(missing);
		const kind = given ?? kindOf(name, set, codes);
		const key = questionOf(2018, name);
		const stem = key === undefined ? undefined : STEMS[terms.questions[key][2018]];
		const [text, invariance] = kind === "scale" ? clean(label).split(" / ") : [label];
		if (stem !== undefined && !stem.test(text))
			throw new Error(`${name}: ${text} does not begin with ${stem}`);
		const en = clean(
			stem === undefined
				? text
				: text
						.replace(stem, "")
						.replace(
							/^(Observation of classroom teaching|Student survey responses|Assessment of content knowledge|My students external results|School-based and classroom-based results|Self-assessment of my work) /,
							"$1 / ",
						),
		);
		if (/^TRWGT\d+$/.test(name)) {
			if (name === "TRWGT1")
				file.columns.TRWGT = {
					kind: "replicate",
					count: 100,
					label: file.label(name, "Teacher BRR-Fay Replicate Weight"),
					missing: codes,
					from: 0,
				};
			continue;
		}
		file.columns[name] = {
			kind,
			...(key === undefined ? {} : { question: file.addQuestion(key) }),
			label: file.label(name, en, key !== undefined || set === "yes-no"),
			...(set === undefined ? {} : { answers: set }),
			...(codes === undefined ? {} : { missing: codes }),
			...rangeOf(name, kind),
			...(invariance === undefined ? {} : { invariance: invarianceOf(invariance) }),
			...(confidence === undefined ? {} : { confidence }),
		};
	}
	return file;
}

function make2024() {
	const file = new File("talis-2024-teacher", "teacher", "talis-2024-teacher", 2024);
	for (const row of csv("facts/talis-2024-variables.csv")) {
		const {
			variable_name: name,
			official_variable_label: official,
			all_value_labels: values,
			available_idpop: levels,
		} = row;
		const { answers, missing } = splitCodes(
			values
				.split(" | ")
				.filter(Boolean)
				.map((pair) => pair.split(/ = (.*)/s)),
		);
		const set = Object.keys(answers).length === 0 ? undefined : file.addAnswers(name, answers);
		const codes = Object.keys(missing).length === 0 ? undefined : file.addMissing(missing);
		const kind = name === "IDCNTRY" ? "nominal" : kindOf(name, set, codes);
		if (/^TRWGT\d+$/.test(name)) {
			if (name === "TRWGT1")
				file.columns.TRWGT = {
					kind: "replicate",
					count: 100,
					label: file.label(name, "Teacher BRR-Fay Replicate Weight"),
					missing: codes,
					from: 0,
				};
			continue;
		}
		const [first, ...rest] = official.split(/\/ +/).map(clean);
		const [question, ...item] = rest;
		const key = item.length === 0 ? undefined : questionOf(2024, name);
		if (item.length > 0 && key === undefined) throw new Error(`${name} has no question`);
		const en = clean((item.length > 0 ? item : [question ?? first]).join(" / "));
		const form = FORMS.find(({ columns }) => columns.test(name));
		const all = levels === "1,2,3" || levels === "";
		file.columns[name] = {
			kind,
			...(key === undefined ? {} : { question: file.addQuestion(key, file.questions[key]?.en ?? question) }),
			label: file.label(name, en, key !== undefined),
			...(set === undefined ? {} : { answers: set }),
			...(codes === undefined ? {} : { missing: codes }),
			...rangeOf(name, kind),
			...(form === undefined ? {} : { forms: form.forms }),
			...(form?.inferred ? { formsInferred: true } : {}),
			...(all ? {} : { populations: levels.split(",").map((digit) => `isced${digit}`) }),
		};
	}
	return file;
}

/** "TT2G14[A-M][1-4]" → all names it stands for. */
function expand(pattern) {
	const [, before, from, to, after] = /^(.*?)\[(.)-?(.)\](.*)$/.exec(pattern) ?? [];
	if (before === undefined) return [pattern];
	const names = [];
	for (let code = from.charCodeAt(0); code <= to.charCodeAt(0); code++)
		names.push(...expand(before + String.fromCharCode(code) + after));
	return names;
}

function makeSketch(id, { questionnaire, codebook = id, confidence, missing, columns }) {
	const cycle = Number(id.split("-")[1]);
	const file = new File(id, questionnaire, codebook, cycle);
	file.missing.known = missing;
	for (const [pattern, sketch] of Object.entries(columns)) {
		const { kind, label, items, question, answers, codebook: known, suffix, sure, ...rest } = sketch;
		const names = expand(pattern);
		for (const [index, name] of names.entries()) {
			const key = question ?? (label === undefined ? questionOf(cycle, name) : undefined);
			if (label === undefined && key === undefined) throw new Error(`${name} has no question`);
			const item =
				known === undefined ? undefined : file.items.get(known === true ? name : name.slice(0, -1) + known);
			const ending = name.replace(/^T[TC]\dG\d\d/, "");
			const text = label ?? items?.[index] ?? item?.en ?? `item ${ending}`;
			const translated = item === undefined ? file.label(name, text, key !== undefined) : item;
			file.columns[name] = {
				kind,
				...(key === undefined ? {} : { question: file.addQuestion(key) }),
				label:
					suffix === undefined
						? inLanguages(text, [translated.kk, translated.ru])
						: { en: `${text} (${suffix})` },
				...(answers === undefined ? {} : { answers: file.addAnswers(name, answers) }),
				...rest,
				...(kind === "scale" ? { from: SCORE[0], to: SCORE[1] } : {}),
				...(kind === "weight" || kind === "replicate" ? { from: 0 } : {}),
				...(sure ? {} : { confidence }),
			};
		}
	}
	return file;
}

const files = [
	make2018(),
	make2024(),
	...Object.entries(sketches).map(([id, sketch]) => makeSketch(id, sketch)),
];
for (const file of files) writeFileSync(join(out, `${file.id}.yaml`), file.toString());
