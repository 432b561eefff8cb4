// OECD's published estimates → the compact tables beside this script.
//
//   node data/published/make-published.mjs ../shared/data/oecd-talis-2024
//
// The folder holds estimates.csv: every cell of the professional-learning tables of chapter 4 of “Results from
// TALIS 2024”, Annex C, one a row, by table, OECD key, country, flag and ISCED level.

import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Papa from "papaparse";
import { parse } from "yaml";
import { CODES } from "./systems.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
/** What a row is; then a column a system. */
const ROW = ["topic", "item", "base", "statistic", "breakdown", "value", "table"];
/** The same of odds ratios: of whom they are, what was held constant, and what goes with the outcome. */
const ODDS_ROW = ["topic", "item", "base", "breakdown", "value", "controls", "term", "table"];

/** OECD's average rows: our id, the codebook's list, and whether it is the one of the trend tables. */
const AVERAGES = {
	"OECD average-27": { id: "oecd", printed: 27 },
	"OECD average-25": { id: "oecd", printed: 25, trend: true },
	"TALIS average-49": { id: "talis", printed: 49 },
	"TALIS ISCED 1 average-12": { id: "talis", printed: 12 },
	"TALIS ISCED 3 average-8": { id: "talis", printed: 8 },
	// Not a mean of systems: the European Union as one population.
	"EU total-22": { id: "eu-total", printed: 22, total: true },
};

/** Tables whose rows without a breakdown are of some teachers only. */
const RESTRICTED = {
	4.9: ["school-experience", "0-5"],
	4.11: ["novice", "yes"],
	4.33: ["novice", "yes"],
	4.8: ["school-experience", "0-5"],
	4.36: ["novice", "yes"],
};

const EXPERIENCE = {
	"1 under_5yrs": ["experience", "0-5"],
	"2 from6to10": ["experience", "6-10"],
	"3 over_10yrs": ["experience", "11-plus"],
};
const GROUPS = {
	exp: EXPERIENCE,
	exper: EXPERIENCE,
	schoolexp: {
		"1 under_5yrs": ["school-experience", "0-5"],
		"2 over_5yrs": ["school-experience", "6-plus"],
	},
	gender: { Female: ["gender", "female"], Male: ["gender", "male"] },
	age: {
		"1 under_age30": ["age", "under-30"],
		"2 from30_to_49": ["age", "30-49"],
		"3 over_age50": ["age", "50-plus"],
	},
	schloc: { "1 Rural": ["location", "rural"], "2 Town": ["location", "town"], "3 City": ["location", "city"] },
	schtype: { "1 Public": ["management", "public"], "2 Private": ["management", "private"] },
	disadv: shares("intake"),
	diflang: {
		"1 None": ["intake-instruction", "none"],
		"2 0_to_10pct": ["intake-instruction", "up-to-10"],
		"3 over_10pct": ["intake-instruction", "over-10"],
	},
	spneed: shares("intake-special-needs"),
};
const GROUP_ORDER = [
	...["", "gender female", "gender male", "age under-30", "age 30-49", "age 50-plus"],
	...["experience 0-5", "experience 6-10", "experience 11-plus", "novice yes"],
	...["school-experience 0-5", "school-experience 6-plus"],
	...["location rural", "location town", "location city", "management public", "management private"],
	...["intake up-to-10", "intake 11-30", "intake over-30"],
	...["intake-instruction none", "intake-instruction up-to-10", "intake-instruction over-10"],
	...["intake-special-needs up-to-10", "intake-special-needs 11-30", "intake-special-needs over-30"],
];

const CODEBOOKS = {
	2013: codebook("talis-2013-teacher"),
	2018: codebook("talis-2018-teacher"),
	2024: codebook("talis-2024-teacher"),
};

/** What OECD derives from several questions, by its own name. */
const DERIVED = {
	tt4g20atleastone: ["activities", "any"],
	tt4g20number: ["activities", "types"],
	tt4g17induction: ["induction", "any"],
	tt3g19induction: ["induction", "any"],
	tt4g21ict: ["focus", "ict"],
	tt3g23ict: ["focus", "ict"],
	tt4g24ict: ["needs", "ict"],
};

