// npm run bench [-- PART…]: whole processes against what people use in R, on a file as large as all of TALIS.
// Parts: databases-file databases-duckdb databases-fill databases-servers csv profile forms files svyby models sav parquet convert again scale small charts report. Data are kept in TALIS_PD_BENCH, else in the system's folder for
// temporary files; the largest file is deleted at the end.
import { execFileSync, spawnSync } from "node:child_process";
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readFileSync,
	rmSync,
	statfsSync,
	writeFileSync,
} from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import Papa from "papaparse";
import { agree } from "./agree.mjs";
import {
	beginning,
	ownWeights,
	parquetOf,
	repeated,
	savOf,
	TALIS_PD,
	TEACHERS,
	teachersCsv,
} from "./data.mjs";
import { copiesOf, fillServers, twoServers } from "./databases.mjs";
import { inForm, national, realTeachers } from "./forms.mjs";
import { inTurn } from "./measure.mjs";
import { profileOf } from "./profile.mjs";
import { megabytes, seconds, table, times } from "./table.mjs";

const RUNS = 5;
const ITEMS = 25;
const TOPICS = ["--topic", "activities,focus"];
const SAMPLE = "data/samples/synthetic-kazakhstan-2018.csv";

/** Place of the country among the columns that synth writes. */
const COUNTRY = 1;
const REAL = "../shared/data/talis-2018-noisy/teachers.csv";

const folder = process.env.TALIS_PD_BENCH ?? join(tmpdir(), "talis-pd-bench");
mkdirSync(folder, { recursive: true });
const asked = process.argv.slice(2);
const at = (name) => join(folder, name);

const rates = (file, out) => [...TALIS_PD, "rates", file, ...TOPICS, "--quiet", "--out", out];
const expert = (file, out) => ["Rscript", "test/bench/expert.R", file, out];
const svyby = (file, out, items) => ["Rscript", "test/bench/svyby.R", file, out, ...items];

const PREDICTORS = "gender,age,TT3G11B,needs:subject,needs:ict,needs:special-needs";
const OUTCOMES = { linear: "types", logistic: "peer-coaching" };
const SYSTEMS = 48;
const regressions = (file, family, out) => [
	...[
		...TALIS_PD,
		"model",
		file,
		"--outcome",
		OUTCOMES[family],
		"--predict",
		PREDICTORS,
		"--suppress",
		"none",
	],
	...["--quiet", "--out", out],
];
const byHand = (file, out, family) => ["Rscript", "test/bench/models.R", file, out, family];
const svyglm = (file, out, family) => ["Rscript", "test/bench/svyglm.R", file, out, family];

const hasR = ["data.table", "survey", "haven"].every(
	(name) =>
		spawnSync("Rscript", ["-e", `stopifnot(requireNamespace("${name}", quietly = TRUE))`]).status === 0,
);

const row = (name, { wall, cpu, memory }, than) => [
	name,
	seconds(wall),
	Number.isNaN(cpu) ? "–" : seconds(cpu),
	megabytes(memory),
	than === undefined ? "" : times(wall / than),
];
const HEAD = ["", "time", "time of all cores", "peak memory", "beside the R script"];

/** How often the teachers are there in what databases are measured by. */
const COPIES = Number(process.env.TALIS_PD_BENCH_COPIES ?? 10);

/** One line about these teachers. @param ofServers What servers took, where there are any. */
function ofRows(name, { wall, cpu, memory }, ofServers = "") {
	const rows = COPIES * TEACHERS;
	const heads = [
		"",
		"time",
		"time of all cores",
		"peak memory",
		"rows a second",
		"of the servers, and the larger one's memory",
	];
	const speed = Math.round(rows / wall).toLocaleString("en");
	const line = [
		`${name}, ${rows.toLocaleString("en")} rows`,
		seconds(wall),
		seconds(cpu),
		megabytes(memory),
		speed,
		ofServers,
	];
	return table(heads, [line]);
}

