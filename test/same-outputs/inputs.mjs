// The files that documented command lines read, with stand-ins for those that a reader has and this project has not.

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SAMPLES = "data/samples";
const TEACHERS = `${SAMPLES}/synthetic-kazakhstan-2018.csv`;
const SURVEY = `${SAMPLES}/synthetic-national-pd-survey.csv`;
const REPORTS = ["reports/synthetic-kazakhstan-2018/report.yaml", "reports/synthetic-talis-2024/report.yaml"];

/** Command lines that make what other lines read as made before. */
export const EARLIER_RESULTS = ["rates", TEACHERS, "--out", "results.json"];
export const EARLIER_REPORT = ["report", "earlier.yaml", "--out", "earlier"];

/** Files are known by their content, so that CSV stands in for SPSS under its name. */
const STAND_INS = {
	"data/BTGKAZT3.sav": (text) => text(TEACHERS),
	"data/BTGFRAT3.sav": (text) => text(TEACHERS).replaceAll(",KAZ,", ",FRA,"),
	"data/BCGKAZT3.sav": (text) => principals(text(TEACHERS)),
	"BTGKAZT3.sav": (text) => text(TEACHERS),
	"BCGKAZT3.sav": (text) => principals(text(TEACHERS)),
	"survey.csv": (text) => text(SURVEY),
	"teachers.csv": (text) => text(TEACHERS),
	"schools.csv": (text) => principals(text(TEACHERS)),
};

/** Fills a folder in which command lines are run with what a checkout ships and the stand-ins. */
export function layInputs(checkout, folder) {
	cpSync(join(checkout, SAMPLES), join(folder, SAMPLES), { recursive: true });
	for (const config of REPORTS.filter((name) => existsSync(join(checkout, name)))) {
		const content = readFileSync(join(checkout, config), "utf8");
		write(join(folder, config), content);
		// Beside the samples, as a config names nothing outside its folder.
		if (config === REPORTS[0])
			write(join(folder, "earlier.yaml"), content.replaceAll("../../data/", "data/"));
	}
	const text = (file) => readFileSync(join(checkout, file), "utf8");
	for (const [name, make] of Object.entries(STAND_INS)) write(join(folder, name), make(text));
}

/** A principal a school, whose answers are drawn from the school's number. */
function principals(teachers) {
	const [header, ...rows] = teachers.trimEnd().split("\n");
	const names = header.split(",");
	const places = ["CNTRY", "IDPOP", "IDSCHOOL"].map((name) => names.indexOf(name));
	const schools = new Set(rows.map((row) => places.map((place) => row.split(",")[place]).join(",")));
	const lines = [...schools].map((school) => {
		const number = Number(school.split(",").at(-1));
		return `${school},${1 + (number % 5)},${1 + (number % 2)},${1 + (number % 4)}`;
	});
	return `${["CNTRY,IDPOP,IDSCHOOL,TC3G10,TC3G12,TC3G17C", ...lines].join("\n")}\n`;
}

function write(file, content) {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, content);
}