/** What odds ratios are of: contents, and characteristics of teachers and schools. */
const TERMS = {
	d_tt4g21gyes: "focus:ai",
	d_tt4g21hyes: "focus:behaviour",
	d_female: "gender=female",
	c_agestd: "age",
	d_schlocrural_cfix: "location=rural",
	d_schtypepub_cfix: "management=public",
	d_schdisadv30_cfix: "intake=over-30",
	d_schdiflang10_cfix: "intake-instruction=over-10",
	d_schspneed30_cfix: "intake-special-needs=over-30",
};
const CONTROLS = { no_controls: "none", tch_controls: "teacher", tch_sch_controls: "teacher-school" };

/** Ways of taking part, as answers of the codebook of 2024; each is printed without the others. */
const MODES = { inperson: "in-person-only", online: "online-only", inperson0online: "both-modes" };

const [folder] = process.argv.slice(2);
if (folder === undefined) {
	process.stderr.write("node data/published/make-published.mjs FOLDER-WITH-ESTIMATES.CSV\n");
	process.exit(2);
}
make(folder);

function make(source) {
	const cells = Papa.parse(readFileSync(join(source, "estimates.csv"), "utf8"), {
		header: true,
		skipEmptyLines: true,
	}).data;
	const tables = new Map();
	const skipped = new Set();
	const exceptions = [];
	for (const cell of cells) {
		const figure = oddsOf(cell) ?? figureOf(cell);
		if (figure === null) {
			skipped.add(`${cell.table} ${cell.key}`);
			continue;
		}
		const file = `${figure.controls === undefined ? "talis" : "odds-ratios"}-${figure.cycle}-isced${cell.isced}`;
		const rows = tables.get(file) ?? new Map();
		tables.set(file, rows);
		const members = `${figure.id} ${figure.average?.trend ?? ""}`;
		const known = rows.get(members);
		if (known === undefined) rows.set(members, figure);
		else if (!agrees(known, figure)) {
			exceptions.push([file, known, figure]);
			// No figure is better than one of a question that was not asked.
			if (figure.number === null) rows.set(members, figure);
		}
	}
	for (const name of readdirSync(HERE)) if (/\.csv$/.test(name)) rmSync(join(HERE, name));
	for (const [file, rows] of [...tables].sort()) {
		const figures = [...rows.values()].filter(({ average }) => average === undefined);
		const averages = [...rows.values()].filter(({ average }) => average !== undefined);
		const together = groupBy(figures, subject);
		for (const one of averages) one.system = averageId(one, together.get(subject(one)), file.slice(-6));
		const lines = wide([...figures, ...averages]);
		const text = Papa.unparse(lines, { newline: "\n" });
		writeFileSync(join(HERE, `${file}.csv`), `${text}\n`);
		process.stdout.write(
			`${file}: ${rows.size} figures, ${lines.length - 1} rows, ${text.length + 1} characters\n`,
		);
	}
	process.stdout.write(`${skipped.size} columns left out, ${exceptions.length} figures printed twice differ\n`);
	for (const [file, a, b] of exceptions) {
		process.stdout.write(`  ${file} ${a.id}: ${a.cell} (${a.table}), ${b.cell} (${b.table})\n`);
	}
}

/** Bands of students of a kind, as the tables print them. */
function shares(group) {
	return { "1 under_10pct": [group, "up-to-10"], "2 10_to_30pct": [group, "11-30"], "3 over_30pct": [group, "over-30"] };
}

