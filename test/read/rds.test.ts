import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { describeError, UserError } from "../../src/index.js";
import { readAll } from "../support/read.js";

const FOLDER = "test/fixtures/read";
const plain = readFileSync(`${FOLDER}/r-plain.rds`);

const refusal = async (file: string | Buffer) => {
	const error = await readAll(file).catch((caught: unknown) => caught);
	expect(error).toBeInstanceOf(UserError);
	expect((error as UserError).hint).toBeTruthy();
	return describeError(error as UserError);
};

describe("a file that is cut off says so, wherever it is cut", () => {
	test.each(["r-plain.rds", "r-binary.rds"])("%s", async (name) => {
		const bytes = readFileSync(`${FOLDER}/${name}`);
		for (let length = 6; length < bytes.length; length += 3) {
			expect(await refusal(bytes.subarray(0, length)), `${length} bytes`).toMatch(/cut off|damaged/);
		}
	});

	test.each(["r-gzip.rds", "r-bzip2.rds", "r-xz.rds"])("%s", async (name) => {
		const bytes = readFileSync(`${FOLDER}/${name}`);
		for (let length = 12; length < bytes.length; length += 17) {
			expect(await refusal(bytes.subarray(0, length))).toMatch(/(gzip|bzip2|xz) file is damaged or cut off/);
		}
	});
});

test("claims that no bytes stand behind are not believed", async () => {
	// The first vector's length follows the list's flags and length, and its own flags.
	const header = plain.indexOf("UTF-8") + 5;
	const claiming = (at: number, value: number) => {
		const copy = Buffer.from(plain);
		copy.writeInt32BE(value, at);
		return copy;
	};
	const before = process.memoryUsage().rss;
	for (const at of [header + 4, header + 12]) {
		for (const value of [2 ** 31 - 1, 1e6, -1, -2])
			expect(await refusal(claiming(at, value))).toMatch(/cut off|damaged|kind/);
	}
	expect(process.memoryUsage().rss - before).toBeLessThan(100 << 20);
});

test("a column of numbers that is no CSV's is not taken for R's", async () => {
	expect((await readAll(Buffer.from("X\n1\n2\n"))).rows).toEqual([["1"], ["2"]]);
	expect((await readAll(Buffer.from("A\n2\n3\n"))).rows).toEqual([["2"], ["3"]]);
});

const hasR = spawnSync("Rscript", ["--version"]).status === 0;

describe.skipIf(!hasR)(`what R can save${hasR ? "" : " (skipped: R is absent)"}`, () => {
	const folder = mkdtempSync(join(tmpdir(), "talis-pd-rds-"));
	const path = join(folder, "data.rds");
	const save = (code: string) => {
		writeFileSync(join(folder, "make.R"), `path <- "${path}"\n${code}\n`);
		execFileSync("Rscript", [join(folder, "make.R")], { stdio: ["ignore", "ignore", "pipe"] });
		return path;
	};

	test("every form of vector, many rows, in every compression", { timeout: 60_000 }, async () => {
		const code = `n <- 10000
			data <- data.frame(sequence = 1:n, down = n:1, half = seq(0.5, by = 1, length.out = n), stringsAsFactors = FALSE)
			data$written <- as.character(1:n); data$fraction <- as.character(data$half); data$sorted <- sort(runif(n) > 2)
			data$ordered <- sort(as.numeric(n:1)); data$text <- rep(c("a", NA, "ж"), length.out = n)
			data$latin <- rep(iconv("\\u00e9", "UTF-8", "latin1"), n); data$one <- matrix(1:n, n, 1)
			data$level <- factor(rep(c("low", NA, "high"), length.out = n)); attr(data, "made") <- function(x) x + 1; attr(data, "in") <- globalenv()`;
		const contents = [];
		for (const compression of ['"gzip"', '"bzip2"', '"xz"', "FALSE"]) {
			contents.push(await readAll(save(`${code}; saveRDS(data, path, compress = ${compression})`)));
		}
		const rows = Array.from({ length: 10_000 }, (_, row) => [
			...[
				String(row + 1),
				String(10_000 - row),
				String(row + 0.5),
				String(row + 1),
				String(row + 0.5),
				"FALSE",
			],
			...[String(row + 1), ["a", "", "ж"][row % 3], "é", String(row + 1), ["low", "", "high"][row % 3]],
		]);
		for (const { rows: found } of contents) expect(found).toEqual(rows);
	});

	test("not available for whatever reason, and whole numbers of 64 bits", async () => {
		const code = `data <- data.frame(number = c(NA, NaN, Inf, -Inf, 1e-300), whole = c(NA, 1L, 2L, 3L, 4L), stringsAsFactors = FALSE)
			data$wide <- structure(c(4.94065645841247e-324, 0, 0, 0, 0), class = "integer64"); saveRDS(data, path)`;
		const { rows } = await readAll(save(code));
		expect(rows).toEqual([
			["", "", "1"],
			["", "1", "0"],
			["Infinity", "2", "0"],
			["-Infinity", "3", "0"],
			["1e-300", "4", "0"],
		]);
	});

	test.each<[string, string, RegExp]>([
		["a vector", "saveRDS(1:3, path)", /holds no data frame/],
		["a list of data frames", "saveRDS(list(a = data.frame(x = 1)), path)", /holds no data frame/],
		["text", "saveRDS(data.frame(x = 1), path, ascii = TRUE)", /written as text/],
		[
			"a workspace of two",
			"a <- data.frame(x = 1); b <- a; save(a, b, file = path)",
			/several data frames \(a, b\)/,
		],
		["a workspace of none", "a <- 1; save(a, file = path)", /holds no data frame/],
		["no rows", "saveRDS(data.frame(x = numeric()), path)", /no rows/],
		[
			"lists in a column",
			"d <- data.frame(x = 1:2); d$l <- list(1, 2:3); saveRDS(d, path)",
			/column L: holds lists/,
		],
		[
			"a factor without its level",
			'saveRDS(data.frame(x = structure(5L, levels = "a", class = "factor")), path)',
			/no level 5/,
		],
	])("%s", async (_, code, message) => {
		expect(await refusal(save(code))).toMatch(message);
	});

	test("a column of lists stops nobody who does not want it", async () => {
		save(
			"d <- data.frame(x = 1:2, y = 3:4); d$l <- list(1, 2:3); d$z <- 5:6; saveRDS(d[c('x', 'l', 'y', 'z')], path)",
		);
		expect((await readAll(path, () => [3, 0])).rows).toEqual([
			["5", "1"],
			["6", "2"],
		]);
	});

	test("compressed or not, the same bytes", () => {
		save("saveRDS(data.frame(x = 1), path)");
		expect(gunzipSync(readFileSync(path)).subarray(0, 2).toString()).toBe("X\n");
	});
});
