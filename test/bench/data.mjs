import { execFileSync } from "node:child_process";
import { closeSync, existsSync, openSync, readSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";

export const TALIS_PD = [process.execPath, "bin/talis-pd.js"];
export const TEACHERS = 153_648;
const WEIGHTS = 101;
const CHUNK = 1 << 22;

/** Makes a file unless it is there; a half-made one never bears its name. */
export function made(path, make) {
	if (existsSync(path)) return path;
	process.stderr.write(`making ${path}\n`);
	// The ending tells the format.
	const half = path.replace(/([^/]+)$/, "half-$1");
	make(half);
	renameSync(half, path);
	return path;
}

/** As many teachers, countries and columns as all of TALIS 2018 at lower secondary level; 13 decimals. */
export function teachersCsv(folder) {
	return made(join(folder, "teachers.csv"), (path) => {
		const sizes = { teachers: TEACHERS, schools: 8928, systems: 48, columns: 491, "weight-decimals": 13 };
		const options = Object.entries(sizes).flatMap(([name, value]) => [`--${name}`, String(value)]);
		execFileSync(TALIS_PD[0], [TALIS_PD[1], "synth", "--out", path, "--quiet", ...options]);
	});
}

export function parquetOf(csv) {
	return made(csv.replace(/csv$/, "parquet"), (path) =>
		execFileSync(TALIS_PD[0], [TALIS_PD[1], "convert", csv, path, "--quiet"]),
	);
}

export function savOf(csv) {
	return made(csv.replace(/csv$/, "sav"), (path) =>
		execFileSync("Rscript", ["test/bench/make-sav.R", csv, path]),
	);
}

/** The same file with weights that no two teachers in a row share: their last digits are other ones. */
export function ownWeights(csv) {
	return made(csv.replace(/\.csv$/, "-own.csv"), (path) => {
		const target = openSync(path, "w");
		let rest = "";
		let row = 0;
		for (const { all } of chunksOf(csv)) {
			const lines = (rest + all.toString("latin1")).split("\n");
			rest = lines.pop();
			const changed = lines.map((line) => {
				row += 1;
				return row === 1 ? line : otherDigits(line, row % 10);
			});
			writeSync(target, Buffer.from(`${changed.join("\n")}\n`, "latin1"));
		}
		closeSync(target);
	});
}

/** A line whose weights, which stand last, end in a digit. */
function otherDigits(line, digit) {
	const cells = line.split(",");
	const weights = cells.splice(-WEIGHTS).map((weight) => weight.slice(0, -1) + digit);
	return [...cells, ...weights].join(",");
}

/** The header, then the rows as often as asked: a file whose percentages are those of the first. */
export function repeated(csv, times) {
	return made(csv.replace(/\.csv$/, `-x${times}.csv`), (path) => {
		const target = openSync(path, "w");
		for (let copy = 0; copy < times; copy++) {
			for (const bytes of chunksOf(csv))
				writeSync(target, copy === 0 || bytes.at > 0 ? bytes.all : bytes.rows);
		}
		closeSync(target);
	});
}

/** The header and the first so many rows. */
export function beginning(csv, rows) {
	return made(csv.replace(/\.csv$/, `-first-${rows}.csv`), (path) => {
		const target = openSync(path, "w");
		let left = rows + 1;
		for (const { all } of chunksOf(csv)) {
			let end = 0;
			for (; left > 0 && end < all.length; left--) {
				const feed = all.indexOf(10, end);
				if (feed < 0) break;
				end = feed + 1;
			}
			writeSync(target, left > 0 ? all : all.subarray(0, end));
			if (left === 0) break;
		}
		closeSync(target);
	});
}

export function* chunksOf(path) {
	const source = openSync(path, "r");
	const buffer = Buffer.alloc(CHUNK);
	for (let at = 0; ; ) {
		const length = readSync(source, buffer, 0, CHUNK, at);
		if (length === 0) break;
		const all = buffer.subarray(0, length);
		yield { at, all, rows: all.subarray(all.indexOf(10) + 1) };
		at += length;
	}
	closeSync(source);
}