/** What a cell of odds ratios is; undefined for others. */
function oddsOf({ table, key, country, flag, isced, estimate, se }) {
	const [, name, term, controls] = /^odr_d_(\w+)\.(\w+)\.\.(\w+_controls)$/.exec(key) ?? [];
	if (name === undefined) return undefined;
	const [topic, item] = itemOf(name, 2024);
	const [breakdown, value] = RESTRICTED[table] ?? ["", ""];
	const average = AVERAGES[country];
	const number = /^[am]$/.test(estimate) ? null : Number(estimate);
	return {
		...{ cycle: 2024, topic, item, base: CODEBOOKS[2024].topics[topic].base, breakdown, value, average, table, number },
		...{ controls: CONTROLS[controls], term: TERMS[term], system: average === undefined ? CODES[country] : country },
		cell: [
			...(number === null ? [estimate] : [digits(number), digits(Number(se))]),
			...(flag === "" ? [] : [flag === "dagger" ? "†" : flag]),
		].join(" "),
		exact: [number, Number(se)],
		id: [topic, item, breakdown, value, controls, term, country].join(" "),
	};
}

/** What a cell is, or null for what is left out. */
function figureOf({ table, key, country, flag, isced, estimate, se }) {
	const parsed = /^(mean|meanpct)\.d_(tt([234])g\d\d\w*?)(?:\.\.(\w+)\.\.(.+))?$/.exec(key);
	if (parsed === null) return null;
	const [, kind, name, questionnaire, variable, level] = parsed;
	const cycle = { 2: 2013, 3: 2018, 4: 2024 }[questionnaire];
	const [topic, item] = inPerson(table, name) ?? itemOf(name, cycle) ?? [];
	const group = variable === undefined ? (RESTRICTED[table] ?? ["", ""]) : GROUPS[variable]?.[level];
	if (topic === undefined || group === undefined) return null;
	const base = CODEBOOKS[cycle].topics[topic].base;
	const average = AVERAGES[country];
	const system = average === undefined ? CODES[country] : country;
	if (system === undefined) throw new Error(`no code for ${country}`);
	const [breakdown, value] = group;
	const printed = isAsked(topic, item, cycle, isced) ? estimate : "a";
	const number = /^[acmw]$/.test(printed) ? null : Number(printed);
	if (Number.isNaN(number)) throw new Error(`${table} ${key} ${country}: ${estimate}`);
	return {
		...{ cycle, topic, item, base, breakdown, value, system, average, table, number },
		statistic: kind === "mean" ? "mean" : "percent",
		cell: [
			...(number === null ? [printed] : [digits(number), digits(Number(se))]),
			...flagOf(flag, cycle, system, isced),
		].join(" "),
		exact: [number, Number(se)],
		id: [topic, item, breakdown, value, system].join(" "),
	};
}

/** Whether the questionnaire of a level has an item: some tables print 0 where it does not. */
function isAsked(topic, item, cycle, isced) {
	const populations = CODEBOOKS[cycle].topics[topic].items[item]?.populations;
	return populations === undefined || populations.includes(`isced${isced}`);
}

/** Tables 4.20 and 4.21 give those who took part in person as shares of those who took part in the activity. */
function inPerson(table, name) {
	const [, letter] = /^tt4g20([a-j])inperson$/.exec(name) ?? [];
	if (letter === undefined || !["4.20", "4.21"].includes(table)) return undefined;
	return ["in-person", itemOf(`tt4g20${letter}yes`, 2024)[1]];
}

/** Topic and item of OECD's dummy variable, such as tt4g21ayes. */
function itemOf(name, cycle) {
	if (Object.hasOwn(DERIVED, name)) return DERIVED[name];
	const [, variable, answer] =
		/^(tt[234]g\d\d(?:[a-z]\d?)?)(yes|high|agree|qbitalot|inperson|online|inperson0online)$/.exec(name) ?? [];
	if (variable === undefined) return undefined;
	for (const [topic, { items }] of Object.entries(CODEBOOKS[cycle].topics)) {
		if (topic === "in-person") continue;
		if ((topic === "modes") !== Object.hasOwn(MODES, answer)) continue;
		for (const [item, one] of Object.entries(items)) {
			if (one.variable.toLowerCase() !== variable) continue;
			if (topic !== "modes" || one.answers === MODES[answer]) return [topic, item];
		}
	}
	return undefined;
}

/**
 * A mark stands with the cycle it speaks of: * with 2024, ª with 2018 (a-2018 in the source). OECD prints both for the Netherlands
 * at ISCED 1, of which the source keeps the first only.
 */
