import { execFileSync, spawnSync } from "node:child_process";
import { createWriteStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { run, temporaryFolder } from "../cli/support.js";
import { root } from "../support/golden.js";
import { refusal } from "./refusal.js";
import { CODEBOOK, HEADER, INHERITED, ROWS, written } from "./survey.js";

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true }));

describe("names that every object has", () => {
	const { data, codebook } = written(folder);
	const asked = ["--codebook", codebook, "--suppress", "none"];

	test.each(["kind", "constructor"])("are values and groups like others: by %s", async (by) => {
		const own = [...asked, "--topic", "constructor,valueof", "--by", by];
		for (const format of ["table", "csv", "markdown", "html", "latex"]) {
			const { code, out, err } = await run(["rates", data, ...own, "--format", format]);
			expect([code, err]).toEqual([0, expect.not.stringContaining("bug")]);
			expect(out).not.toMatch(/native code|\[object/);
		}
		const { out } = await run(["rates", data, ...own, "--format", "json"]);
		const groups = new Set(
			JSON.parse(out).estimates.map((row: { group: Record<string, string> }) => Object.values(row.group)[0]),
		);
		expect(groups).toEqual(new Set(by === "kind" ? INHERITED : ["valueof", "constructor"]));
	});

	test.each(["dots", "bars", "heatmap"])("are drawn as %s", async (kind) => {
		const out = join(folder, `${kind}.svg`);
		const argv = [
			"rates",
			data,
			...asked,
			"--topic",
			"constructor",
			"--by",
			"kind",
			"--kind",
			kind,
			"--chart",
			out,
		];
		expect(await run([...argv, "--quiet"])).toMatchObject({ code: 0, err: "" });
		const svg = readFileSync(out, "utf8");
		for (const name of INHERITED) expect(svg).toContain(name);
	});

	test("make a report, with a chart a topic", async () => {
		const config = join(folder, "report.yaml");
		writeFileSync(config, `title: x\ndata: ${data}\ncodebook: ${codebook}\nbreakdowns: [kind]\n`);
		expect(await run(["report", config, "--out", join(folder, "report"), "--quiet"])).toMatchObject({
			code: 0,
			err: "",
		});
	});

	test("are no topic, item or base of a codebook that has none such", async () => {
		const changed = (from: string, to: string) => {
			writeFileSync(join(folder, "changed.yaml"), CODEBOOK.replace(from, to));
			return refusal("rates", data, "--codebook", join(folder, "changed.yaml"));
		};
		expect(await changed('"constructor:valueof"', '"toString:x"')).toMatch(/gate: no item "toString:x"/);
		expect(await changed('"constructor:valueof"', '"constructor:tostring"')).toMatch(/no item/);
		expect(await changed("base: constructor", "base: valueof")).toMatch(/no base "valueof"/);
	});

	test.each(INHERITED)("%s is no option's value", async (name) => {
		for (const option of ["--lang", "--kind", "--ci", "--adjust", "--format", "--pool", "--df"]) {
			await refusal("rates", data, "--codebook", codebook, "--chart", join(folder, "x.svg"), option, name);
		}
	});
});

describe("a codebook that would take for ever is refused", () => {
	const changed = async (from: string, to: string) => {
		const { data, codebook } = written(folder, { codebook: CODEBOOK.replace(from, to) });
		return refusal("rates", data, "--codebook", codebook);
	};

	test.each(["(a|a)*b", "(a+)+b", ".*a.*b.*c", "(a?){20}", "a?".repeat(11), "(..)\\\\1"])(
		"pattern %s",
		async (pattern) => {
			expect(await changed("variable: sex", `pattern: "${pattern}"\n    variable: sex`)).toContain(
				"pattern: a regular expression that may take for ever",
			);
		},
	);

	test("pattern (", async () => {
		expect(await changed("variable: sex", 'pattern: "("\n    variable: sex')).toContain(
			'"(" is no regular expression',
		);
	});

	test("1 000 000 000 replicates", async () => {
		const design = "design: { weight: w, method: jk1, replicates: { prefix: r, count: 1000000000 } }";
		expect(await changed("design: { weight: w, method: weights-only }", design)).toContain(
			"must be 10000 or less",
		);
	});

	test("aliases of aliases", async () => {
		const levels = "bcdefghi"
			.split("")
			.map((name, at) => `${name}: &${name} [${`*${"abcdefgh"[at]},`.repeat(9)}]`);
		expect(await changed("id: hostile", ["a: &a [x]", ...levels, "id: hostile"].join("\n"))).toContain(
			"alias count",
		);
	});

	test("100 000 anchors, each of a key of its own", async () => {
		const anchors = Array.from({ length: 100_000 }, (_, at) => `  k${at}: &a${at} ${at}`).join("\n");
		expect(await changed("id: hostile", `anchors:\n${anchors}\nid: hostile`)).toContain(
			"anchors: there is no such key",
		);
		expect(await changed("id: hostile", "id: hostile\nid: other")).toMatch(
			/line \d+: is not valid YAML: Map keys must be unique/,
		);
	}, 60_000);

	test("lists in lists", async () => {
		expect(await changed("id: hostile", `a: ${"[".repeat(50_000)}`)).toContain("is not valid YAML");
	});
});

describe("what is too large is refused", () => {
	test("a name of 400 000 characters, in tables, LaTeX, pages and charts; data formats have it", async () => {
		const long = "x".repeat(400_000);
		const { data, codebook } = written(folder, {
			rows: ROWS.map((row, at) => (at === 0 ? row.replace("__proto__,__proto__", `${long},${long}`) : row)),
		});
		const argv = [
			"rates",
			data,
			"--codebook",
			codebook,
			"--suppress",
			"none",
			"--topic",
			"constructor",
			"--by",
			"kind",
		];
		const tables = ["table", "latex", "html", "markdown"].map((format) => ["--format", format]);
		for (const form of [...tables, ["--quiet", "--chart", join(folder, "long.svg")]]) {
			expect(await refusal(...argv, ...form)).toContain("a name of 400000 characters");
		}
		expect((await run([...argv, "--format", "csv"])).out).toContain(long);
	});

	test("a column's name of a million characters, in a message", async () => {
		const { data, codebook } = written(folder, { header: HEADER.replace("sex", "s".repeat(1_000_000)) });
		expect((await refusal("rates", data, "--codebook", codebook, "--by", "sss")).length).toBeLessThan(1000);
	});

	test("100 000 columns at once", async () => {
		const columns = Array.from({ length: 100_000 }, (_, column) => `c${column}`);
		const path = join(folder, "wide.csv");
		writeFileSync(path, `${columns}\n${columns.map(() => 1)}\n`.repeat(2));
		const { code, err } = await run(["codebook", "init", path]);
		expect([0, 2]).toContain(code);
		if (code === 2) expect(err).toMatch(/^talis-pd: [^\n]*memory/);
	}, 60_000);

	test("what grows 250 times over when it is unpacked", async () => {
		const path = join(folder, "bomb.csv.gz");
		const rows = Buffer.from("1,2,constructor,x,1,1,1\n".repeat(1 << 16));
		const bomb = () =>
			Readable.from([Buffer.from(`${HEADER}\n`), ...Array.from({ length: 220 }, () => rows)]);
		await pipeline(bomb(), createGzip({ level: 9 }), createWriteStream(path));
		const { codebook } = written(folder);
		expect(await refusal("rates", path, "--codebook", codebook)).toMatch(
			/would grow from \d+ bytes to \d+ or more/,
		);
	}, 120_000);

	test("a pattern for files over the whole disk", async () => {
		if (!existsSync("/proc/1")) return;
		expect(await refusal("rates", "/**/no-such-file-*.csv")).toMatch(
			/takes more than 10 seconds|no file matches/,
		);
	}, 60_000);

	test("a pattern does not look into the folders of the kernel, whose links have no end", async () => {
		if (!existsSync("/proc/self/comm")) return;
		expect(await refusal("rates", "/*/self/comm")).toMatch(/no file matches/);
	}, 60_000);
});

describe("names of files are never obeyed by a terminal", () => {
	const names = ["esc\u001b[31mred.csv", "line\nbreak.csv", "turned\u202eback.csv", "教师😀.csv"];

	test.each(names)("%j", async (name) => {
		const { data, codebook } = written(folder);
		const path = join(folder, name);
		writeFileSync(path, readFileSync(data));
		for (const command of ["inspect", "doctor", "rates"]) {
			const { out, err } = await run([command, path, "--codebook", codebook]);
			// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
			expect(out + err).not.toMatch(/[\u001b\u202e\r]/);
		}
		// What is drafted has words: a lone 1 or 2 is asked about.
		const spoken = join(temporaryFolder(), name);
		writeFileSync(spoken, `a,b\n${"Yes,No\nNo,Yes\n".repeat(20)}`);
		const draft = await run(["codebook", "init", spoken]);
		// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal would obey them
		expect(draft.out + draft.err).not.toMatch(/[\u001b\u202e\r]/);
		const { title } = parse(draft.out) as { title: { en: string } };
		expect(basename(name, ".csv")).toContain(title.en.slice(0, 4));
		const built = execFileSync(
			process.execPath,
			["bin/talis-pd.js", "inspect", path, "--codebook", codebook],
			{
				encoding: "utf8",
				cwd: root,
			},
		);
		expect(built).toContain("300 rows");
	});
});

test.skipIf(process.platform === "win32")(
	"a name that is not UTF-8 is told apart from one that is not there",
	() => {
		const survey = readFileSync(join(root, "data/samples/synthetic-kazakhstan-2018.csv"));
		const place = Buffer.concat([
			Buffer.from(`${folder}/`),
			Buffer.from([0xea, 0xe0, 0xe7]),
			Buffer.from(".csv"),
		]);
		writeFileSync(place, survey);
		const shell = (line: string) =>
			spawnSync("bash", ["-c", line], {
				cwd: folder,
				encoding: "utf8",
				env: { ...process.env, BIN: join(root, "bin/talis-pd.js") },
			});
		const byName = shell("node \"$BIN\" rates $'\\xea\\xe0\\xe7.csv'");
		expect(byName.stderr).toMatch(/^talis-pd: [^\n]*its name is not UTF-8[^\n]*- < FILE\n$/);
		expect(byName.status).toBe(2);
		expect(shell("node \"$BIN\" rates '*z*.csv' $'\\xea\\xe0*.csv'").status).toBe(2);
		expect(shell("node \"$BIN\" inspect - --quiet < $'\\xea\\xe0\\xe7.csv'").status).toBe(0);
		const out = shell("node \"$BIN\" rates - --out $'\\xff.csv' < $'\\xea\\xe0\\xe7.csv'");
		expect([out.status, out.stderr]).toEqual([2, expect.stringContaining("has a name that is not UTF-8")]);
	},
);

test("marks that turn the line around stay out of LaTeX and HTML", async () => {
	const turned = CODEBOOK.replace("en: one", 'en: "one\\u202E\\u2066\\u061Ctwo"');
	const { data, codebook } = written(folder, { codebook: turned });
	for (const format of ["latex", "html", "markdown", "table"]) {
		const { code, out } = await run([
			"rates",
			data,
			"--codebook",
			codebook,
			"--suppress",
			"none",
			"--format",
			format,
		]);
		expect(code).toBe(0);
		expect(out).not.toMatch(/\p{Bidi_Control}/u);
	}
});

test("a Parquet file through a pipe is read as from the disk", async () => {
	const { data, codebook } = written(folder);
	const parquet = join(folder, "piped.parquet");
	await run(["convert", data, parquet, "--quiet"]);
	const argv = ["--codebook", codebook, "--suppress", "none", "--format", "csv"];
	const { out } = await run(["rates", parquet, ...argv]);
	const piped = execFileSync(
		"sh",
		[
			"-c",
			`cat "$0" | "$1" bin/talis-pd.js rates - ${argv.map((one) => `"${one}"`).join(" ")}`,
			parquet,
			process.execPath,
		],
		{
			encoding: "utf8",
			cwd: root,
		},
	);
	expect(piped).toBe(out);
});

test("every limit of docs/limits.md is under test", () => {
	const rows = readFileSync(join(root, "docs/limits.md"), "utf8")
		.split("\n")
		.filter((line) => /^\| [^-w]/.test(line));
	expect(rows.length).toBeGreaterThan(10);
	for (const row of rows) {
		const [, , , , where = ""] = row.split("|").map((cell) => cell.trim());
		const [file = "", words = ""] = where.replace(/^`|`$/g, "").split(": ");
		expect(readFileSync(join(root, file), "utf8"), row).toContain(words);
	}
	mkdirSync(folder, { recursive: true });
});