/** Ours and the expert's script, in turn, with the same figures; and others beside them. */
function beside(file, kind, others = {}) {
	const [ours, theirs] = [at(`${kind}-ours.csv`), at(`${kind}-expert.csv`)];
	const measured = inTurn({ ours: rates(file, ours), expert: expert(file, theirs), ...others }, RUNS);
	agree(ours, theirs);
	return measured;
}

/** The coefficients of our table of models as R's scripts write them. */
function coefficientsOf(file, out) {
	const { data } = Papa.parse(readFileSync(file, "utf8"), { header: true, skipEmptyLines: true });
	const rows = data
		.filter(({ row }) => row === "coefficient")
		.map(({ country, term, estimate, se }) => [country, term, estimate, se]);
	writeFileSync(out, Papa.unparse([["country", "variable", "estimate", "se"], ...rows]));
	return out;
}

/** Where a run over a file spends its time. */
function profile(file, format) {
	const heads = [`thread of \`talis-pd rates\`, ${format}`, "busy, ms", "waits, ms", "largest parts, ms"];
	return table(heads, profileOf(rates(file, at("o.csv"))));
}

const PARTS = {
	csv() {
		const csv = teachersCsv(folder);
		if (!hasR)
			return table(HEAD, [
				row("`talis-pd rates`, CSV", inTurn({ ours: rates(csv, at("o.csv")) }, RUNS).ours),
			]);
		const other = ownWeights(csv);
		const also = { own: rates(other, at("own.csv")), hashed: rates(csv, at("hashed.json")) };
		const measured = beside(csv, "csv", also);
		inTurn({ expert: expert(other, at("own-expert.csv")) }, 1);
		agree(at("own.csv"), at("own-expert.csv"));
		return table(HEAD, [
			row("`talis-pd rates`, CSV", measured.ours, measured.expert.wall),
			row("the same, each teacher with weights of their own", measured.own, measured.expert.wall),
			row("the same to JSON, which tells the file's SHA-256", measured.hashed, measured.expert.wall),
			row("R script: `data.table::fread`, matrix products", measured.expert, measured.expert.wall),
		]);
	},
	profile() {
		return `${profile(teachersCsv(folder), "CSV")}\n\nBy Node's own sampling, which slows the run a little.`;
	},
	forms() {
		const csv = teachersCsv(folder);
		const forms = {
			plain: csv,
			"CRLF, semicolons": inForm(csv, "semicolons"),
			"texts in quotation marks": inForm(csv, "quoted"),
			"every cell in quotation marks": inForm(csv, "quoted-throughout"),
			"decimal commas": inForm(csv, "decimal-commas"),
			"UTF-16": inForm(csv, "utf16"),
			...(existsSync(REAL)
				? { "real teachers, repeated to full size": realTeachers(folder, REAL, TEACHERS) }
				: {}),
		};
		const out = (name) => at(`form-${name.replace(/\W+/g, "-")}.csv`);
		const commands = Object.entries(forms).map(([name, file]) => [name, rates(file, out(name))]);
		const measured = inTurn(
			{
				...Object.fromEntries(commands),
				...(hasR ? { R: expert(forms["texts in quotation marks"], at("form-R.csv")) } : {}),
			},
			RUNS,
		);
		for (const name of Object.keys(forms).slice(0, 6)) agree(out("plain"), out(name), { tolerance: 0 });
		const { R, plain } = measured;
		return table(
			[
				"`talis-pd rates` of the same teachers",
				"time",
				"time of all cores",
				"beside plain",
				"peak memory",
				"beside the R script",
			],
			Object.entries(measured).map(([name, { wall, cpu, memory }]) => [
				name === "R" ? "R script, texts in quotation marks" : name,
				...[seconds(wall), seconds(cpu), times(wall / plain.wall), megabytes(memory)],
				R === undefined ? "" : times(wall / R.wall),
			]),
		);
	},
	files() {
		const csv = teachersCsv(folder);
		const pattern = join(national(csv, COUNTRY), "*.csv");
		const measured = inTurn({ one: rates(csv, at("one.csv")), many: rates(pattern, at("many.csv")) }, RUNS);
		// Blocks are cut elsewhere.
		agree(at("one.csv"), at("many.csv"), { tolerance: 1e-12 });
		return table(
			["", "time", "time of all cores", "beside one file", "peak memory"],
			Object.entries({ "one file": measured.one, "48 national files": measured.many }).map(
				([name, { wall, cpu, memory }]) => [
					...[name, seconds(wall), seconds(cpu), times(wall / measured.one.wall), megabytes(memory)],
				],
			),
		);
	},
	convert() {
		const csv = teachersCsv(folder);
		const to = (from, name) => [...TALIS_PD, "convert", from, at(name), "--quiet"];
		const sav = hasR ? { "SPSS .sav → Parquet": to(savOf(csv), "convert-sav.parquet") } : {};
		const measured = inTurn(
			{
				rates: rates(csv, at("o.csv")),
				"CSV → Parquet": to(csv, "convert-csv.parquet"),
				"CSV → CSV": to(csv, "convert-csv.csv"),
				...sav,
				"DuckDB: COPY of CSV to Parquet": [
					process.execPath,
					"test/bench/copy.mjs",
					csv,
					at("convert-duckdb.parquet"),
				],
			},
			3,
		);
		return table(
			["", "time", "time of all cores", "beside `rates`", "peak memory"],
			Object.entries(measured).map(([name, { wall, cpu, memory }]) => [
				...[name === "rates" ? "`talis-pd rates`, CSV" : name, seconds(wall), seconds(cpu)],
				...[times(wall / measured.rates.wall), megabytes(memory)],
			]),
		);
	},
	charts() {
		const chart = (ending) => [...TALIS_PD, "rates", SAMPLE, "--quiet", "--chart", at(`chart.${ending}`)];
		const measured = inTurn(
			{
				"rates alone": [...TALIS_PD, "rates", SAMPLE, "--quiet"],
				...Object.fromEntries(
					["html", "svg", "png"].map((ending) => [`with --chart x.${ending}`, chart(ending)]),
				),
			},
			RUNS,
		);
		return table(
			["the shipped sample", "time", "time of all cores", "beside rates alone", "peak memory"],
			Object.entries(measured).map(([name, { wall, cpu, memory }]) => [
				...[name, seconds(wall), seconds(cpu), times(wall / measured["rates alone"].wall), megabytes(memory)],
			]),
		);
	},
	svyby() {
		if (!hasR) return null;
		const csv = teachersCsv(folder);
		const [one, three] = [["TT3G22A"], ["TT3G22A", "TT3G22G", "TT3G23D"]];
		const measured = inTurn(
			{
				ours: rates(csv, at("ours.csv")),
				one: svyby(csv, at("svyby.csv"), one),
				three: svyby(csv, at("svyby.csv"), three),
			},
			3,
		);
		agree(at("ours.csv"), at("svyby.csv"), { all: false });
		const { ours, one: first, three: thrice } = measured;
		const each = (thrice.wall - first.wall) / 2;
		const together = first.wall + (ITEMS - 1) * each;
		const apart = ITEMS * first.wall;
		return [
			table(
				["`survey::svyby`", "time", "peak memory", "beside `talis-pd rates`"],
				[
					["1 item, with reading", seconds(first.wall), megabytes(first.memory), ""],
					["3 items, read once", seconds(thrice.wall), megabytes(thrice.memory), ""],
					[
						`${ITEMS} items, read once, reckoned from these`,
						seconds(together),
						"",
						times(together / ours.wall),
					],
					[`${ITEMS} items, a run each, reckoned`, seconds(apart), "", times(apart / ours.wall)],
				],
			),
			`\`talis-pd rates\` over all ${ITEMS} items in the same run: ${seconds(ours.wall)}.`,
		].join("\n\n");
	},
	models() {
		const csv = teachersCsv(folder);
		const families = Object.keys(OUTCOMES);
		const ours = Object.fromEntries(
			families.map((family) => [family, regressions(csv, family, at(`${family}.csv`))]),
		);
		const theirs = families.flatMap((family) => [
			[`${family} by hand`, byHand(csv, at(`${family}-hand.csv`), family)],
		]);
		// It takes so long that once is enough.
		const slowest = families.map((family) => [family, svyglm(csv, at(`${family}-svyglm.csv`), family)]);
		const bySvyglm = hasR ? inTurn(Object.fromEntries(slowest), 1) : {};
		const measured = inTurn(
			{ rates: rates(csv, at("o.csv")), ...ours, ...(hasR ? Object.fromEntries(theirs) : {}) },
			3,
		);
		const lines = families.flatMap((family) => {
			const than = measured[family];
			const svy = bySvyglm[family];
			const beside = (name, { wall, memory }) => [
				...[name, seconds(wall), Number.isNaN(memory) ? "–" : megabytes(memory)],
				...[times(wall / measured.rates.wall), times(wall / than.wall)],
			];
			const own = beside(`\`talis-pd model\`, ${SYSTEMS} ${family} models of 6 predictors`, than);
			if (svy === undefined) return [own];
			const tolerance = family === "linear" ? 1e-9 : 1e-7;
			const figures = coefficientsOf(at(`${family}.csv`), at(`${family}-ours.csv`));
			agree(figures, at(`${family}-hand.csv`), { tolerance });
			agree(figures, at(`${family}-svyglm.csv`), { tolerance });
			const hand = measured[`${family} by hand`];
			return [
				own,
				beside(`R: \`${family === "linear" ? "lm.wfit" : "glm.fit"}\` in a loop`, hand),
				beside("R: `survey::svyglm`, once", svy),
			];
		});
		return table(["", "time", "peak memory", "beside `rates`", "beside `model`"], lines);
	},
	sav() {
		if (!hasR) return null;
		const measured = beside(savOf(teachersCsv(folder)), "sav");
		return table(HEAD, [
			row("`talis-pd rates`, SPSS .sav", measured.ours, measured.expert.wall),
			row("R script: `haven::read_sav(col_select)`, matrix products", measured.expert, measured.expert.wall),
		]);
	},
	parquet() {
		const csv = teachersCsv(folder);
		const parquet = parquetOf(csv);
		const [one, other] = [at("csv-ours.csv"), at("parquet-ours.csv")];
		const measured = inTurn({ csv: rates(csv, one), parquet: rates(parquet, other) }, RUNS);
		agree(one, other, { tolerance: 1e-12 });
		return [
			table(HEAD.slice(0, 4), [
				row("`talis-pd rates`, Parquet by `talis-pd convert`", measured.parquet).slice(0, 4),
			]),
			profile(parquet, "Parquet"),
		].join("\n\n");
	},
	again() {
		const csv = teachersCsv(folder);
		const rows = Object.entries({ CSV: csv, Parquet: parquetOf(csv) }).map(([format, file]) => {
			const output = execFileSync(process.execPath, ["test/bench/again.mjs", file, "9"], {
				encoding: "utf8",
			});
			const { loaded, first, least } = JSON.parse(output);
			return [format, seconds(loaded), seconds(first), seconds(least)];
		});
		return table(
			["`rates` nine times in one process", "start of Node, loading", "first run", "fastest run"],
			rows,
		);
	},
	scale() {
		const csv = teachersCsv(folder);
		const size = 10;
		const { bavail, bsize } = statfsSync(folder);
		const fits = bavail * bsize > 6e9;
		const measured = inTurn(
			{
				"0.1×": rates(beginning(csv, Math.round(TEACHERS / size)), at("tenth.csv")),
				"1×": rates(csv, at("once.csv")),
			},
			RUNS,
		);
		if (fits) {
			const large = repeated(csv, size);
			Object.assign(measured, inTurn({ [`${size}×`]: rates(large, at("ten.csv")) }, 3));
			agree(at("once.csv"), at("ten.csv"));
			rmSync(large);
		}
		const rows = { "0.1×": TEACHERS / size, "1×": TEACHERS, "10×": TEACHERS * size };
		return table(
			["rows of the CSV file", "time", "beside 1×", "peak memory"],
			Object.entries(measured).map(([name, { wall, memory }]) => [
				`${name}: ${Math.round(rows[name]).toLocaleString("en")}`,
				seconds(wall),
				times(wall / measured["1×"].wall),
				megabytes(memory),
			]),
		);
	},
	small() {
		const measured = inTurn({ sample: [...TALIS_PD, "rates", SAMPLE], help: [...TALIS_PD, "--help"] }, 11);
		return table(HEAD.slice(0, 4), [
			row("`talis-pd rates` of the shipped sample", measured.sample).slice(0, 4),
			row("`talis-pd --help`", measured.help).slice(0, 4),
		]);
	},
	// Each of the three by itself, as all together take longer than a machine is quiet.
	"databases-file"() {
		const file = repeated(teachersCsv(folder), COPIES);
		return ofRows("CSV file", inTurn({ file: rates(file, at("file-ours.csv")) }, 1).file);
	},
	"databases-duckdb"() {
		const address = copiesOf(parquetOf(teachersCsv(folder)), COPIES);
		const { duckdb } = inTurn({ duckdb: rates(address, at("duckdb-ours.csv")) }, 1);
		if (existsSync(at("file-ours.csv"))) agree(at("file-ours.csv"), at("duckdb-ours.csv"));
		return ofRows(`${COPIES} Parquet files, by DuckDB`, duckdb);
	},
	async "databases-servers"() {
		const servers = await twoServers(folder, teachersCsv(folder), COPIES);
		if (servers === null) return "ClickHouse is not installed.";
		const before = servers.cpu();
		const { table: client } = inTurn({ table: rates(servers.address, at("servers-ours.csv")) }, 1);
		const line = `${seconds(servers.cpu() - before)}, ${megabytes(servers.memory())}`;
		await servers.stop();
		if (existsSync(at("file-ours.csv"))) agree(at("file-ours.csv"), at("servers-ours.csv"));
		return ofRows("table over two ClickHouse servers", client, line);
	},
	/** Starts the two servers and fills them, so that they are there when they are measured. */
	async "databases-fill"() {
		await fillServers(folder, teachersCsv(folder), COPIES);
		return "Filled.";
	},
	report() {
		teachersCsv(folder);
		copyFileSync("test/bench/report.yaml", at("report.yaml"));
		rmSync(at("report"), { recursive: true, force: true });
		const command = [...TALIS_PD, "report", at("report.yaml"), "--out", at("report"), "--quiet"];
		return table(HEAD.slice(0, 4), [
			row("`talis-pd report`: nine topics, five breakdowns, charts", inTurn({ ours: command }, 3).ours).slice(
				0,
				4,
			),
		]);
	},
};