function flagOf(flag, cycle, system, isced) {
	if (cycle === 2018) return isced === "1" && ["AUS", "NLD"].includes(system) ? ["ª"] : [];
	return cycle === 2024 && flag !== "a-2018" && flag !== "" ? [flag] : [];
}

/**
 * The id of an average with the number of members that its mean is over, found by computing it again.
 * @throws Error where the mean or its standard error is another.
 */
function averageId({ average, exact: [mean, se], id }, figures, population) {
	const { averages, trends } = CODEBOOKS[2024];
	if (average.total || mean === null) return `average:${average.id}-${average.printed}`;
	const lists = average.trend ? trends[2018][average.id] : averages[average.id].members;
	const same = figures.filter((one) => lists[population].includes(one.system) && one.number !== null);
	const k = same.length;
	const again = [
		same.reduce((sum, { exact }) => sum + exact[0], 0) / k,
		Math.sqrt(same.reduce((sum, { exact }) => sum + exact[1] ** 2, 0)) / k,
	];
	if (!near(again[0], mean) || !near(again[1], se)) {
		throw new Error(`${id}: ${mean} (${se}) is not the mean of ${k}, ${again}`);
	}
	return `average:${average.id}-${k}`;
}

function agrees(a, b) {
	if (a.number === null || b.number === null) return a.cell === b.cell;
	return near(a.exact[0], b.exact[0]) && near(a.exact[1], b.exact[1]);
}

function near(a, b) {
	return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
}

function digits(number) {
	return String(Number(number.toPrecision(12)));
}

/** A row an item, group and table, in the codebook's order; a column a system, averages last. */
function wide(figures) {
	const systems = [...new Set(figures.map(({ system }) => system))].sort(bySystem);
	const about = figures[0].controls === undefined ? ROW : ODDS_ROW;
	const rows = groupBy(figures, (one) => `${subject(one)} ${one.table}`);
	const lines = [...rows.values()].sort(([a], [b]) => byPlace(a, b)).map((row) => {
		const cells = new Map(row.map(({ system, cell }) => [system, cell]));
		return [...about.map((name) => row[0][name]), ...systems.map((system) => cells.get(system) ?? "")];
	});
	return [[...about, ...systems], ...lines];
}

function groupBy(figures, keyOf) {
	const groups = new Map();
	for (const one of figures) {
		const key = keyOf(one);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [one]);
		else group.push(one);
	}
	return groups;
}

function subject({ topic, item, breakdown, value, controls = "", term = "" }) {
	return [topic, item, breakdown, value, controls, term].join(" ");
}

/** Items as in the codebook of 2024; what it lacks (family) last. */
function byPlace(a, b) {
	const place = ({ topic, item, breakdown, value, controls, term, table }) => {
		const { topics } = CODEBOOKS[2024];
		const { items, derived = {} } = topics[topic];
		const keys = [...Object.keys(items), ...Object.keys(derived)];
		return [
			Object.keys(topics).indexOf(topic),
			keys.includes(item) ? keys.indexOf(item) : keys.length,
			GROUP_ORDER.indexOf(`${breakdown} ${value}`.trim()),
			Number(table.slice(2)),
			Object.values(CONTROLS).indexOf(controls),
			Object.values(TERMS).indexOf(term),
		];
	};
	const [left, right] = [place(a), place(b)];
	const at = left.findIndex((one, index) => one !== right[index]);
	return at < 0 ? 0 : left[at] - right[at];
}

/** Codes, then averages, those of more members first. */
function bySystem(a, b) {
	const place = (system) => {
		const [, name, k] = /^average:(.+)-(\d+)$/.exec(system) ?? [];
		return name === undefined ? 0 : 1000 * (1 + ["oecd", "eu-total", "talis"].indexOf(name)) - Number(k);
	};
	return place(a) - place(b) || (a < b ? -1 : 1);
}

function codebook(id) {
	return parse(readFileSync(join(HERE, "..", "codebooks", `${id}.yaml`), "utf8"));
}
