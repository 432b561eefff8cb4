// The command lines of README and docs as argument lists, each analysis in every format, and some more on several systems.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const DOCUMENTS = ["README.md", "docs/own-surveys.md", "docs/report.md"];

/** Stands in the documents for a file of the reader's. */
const STAND_INS = {
	"survey.csv": "data/samples/synthetic-national-pd-survey.csv",
	"teachers.csv": "data/samples/synthetic-talis-2024.csv",
	"../2025/report/results.json": "before.json",
};

const NOISY = "shared/data/talis-2018-noisy/teachers.csv";
const KAZ = "data/samples/synthetic-kazakhstan-2018.csv";
const T24 = "data/samples/synthetic-talis-2024.csv";
const OWN = "data/samples/synthetic-national-pd-survey.csv";

const ANALYSES = ["rates", "compare", "gaps", "means", "published", "reach", "render"];

/** Shown as a table, in each format, as a chart and in another language. */
const VARIANTS = [
	"",
	"--format json",
	"--format csv",
	"--format csv --wide",
	"--format markdown --lang kk",
	"--format html",
	"--format latex --lang ru",
	"--out table.xlsx",
	"--chart chart.svg --quiet --format json --lang ru",
	"--chart chart.vl.json --quiet --format csv",
];

/** Questions the documents have no line for: several systems, averages, cycles, what is hidden, and results read back. */
const MORE = [
	`rates ${T24} --topic activities,modes --average all --total`,
	`rates ${T24} --topic needs --by population,gender --average talis --protect --counts --with cv,n-eff`,
	`rates ${T24} --topic barriers --benchmark all@2024,oecd@2024 --adjust bh`,
	`rates ${T24} --item coaching --average all`,
	`rates ${KAZ} --topic activities --keys oecd --by gender --format csv`,
	`compare ${T24} --between country --reference average:all --item courses-online`,
	`compare ${T24} --between country --reference average:all --topic barriers --average-kind weighted`,
	`compare ${T24} --between gender --topic needs --average all --average-kind pooled`,
	`compare ${KAZ} --between items --topic needs --where gender=female`,
	`compare ${KAZ} --between experience --variable types --pairs all`,
	`compare ${OWN} --between locality --item platforms:coursera,platforms:bilimland --base all`,
	`gaps ${T24} --average all --by gender --base all`,
	`gaps ${OWN} --suppress none`,
	`means ${T24} --average all --quantiles 0.1,0.9`,
	"published --topic activities,needs --country average,KAZ,FRA --cycle 2018 --average all",
	"published --topic focus --cycle 2024 --by gender --country KAZ",
	"reach data/samples/administrative-counts-kazakhstan.csv",
	`rates ${NOISY} --average oecd --total --by gender`,
	`compare ${NOISY} --between country --reference average:oecd --topic activities`,
	`compare ${NOISY} --between gender --average FRA,ITA --topic activities`,
	`means ${NOISY} --variable T3SELF,types --average all --average-kind pooled`,
	`rates ${NOISY} --topic activities --format json --out noisy.json --quiet`,
	`rates ${T24} --topic needs,activities --format json --out t24.json --quiet`,
	`rates ${KAZ} --topic needs,activities --format json --out kaz.json --quiet`,
	"compare noisy.json --between country --reference average:oecd",
	"compare noisy.json --between country --pairs all",
	"compare kaz.json t24.json --between cycle --force-trend --average all",
	`compare ${NOISY} --between gender --topic activities --format json --out compared.json --quiet`,
	`compare ${OWN} --between items --topic platforms --format json --lang ru --out items.json --quiet`,
	`gaps ${OWN} --format json --out gaps.json --quiet`,
	`means ${OWN} --by locality --format json --out means.json --quiet`,
	`rates ${T24} --benchmark all@2024 --average all --lang kk --format json --out marked.json --quiet`,
	"published --country average,KAZ --format json --out published.json --quiet",
	"reach data/samples/synthetic-administrative-counts.csv --format json --out reach.json --quiet",
	...["noisy", "kaz", "compared", "items", "gaps", "means", "marked", "published", "reach"].map(
		(name) => `render ${name}.json`,
	),
	`inspect ${T24} --lang ru`,
	"codebook list",
	"codebook show talis-2018-teacher",
	`rates ${T24} --average nowhere`,
	`rates ${T24} --benchmark XXX@2024`,
	`rates ${T24} --benchmark KAZ@2020`,
	`rates ${OWN} --keys oecd --format csv`,
	`rates ${OWN} --average oecd --by region`,
	`compare ${KAZ} --between gender --reference average:oecd`,
	"published --cycle 2020",
	"published --where gender=female",
	"report reports/synthetic-talis-2024/report.yaml --out report-2024",
	"report reports/synthetic-kazakhstan-2018/report.yaml --out report --baseline before/results.json",
];

/** Argument lists of all lines, in the order they are run in one folder; each config that is written has a name of its own. */
export function commandLines(root) {
	const written = DOCUMENTS.flatMap((document) => {
		const text = readFileSync(join(root, document), "utf8");
		return [...text.matchAll(/^(?:\$ )?(?:node bin\/talis-pd\.js|talis-pd) (.*)$/gm)].map(([, line]) => line);
	});
	const lines = [
		`rates ${KAZ} --format json --out before.json --quiet`,
		"report reports/synthetic-kazakhstan-2018/report.yaml --out before --as-of 2025-09-01",
		...written.map((line) => line.replace(/ {2,}#.*$/, "")).filter((line) => !line.includes("BTG")),
		...MORE,
	];
	let configs = 0;
	return lines.flatMap((line) => {
		if (line.startsWith("report init")) configs++;
		const base = argumentsOf(line.replace(/ report\.yaml/, ` report-${configs}.yaml`));
		const isBare = ANALYSES.includes(base[0]) && !/--(format|out|chart)\b/.test(line);
		return isBare ? VARIANTS.map((variant) => [...base, ...argumentsOf(variant)]) : [base];
	});
}

function argumentsOf(line) {
	return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => {
		const word = quoted ?? plain;
		return STAND_INS[word] ?? word;
	});
}