const unknown = asked.find((name) => !(name in PARTS));
if (unknown !== undefined) throw new Error(`no part ${unknown}; there are ${Object.keys(PARTS).join(", ")}`);
if (!existsSync("dist/bundle.js")) throw new Error("run npm run build first");
if (!hasR)
	process.stderr.write("R with data.table, survey and haven is not there: nothing is set beside it\n");

const written = [];
for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) {
	process.stderr.write(`${name}\n`);
	const text = await PARTS[name]();
	if (text === null) continue;
	written.push(text);
	process.stdout.write(`${text}\n\n`);
}
const [{ model }] = cpus();
const about = `${cpus().length} cores (${model}), Node ${process.versions.node}; ${TEACHERS.toLocaleString("en")} teachers × 491 columns, ${ITEMS} items × 48 countries × 101 weights. Whole processes in turn, medians.`;
if (asked.length === 0) publish(`${about}\n\n${written.join("\n\n")}`);

/** Writes the results down, and into the page that quotes them. */
function publish(text) {
	writeFileSync("test/bench/results.md", `${text}\n`);
	const [before, , after] = readFileSync("docs/benchmarks.md", "utf8").split(
		/(?<=<!-- bench -->\n)|(?=<!-- end of bench -->)/,
	);
	writeFileSync("docs/benchmarks.md", `${before}\n${text}\n\n${after}`);
}
