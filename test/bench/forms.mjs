// The same teachers as other programs write them.
import {
	closeSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	writeSync,
} from "node:fs";
import { join } from "node:path";
import { chunksOf, made, repeated } from "./data.mjs";

const isNumber = (cell) => cell === "" || !Number.isNaN(Number(cell));

/** A line of plain cells in another form. */
const FORMS = {
	quoted: (cells) => cells.map((cell) => (isNumber(cell) ? cell : `"${cell}"`)).join(","),
	"quoted-throughout": (cells) => cells.map((cell) => `"${cell}"`).join(","),
	"decimal-commas": (cells) => cells.map((cell) => cell.replace(".", ",")).join(";"),
	semicolons: (cells) => `${cells.join(";")}\r`,
	utf16: (cells) => cells.join(","),
};

/**
 * A plain CSV file of the bench in another form.
 * @param form quoted, as R's write.csv writes: texts in quotation marks; quoted-throughout; decimal-commas, with semicolons
 * between cells, as Excel writes in half of Europe; semicolons, with CRLF; utf16, with a byte order mark.
 */
export function inForm(csv, form) {
	const encoding = form === "utf16" ? "utf16le" : "latin1";
	const write = FORMS[form];
	return made(csv.replace(/\.csv$/, `-${form}.csv`), (path) => {
		const target = openSync(path, "w");
		if (form === "utf16") writeSync(target, Buffer.from([0xff, 0xfe]));
		for (const lines of linesOf(csv)) {
			const text = lines.map((line) => `${write(line.split(","))}\n`).join("");
			writeSync(target, Buffer.from(text, encoding));
		}
		closeSync(target);
	});
}

/** The teachers of a real file, over and over, until there are about as many as asked. */
export function realTeachers(folder, csv, rows) {
	const copy = made(join(folder, "real.csv"), (path) => copyFileSync(csv, path));
	const lines = readFileSync(copy, "latin1").split("\n").length - 2;
	return repeated(copy, Math.round(rows / lines));
}

/** A folder with a file for each country. @param column Place of the country among the cells, from 0. */
export function national(csv, column) {
	const folder = csv.replace(/\.csv$/, "-national");
	if (existsSync(folder)) return folder;
	const half = `${folder}-half`;
	rmSync(half, { recursive: true, force: true });
	mkdirSync(half);
	const targets = new Map();
	let header;
	for (const lines of linesOf(csv)) {
		const rows = header === undefined ? lines.slice(1) : lines;
		header ??= lines[0];
		for (const [country, own] of grouped(rows, column)) {
			if (!targets.has(country)) {
				targets.set(country, openSync(join(half, `${country}.csv`), "w"));
				writeSync(targets.get(country), `${header}\n`);
			}
			writeSync(targets.get(country), `${own.join("\n")}\n`);
		}
	}
	for (const target of targets.values()) closeSync(target);
	renameSync(half, folder);
	return folder;
}

/** Lines by what stands in a column; Node 20 has no Map.groupBy. */
function grouped(lines, column) {
	const groups = new Map();
	for (const line of lines) {
		const value = line.split(",", column + 1)[column];
		if (groups.has(value)) groups.get(value).push(line);
		else groups.set(value, [line]);
	}
	return groups;
}

/** Whole lines of a file, many at once. */
function* linesOf(csv) {
	let rest = "";
	for (const { all } of chunksOf(csv)) {
		const lines = (rest + all.toString("latin1")).split("\n");
		rest = lines.pop();
		yield lines;
	}
	if (rest !== "") yield [rest];
}
