/** Three lines to copy for each command; tests run them. Replace `teachers.csv` with your own survey file. */
export const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
	rates: [
		"talis-pd rates teachers.csv --by gender --total",
		'talis-pd rates teachers.csv --topic needs --where "experience<=5" --lang kk',
		"talis-pd rates teachers.csv --item coaching --out rates.xlsx --chart rates.svg",
	],
	compare: [
		"talis-pd compare teachers.csv --between gender",
		"talis-pd compare teachers.csv --between experience --topic needs --adjust bh",
		"talis-pd compare countries.csv --between country --reference average:all",
	],
	gaps: [
		"talis-pd gaps teachers.csv",
		"talis-pd gaps teachers.csv --by novice --format markdown",
		"talis-pd gaps teachers.csv --item ict --item special-needs --base participants",
	],
	means: [
		"talis-pd means teachers.csv --variable types",
		"talis-pd means teachers.csv --variable types --by gender --total",
		"talis-pd means teachers.csv --variable TT3G02 --quantile 0.1,0.5,0.9",
	],
	model: [
		"talis-pd model teachers.csv --outcome types --predict gender,experience",
		"talis-pd model teachers.csv --outcome coaching --predict gender --effects",
		'talis-pd model teachers.csv --outcome types --model "a: age" --model "b: sex"',
	],
	relate: [
		"talis-pd relate teachers.csv --variable types,TT3G02",
		"talis-pd relate teachers.csv --variable types,TT3G02 --rank",
		"talis-pd relate teachers.csv --variable types,TT3G02 --by gender --format csv",
	],
	published: [
		"talis-pd published --topic focus --country KAZ,average",
		"talis-pd published --cycle 2018 --topic needs",
		"talis-pd published --country Italy --topic needs --lang ru",
	],
	explore: [
		"talis-pd explore --out explore.html",
		"talis-pd explore teachers.csv --out explore.html --lang kk",
		"talis-pd explore results.json --only-own --out explore.html",
	],
	profile: [
		"talis-pd profile --country KAZ --out kaz.pdf",
		"talis-pd profile teachers.csv --country KAZ --lang kk --out kaz.html",
		"talis-pd profile --country KAZ,EST --cycle 2018 --format png --out profiles",
	],
	render: [
		"talis-pd render results.json --lang ru",
		"talis-pd render results.json --out table.html",
		"talis-pd render results.json --format markdown --chart chart.png",
	],
	report: [
		"talis-pd report report.yaml --out report",
		"talis-pd report report.yaml --out report --as-of 2026-09-01",
		"talis-pd report report.yaml --out report --fail-on suppressed --quiet",
	],
	"report init": [
		"talis-pd report init",
		"talis-pd report init report.yaml --data teachers.csv",
		"talis-pd report init report.yaml --data my-survey.csv",
	],
	verify: [
		"talis-pd verify results.json teachers.csv",
		"talis-pd verify results.json",
		"talis-pd verify results.json teachers.csv --format json",
	],
	diff: [
		"talis-pd diff results.json others.json",
		"talis-pd diff results.json others.json --format json",
		"talis-pd diff results.json others.json --tolerance 1e-6",
	],
	explain: [
		"talis-pd explain teachers.csv --item coaching",
		"talis-pd explain teachers.csv --item coaching --where gender=female --lang ru",
		"talis-pd explain teachers.csv --item focus:ict --format json",
	],
	selftest: ["talis-pd selftest", "talis-pd selftest --lang kk", "talis-pd selftest --format json"],
	cite: ["talis-pd cite", "talis-pd cite results.json", "talis-pd cite results.json --format bibtex"],
	protect: [
		"talis-pd protect results.json",
		"talis-pd protect results.json others.json",
		"talis-pd protect results.json --format json",
	],
	inspect: [
		"talis-pd inspect teachers.csv",
		"talis-pd inspect teachers.csv --variables courses",
		"talis-pd inspect teachers.csv --format json",
	],
	doctor: [
		"talis-pd doctor teachers.csv",
		"talis-pd doctor teachers.csv --strict",
		"talis-pd doctor teachers.csv --format json --lang kk",
	],
	reach: [
		"talis-pd reach counts.csv",
		"talis-pd reach counts.csv --chart reach.svg",
		"talis-pd reach counts.csv --format csv --lang kk",
	],
	convert: [
		"talis-pd convert teachers.csv teachers.parquet",
		"talis-pd convert teachers.csv teachers.csv.gz",
		"talis-pd convert teachers.csv - --to csv --delimiter tab",
	],
	"codebook init": [
		"talis-pd codebook init my-survey.csv",
		"talis-pd codebook init my-survey.csv --out my-survey.yaml",
		"talis-pd codebook init my-survey.csv --quiet",
	],
	"codebook check": [
		"talis-pd codebook check teachers.csv --codebook talis-2018-teacher",
		"talis-pd codebook check teachers.csv --codebook talis-2018-teacher --lang ru",
		"talis-pd codebook check my-survey.csv --codebook my-survey.yaml --format json",
	],
	"codebook show": [
		"talis-pd codebook show talis-2018-teacher",
		"talis-pd codebook show national-pd-survey",
		"talis-pd codebook show my-survey.yaml",
	],
	"codebook list": [
		"talis-pd codebook list",
		"talis-pd codebook list --lang kk",
		"talis-pd codebook list --format json",
	],
	synth: [
		"talis-pd synth --out synthetic.csv",
		"talis-pd synth --teachers 500 --schools 40 --out synthetic.csv",
		"talis-pd synth --seed 7 --out -",
	],
	demo: ["talis-pd demo", "talis-pd demo --out demo", "talis-pd demo --out demo --lang kk"],
	complete: ["talis-pd complete bash", "talis-pd complete zsh", "talis-pd complete fish"],
	man: ["talis-pd man", "talis-pd man --quiet", "talis-pd help man"],
	help: ["talis-pd help rates", "talis-pd help suppress", "talis-pd help codebook check"],
};
